from checklists.course import Verdict
from checklists.outcome import outcome_of, verdict_on
from tests.checklists.lists import a_run, said, walked


def test_the_outcome_says_what_is_there_what_is_to_arrange_and_what_is_open() -> None:
    run = walked(Verdict.PARTLY, Verdict.YES, Verdict.NO, Verdict.LATER, Verdict.NOT_APPLICABLE)
    outcome = outcome_of(run)
    assert outcome.present == (2,)
    assert outcome.open_points == (4,)
    assert outcome.not_applicable == (5,)


def test_what_is_missing_goes_before_what_is_there_in_part() -> None:
    assert outcome_of(walked(Verdict.PARTLY, Verdict.NO)).to_arrange == (2, 1)


def test_a_point_that_was_never_put_is_open() -> None:
    run = a_run(3)
    run.give(1, said(Verdict.YES))
    assert verdict_on(run, 2) is Verdict.LATER
    assert outcome_of(run).open_points == (2, 3)
