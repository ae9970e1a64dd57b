"""A real PostgreSQL server for the tests, started once per run from the system's own binaries.

A plug-in of pytest, loaded by tests/conftest.py: a test that takes the fixture `postgresql` gets
the running `Server`. Where PostgreSQL is not installed such a test is left out, and the summary
says so; with CI=true it fails instead.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg2
import pytest
from _pytest.terminal import TerminalReporter  # pytest itself exports it from 8.4 on

USER = "ebw"
START_LIMIT_SECONDS = 30
STOP_LIMIT_SECONDS = 20
MISSING = "PostgreSQL is not installed (Debian: apt-get install postgresql)"

# Nothing of a test needs to survive a power cut.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=256MB")
_left_out: list[str] = []


class Server:
    """A PostgreSQL server of our own on a free port of this machine; anyone may log in."""

    def __init__(self, binaries: Path) -> None:
        """Prepare a server in a new folder; `start` starts it."""
        self._binaries = binaries
        self._account = _account_to_run_as()
        self._folder = Path(tempfile.mkdtemp(prefix="ebw-postgresql-"))
        self._log = self._folder / "log"
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        self.port = _free_port()
        if self._account:
            shutil.chown(self._folder, self._account)

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of a database of this server."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str = "template1") -> str:
        """Make a database, a copy of `template` that nobody is using; return its name."""
        name = f"test_{next(self._numbers)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, also when something is still connected to it."""
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def start(self) -> None:
        """Start the server and wait until it answers; does nothing when it runs already."""
        if self._process and self._process.poll() is None:
            return
        if not (self._folder / "data").exists():
            self._initialise()
        settings = (
            *_FAST,
            f"port={self.port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self._folder}",
        )
        options = [part for setting in settings for part in ("-c", setting)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", self._folder / "data", *options],
                stdout=log,
                stderr=log,
                user=self._account,
                cwd=self._folder,
            )
        self._wait(self._process)

    def stop(self) -> None:
        """Stop the server at once; what was committed stays for the next `start`."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)  # SIGTERM would wait for clients to leave
            self._process.wait(STOP_LIMIT_SECONDS)
        self._process = None

    def remove(self) -> None:
        """Stop the server and remove all that it wrote."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _initialise(self) -> None:
        subprocess.run(
            [
                *(self._binaries / "initdb", "-D", self._folder / "data", "-U", USER),
                *("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            user=self._account,
            cwd=self._folder,
        )

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        limit = time.monotonic() + START_LIMIT_SECONDS
        while True:
            try:
                self._execute("SELECT 1")
            except psycopg2.OperationalError:
                if process.poll() is not None or time.monotonic() > limit:
                    log = self._log.read_text(errors="replace")
                    message = f"PostgreSQL does not start:\n{log}"
                    raise RuntimeError(message) from None
                time.sleep(0.05)
            else:
                return

    def _execute(self, statement: str) -> None:
        connection = psycopg2.connect(self.url("postgres"))
        try:
            connection.autocommit = True
            connection.cursor().execute(statement)
        finally:
            connection.close()


def find_binaries() -> Path | None:
    """Return the folder with PostgreSQL's programs, the newest version; None when there is none."""
    on_path = shutil.which("postgres")
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3])
    )
    found = [*([Path(on_path)] if on_path else []), *folders]
    return found[-1].parent if found else None


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """Give the running server; leave the test out, or fail in CI, when there is no PostgreSQL."""
    binaries = find_binaries()
    if binaries is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    server = Server(binaries)
    try:
        server.start()
        yield server
    finally:
        server.remove()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember the tests that were left out for want of PostgreSQL."""
    if report.skipped and MISSING in str(report.longrepr):
        _left_out.append(report.nodeid)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say which tests were left out: they did not pass."""
    if not _left_out:
        return
    terminalreporter.section("LEFT OUT", sep="!", red=True, bold=True)
    terminalreporter.line(f"{MISSING}: {len(_left_out)} tests were left out.", red=True, bold=True)


def _account_to_run_as() -> str | None:
    """Return the account for the server; None for our own. PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
