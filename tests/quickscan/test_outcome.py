import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from jsonschema import Draft7Validator

from quickscan.outcome import outcome_of, result_of
from quickscan.questionnaire import parse_questionnaire
from quickscan.scan import Answer, Mode, Municipality, Scan, Stage, Status
from tests.builders import NOW, a_scan, given, questionnaire_content

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "data" / "quickscan-result.schema.json").read_text()
)
UTC_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def answered(**changes: object) -> Scan:
    """Return a scan with one answer of each kind, and question 6 never put."""
    scan = a_scan(stage=Stage.QUESTION, position=6, **changes)
    scan.answers = {
        1: given(Answer.YES),
        2: given(Answer.PARTLY, "alleen de scholen"),
        3: given(Answer.NO),
        4: given(Answer.UNKNOWN),
        5: given(Answer.SKIPPED),
    }
    return scan


def test_ja_is_a_strength_deels_and_nee_are_improvements_the_rest_are_blind_spots() -> None:
    outcome = outcome_of(answered())
    assert outcome.strengths == [1]
    assert outcome.improvements == [2, 3]
    assert outcome.blind_spots == [4, 5, 6]


def test_answers_are_counted_per_theme_and_an_unput_question_counts_as_open() -> None:
    profiles = outcome_of(answered()).themes
    assert [(profile.theme.id, profile.questions) for profile in profiles] == [
        ("visie", [1, 2]),
        ("aanbod", [3, 4]),
        ("borging", [5, 6]),
    ]
    counts = [{str(a): n for a, n in profile.counts.items() if n} for profile in profiles]
    assert counts == [{"ja": 1, "deels": 1}, {"nee": 1, "weet_niet": 1}, {"overgeslagen": 2}]


def test_the_totals_add_up_to_the_number_of_questions() -> None:
    totals = outcome_of(answered()).totals
    assert totals == {
        Answer.YES: 1,
        Answer.PARTLY: 1,
        Answer.NO: 1,
        Answer.UNKNOWN: 1,
        Answer.SKIPPED: 2,
    }


def test_next_steps_come_for_every_question_without_a_ja_and_nee_goes_first() -> None:
    steps = outcome_of(answered()).next_steps
    assert [step.question for step in steps] == [3, 2, 4, 5, 6]


def test_a_next_step_fits_the_answer_and_an_open_question_gets_that_of_weet_niet() -> None:
    scan = answered()
    steps = {step.question: step for step in outcome_of(scan).next_steps}
    texts = {number: scan.questionnaire.question(number).next_steps for number in steps}
    assert steps[2].text == texts[2]["deels"]
    assert steps[3].text == texts[3]["nee"]
    assert steps[4].text == texts[4]["weet_niet"]
    assert steps[6].text == texts[6]["weet_niet"]
    assert steps[3].knowledge == ("item-3",)


def test_a_scan_with_only_ja_has_no_next_steps() -> None:
    scan = a_scan(answers={number: given(Answer.YES) for number in range(1, 7)})
    outcome = outcome_of(scan)
    assert (outcome.next_steps, outcome.improvements, outcome.blind_spots) == ([], [], [])


def _finished() -> Scan:
    scan = answered(municipality=Municipality("GM0503", "Delft"), mode=Mode.BUILDING_BLOCKS)
    scan.complete(NOW + timedelta(minutes=20))
    return scan


@pytest.mark.parametrize("make", [a_scan, answered, _finished])
def test_a_result_follows_the_contract(make: Callable[[], Scan]) -> None:
    result = result_of(make())
    assert not list(Draft7Validator(SCHEMA).iter_errors(result))
    assert str(UUID(result["result_id"])) == result["result_id"]
    moments = [result["started_at"], result["updated_at"], result["completed_at"]]
    moments += [answer["answered_at"] for answer in result["answers"]]
    assert all(UTC_TIME.fullmatch(moment) for moment in moments if moment is not None)


def test_a_result_says_what_the_scan_says() -> None:
    result = result_of(_finished())
    assert result["status"] == Status.COMPLETED
    assert result["mode"] == "building_blocks"
    assert result["municipality"] == {"code": "GM0503", "name": "Delft"}
    assert result["questionnaire"] == {
        "id": "quickscan-test",
        "version": "1.0",
        "question_count": 6,
    }
    assert result["completed_at"] == "2026-03-02T09:50:00Z"
    assert result["answers"][1] == {
        "question": 2,
        "theme": "visie",
        "answer": "deels",
        "explanation": "alleen de scholen",
        "answered_at": "2026-03-02T09:30:00Z",
    }
    assert result["next_steps"][0]["questions"] == [3]
    assert result["next_steps"][0]["knowledge_ids"] == ["item-3"]


def test_an_unfinished_result_has_no_municipality_and_no_end_yet() -> None:
    result = result_of(a_scan())
    assert (result["municipality"], result["completed_at"]) == (None, None)
    assert (result["status"], result["answers"]) == ("in_progress", [])


def test_answers_are_listed_by_question_not_by_when_they_were_given() -> None:
    scan = a_scan(answers={5: given(Answer.NO), 1: given(Answer.YES), 3: given(Answer.YES)})
    assert [answer["question"] for answer in result_of(scan)["answers"]] == [1, 3, 5]


def test_moments_are_told_in_utc() -> None:
    summer_time = timezone(timedelta(hours=2))
    scan = a_scan(started_at=datetime(2026, 7, 1, 1, 0, tzinfo=summer_time))
    assert result_of(scan)["started_at"] == "2026-06-30T23:00:00Z"
    assert result_of(a_scan(started_at=datetime(2026, 7, 1, 1, 0, 0, 999_999, UTC)))[
        "started_at"
    ].endswith("01:00:00Z")


def test_knowledge_that_a_question_names_goes_along_with_its_step() -> None:
    content = questionnaire_content()
    content["questions"][2]["knowledge"] = ["les-1", "les-2"]
    scan = a_scan(questionnaire=parse_questionnaire(content))
    steps = {step["questions"][0]: step for step in result_of(scan)["next_steps"]}
    assert steps[3]["knowledge_ids"] == ["les-1", "les-2"]
