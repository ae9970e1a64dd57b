"""Starting the processes of the Procfile, saying what is waited for, and stopping them all."""

import os
import signal
import socket
import sys
import threading
import time
from urllib.error import URLError
from urllib.request import urlopen

import honcho.manager
from honcho.environ import parse_procfile
from honcho.manager import Manager
from honcho.printer import Printer

from ebw.output import CommandError
from ebw.production import refuse_insecure
from ebw.settings import ROOT, Settings, settings
from storage.database import check_reachable, make_engine
from storage.migrate import is_current

POLL_SECONDS = 0.2
POLL_TIMEOUT_SECONDS = 2
STOP_SECONDS = 20
"""Longer than a server takes to finish what it is answering."""


def start_all() -> int:
    """Run every process of the Procfile until Ctrl-C or until one ends; return the exit status.

    Raises CommandError when a port is taken, or a model or the database is missing, and
    SettingsError when the settings are not safe for production.
    """
    chosen = settings()
    refuse_insecure(chosen, os.environ)
    check_ready(chosen)
    honcho.manager.KILL_WAIT = STOP_SECONDS
    manager = _StoppableManager(Printer(sys.stdout, prefix=True))
    environment = process_environment(chosen)
    for name, command in parse_procfile((ROOT / "Procfile").read_text()).processes.items():
        manager.add_process(name, command, env=environment, cwd=str(ROOT))
    manager.when_started = threading.Thread(target=_tell_when_ready, args=(chosen,), daemon=True)
    manager.loop()
    return 0 if manager.stop_asked else int(manager.returncode or 0)


def check_ready(chosen: Settings) -> None:
    """Raise CommandError, in one line, when starting cannot succeed."""
    ports = _ports(chosen)
    if len(set(ports.values())) < len(ports):
        message = f"Kies drie verschillende poorten met {', '.join(map(_variable, ports))}."
        raise CommandError(message)
    for what, port in ports.items():
        if not _is_free(chosen.host, port):
            message = (
                f"Poort {port} voor {what} is al in gebruik. Stop wat daar draait, "
                f"of kies een andere poort met {_variable(what)}."
            )
            raise CommandError(message)
    check_database_and_model(chosen)


def check_database_and_model(chosen: Settings) -> None:
    """Raise CommandError, in one line, when the database or the model is missing."""
    if not list(chosen.model_dir.glob("*.tar.gz")):
        message = "Er is geen getraind model. 'make run' maakt het."
        raise CommandError(message)
    engine = make_engine(chosen.database_url)
    check_reachable(engine)
    if not is_current(engine):
        message = "De database heeft nog niet het huidige schema. Voer 'ebw db upgrade' uit."
        raise CommandError(message)


def process_environment(chosen: Settings) -> dict[str, str]:
    """Return the environment for the processes: ours, and what Rasa must know."""
    return {
        **os.environ,
        "EBW_ACTIONS_URL": chosen.actions_url,
        "PYTHONUNBUFFERED": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }


def is_up(url: str) -> bool:
    """Tell whether something answers at `url`."""
    try:
        with urlopen(url, timeout=POLL_TIMEOUT_SECONDS):  # noqa: S310 - our own addresses
            return True
    except (URLError, OSError):
        return False


def health_urls(chosen: Settings) -> dict[str, str]:
    """Return, for each process, the address that answers once it is ready."""
    return {
        "de actieserver": f"http://{chosen.host}:{chosen.actions_port}/health",
        "de webpagina": f"http://{chosen.host}:{chosen.web_port}/",
        "Rasa": f"http://{chosen.host}:{chosen.rasa_port}/webhooks/web/",
    }


class _StoppableManager(Manager):
    """Honcho's manager, that can be stopped at any moment and lets what is at hand be finished.

    Honcho's own handler of Ctrl-C fails while a process is still starting, and then hangs. Ours
    only takes note; the loop, which looks ten times a second, stops them once all have started.
    They stop one after another, the last of the Procfile first: the pages and Rasa still need the
    action server for what they are answering.
    """

    stop_asked = False
    when_started: threading.Thread

    def terminate(self) -> None:
        """Begin to stop the processes."""
        self._terminating = True
        self._stop_last()

    def _start(self) -> None:
        for kind in (signal.SIGINT, signal.SIGTERM):
            signal.signal(kind, self._ask_to_stop)
        super()._start()
        self.when_started.start()  # only now: the processes are forks of this one

    def _ask_to_stop(self, *_: object) -> None:
        self.stop_asked = True

    def _all_started(self) -> bool:
        started = bool(super()._all_started())
        if started and (self.stop_asked or self._terminating):
            self.terminate()
        return started

    def _stop_last(self) -> None:
        """Ask the last process that still runs to stop, if it was not asked yet."""
        running = [known for known in self._processes.values() if "returncode" not in known]
        if running and not running[-1].get("stop_asked"):
            running[-1]["stop_asked"] = True
            self._procmgr.terminate(running[-1]["pid"])


def _tell_when_ready(chosen: Settings) -> None:
    waiting = health_urls(chosen)
    print(f"De assistent start. Wachten op: {', '.join(waiting)}.", flush=True)
    while waiting:
        ready = [name for name, url in waiting.items() if is_up(url)]
        for name in ready:
            del waiting[name]
            rest = f" Nu nog: {', '.join(waiting)}." if waiting else ""
            print(f"{name[0].upper()}{name[1:]} is klaar.{rest}", flush=True)
        time.sleep(POLL_SECONDS)
    address = f"http://{chosen.host}:{chosen.web_port}/"
    print(f"De EBW-assistent draait: {address} (stoppen met Ctrl-C).", flush=True)


def _ports(chosen: Settings) -> dict[str, int]:
    return {
        "de webpagina": chosen.web_port,
        "Rasa": chosen.rasa_port,
        "de actieserver": chosen.actions_port,
    }


def _variable(what: str) -> str:
    names = {"de webpagina": "WEB", "Rasa": "RASA", "de actieserver": "ACTIONS"}
    return f"EBW_{names[what]}_PORT"


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
