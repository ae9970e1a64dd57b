import warnings
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft7Validator, ValidationError
from rasa.core.actions.action import RemoteAction

from bot.rasa_tuning import apply_tuning, silence_deprecations

GOOD = {"events": [], "responses": [{"text": "Genoteerd.", "buttons": []}]}
BAD = [
    {"events": "geen", "responses": []},
    {"events": [{"geen": "soort"}], "responses": []},
    {"events": [{"event": "onzin"}], "responses": []},
    {"events": [{"event": "slot"}], "responses": []},
    {"events": [], "responses": "geen"},
    [],
]


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], bool]:
    """Give Rasa's check of what the action server replies, tuned; Rasa is put back afterwards."""
    monkeypatch.setattr(
        RemoteAction, "_validate_action_result", RemoteAction._validate_action_result
    )
    apply_tuning()
    return RemoteAction("action_record_answer", None)._validate_action_result


def test_a_good_reply_passes(check: Callable[[Any], bool]) -> None:
    assert check(GOOD) is True


@pytest.mark.parametrize("reply", BAD)
def test_rasas_own_check_refuses_these_replies(reply: object) -> None:
    with pytest.raises(ValidationError):
        RemoteAction("action_record_answer", None)._validate_action_result(reply)


@pytest.mark.parametrize("reply", BAD)
def test_a_reply_of_another_form_is_still_refused(
    check: Callable[[Any], bool], reply: object
) -> None:
    with pytest.raises(ValidationError):
        check(reply)


def test_the_schema_of_replies_is_not_checked_again_at_every_reply(
    check: Callable[[Any], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_schema: object) -> None:
        pytest.fail("the schema was checked again")

    monkeypatch.setattr(Draft7Validator, "check_schema", fail)
    assert check(GOOD)


def test_warnings_that_no_user_can_act_on_stay_out_of_sight() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        silence_deprecations()
        warnings.warn("oud", DeprecationWarning, stacklevel=1)
        warnings.warn("let op", UserWarning, stacklevel=1)
    assert [str(warning.message) for warning in seen] == ["let op"]
