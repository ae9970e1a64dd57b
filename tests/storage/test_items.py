import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine

from storage import items
from storage.database import DatabaseUnavailableError, transaction

WORDS = {"budget": ["geld"]}
ONE = {"id": "een", "title": "Eén"}
TWO = {"id": "twee", "title": "Twee"}


def replace(database: Engine, *content: dict[str, str]) -> bool:
    with transaction(database) as connection:
        return items.replace_all(connection, content, WORDS)


def test_items_come_back_as_they_were_in_the_same_order(database: Engine) -> None:
    replace(database, TWO, ONE)
    stored = items.find_all(database)
    assert stored.items == [TWO, ONE]
    assert stored.search_words == WORDS


def test_storing_the_same_again_says_that_nothing_changed(database: Engine) -> None:
    assert replace(database, ONE) is True
    assert replace(database, ONE) is False


def test_the_checksum_changes_with_an_item_with_the_order_and_with_a_search_word(
    database: Engine,
) -> None:
    seen = set()
    for content in ([ONE, TWO], [TWO, ONE], [ONE], [{**ONE, "title": "Anders"}]):
        replace(database, *content)
        seen.add(items.current_checksum(database))
    with transaction(database) as connection:
        items.replace_all(connection, [ONE], {"budget": ["poen"]})
    seen.add(items.current_checksum(database))
    assert len(seen) == 5


def test_what_was_stored_before_is_gone(database: Engine) -> None:
    replace(database, ONE, TWO)
    replace(database, TWO)
    assert items.find_all(database).items == [TWO]


def test_nothing_of_a_transaction_that_fails_is_stored(database: Engine) -> None:
    replace(database, ONE)
    with pytest.raises(RuntimeError), transaction(database) as connection:
        items.replace_all(connection, [TWO], WORDS)
        raise RuntimeError
    assert items.find_all(database).items == [ONE]


def test_without_items_there_is_no_checksum_and_nothing_to_find(database: Engine) -> None:
    assert items.current_checksum(database) is None
    with pytest.raises(LookupError):
        items.find_all(database)


def test_reading_waits_for_no_writer(database: Engine) -> None:
    replace(database, ONE)
    with transaction(database) as connection:
        items.replace_all(connection, [TWO], WORDS)
        assert items.find_all(database).items == [ONE]
    assert items.find_all(database).items == [TWO]


def test_a_database_without_the_tables_is_reported_as_unavailable() -> None:
    with pytest.raises(DatabaseUnavailableError):
        items.find_all(create_engine("sqlite://", future=True))
