"""Many people at once, in Teams and in Slack: none lost, none doubled, each in their order."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from storage import scans
from tests.channels.doors import SlackDoor, TeamsDoor, session_of
from tests.channels.servers import ChannelAssistant
from tests.channels.slack_server import SlackUser
from tests.conversations.chat import stored_answers
from tests.teams.servers import TeamsUser

USERS = 20
WORDS = ["ja", "ja", "deels", "nee", "weet ik niet"]
EVENTS = USERS * len(WORDS)
STORED = {1: ("ja", None), 2: ("deels", None), 3: ("nee", None), 4: ("weet_niet", None)}


def test_of_a_hundred_events_of_twenty_people_on_both_none_is_lost_doubled_or_out_of_order(
    assistant: ChannelAssistant,
    new_user: Callable[..., SlackUser],
    new_teams_user: Callable[..., TeamsUser],
) -> None:
    doors: list[SlackDoor | TeamsDoor] = [
        *(SlackDoor(new_user(), assistant) for _ in range(USERS // 2)),
        *(TeamsDoor(new_teams_user()) for _ in range(USERS // 2)),
    ]
    with ThreadPoolExecutor(USERS) as people:
        list(people.map(begin, doors))
        began = time.monotonic()
        took = [seconds for told in people.map(talk, doors) for seconds in told]
        acknowledged = time.monotonic() - began
    assistant.settle()
    print(
        f"{len(took)} events acknowledged in {acknowledged:.2f} s, "
        f"median {sorted(took)[len(took) // 2]:.3f} s, slowest {max(took):.3f} s; "
        f"all answered after {time.monotonic() - began:.2f} s"
    )
    assert len(took) == EVENTS
    for door in doors:
        assert answers_of(assistant, door) == STORED
        assert asked_of(door) == [1, 2, 3, 4, 5]


def begin(door: SlackDoor | TeamsDoor) -> None:
    """Come to where the scan asks whether there is an approach."""
    door.say("ik wil de quickscan doen")
    door.say("Delft")


def talk(door: SlackDoor | TeamsDoor) -> list[float]:
    """Say all words without waiting for an answer; return the seconds until each was taken."""
    return [_send(door, text) for text in WORDS]


def _send(door: SlackDoor | TeamsDoor, text: str) -> float:
    began = time.monotonic()
    if isinstance(door, SlackDoor):
        response = door.user.say(text)
    else:
        response = door.user.post(door.user.activity("message", text=text))
    assert response.is_success
    return time.monotonic() - began


def answers_of(
    assistant: ChannelAssistant, door: SlackDoor | TeamsDoor
) -> dict[int, tuple[str, str | None]]:
    """Return the stored answers of a person."""
    with assistant.engine.connect() as connection:
        scan = scans.latest_of_session(connection, session_of(door))
    return stored_answers(scan) if scan else {}


def asked_of(door: SlackDoor | TeamsDoor) -> list[int]:
    """Return the numbers of the questions that were put to a person, in that order."""
    if isinstance(door, SlackDoor):
        shown = [message.shown for message in door.user.seen]
    else:
        shown = [message.text for message in door.user.messages]
    return [int(text.split()[1]) for text in shown if text.startswith("Vraag ")]
