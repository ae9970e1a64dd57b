"""Many users at once."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256

import httpx
from sqlalchemy import select

from storage.tables import channel_events
from tests.teams.servers import TeamsAssistant, TeamsUser

USERS = 20
EVENTS_OF_A_USER = 5


def test_of_a_hundred_messages_at_once_none_is_lost_doubled_or_out_of_order(
    teams_assistant: TeamsAssistant, new_user: Callable[..., TeamsUser]
) -> None:
    new_user().say("help")  # the first message of all also has the keys fetched
    users = [new_user() for _ in range(USERS)]
    asked = {
        user.sender: [user.activity("message", text="help") for _ in range(EVENTS_OF_A_USER)]
        for user in users
    }
    every = [activity for activities in asked.values() for activity in activities]
    # Each is sent twice, as a service does that did not get its acknowledgement.
    acknowledged = asyncio.run(_post_all(teams_assistant, every + every[::-1]))
    teams_assistant.wait_until_done()
    print(f"slowest acknowledgement of {len(acknowledged)}: {max(acknowledged):.3f} s")
    taken = _in_order_of_coming(teams_assistant, asked)
    for user in users:
        answers = [str(sent.reply_to) for sent in user.messages]
        assert Counter(answers) == dict.fromkeys(taken[user.sender], 1)
        assert answers == taken[user.sender]


async def _post_all(assistant: TeamsAssistant, activities: list[dict[str, object]]) -> list[float]:
    headers = {"Authorization": f"Bearer {assistant.microsoft.token_for_bot()}"}
    limits = httpx.Limits(max_connections=len(activities))
    async with httpx.AsyncClient(headers=headers, limits=limits, timeout=60) as client:

        async def post(activity: dict[str, object]) -> float:
            begun = time.monotonic()
            response = await client.post(assistant.endpoint, json=activity)
            assert response.status_code == 202
            return time.monotonic() - begun

        return await asyncio.gather(*map(post, activities))


def _in_order_of_coming(
    assistant: TeamsAssistant, asked: dict[str, list[dict[str, object]]]
) -> dict[str, list[str]]:
    """Return the ids of each sender's messages, as the inbox has them."""
    with assistant.engine.connect() as connection:
        rows = connection.execute(select(channel_events).order_by(channel_events.c.id)).fetchall()
    place = {row.event_hash: number for number, row in enumerate(rows)}

    def of(sender: str, message: object) -> int:
        session_id = sha256(f"teams:{sender}".encode()).hexdigest()
        return place[sha256(f"{session_id}:{message}".encode()).hexdigest()]

    return {
        sender: sorted(
            (str(one["id"]) for one in activities), key=lambda message, who=sender: of(who, message)
        )
        for sender, activities in asked.items()
    }
