"""The assistant as it runs: both servers, on ports and with data of their own."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NoReturn, Self

import httpx
from sqlalchemy import select
from sqlalchemy.engine import Engine

from ebw.running import process_environment
from ebw.settings import ROOT, Settings, read_settings, settings
from quickscan.scan import Scan
from storage import checklists, requests, scans, tables
from storage.database import make_engine

START_LIMIT_SECONDS = 120
STOP_LIMIT_SECONDS = 10
POLL_SECONDS = 0.1
REPLY_LIMIT_SECONDS = 60
HOST = "127.0.0.1"
DATABASES = ["sqlite", "postgresql"]
MODULES = {"actions": "bot.actions", "rasa": "bot"}


@dataclass
class Assistant:
    """The two servers of the conversation; the model is the one that `make test` trained."""

    folder: Path
    database_url: str
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)

    @cached_property
    def chosen(self) -> Settings:
        """Where this copy keeps its data and listens."""
        return read_settings(
            {
                "EBW_DATA_DIR": str(self.folder),
                "EBW_DATABASE_URL": self.database_url,
                "EBW_HOST": HOST,
                "EBW_RASA_PORT": str(free_port()),
                "EBW_ACTIONS_PORT": str(free_port()),
            }
        )

    @property
    def environment(self) -> dict[str, str]:
        """What the servers and `ebw` must know to be this copy."""
        return {
            **process_environment(self.chosen),
            "EBW_DATA_DIR": str(self.chosen.data_dir),
            "EBW_DATABASE_URL": self.chosen.database_url,
            "EBW_HOST": self.chosen.host,
            "EBW_RASA_PORT": str(self.chosen.rasa_port),
            "EBW_ACTIONS_PORT": str(self.chosen.actions_port),
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
        }

    @property
    def webhook(self) -> str:
        """Where a user's messages go."""
        return f"http://{HOST}:{self.chosen.rasa_port}/webhooks/rest/webhook"

    @cached_property
    def client(self) -> httpx.Client:
        """What all users of this copy send their messages with."""
        return httpx.Client(timeout=REPLY_LIMIT_SECONDS)

    @cached_property
    def engine(self) -> Engine:
        """A look into the database, beside the servers."""
        return make_engine(self.database_url)

    def prepare(self) -> None:
        """Link the trained model, and make the database."""
        self.chosen.model_dir.symlink_to(trained_model_dir(), target_is_directory=True)
        self.ebw("db", "upgrade")

    def start(self, *names: str) -> None:
        """Start the servers (both, unless named), and wait until they answer."""
        for name in names or MODULES:
            with self.log_file(name).open("ab") as log:
                self.running[name] = subprocess.Popen(
                    [sys.executable, "-m", MODULES[name]],
                    cwd=ROOT,
                    env=self.environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        for name in names or MODULES:
            self._wait_for(name)
        self._check_model()

    def stop(self, *names: str) -> None:
        """Stop the servers (all, unless named) at once, as a power cut would."""
        for name in names or tuple(self.running):
            if process := self.running.pop(name, None):
                kill_group(process)

    @contextmanager
    def served(self) -> Iterator[Self]:
        """Make the database and start; whatever happens, nothing runs afterwards."""
        # Stopped from outside, a test run must still come to the `finally` below.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        self.prepare()
        try:
            self.start()
            yield self
        finally:
            self.stop()
            self.client.close()
            self.engine.dispose()

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """Do something while a server is away; it is back afterwards."""
        self.stop(name)
        try:
            yield
        finally:
            self.start(name)

    def restart(self, *names: str) -> None:
        """Stop and start the servers (both, unless named)."""
        self.stop(*names)
        self.start(*names)

    def check_running(self) -> None:
        """Raise RuntimeError when a server ended that nobody stopped."""
        ended = {name: process.poll() for name, process in self.running.items()}
        if found := {name: status for name, status in ended.items() if status is not None}:
            message = f"ended by itself, with exit status: {found}\n{self.log()[-2000:]}"
            raise RuntimeError(message)

    def ebw(self, *arguments: str) -> str:
        """Run the `ebw` program on this copy's data; return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "ebw", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"ebw {' '.join(arguments)}: {done.stderr}"
        return done.stdout

    def scan_of(self, sender: str) -> Scan | None:
        """Return the scan that a sender worked on last, as it is stored."""
        with self.engine.connect() as connection:
            return scans.latest_of_session(connection, session_id_of(sender))

    def walks_a_checklist(self, sender: str) -> bool:
        """Tell whether a sender is in the middle of a checklist, which goes before a scan."""
        with self.engine.connect() as connection:
            run = checklists.latest_of_session(connection, session_id_of(sender))
        return run is not None and run.is_active

    def makes_a_request(self, sender: str) -> bool:
        """Tell whether a sender is in the middle of a request for advice; it goes before both."""
        with self.engine.connect() as connection:
            return requests.draft_of_session(connection, session_id_of(sender)) is not None

    def scans_of(self, sender: str) -> list[Scan]:
        """Return every stored scan of a sender, the oldest first."""
        of_sender = (
            select(tables.scans.c.id)
            .where(tables.scans.c.session_id == session_id_of(sender))
            .order_by(tables.scans.c.started_at)
        )
        with self.engine.connect() as connection:
            ids = connection.execute(of_sender).scalars().all()
            found = [scans.find(connection, scan_id) for scan_id in ids]
        return [scan for scan in found if scan]

    def log(self, since: dict[str, int] | None = None) -> str:
        """Return what the servers wrote to their logs, since a moment of `log_lengths`."""
        start = since or {}
        return "\n".join(
            self.log_file(name).read_bytes()[start.get(name, 0) :].decode()
            for name in self.log_lengths()
        )

    def log_lengths(self) -> dict[str, int]:
        """Return how long the log of each server is now."""
        files = {name: self.log_file(name) for name in MODULES}
        return {name: file.stat().st_size for name, file in files.items() if file.exists()}

    def log_file(self, name: str) -> Path:
        """Return where a server writes its log."""
        return self.chosen.data_dir / f"{name}.log"

    def _wait_for(self, name: str) -> None:
        port = {"rasa": self.chosen.rasa_port, "actions": self.chosen.actions_port}[name]
        path = {"rasa": "/webhooks/rest/", "actions": "/health"}[name]
        deadline = time.monotonic() + START_LIMIT_SECONDS
        while not _answers(f"http://{HOST}:{port}{path}"):
            ended = self.running[name].poll() is not None
            if ended or time.monotonic() > deadline:
                self._give_up(name)
            time.sleep(POLL_SECONDS)

    def _check_model(self) -> None:
        """Rasa also starts with a model that it cannot load, and then answers nothing."""
        body = {"sender": "nobody", "message": "/help"}
        if not self.client.post(self.webhook, json=body).is_success:
            self._give_up("rasa")

    def _give_up(self, name: str) -> NoReturn:
        message = f"{name} did not start:\n{self.log_file(name).read_text()[-3000:]}"
        raise RuntimeError(message)


def trained_model_dir() -> Path:
    """Return the folder with the trained model.

    Raises RuntimeError when there is none yet.
    """
    folder = settings().model_dir
    if not list(folder.glob("*.tar.gz")):
        message = f"no trained model in {folder}: run 'make train' (or 'make test') first"
        raise RuntimeError(message)
    return folder


def session_id_of(sender: str) -> str:
    """Return under which id a sender's data is stored (contracts/interfaces.md, Identity)."""
    return sha256(f"rest:{sender}".encode()).hexdigest()


def free_port() -> int:
    """Return a port that nothing listens on, below those that connections are given."""
    while True:
        port = random.randint(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) != 0:
                return port


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started, and wait until it is gone."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(STOP_LIMIT_SECONDS)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).is_success
    except httpx.HTTPError:
        return False
