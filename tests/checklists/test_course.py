import random

import pytest

from checklists.course import RunStatus, Verdict
from tests.builders import NOW
from tests.checklists.lists import a_run, said, walked


def test_a_verdict_leads_to_the_next_point() -> None:
    run = a_run()
    run.give(1, said(Verdict.YES))
    assert (run.position, run.point) == (2, "Onderdeel 2 is geregeld.")


def test_the_last_verdict_ends_the_run() -> None:
    run = walked(Verdict.YES, Verdict.NO)
    assert run.status is RunStatus.COMPLETED
    assert run.completed_at == NOW
    assert not run.is_active


def test_the_same_verdict_twice_keeps_one() -> None:
    run = a_run()
    run.give(1, said(Verdict.YES))
    run.give(1, said(Verdict.YES))
    assert run.verdicts == {1: said(Verdict.YES)}
    assert run.position == 2


def test_a_later_verdict_on_an_earlier_point_takes_its_place_and_changes_no_position() -> None:
    run = a_run()
    run.give(1, said(Verdict.YES))
    run.give(1, said(Verdict.NO, "toch niet"))
    assert run.verdicts[1] == said(Verdict.NO, "toch niet")
    assert run.position == 2


def test_after_a_point_that_was_put_again_the_run_goes_on_where_it_was() -> None:
    run = a_run()
    for number in (1, 2):
        run.give(number, said(Verdict.YES))
    run.jump(1)
    run.give(1, said(Verdict.PARTLY))
    assert run.position == 3


def test_going_back_stops_at_the_first_point() -> None:
    run = a_run()
    run.give(1, said(Verdict.YES))
    assert run.previous()
    assert run.position == 1
    assert not run.previous()


def test_skipping_leaves_a_point_for_later() -> None:
    run = a_run()
    run.skip(NOW)
    assert run.verdicts == {1: said(Verdict.LATER)}
    assert run.open_points == [1]


def test_skipping_a_point_that_has_a_verdict_keeps_it() -> None:
    run = a_run()
    run.give(1, said(Verdict.NO))
    run.previous()
    run.skip(NOW)
    assert run.verdicts == {1: said(Verdict.NO)}


def test_a_completed_run_goes_on_with_its_open_points_and_ends_again() -> None:
    run = walked(Verdict.LATER, Verdict.YES, Verdict.LATER)
    run.resume()
    assert (run.is_active, run.position) == (True, 1)
    run.give(1, said(Verdict.YES))
    assert run.position == 3
    run.skip(NOW)
    assert run.status is RunStatus.COMPLETED
    assert run.open_points == [3]


@pytest.mark.parametrize("stop", ["pause", "cancel"])
def test_a_stopped_run_goes_on_at_the_point_at_hand(stop: str) -> None:
    run = a_run()
    run.give(1, said(Verdict.YES))
    getattr(run, stop)()
    assert not run.is_active
    assert run.can_go_on
    run.resume()
    assert (run.is_active, run.position) == (True, 2)


def test_the_asking_changes_with_the_point_and_the_run() -> None:
    run = a_run()
    first = run.ask
    run.give(1, said(Verdict.YES))
    assert len({first, run.ask, a_run(id="3" * 36).ask}) == 3


@pytest.mark.parametrize(("number", "there"), [(0, False), (1, True), (4, True), (5, False)])
def test_only_the_points_of_the_list_are_there(number: int, *, there: bool) -> None:
    assert a_run(4).has(number) is there


@pytest.mark.parametrize("seed", range(30))
def test_however_one_walks_the_verdicts_given_last_are_kept_and_the_run_ends(seed: int) -> None:
    rng = random.Random(seed)
    run, expected = a_run(rng.randint(1, 8)), {}
    for _ in range(20):
        if run.is_active and rng.random() < 0.7:
            number = rng.choice([run.position, rng.randint(1, run.checklist.count)])
            expected[number] = said(rng.choice(list(Verdict)))
            run.give(number, expected[number])
        elif run.is_active:
            rng.choice([run.previous, run.pause, lambda: run.jump(1)])()
        elif run.can_go_on:
            run.resume()
    assert run.verdicts == expected
    if not run.is_active and not run.can_go_on:
        assert run.unanswered == []
