"""Starting and stopping the servers that are measured."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

POLL_SECONDS = 0.05
START_LIMIT_SECONDS = 180
STOP_LIMIT_SECONDS = 10


@dataclass
class Server:
    """Processes that together make a bot; `start_seconds` until it can answer."""

    port: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    start_seconds: float = 0.0

    def memory_mb(self) -> float:
        """Return the resident memory of all processes and their children, in MB."""
        return sum(_tree_memory(process.pid) for process in self.processes) / 1e6


@contextmanager
def running(
    commands: list[list[str]], port: int, folder: Path, environment: dict[str, str]
) -> Iterator[Server]:
    """Run `commands` until the block ends; ready when `port` answers."""
    server = Server(port)
    began = time.perf_counter()
    try:
        for command in commands:
            server.processes.append(
                subprocess.Popen(
                    command,
                    cwd=folder,
                    env={**os.environ, **environment},
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            )
        _wait_until_ready(server)
        server.start_seconds = time.perf_counter() - began
        yield server
    finally:
        for process in server.processes:
            _stop(process)


def free_ports(count: int) -> list[int]:
    """Return ports that nothing listens on."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def program(name: str) -> str:
    """Return the path of a program beside this Python."""
    return str(Path(sys.executable).parent / name)


def _wait_until_ready(server: Server) -> None:
    until = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < until:
        if any(process.poll() is not None for process in server.processes):
            message = "a server ended while it was starting"
            raise RuntimeError(message)
        try:
            with urlopen(f"http://127.0.0.1:{server.port}/webhooks/rest/", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(POLL_SECONDS)
    message = f"no answer within {START_LIMIT_SECONDS} seconds"
    raise RuntimeError(message)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(STOP_LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _tree_memory(pid: int) -> int:
    process = psutil.Process(pid)
    return sum(each.memory_info().rss for each in [process, *process.children(recursive=True)])
