"""One conversation, four doors: what is stored does not depend on the way in."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from storage import scans
from tests.channels.doors import Door, RestDoor, SlackDoor, TeamsDoor, WebDoor, session_of
from tests.channels.servers import ChannelAssistant
from tests.channels.slack_server import SlackUser
from tests.teams.servers import TeamsUser

CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")
TITLES = ["Ja", "Deels", "Nee", "Weet ik niet"]
VALUES = ["ja", "deels", "nee", "weet_niet"]
COUNT = 26
OF_THE_DOOR = {"result_id", "session_id", "channel", "started_at", "updated_at", "completed_at"}

SAY, PRESS = "say", "press"
UNTIL_THE_PAUSE = [
    (SAY, "ik wil de quickscan doen"),
    (SAY, "gemeente Delft"),
    (PRESS, "Ja"),
    (PRESS, "Ja"),  # question 1
    (SAY, "deels, alleen voor jihadisme"),
    (PRESS, "Nee"),
    (PRESS, "Uitleg"),
    (PRESS, "Weet ik niet"),  # 4
    (SAY, "wat is een nulmeting?"),
    (SAY, "nee, daar is geen geld voor"),
    (SAY, "overslaan"),  # 6
    (SAY, "wijzig vraag 3"),
    (SAY, "ja, het staat in het beleidsplan"),
    (SAY, "vorige"),
    (PRESS, "Deels"),  # 6
    (SAY, "bij vraag 2 moet het nee zijn, want dat plan is gestopt"),
    (PRESS, "Ja"),  # 7
    (SAY, "pauze"),
]
FROM_8 = [(SAY, "overslaan"), *((PRESS, TITLES[number % 4]) for number in range(9, 18))]
UNTIL_THE_END = [
    *((PRESS, TITLES[number % 4]) for number in range(18, COUNT + 1)),
    (PRESS, "Nee, open laten"),
    (PRESS, "Klopt, rond af"),
]
ANSWERS = {
    1: ("ja", None),
    2: ("nee", "dat plan is gestopt"),
    3: ("ja", "het staat in het beleidsplan"),
    4: ("weet_niet", None),
    5: ("nee", "daar is geen geld voor"),
    6: ("deels", None),
    7: ("ja", None),
    8: ("overgeslagen", None),
    **{number: (VALUES[number % 4], None) for number in range(9, COUNT + 1)},
}
DOORS = ["rest", "web", "teams", "slack"]
NewDoor = Callable[[str], Door]


@pytest.fixture
def new_door(
    assistant: ChannelAssistant,
    new_user: Callable[..., SlackUser],
    new_teams_user: Callable[..., TeamsUser],
) -> NewDoor:
    """Give a way to come in as a new person, by the name of the channel."""
    doors: dict[str, Callable[[], Door]] = {
        "rest": lambda: RestDoor(assistant),
        "web": lambda: WebDoor(assistant),
        "teams": lambda: TeamsDoor(new_teams_user()),
        "slack": lambda: SlackDoor(new_user(), assistant),
    }
    return lambda channel: doors[channel]()


def test_the_same_conversation_gives_the_same_result_through_every_door(
    assistant: ChannelAssistant, new_door: NewDoor
) -> None:
    results = {}
    for channel in DOORS:
        door = new_door(channel)
        walk(door, door)
        results[channel] = result_of(assistant, door)
        assert results[channel].pop("channel") == channel
    told = [without_times(result) for result in results.values()]
    assert all(one == told[0] for one in told[1:])
    assert answers_in(results["rest"]) == ANSWERS
    assert results["rest"]["status"] == "completed"
    assert results["rest"]["municipality"]["name"] == "Delft"


@pytest.mark.parametrize(
    "channels",
    [
        ("rest", "web"),
        ("web", "teams"),
        ("teams", "slack"),
        ("slack", "rest"),
        ("slack", "teams", "web"),
    ],
    ids="-".join,
)
def test_what_was_paused_behind_one_door_goes_on_behind_another(
    assistant: ChannelAssistant, new_door: NewDoor, channels: tuple[str, ...]
) -> None:
    doors = [new_door(channel) for channel in channels]
    walk(*doors)
    result = result_of(assistant, doors[-1])
    assert answers_in(result) == ANSWERS
    assert result["status"] == "completed"


def walk(first: Door, *others: Door) -> None:
    """Do the scan: through the first door until the pause, through the last until the end.

    With three, the second one pauses halfway what is left.
    """
    code = code_in(go_through(first, UNTIL_THE_PAUSE))
    assert f"Vraag 8 van {COUNT}" in others[0].say(f"verder met {code}")
    go_through(others[0], FROM_8)
    if len(others) > 1:
        code = code_in(others[0].say("pauze"))
        assert f"Vraag 18 van {COUNT}" in others[1].say(f"verder met {code}")
    go_through(others[-1], UNTIL_THE_END)


def go_through(door: Door, steps: list[tuple[str, str]]) -> str:
    """Take steps; return what was said to the last."""
    said = ""
    for how, what in steps:
        said = door.say(what) if how == SAY else door.press(what)
        assert said, f"{door.channel}: nothing was said to {what!r}"
    return said


def code_in(said: str) -> str:
    """Return the resume code that was told."""
    (code,) = set(CODE.findall(said))
    return code


def result_of(assistant: ChannelAssistant, door: Door) -> dict[str, Any]:
    """Return the result of a person's scan, as an adviser exports it."""
    with assistant.engine.connect() as connection:
        scan = scans.latest_of_session(connection, session_of(door))
    assert scan
    return dict(json.loads(assistant.ebw("results", "show", scan.id, "--format", "json")))


def without_times(result: dict[str, Any]) -> dict[str, Any]:
    """Return a result without what differs from one conversation to the next."""
    answers = [{k: v for k, v in one.items() if k != "answered_at"} for one in result["answers"]]
    return {
        **{name: value for name, value in result.items() if name not in OF_THE_DOOR},
        "answers": answers,
    }


def answers_in(result: dict[str, Any]) -> dict[int, tuple[str, str | None]]:
    """Return the answers and their reasons, by question."""
    return {one["question"]: (one["answer"], one["explanation"]) for one in result["answers"]}
