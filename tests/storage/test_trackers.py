from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from storage import tables, trackers
from storage.database import transaction
from tests.builders import NOW, SESSION

HASHED = "c" * 64


def found(since: timedelta = timedelta(hours=1), conversation: str = HASHED) -> dict[str, object]:
    """Return what is known of a conversation that was heard of at most `since` ago."""
    with transaction() as connection:
        return trackers.find(connection, conversation, NOW - since)


def save(
    slots: dict[str, object], conversation: str = HASHED, ago: timedelta = timedelta()
) -> None:
    """Save the slots of a conversation."""
    with transaction() as connection:
        trackers.save(connection, conversation, SESSION, slots, NOW - ago)


def count() -> int:
    """Return how many conversations are remembered."""
    with transaction() as connection:
        return int(
            connection.execute(select(func.count()).select_from(tables.trackers)).scalar_one()
        )


def test_nothing_is_known_of_a_conversation_that_was_never_saved(database: Engine) -> None:
    assert found() == {}


def test_slots_come_back_as_they_were(database: Engine) -> None:
    slots = {"number": 3, "flag": False, "text": "één", "list": [1, {"a": None}]}
    save(slots)
    assert found() == slots


def test_saving_again_replaces_the_slots(database: Engine) -> None:
    save({"a": 1, "b": 2})
    save({"a": 3})
    assert found() == {"a": 3}
    assert count() == 1


def test_saving_again_lets_the_conversation_live_longer(database: Engine) -> None:
    save({"a": 1}, ago=timedelta(hours=2))
    assert found() == {}
    save({"a": 1})
    assert found() == {"a": 1}


def test_what_is_too_long_ago_is_not_known_any_more(database: Engine) -> None:
    save({"a": 1}, ago=timedelta(minutes=59))
    assert found(timedelta(hours=1)) == {"a": 1}
    assert found(timedelta(minutes=58)) == {}


def test_a_conversation_without_slots_is_not_kept(database: Engine) -> None:
    save({"a": 1})
    save({})
    assert (found(), count()) == ({}, 0)


def test_conversations_do_not_mix(database: Engine) -> None:
    save({"a": 1})
    save({"a": 2}, "d" * 64)
    save({}, "e" * 64)
    assert (found(), found(conversation="d" * 64)) == ({"a": 1}, {"a": 2})
