"""Stopping the work on an answer at a known moment, with triggers in the database of the tests."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum

import psycopg2

WAIT_SECONDS = 4  # less than the assistant waits for the database
POLL_SECONDS = 0.01


class Moment(IntEnum):
    """When, in the work on an answer."""

    BEFORE_COMMIT = 1
    WITHIN_COMMIT = 2
    AFTER_COMMIT = 3
    """The answer is stored; the user has no reply yet."""


TRIGGERS = f"""
CREATE OR REPLACE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_advisory_lock_shared(TG_ARGV[0]::bigint);
    PERFORM pg_advisory_unlock_shared(TG_ARGV[0]::bigint);
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER gate_before BEFORE INSERT OR UPDATE ON answers
    FOR EACH ROW EXECUTE FUNCTION gate({Moment.BEFORE_COMMIT});
DROP TRIGGER IF EXISTS gate_within ON answers;
CREATE CONSTRAINT TRIGGER gate_within AFTER INSERT OR UPDATE ON answers
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION gate({Moment.WITHIN_COMMIT});
CREATE OR REPLACE TRIGGER gate_after BEFORE UPDATE ON web_turns
    FOR EACH ROW WHEN (NEW.reply IS NOT NULL) EXECUTE FUNCTION gate({Moment.AFTER_COMMIT});
"""
WAITING = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"


def install(database_url: str) -> None:
    """Make the gates; they are open until `closed`."""
    connection = psycopg2.connect(database_url)
    with connection, connection.cursor() as cursor:
        cursor.execute(TRIGGERS)
    connection.close()


class Gate:
    """A closed gate: the work that comes to it waits."""

    def __init__(self, connection: "psycopg2.extensions.connection", moment: Moment) -> None:
        """Close the gate; it opens when the connection ends."""
        self._cursor = connection.cursor()
        self._moment = int(moment)
        self._cursor.execute("SELECT pg_advisory_lock(%s)", [self._moment])

    def wait(self) -> bool:
        """Wait until work stands before the gate; return whether it came."""
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            self._cursor.execute(WAITING, [self._moment])
            if self._cursor.fetchone():
                return True
            time.sleep(POLL_SECONDS)
        return False


@contextmanager
def closed(database_url: str, moment: Moment) -> Iterator[Gate]:
    """Close the gate of a moment; open it afterwards, also when the database died meanwhile."""
    connection = psycopg2.connect(database_url)
    connection.autocommit = True
    try:
        yield Gate(connection, moment)
    finally:
        with suppress(psycopg2.Error):
            connection.close()
