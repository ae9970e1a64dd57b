"""A copy of the whole database in one file, made while the assistant runs, and put back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.engine.url import URL

_OWNER_ONLY = 0o600
_PASSED_ON = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}


class BackupError(Exception):
    """The copy could not be made or put back; the message says why, in Dutch."""


def back_up(database_url: str, target: Path) -> None:
    """Write the database to the new file `target`, readable by its owner only.

    Raises BackupError when the file is there already, or the copy cannot be made.
    """
    url = make_url(database_url)
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    except FileExistsError as error:
        message = f"{target} is er al. Kies een andere naam."
        raise BackupError(message) from error
    except OSError as error:
        message = f"{target} is niet te schrijven."
        raise BackupError(message) from error
    try:
        if url.get_backend_name() == "sqlite":
            _copy(_file_of(url), target)
        else:
            _run(url, "pg_dump", "--format=custom", "--no-owner", f"--file={target}")
    except BackupError:
        target.unlink()
        raise


def restore(database_url: str, source: Path) -> None:
    """Put the database of the file `source` in the place of what the database holds now.

    Raises BackupError when the file is no such copy, or cannot be put back; nothing changed then.
    """
    url = make_url(database_url)
    if not source.is_file():
        message = f"{source} is er niet."
        raise BackupError(message)
    if url.get_backend_name() != "sqlite":
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
        _run(url, "pg_restore", *options, f"--dbname={url.database}", str(source))
        return
    _check(source)
    _file_of(url).parent.mkdir(parents=True, exist_ok=True)
    _copy(source, _file_of(url))


def _copy(source: Path, target: Path) -> None:
    """Copy a database of SQLite, as it is at one moment, into another."""
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True)) as origin,
            closing(sqlite3.connect(target)) as copy,
        ):
            origin.backup(copy)
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        message = f"Kopiëren lukt niet: {type(error).__name__}. Is {source} een database?"
        raise BackupError(message) from error


def _check(source: Path) -> None:
    """Raise BackupError unless this is a whole database of the assistant."""
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            is_whole = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        is_whole = False
    if not is_whole:
        message = f"{source} is geen hele back-up van deze assistent. Er is niets veranderd."
        raise BackupError(message)


def _run(url: URL, program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on the database; the password goes by the environment."""
    known = {
        "PGHOST": url.host,
        "PGPORT": str(url.port or 5432),
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
        **{variable: str(url.query.get(name) or "") for name, variable in _PASSED_ON.items()},
    }
    done = subprocess.run(  # noqa: S603 - a program of the system, on our own settings
        [_find(program), *arguments],
        env={**os.environ, **{name: value for name, value in known.items() if value}},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1:] or ["geen uitleg"]
        message = f"{program} is mislukt: {reason[0]}"
        raise BackupError(message)


def _find(program: str) -> str:
    """Return the newest version of a program of PostgreSQL."""
    folders = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    newest = sorted(folders, key=lambda path: float(path.parts[-3]))
    found = str(newest[-1]) if newest else shutil.which(program)
    if not found:
        message = f"{program} is er niet. Installeer de programma's van PostgreSQL."
        raise BackupError(message)
    return found


def _file_of(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        message = "Deze database staat niet in een bestand."
        raise BackupError(message)
    return Path(url.database)
