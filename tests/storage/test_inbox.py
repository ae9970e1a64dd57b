from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from storage import inbox, tables
from storage.database import transaction
from storage.inbox import NewEvent, StoredEvent
from storage.removal import delete_of_session
from tests.builders import NOW, OTHER_SESSION, SESSION

LEASE = timedelta(seconds=10)


def add(number: int, session: str = SESSION, channel: str = "slack", minutes: int = 0) -> bool:
    """Add the event with a number, `minutes` after the others."""
    event = NewEvent(session, f"{number}{session[:63]}", f"event {number}", None)
    with transaction() as connection:
        return inbox.add(connection, channel, event, NOW + timedelta(minutes=minutes))


def take_up(
    worker: str = "first", seconds: int = 0, most: int = 9, channel: str = "slack"
) -> list[StoredEvent]:
    """Take up what is next, `seconds` after now."""
    now = NOW + timedelta(seconds=seconds)
    with transaction() as connection:
        return inbox.take_up(connection, channel, worker, now, now + LEASE, most)


def finish(stored: StoredEvent, worker: str = "first") -> None:
    """Note that an event is done."""
    with transaction() as connection:
        inbox.finish(connection, stored.event_hash, worker)


def texts(found: list[StoredEvent]) -> list[str]:
    """Return what the events say."""
    return [stored.event for stored in found]


def count() -> int:
    """Return how many events are known."""
    with transaction() as connection:
        statement = select(func.count()).select_from(tables.channel_events)
        return int(connection.execute(statement).scalar_one())


def test_an_event_that_comes_twice_is_stored_once(database: Engine) -> None:
    assert [add(1), add(1), add(1, OTHER_SESSION), add(2)] == [True, False, True, True]
    finish(take_up()[0])
    assert not add(1)


def test_a_sender_s_events_come_one_by_one_in_order_and_senders_side_by_side(
    database: Engine,
) -> None:
    for number, session in enumerate([SESSION, SESSION, OTHER_SESSION, SESSION]):
        add(number, session)
    first = take_up()
    assert texts(first) == ["event 0", "event 2"]
    assert take_up() == []
    finish(first[0])
    assert texts(take_up()) == ["event 1"]


def test_no_more_is_taken_up_than_asked_for(database: Engine) -> None:
    add(1)
    add(2, OTHER_SESSION)
    assert texts(take_up(most=1)) == ["event 1"]
    assert texts(take_up(most=0)) == []


def test_a_channel_takes_up_its_own_events(database: Engine) -> None:
    add(1)
    assert take_up(channel="teams") == []


def test_what_a_process_is_working_on_is_not_for_another_until_its_time_is_over(
    database: Engine,
) -> None:
    add(1)
    (first,) = take_up("first")
    assert not first.begun
    assert take_up("second", seconds=9) == []
    (again,) = take_up("second", seconds=11)
    assert again.begun


def test_a_process_can_keep_what_it_is_working_on(database: Engine) -> None:
    add(1)
    (stored,) = take_up("first")
    with transaction() as connection:
        inbox.hold(connection, "first", [stored.event_hash], NOW + 2 * LEASE)
        inbox.hold(connection, "second", [stored.event_hash], NOW)
    assert take_up("second", seconds=11) == []


def test_who_lost_an_event_changes_nothing_of_it_any_more(database: Engine) -> None:
    add(1)
    (stored,) = take_up("first")
    take_up("second", seconds=11)
    finish(stored, "first")
    with transaction() as connection:
        assert not inbox.save_replies(connection, stored.event_hash, "first", "sealed")
        inbox.postpone(connection, stored.event_hash, "first", "sealed", 1, NOW)
    assert [one.replies for one in take_up("third", seconds=22)] == [None]


def test_replies_that_wait_come_back_at_their_time_with_those_after_them_still_waiting(
    database: Engine,
) -> None:
    add(1)
    add(2)
    (stored,) = take_up()
    with transaction() as connection:
        assert inbox.save_replies(connection, stored.event_hash, "first", "two")
        until = NOW + timedelta(seconds=30)
        inbox.postpone(connection, stored.event_hash, "first", "the second", 1, until)
    assert take_up(seconds=29) == []
    (again,) = take_up(seconds=30)
    assert (again.event, again.replies, again.attempts) == ("event 1", "the second", 1)


def test_of_a_finished_event_only_its_hashes_and_times_stay(database: Engine) -> None:
    add(1)
    (stored,) = take_up()
    with transaction() as connection:
        inbox.save_replies(connection, stored.event_hash, "first", "said")
    finish(stored)
    assert take_up(seconds=99) == []
    with transaction() as connection:
        (row,) = connection.execute(select(tables.channel_events)).fetchall()
    assert (row.event, row.replies) == (None, None)


def test_old_events_go_and_those_that_were_not_done_are_counted(database: Engine) -> None:
    add(1)
    finish(take_up()[0])
    add(2)
    add(3, minutes=1)
    with transaction() as connection:
        assert inbox.delete_before(connection, NOW + timedelta(minutes=1)) == 1
    assert count() == 1


def test_removing_a_session_removes_its_events(database: Engine) -> None:
    add(1)
    add(2, OTHER_SESSION)
    (stored, _) = take_up()
    with transaction() as connection:
        delete_of_session(connection, SESSION)
        assert not inbox.exists(connection, stored.event_hash)
    assert count() == 1


def test_who_lost_an_event_does_not_take_a_later_one_for_it(database: Engine) -> None:
    add(1)
    (lost,) = take_up()
    with transaction() as connection:
        delete_of_session(connection, SESSION)
    add(2)
    take_up()
    with transaction() as connection:
        assert not inbox.save_replies(connection, lost.event_hash, "first", "sealed")
        assert not inbox.exists(connection, lost.event_hash)
