"""Starting, killing and stopping the servers of a cluster."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from deploy.programs import HOST, Layout
from ebw.running import is_up, process_environment
from ebw.settings import ROOT, settings

START_LIMIT_SECONDS = 120
STOP_LIMIT_SECONDS = 15
POLL_SECONDS = 0.05
STORAGE = ("postgresql", "redis")
HEALTH = {"actions": "/health", "rasa": "/webhooks/web/", "pages": "/health", "nginx": "/health"}


@dataclass
class Cluster:
    """The servers of a layout that are running."""

    layout: Layout
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start_all(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """Start every server, the first time with an empty database, and wait until all answer.

        Raises RuntimeError, with the end of its log, when one does not start.
        """
        self.layout.prepare()
        for name in STORAGE:
            self.start(name)
        self.ebw("db", "upgrade")
        rest = [name for name in self.layout.names if name not in self.running]
        for name in rest:
            self.launch(name)
        for name in rest:
            self.wait_for(name)
            tell(name)

    def start(self, name: str) -> None:
        """Start a server, and wait until it answers."""
        self.launch(name)
        self.wait_for(name)

    def launch(self, name: str) -> None:
        """Start a server."""
        program = self.layout.program(name)
        with self.log_file(name).open("ab") as log:
            process = subprocess.Popen(
                program.command,
                cwd=self.layout.folder / name if program.account else ROOT,
                env={**process_environment(settings()), **program.environment},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                user=program.account,
                start_new_session=True,
            )
        assert process.stdin  # noqa: S101 - for the type checker: it was asked for
        process.stdin.write(program.text.encode())
        process.stdin.close()
        self.running[name] = process

    def wait_for(self, name: str) -> None:
        """Wait until a server answers."""
        deadline = time.monotonic() + START_LIMIT_SECONDS
        while not self._answers(name):
            if self.running[name].poll() is not None or time.monotonic() > deadline:
                message = f"{name} did not start:\n{self.log_file(name).read_text()[-3000:]}"
                raise RuntimeError(message)
            time.sleep(POLL_SECONDS)

    def kill(self, name: str) -> None:
        """End a server as a power cut would, and wait until it is gone."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(STOP_LIMIT_SECONDS)

    def stop_all(self) -> None:
        """Stop every server, the storage last; kill those that do not end in time."""
        storage = [name for name in STORAGE if name in self.running]
        for names in ([name for name in self.running if name not in storage], storage):
            for name in names:
                # PostgreSQL would wait at SIGTERM until its clients leave.
                kind = signal.SIGINT if name == "postgresql" else signal.SIGTERM
                self.running[name].send_signal(kind)
            for name in names:
                self._wait_for_end(self.running.pop(name))

    def ended(self) -> list[str]:
        """Return the servers that ended by themselves."""
        return [name for name, process in self.running.items() if process.poll() is not None]

    def ebw(self, *arguments: str) -> str:
        """Run the `ebw` program on this cluster; return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "ebw", *arguments],
            cwd=ROOT,
            env={**process_environment(settings()), **self.layout.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            message = f"ebw {' '.join(arguments)}: {done.stderr}"
            raise RuntimeError(message)
        return done.stdout

    def log_file(self, name: str) -> Path:
        """Return where a server writes its log."""
        return self.layout.folder / "logs" / f"{name}.log"

    def _wait_for_end(self, process: subprocess.Popen[bytes]) -> None:
        try:
            process.wait(STOP_LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _answers(self, name: str) -> bool:
        port = self.layout.port_of("public" if name == "nginx" else name)
        path = HEALTH.get(name.rstrip("12"))
        if path:
            return is_up(f"http://{HOST}:{port}{path}")
        try:
            with socket.create_connection((HOST, port), timeout=1):
                return name != "postgresql" or self._postgresql_takes_work()
        except OSError:
            return False

    def _postgresql_takes_work(self) -> bool:
        """PostgreSQL listens before it has recovered."""
        # Imported here: only this process speaks to the database, and only now.
        from storage.database import DatabaseUnavailableError, check_reachable, make_engine

        engine = make_engine(self.layout.database_url)
        try:
            check_reachable(engine)
        except DatabaseUnavailableError:
            return False
        finally:
            engine.dispose()
        return True
