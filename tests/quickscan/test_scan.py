from collections.abc import Callable
from datetime import timedelta

import pytest

from quickscan.scan import (
    Answer,
    Confirming,
    Mode,
    Municipality,
    OpenRound,
    Scan,
    Stage,
    Status,
)
from tests.builders import NOW, a_scan, given
from tests.walks import Walk

DELFT = Municipality("GM0503", "Delft")
YES = given(Answer.YES)
NO = given(Answer.NO)


def at_question(number: int = 1, count: int = 6) -> Scan:
    """Return a scan in which every question before `number` was answered."""
    scan = a_scan(count)
    scan.set_municipality(None)
    scan.set_mode(Mode.EXISTING_APPROACH)
    for earlier in range(1, number):
        scan.answer(earlier, YES)
    return scan


def with_open_questions(*numbers: int, count: int = 6) -> Scan:
    """Return a scan in which all questions were put, and `numbers` left open."""
    scan = at_question(1, count)
    for number in range(1, count + 1):
        if number in numbers:
            scan.skip(NOW)
        else:
            scan.answer(number, YES)
    return scan


def test_a_new_scan_asks_for_the_municipality_then_the_mode_then_question_one() -> None:
    scan = a_scan()
    assert scan.stage is Stage.MUNICIPALITY
    scan.set_municipality(DELFT)
    assert scan.stage is Stage.MODE
    scan.set_mode(Mode.BUILDING_BLOCKS)
    assert (scan.stage, scan.position) == (Stage.QUESTION, 1)
    assert (scan.municipality, scan.mode) == (DELFT, Mode.BUILDING_BLOCKS)


def test_the_municipality_may_stay_unsaid() -> None:
    scan = a_scan()
    scan.set_municipality(None)
    assert (scan.stage, scan.municipality) == (Stage.MODE, None)


def test_correcting_the_municipality_later_does_not_move_the_scan() -> None:
    scan = at_question(4)
    scan.set_municipality(DELFT)
    assert (scan.stage, scan.position, scan.municipality) == (Stage.QUESTION, 4, DELFT)


def test_an_answer_leads_to_the_next_question() -> None:
    scan = at_question(3)
    scan.answer(3, NO)
    assert scan.answers[3] == NO
    assert scan.position == 4


def test_answering_the_same_question_twice_keeps_the_last_answer_only() -> None:
    scan = at_question(3)
    scan.answer(2, NO)
    scan.answer(2, given(Answer.PARTLY, "alleen de scholen"))
    assert scan.answers[2] == given(Answer.PARTLY, "alleen de scholen")
    assert len(scan.answers) == 2


def test_answering_another_question_stays_at_the_one_at_hand() -> None:
    scan = at_question(4)
    scan.answer(2, NO)
    assert (scan.stage, scan.position) == (Stage.QUESTION, 4)


def test_a_question_answered_ahead_is_not_put_any_more() -> None:
    scan = at_question(3)
    scan.answer(4, NO)
    scan.answer(3, YES)
    assert scan.position == 5


def test_going_back_and_answering_returns_to_where_the_scan_was() -> None:
    scan = at_question(5)
    scan.jump(2)
    assert scan.position == 2
    scan.answer(2, NO)
    assert scan.position == 5


def test_previous_goes_back_step_by_step_and_stops_at_the_first_question() -> None:
    scan = at_question(3)
    assert [scan.previous(), scan.position] == [True, 2]
    assert [scan.previous(), scan.position] == [True, 1]
    assert [scan.previous(), scan.position] == [False, 1]


def test_previous_from_the_mode_goes_to_the_municipality() -> None:
    scan = a_scan()
    assert not scan.previous()
    scan.set_municipality(DELFT)
    assert scan.previous()
    assert scan.stage is Stage.MUNICIPALITY


@pytest.mark.parametrize("scan", [with_open_questions(2), with_open_questions()])
def test_previous_from_the_end_puts_the_last_question(scan: Scan) -> None:
    stage = scan.stage
    assert scan.previous()
    assert (scan.stage, scan.position) == (Stage.QUESTION, 6)
    scan.answer(6, NO)
    assert scan.stage is stage


def test_a_skipped_question_is_left_open_and_the_scan_goes_on() -> None:
    scan = at_question(2)
    scan.skip(NOW)
    assert scan.answers[2].answer is Answer.SKIPPED
    assert (scan.skipped, scan.position) == ([2], 3)


def test_skipping_a_question_that_has_an_answer_keeps_that_answer() -> None:
    scan = at_question(4)
    scan.jump(2)
    scan.skip(NOW)
    assert scan.answers[2] == YES
    assert scan.position == 4


def test_open_questions_are_offered_once_after_the_last_question() -> None:
    scan = with_open_questions(2, 5)
    assert scan.stage is Stage.OPEN_QUESTIONS
    scan.answer_open_questions(wanted=False)
    assert (scan.stage, scan.skipped) == (Stage.CONFIRM, [2, 5])
    scan.jump(3)
    scan.answer(3, NO)
    assert scan.stage is Stage.CONFIRM


def test_without_open_questions_the_summary_comes_at_once() -> None:
    assert with_open_questions().stage is Stage.CONFIRM


def test_each_open_question_is_put_once_more_when_that_is_wanted() -> None:
    scan = with_open_questions(1, 3, 6)
    scan.answer_open_questions(wanted=True)
    put = []
    while scan.stage is Stage.QUESTION:
        put.append(scan.position)
        scan.skip(NOW)
    assert put == [1, 3, 6]
    assert scan.stage is Stage.CONFIRM


