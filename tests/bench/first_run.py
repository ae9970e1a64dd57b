"""How long a newcomer waits: a fresh clone, `make run`, the first reply."""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from ebw.settings import ROOT
from tests.bench.clients import User
from tests.bench.servers import free_ports

LIMIT_SECONDS = 900
_STEP = re.compile(r"^([123])/3 ")
_READY = "De EBW-assistent draait"
_NAMES = {"1": "install", "2": "train", "3": "database"}


def first_run_seconds(folder: Path) -> dict[str, float]:
    """Clone the repository into `folder` and run it; return the seconds of each part."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    web, rasa, actions = free_ports(3)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("EBW_")},
        "EBW_WEB_PORT": str(web),
        "EBW_RASA_PORT": str(rasa),
        "EBW_ACTIONS_PORT": str(actions),
    }
    for name in ("PYTHONPATH", "MAKEFLAGS", "RASA_CACHE_DIRECTORY"):
        environment.pop(name, None)
    with subprocess.Popen(
        ["make", "run"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            return _follow(process, rasa)
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(30)
            shutil.rmtree(folder, ignore_errors=True)


def _follow(process: subprocess.Popen[str], rasa_port: int) -> dict[str, float]:
    began = time.perf_counter()
    moments: list[tuple[str, float]] = []
    assert process.stdout  # for the type checker: it was asked for
    for line in process.stdout:
        step = _STEP.match(line)
        if step:
            moments.append((_NAMES[step[1]], time.perf_counter()))
        elif "started (pid" in line and (not moments or moments[-1][0] != "start"):
            moments.append(("start", time.perf_counter()))
        elif _READY in line:
            break
    User(rasa_port).say("hallo")
    ended = time.perf_counter()
    ends = [moment for _, moment in moments[1:]] + [ended]
    parts = {name: end - start for (name, start), end in zip(moments, ends, strict=True)}
    return {
        **{name: round(value, 1) for name, value in parts.items()},
        "total": round(ended - began, 1),
    }
