"""A whole scan, from the introduction to the exported result."""

import json
import re
import warnings
from datetime import datetime
from uuid import UUID

import pytest
from jsonschema import Draft7Validator, FormatChecker

from ebw.settings import ROOT
from tests.conversations.chat import Chat
from tests.conversations.servers import DATABASES, Assistant, session_id_of

SCHEMA = ROOT / "tests" / "data" / "quickscan-result.schema.json"
CONTRACT = ROOT.parent / "shared" / "contracts" / "quickscan-result.schema.json"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
BUTTONS = {"Ja": "ja", "Deels": "deels", "Nee": "nee", "Weet ik niet": "weet_niet"}
COUNT = 26

FREE_TEXT = [
    ("ja", "ja", None),
    ("deels, alleen voor jihadisme", "deels", "alleen voor jihadisme"),
    ("nee daar zijn we nog niet aan toe", "nee", "daar zijn we nog niet aan toe"),
    ("ja staat in ons IVP", "ja", "staat in ons IVP"),
    ("weet ik niet", "weet_niet", None),
    ("Ja hoor", "ja", None),
    ("NEE", "nee", None),
    ("jazeker, sinds vorig jaar", "ja", "sinds vorig jaar"),
    ("gedeeltelijk, de scholen doen nog niet mee", "deels", "de scholen doen nog niet mee"),
    ("nee, daar is geen geld voor", "nee", "daar is geen geld voor"),
    ("geen idee", "weet_niet", None),
    ("deels", "deels", None),
    ("voor een deel: alleen de wijkteams", "deels", "alleen de wijkteams"),
    ("ja, het staat in het beleidsplan", "ja", "het staat in het beleidsplan"),
    ("neen", "nee", None),
    ("ja en nee", "deels", None),
    ("dat weet ik niet", "weet_niet", None),
    ("ja dat klopt", "ja", None),
    ("nee helaas niet", "nee", None),
    ("weet niet, moet ik navragen bij zorg", "weet_niet", "moet ik navragen bij zorg"),
    ("een beetje", "deels", None),
    ("zeker", "ja", None),
    ("nee, want dat doet de regio", "nee", "want dat doet de regio"),
    ("deels want het is net begonnen", "deels", "want het is net begonnen"),
    ("ja, dat is geregeld", "ja", "dat is geregeld"),
    ("nope", "nee", None),
]


@pytest.mark.parametrize("assistant", DATABASES, indirect=True)
def test_a_scan_by_button_is_stored_as_it_was_acknowledged(
    assistant: Assistant, chat: Chat
) -> None:
    introduction = chat.say("ik wil de quickscan doen")
    assert introduction.says("utter_scan_intro")
    chat.say("Delft")
    reply = chat.press("Ja")
    for number in range(1, COUNT + 1):
        assert reply.questions == [number]
        assert f"Vraag {number} van {COUNT}" in reply.text
        assert list(reply.buttons) == [*BUTTONS, "Uitleg"]
        title = list(BUTTONS)[number % len(BUTTONS)]
        reply = chat.press(title)
        assert reply.noted == {number: (BUTTONS[title], None)}
        assert chat.stored() == chat.noted
    assert reply.says("utter_summary")
    assert chat.press("Klopt, rond af").says("utter_completed")
    result = result_of(assistant, chat)
    assert result["status"] == "completed"
    assert result["municipality"] == {"code": "GM0503", "name": "Delft"}
    assert answers_in(result) == chat.noted


def test_a_scan_in_free_text_keeps_answers_and_reasons(assistant: Assistant, chat: Chat) -> None:
    chat.say("hallo")
    chat.say("ik wil onze lokale aanpak doorlichten")
    chat.say("gemeente Utrecht")
    reply = chat.say("ja die hebben we")
    expected = {}
    for number, (text, answer, reason) in enumerate(FREE_TEXT, start=1):
        assert reply.question == number
        reply = chat.say(text)
        expected[number] = (answer, reason)
    assert chat.noted == expected
    assert chat.say("ja dat klopt").says("utter_completed")
    assert answers_in(result_of(assistant, chat)) == expected


@pytest.mark.parametrize("assistant", DATABASES, indirect=True)
def test_every_exported_result_follows_the_contract(assistant: Assistant, chat: Chat) -> None:
    chat.answer_all("Deels")
    chat.press("Klopt, rond af")
    for begin in (Chat.start, lambda user: user.say("quickscan"), stop_halfway):
        begin(Chat(assistant))
    faults = [
        fault.message for result in exported(assistant) for fault in validator().iter_errors(result)
    ]
    assert faults == []


def test_the_copied_schema_is_the_one_of_the_contract() -> None:
    if not CONTRACT.exists():
        warnings.warn(f"{CONTRACT} is not there: the copy was not compared", stacklevel=1)
        return
    copied = json.loads(SCHEMA.read_text())
    del copied["$comment"]
    assert copied == json.loads(CONTRACT.read_text())


def test_without_an_approach_the_outcome_speaks_of_what_is_still_to_be_arranged(
    assistant: Assistant, chat: Chat
) -> None:
    with_approach = Chat(assistant).start().text
    first = chat.start(approach="Nee, nog niet")
    assert first.text != with_approach
    reply = first
    while reply.question:
        reply = chat.press("Nee")
    assert reply.says("utter_summary_building_blocks")
    assert "Nog te regelen" in reply.text
    assert "Verbeterpunten" not in reply.text
    chat.press("Klopt, rond af")
    result = result_of(assistant, chat)
    assert result["mode"] == "building_blocks"
    assert result["improvements"] == list(range(1, COUNT + 1))
    assert "Nog te regelen" in assistant.ebw("results", "show", result["result_id"])


def exported(assistant: Assistant) -> list[dict]:
    return [json.loads(line) for line in assistant.ebw("results", "export").splitlines()]


def result_of(assistant: Assistant, chat: Chat) -> dict:
    [result] = [r for r in exported(assistant) if r["session_id"] == session_id_of(chat.sender)]
    return result


def answers_in(result: dict) -> dict[int, tuple[str, str | None]]:
    return {a["question"]: (a["answer"], a["explanation"]) for a in result["answers"]}


def stop_halfway(chat: Chat) -> None:
    chat.start_at(5)
    chat.say("overslaan")
    chat.say("stop")


def validator() -> Draft7Validator:
    """Return a validator that also checks the formats, which jsonschema leaves out by itself."""
    formats = FormatChecker(())
    formats.checks("uuid", ValueError)(lambda text: str(UUID(text)) == text)
    formats.checks("date-time", ValueError)(is_moment)
    return Draft7Validator(json.loads(SCHEMA.read_text()), format_checker=formats)


def is_moment(text: str | None) -> bool:
    return text is None or bool(RFC_3339.fullmatch(text) and datetime.fromisoformat(text))