def test_answering_the_last_open_question_by_its_number_ends_the_offer() -> None:
    scan = with_open_questions(2)
    scan.answer(2, NO)
    assert scan.stage is Stage.CONFIRM


@pytest.mark.parametrize("number", [1, 2, 5, 6])
def test_a_change_in_the_open_round_returns_to_the_open_question(number: int) -> None:
    scan = with_open_questions(3, 4)
    scan.answer_open_questions(wanted=True)
    scan.jump(number)
    scan.answer(number, NO)
    assert (scan.stage, scan.position) == (Stage.QUESTION, 3)
    scan.answer(3, NO)
    assert scan.position == 4


@pytest.mark.parametrize("steps_back", [0, 1, 2])
def test_an_open_question_that_is_answered_by_its_number_is_not_put_again(steps_back: int) -> None:
    scan = with_open_questions(3, 5)
    scan.answer_open_questions(wanted=True)
    for _ in range(steps_back):
        scan.previous()
    scan.jump(3)
    scan.answer(3, NO)
    assert scan.position == 5


def test_an_open_question_answered_during_a_change_is_not_put_again() -> None:
    scan = with_open_questions(3, 5)
    scan.answer_open_questions(wanted=True)
    scan.jump(6)
    scan.answer(3, NO)
    scan.answer(6, NO)
    assert (scan.stage, scan.position) == (Stage.QUESTION, 5)


def test_an_open_question_skipped_once_more_is_not_put_a_third_time() -> None:
    scan = with_open_questions(3)
    scan.answer_open_questions(wanted=True)
    scan.jump(3)
    scan.skip(NOW)
    assert scan.stage is Stage.CONFIRM


def test_completing_closes_the_scan() -> None:
    scan = with_open_questions()
    later = NOW + timedelta(minutes=25)
    scan.complete(later)
    assert (scan.status, scan.completed_at, scan.stage) == (Status.COMPLETED, later, Stage.DONE)
    assert not scan.is_active


@pytest.mark.parametrize("status", [Status.PAUSED, Status.CANCELLED])
def test_resuming_goes_on_at_the_same_question(status: Status) -> None:
    scan = at_question(4)
    scan.status, scan.confirming = status, Confirming.DELETE
    scan.resume()
    assert scan.is_active
    assert (scan.stage, scan.position, scan.confirming) == (Stage.QUESTION, 4, None)


@pytest.mark.parametrize(
    "move",
    [
        lambda scan: scan.answer(3, YES),
        lambda scan: scan.answer(1, YES),
        lambda scan: scan.jump(2),
        lambda scan: scan.skip(NOW),
        lambda scan: scan.previous(),
    ],
)
def test_every_move_ends_what_was_put_in_between(move: Callable[[Scan], object]) -> None:
    scan = at_question(3)
    scan.confirming, scan.unclear = Confirming.WHICH_QUESTION, 2
    move(scan)
    assert (scan.confirming, scan.unclear) == (None, 0)


def test_every_asking_has_a_name_of_its_own() -> None:
    scan = a_scan(3)
    asks = [scan.ask]
    scan.set_municipality(None)
    asks.append(scan.ask)
    scan.set_mode(Mode.EXISTING_APPROACH)
    for number in (1, 2, 3):
        asks.append(scan.ask)
        scan.confirming = Confirming.WHICH_QUESTION
        asks.append(scan.ask) if number == 1 else None
        scan.skip(NOW)
    asks.append(scan.ask)
    scan.answer_open_questions(wanted=False)
    asks.append(scan.ask)
    assert len(set(asks)) == len(asks) == 8


def test_the_name_of_an_asking_differs_between_scans() -> None:
    assert a_scan(id="1" * 36).ask != a_scan(id="2" * 36).ask


SEEDS = range(100)


@pytest.mark.parametrize("seed", SEEDS)
def test_moving_never_loses_an_answer_nor_leaves_the_questionnaire(seed: int) -> None:
    walk = Walk(seed)
    for _ in range(60):
        walk.step()
        assert walk.scan.answers == walk.expected
        assert walk.scan.questionnaire.has(walk.scan.position)
        assert walk.scan.return_to is None or walk.scan.questionnaire.has(walk.scan.return_to)


@pytest.mark.parametrize("seed", SEEDS)
def test_from_anywhere_every_question_is_reached_and_the_scan_can_be_finished(seed: int) -> None:
    walk = Walk(seed)
    for _ in range(walk.rng.randint(0, 60)):
        walk.step()
    steps = 0
    while walk.scan.stage is not Stage.CONFIRM:
        walk.go_on()
        steps += 1
        assert steps <= 2 * walk.scan.questionnaire.count + 5
    assert not walk.scan.unanswered
    walk.scan.complete(NOW)
    assert walk.scan.status is Status.COMPLETED
    assert walk.scan.answers == walk.expected


@pytest.mark.parametrize("seed", SEEDS)
def test_in_the_open_round_every_open_question_comes_by_whatever_is_done_between(seed: int) -> None:
    walk = Walk(seed)
    count = walk.scan.questionnaire.count
    walk.scan = with_open_questions(*range(1, count + 1), count=count)
    walk.scan.answer_open_questions(wanted=True)
    put: set[int] = set()
    for _ in range(500):
        if walk.scan.stage is not Stage.QUESTION:
            break
        put.add(walk.scan.position)
        walk.rng.choice([walk.go_on, walk.jump, walk.scan.previous, walk.answer])()
    assert walk.scan.stage is Stage.CONFIRM
    assert walk.scan.open_round is OpenRound.OVER
    assert put | set(walk.expected) == set(range(1, count + 1))
