import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from storage import database as module
from storage.database import (
    DatabaseUnavailableError,
    check_reachable,
    engine,
    make_engine,
    transaction,
)


def count_loads(connection: Connection) -> int:
    """Return how many questionnaires there are."""
    return int(connection.execute(text("SELECT COUNT(*) FROM questionnaires")).scalar_one())


def remove_loads(connection: Connection) -> None:
    """Remove all questionnaires."""
    connection.execute(text("DELETE FROM questionnaires"))


def test_the_work_of_a_transaction_is_kept(database: Engine) -> None:
    with transaction() as connection:
        remove_loads(connection)
    with transaction() as connection:
        assert count_loads(connection) == 0


def test_a_failure_takes_all_work_of_a_transaction_back(database: Engine) -> None:
    with pytest.raises(KeyError), transaction() as connection:
        remove_loads(connection)
        raise KeyError
    with transaction() as connection:
        assert count_loads(connection) == 1


def test_a_failure_of_the_database_is_told_without_the_words_of_a_user(database: Engine) -> None:
    with pytest.raises(DatabaseUnavailableError) as failure, transaction() as connection:
        remove_loads(connection)
        connection.execute(
            text("INSERT INTO answers (explanation) VALUES (:words)"), {"words": "buurman Piet"}
        )
    assert "Piet" not in str(failure.value)
    assert failure.value.__cause__ is None
    with transaction() as connection:
        assert count_loads(connection) == 1


def test_a_transaction_uses_the_database_of_the_settings_unless_told_otherwise(
    database: Engine, tmp_path: Path
) -> None:
    other = make_engine(f"sqlite:///{tmp_path / 'other.db'}")
    with transaction(other) as connection:
        connection.execute(text("CREATE TABLE questionnaires (id INTEGER)"))
    with transaction(other) as connection:
        assert count_loads(connection) == 0
    with transaction() as connection:
        assert count_loads(connection) == 1
    other.dispose()


def test_there_is_one_engine_for_a_process(database: Engine) -> None:
    assert engine() is engine() is database


def test_a_database_that_answers_is_reachable(database: Engine) -> None:
    check_reachable(database)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "geen url",
        "oracle://host/database",
        "mysql://localhost/ebw",
        "sqlite:////dev/null/kan-niet/ebw.db",
    ],
)
def test_a_url_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUnavailableError):
        make_engine(url)


@pytest.mark.parametrize("where", ["postgresql://127.0.0.1:1/ebw", "sqlite:///{folder}"])
def test_a_database_that_cannot_be_reached_is_told(where: str, tmp_path: Path) -> None:
    unreachable = make_engine(where.format(folder=tmp_path))
    with pytest.raises(DatabaseUnavailableError):
        check_reachable(unreachable)
    with pytest.raises(DatabaseUnavailableError), transaction(unreachable):
        pytest.fail("there is nothing to work on")


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "ebw.db"
    file.write_text("Dit is een brief, geen database." * 100)
    broken = make_engine(f"sqlite:///{file}")
    with pytest.raises(DatabaseUnavailableError):
        check_reachable(broken)
    with pytest.raises(DatabaseUnavailableError), transaction(broken):
        pytest.fail("there is nothing to work on")
    assert file.read_text().startswith("Dit is een brief")


def test_the_folder_of_an_sqlite_file_is_made(tmp_path: Path) -> None:
    made = make_engine(f"sqlite:///{tmp_path / 'var' / 'diep' / 'ebw.db'}")
    check_reachable(made)
    assert (tmp_path / "var" / "diep" / "ebw.db").exists()
    made.dispose()


@pytest.mark.parametrize(("durable", "synchronous"), [(True, 2), (False, 1)])
def test_sqlite_keeps_foreign_keys_and_readers_beside_a_writer(
    tmp_path: Path,
    durable: bool,  # noqa: FBT001 - a variant
    synchronous: int,
) -> None:
    made = make_engine(f"sqlite:///{tmp_path / 'ebw.db'}", durable=durable)
    with made.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": synchronous}
    made.dispose()


def test_a_database_in_memory_stays_for_as_long_as_its_engine() -> None:
    made = make_engine("sqlite://")
    with transaction(made) as connection:
        connection.execute(text("CREATE TABLE kept (id INTEGER)"))
    with transaction(made) as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM kept")).scalar_one() == 0


def test_a_writer_waits_for_another_and_gives_up_in_time(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_TIMEOUT_SECONDS", 0.1)
    patient = make_engine(sqlite_url)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailableError), transaction(patient):
        pytest.fail("another is at work")
    other.execute("ROLLBACK")
    other.close()
    with transaction(patient) as connection:
        assert count_loads(connection) == 1
    patient.dispose()


def test_transactions_that_read_before_they_write_do_not_fail_each_other(database: Engine) -> None:
    failures: list[BaseException] = []
    together = threading.Barrier(4)

    def read_then_write() -> None:
        try:
            together.wait(10)
            for _ in range(5):
                with transaction() as connection:
                    count_loads(connection)
                    connection.execute(text("UPDATE questionnaires SET is_current = is_current"))
        except BaseException as error:  # noqa: BLE001 - told in the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=read_then_write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_a_removed_sqlite_file_is_told_and_not_made_anew(sqlite_url: str) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    at_work = make_engine(sqlite_url)
    check_reachable(at_work)
    for part in file.parent.glob("test.db*"):
        part.unlink()
    with pytest.raises(DatabaseUnavailableError), transaction(at_work):
        pytest.fail("there is nothing to work on")
    assert not file.exists()
    at_work.dispose()


def test_an_sqlite_file_that_was_put_back_is_worked_on(sqlite_url: str, tmp_path: Path) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    at_work = make_engine(sqlite_url)
    with transaction(at_work) as connection:
        assert count_loads(connection) == 1
    aside = tmp_path / "aside.db"
    file.rename(aside)
    with pytest.raises(DatabaseUnavailableError), transaction(at_work):
        pytest.fail("there is nothing to work on")
    aside.rename(file)
    with transaction(at_work) as connection:
        remove_loads(connection)
    with sqlite3.connect(file) as seen:
        assert seen.execute("SELECT COUNT(*) FROM questionnaires").fetchone() == (0,)
    at_work.dispose()
