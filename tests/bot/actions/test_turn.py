import hashlib
from typing import Any

import pytest
from rasa_sdk import Tracker

from bot.actions.turn import Turn, read_turn, session_id_of


def tracker_of(message: dict[str, Any], *events: dict[str, Any]) -> Tracker:
    """Return a tracker of which this is the latest message."""
    return Tracker("ambtenaar", {}, message, list(events), False, None, {}, None)  # noqa: FBT003 - rasa_sdk's signature


def typed(text: str, **entities: Any) -> Turn:  # noqa: ANN401 - entities hold anything
    """Return the turn of a message."""
    message = {"text": text, "entities": [{"entity": n, "value": v} for n, v in entities.items()]}
    return read_turn(tracker_of(message))


def test_a_session_is_known_by_the_hash_of_its_channel_and_sender() -> None:
    expected = hashlib.sha256(b"rest:ambtenaar").hexdigest()
    assert session_id_of("rest", "ambtenaar") == expected
    assert session_id_of("web", "ambtenaar") != expected


def test_a_turn_holds_what_rasa_understood() -> None:
    message = {
        "text": "ja",
        "intent": {"name": "affirm"},
        "intent_ranking": [{"name": "affirm", "confidence": 1.0}],
        "entities": [{"entity": "question_number", "value": 3}],
    }
    turn = read_turn(tracker_of(message, {"event": "user", "text": "ja", "input_channel": "web"}))
    assert turn.session_id == session_id_of("web", "ambtenaar")
    assert (turn.channel, turn.text, turn.intent) == ("web", "ja", "affirm")
    assert turn.question_number == 3


def test_a_message_that_was_not_understood_at_all_is_a_fallback() -> None:
    turn = read_turn(tracker_of({}))
    assert (turn.text, turn.intent, turn.ranking, turn.entities) == ("", "nlu_fallback", [], {})
    assert turn.channel == "rest"


def test_a_button_is_told_from_a_typed_message() -> None:
    assert typed("/affirm", ask="abc-mode").is_button
    assert not typed("ja/nee").is_button
    assert typed("/affirm", ask="abc-mode").ask == "abc-mode"
    assert typed("ja").ask is None


@pytest.mark.parametrize("value", ["twaalf", None, 3.5, [1]])
def test_what_is_no_whole_number_is_no_question_number(value: object) -> None:
    assert typed("vraag", question_number=value).question_number is None


@pytest.mark.parametrize(
    ("text", "number"), [("vraag 1000000", 1_000_000), ("vraag -1", -1), ("Vraag nr. 270", 270)]
)
def test_a_number_that_no_question_has_is_read_too(text: str, number: int) -> None:
    assert typed(text).question_number == number


def test_characters_that_no_database_holds_are_left_out() -> None:
    assert typed("ja\x00 \ud83dtoch").text == "ja toch"
