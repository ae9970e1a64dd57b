import json

import pytest
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.speech import STEPS_IN_SUMMARY, Speaker, buttons_for, progress_of
from quickscan.scan import Answer, Confirming, Mode, Municipality, Scan, Stage
from tests.builders import a_scan, given


def heard(scan: Scan, what: str) -> list[dict[str, object]]:
    """Return what the speaker says about `scan`."""
    dispatcher = CollectingDispatcher()
    getattr(Speaker(dispatcher), what)(scan)
    return dispatcher.messages


def with_answers(*answers: Answer, **changes: object) -> Scan:
    """Return a scan at its end with these answers to its first questions."""
    scan = a_scan(stage=Stage.CONFIRM, **changes)
    scan.answers = {number: given(answer) for number, answer in enumerate(answers, 1)}
    return scan


def test_buttons_carry_the_asking_they_belong_to() -> None:
    scan = a_scan()
    (button,) = buttons_for(scan, [("Ja", "affirm")])
    assert button["title"] == "Ja"
    assert button["payload"] == "/affirm" + json.dumps({"ask": scan.ask})


def test_progress_counts_what_was_answered_left_open_and_is_to_come() -> None:
    scan = with_answers(Answer.YES, Answer.SKIPPED, Answer.UNKNOWN)
    assert progress_of(scan) == {
        "answered": 2,
        "skipped": 1,
        "to_come": 3,
        "count": 6,
        "theme": "Visie",
    }


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([], "geen"),
        ([Answer.YES], "vraag 1"),
        ([Answer.YES, Answer.YES], "vraag 1 en 2"),
        ([Answer.YES, Answer.YES, Answer.NO, Answer.YES], "vraag 1, 2 en 4"),
    ],
)
def test_question_numbers_are_told_as_a_dutch_list(answers: list[Answer], told: str) -> None:
    assert heard(with_answers(*answers), "summarise")[0]["strengths"] == told


def test_the_summary_counts_per_theme_and_leaves_zeros_out() -> None:
    scan = with_answers(Answer.YES, Answer.NO, Answer.PARTLY, Answer.PARTLY)
    themes = heard(scan, "summarise")[1]["themes"]
    assert themes.splitlines() == ["Visie: 1 ja, 1 nee", "Aanbod: 2 deels", "Borging: 2 open"]


def test_the_summary_has_the_first_steps_only() -> None:
    steps = heard(with_answers(Answer.PARTLY, Answer.NO), "summarise")[2]["steps"]
    assert len(steps.splitlines()) == STEPS_IN_SUMMARY
    assert steps.startswith("Vraag 2: ")


def test_a_scan_with_only_ja_has_no_steps() -> None:
    said = heard(with_answers(*[Answer.YES] * 6), "summarise")
    assert [message["response"] for message in said] == ["utter_summary", "utter_summary_themes"]


@pytest.mark.parametrize(
    ("mode", "response"),
    [
        (Mode.EXISTING_APPROACH, "utter_summary"),
        (Mode.BUILDING_BLOCKS, "utter_summary_building_blocks"),
    ],
)
def test_the_summary_is_worded_for_the_mode_and_names_the_municipality(
    mode: Mode, response: str
) -> None:
    scan = with_answers(mode=mode, municipality=Municipality("GM0503", "Delft"))
    said = heard(scan, "summarise")[0]
    assert (said["response"], said["municipality"]) == (response, "Delft")
    assert heard(with_answers(mode=mode), "summarise")[0]["municipality"] == "jullie gemeente"


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.DONE])
def test_whatever_is_pending_is_asked_with_buttons(stage: Stage) -> None:
    (message,) = heard(a_scan(stage=stage), "ask_pending")
    assert message["buttons"]


@pytest.mark.parametrize("confirming", list(Confirming))
@pytest.mark.parametrize("stage", [Stage.QUESTION, Stage.DONE])
def test_what_was_put_in_between_goes_before_the_rest(confirming: Confirming, stage: Stage) -> None:
    (message,) = heard(a_scan(stage=stage, confirming=confirming), "ask_pending")
    assert message["response"] == f"utter_ask_{confirming}"
    assert message["buttons"]


def test_a_finished_scan_asks_nothing() -> None:
    assert heard(a_scan(stage=Stage.DONE), "ask_pending") == []


def test_a_button_of_an_asking_differs_per_question() -> None:
    first = heard(a_scan(stage=Stage.QUESTION, position=1), "ask_pending")[0]["buttons"]
    second = heard(a_scan(stage=Stage.QUESTION, position=2), "ask_pending")[0]["buttons"]
    assert {b["payload"] for b in first}.isdisjoint(b["payload"] for b in second)
