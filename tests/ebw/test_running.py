import importlib.util
import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from honcho.environ import parse_procfile
from honcho.manager import Manager
from honcho.printer import Printer

from ebw import running
from ebw.output import CommandError
from ebw.running import check_ready, health_urls, is_up, process_environment
from ebw.settings import ROOT, Settings, read_settings
from storage.database import DatabaseUnavailableError

LIMIT_SECONDS = 30
# `ebw run`, with the Procfile of a test in the place of ours.
START = """
import sys
from pathlib import Path
from ebw import cli, running
running.ROOT = Path(sys.argv[1])
sys.exit(cli.run(["run"]))
"""
SLEEPER = "echo $$ > {name}.pid; exec sleep 300"


def free_ports(count: int) -> list[int]:
    """Return ports that nothing listens on."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@pytest.fixture
def chosen(sqlite_url: str, tmp_path: Path) -> Settings:
    """Give settings with which the assistant can be started."""
    web, rasa, actions = free_ports(3)
    made = read_settings(
        {
            "EBW_DATA_DIR": str(tmp_path / "var"),
            "EBW_DATABASE_URL": sqlite_url,
            "EBW_WEB_PORT": str(web),
            "EBW_RASA_PORT": str(rasa),
            "EBW_ACTIONS_PORT": str(actions),
        }
    )
    made.model_dir.mkdir(parents=True)
    (made.model_dir / "ebw.tar.gz").touch()
    return made


def one_line(chosen: Settings) -> str:
    """Return why the assistant cannot be started with these settings."""
    with pytest.raises(CommandError) as failure:
        check_ready(chosen)
    assert "\n" not in str(failure.value)
    return str(failure.value)


def test_with_free_ports_a_model_and_a_migrated_database_it_can_start(chosen: Settings) -> None:
    check_ready(chosen)


@pytest.mark.parametrize("field", ["web_port", "rasa_port", "actions_port"])
def test_a_taken_port_is_named_with_the_setting_that_changes_it(
    chosen: Settings, field: str
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", getattr(chosen, field)))
        other.listen()
        line = one_line(chosen)
    assert f"Poort {getattr(chosen, field)} " in line
    assert f"EBW_{field.upper()}." in line


def test_one_port_for_two_servers_is_refused(chosen: Settings) -> None:
    line = one_line(replace(chosen, rasa_port=chosen.web_port))
    assert "EBW_WEB_PORT, EBW_RASA_PORT, EBW_ACTIONS_PORT" in line


def test_a_port_whose_last_user_has_just_left_can_be_used(chosen: Settings) -> None:
    server = socket.create_server(("127.0.0.1", chosen.web_port))
    client = socket.create_connection(server.getsockname())
    accepted, _ = server.accept()
    accepted.close()  # the side that closes first keeps the port for a while
    client.close()
    server.close()
    check_ready(chosen)


def test_a_missing_model_is_told(chosen: Settings) -> None:
    (chosen.model_dir / "ebw.tar.gz").unlink()
    assert one_line(chosen) == "Er is geen getraind model. 'make run' maakt het."


def test_a_database_that_was_not_migrated_is_told(chosen: Settings, tmp_path: Path) -> None:
    line = one_line(replace(chosen, database_url=f"sqlite:///{tmp_path / 'empty.db'}"))
    assert "Voer 'ebw db upgrade' uit." in line


@pytest.mark.parametrize("url", ["postgresql://127.0.0.1:1/ebw", "geen url"])
def test_a_database_that_cannot_be_reached_is_told(chosen: Settings, url: str) -> None:
    with pytest.raises(DatabaseUnavailableError):
        check_ready(replace(chosen, database_url=url))


def test_the_processes_learn_where_the_actions_are_and_report_nothing_home(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EBW_DATA_DIR", "/ergens")
    environment = process_environment(chosen)
    assert environment["EBW_ACTIONS_URL"] == f"http://127.0.0.1:{chosen.actions_port}/webhook"
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert environment["EBW_DATA_DIR"] == "/ergens"


def test_every_process_of_the_procfile_is_a_module_of_ours() -> None:
    processes = parse_procfile((ROOT / "Procfile").read_text()).processes
    assert set(processes) == {"actions", "rasa", "web"}
    for command in processes.values():
        python, flag, module = command.split()
        assert (python, flag) == (".venv/bin/python", "-m")
        assert importlib.util.find_spec(f"{module}.__main__")


@pytest.fixture
def answering() -> Iterator[Callable[[int], str]]:
    """Give a function that starts a server which answers with a status; it returns the address."""
    servers: list[HTTPServer] = []

    def start(status: int) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # noqa: N802 - http.server's name
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_server_is_up_once_it_answers_well(answering: Callable[[int], str]) -> None:
    assert is_up(answering(200))
    assert not is_up(answering(503))
    assert not is_up(f"http://127.0.0.1:{free_ports(1)[0]}/")


def test_it_is_told_what_is_ready_and_what_is_waited_for(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    urls = health_urls(chosen)
    up: list[str] = []

    def one_more_is_up(_seconds: float) -> None:
        up.extend([url for url in reversed(urls.values()) if url not in up][:1])

    monkeypatch.setattr(running, "is_up", lambda url: url in up)
    monkeypatch.setattr(running, "time", SimpleNamespace(sleep=one_more_is_up))
    running._tell_when_ready(chosen)
    assert capsys.readouterr().out.splitlines() == [
        "De assistent start. Wachten op: de actieserver, de webpagina, Rasa.",
        "Rasa is klaar. Nu nog: de actieserver, de webpagina.",
        "De webpagina is klaar. Nu nog: de actieserver.",
        "De actieserver is klaar.",
        f"De EBW-assistent draait: http://127.0.0.1:{chosen.web_port}/ (stoppen met Ctrl-C).",
    ]


@pytest.fixture
def run_with(chosen: Settings, tmp_path: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Give a function that does `ebw run` with a Procfile; what is left of it is stopped."""
    started: list[subprocess.Popen[str]] = []

    def start(procfile: str) -> subprocess.Popen[str]:
        (tmp_path / "Procfile").write_text(procfile)
        process = subprocess.Popen(
            [sys.executable, "-c", START, tmp_path],
            cwd=ROOT,
            env={
                **os.environ,
                "EBW_DATA_DIR": str(chosen.data_dir),
                "EBW_DATABASE_URL": chosen.database_url,
                "EBW_WEB_PORT": str(chosen.web_port),
                "EBW_RASA_PORT": str(chosen.rasa_port),
                "EBW_ACTIONS_PORT": str(chosen.actions_port),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(LIMIT_SECONDS)
        process.stdout.close()


def pid_in(file: Path) -> int:
    """Return the process id in `file`, as soon as it is there."""
    limit = time.monotonic() + LIMIT_SECONDS
    while not (file.exists() and file.read_text().strip()):
        assert time.monotonic() < limit, f"{file.name} was not written"
        time.sleep(0.02)
    return int(file.read_text())


def is_running(pid: int) -> bool:
    """Tell whether a process still does anything."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopping_it_leaves_no_process_behind(
    run_with: Callable[[str], subprocess.Popen[str]], tmp_path: Path, how: signal.Signals
) -> None:
    names = ("one", "two")
    process = run_with("\n".join(f"{name}: {SLEEPER.format(name=name)}" for name in names))
    pids = [pid_in(tmp_path / f"{name}.pid") for name in names]
    assert all(map(is_running, pids))
    process.send_signal(how)
    said, _ = process.communicate(timeout=LIMIT_SECONDS)
    assert not any(map(is_running, pids))
    assert "Traceback" not in said
    assert process.returncode == 0


class Unstarted:
    """A process of which its manager has not heard yet."""

    def __init__(self, manager: Manager) -> None:
        self.manager = manager

    def start(self) -> None:
        """Have the user press Ctrl-C while the process is starting."""
        os.kill(os.getpid(), signal.SIGINT)


def test_stopping_it_while_a_process_is_starting_waits_for_that_and_then_stops_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stopped: list[int] = []
    manager = running._StoppableManager(Printer(io.StringIO()))
    manager._process_ctor = lambda *_, **__: SimpleNamespace(run=None)
    manager._procmgr = SimpleNamespace(terminate=stopped.append)
    manager.add_process("one", "unused")
    manager.when_started = SimpleNamespace(start=lambda: None)
    monkeypatch.setattr("honcho.manager.multiprocessing.Process", lambda **_: Unstarted(manager))
    handlers = {kind: signal.getsignal(kind) for kind in (signal.SIGINT, signal.SIGTERM)}
    try:
        manager._start()
        manager._all_started()
        assert (manager.stop_asked, stopped) == (True, [])
        manager._processes["one"]["pid"] = 123
        manager._all_started()
        manager._all_started()
        assert stopped == [123]
    finally:
        for kind, handler in handlers.items():
            signal.signal(kind, handler)


def test_when_one_process_fails_the_others_stop_and_so_does_the_whole(
    run_with: Callable[[str], subprocess.Popen[str]], tmp_path: Path
) -> None:
    waits = "while [ ! -s one.pid ]; do sleep 0.02; done; exit 3"
    process = run_with(f"one: {SLEEPER.format(name='one')}\ntwo: {waits}\n")
    process.communicate(timeout=LIMIT_SECONDS)
    assert process.returncode == 3
    assert not is_running(pid_in(tmp_path / "one.pid"))


def test_nothing_is_started_when_it_cannot_succeed(
    run_with: Callable[[str], subprocess.Popen[str]], chosen: Settings, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", chosen.rasa_port)):
        process = run_with("one: touch started\n")
        said, _ = process.communicate(timeout=LIMIT_SECONDS)
    assert process.returncode == 1
    assert said.count("\n") == 1
    assert f"Poort {chosen.rasa_port} voor Rasa is al in gebruik." in said
    assert not (tmp_path / "started").exists()
