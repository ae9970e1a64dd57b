"""Trains and runs Rasa's starter bot beside this assistant, and writes var/bench.json.

The two take turns within each round, so that a machine that gets slower or faster meanwhile
changes both. What counts are the ratios.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from ebw.settings import ROOT, settings
from tests.bench.clients import (
    QUESTIONS,
    Timings,
    do_a_quickscan,
    greet_many_times,
    parse_ms,
    together,
)
from tests.bench.first_run import first_run_seconds
from tests.bench.lookups import lookup_figures
from tests.bench.servers import free_ports, program, running

SKIP_FIRST_RUN = "--skip-first-run"
ROUNDS = 3
USERS = (1, 8, 25)
STARTS = 2
ENGLISH = ["hello", "I am sad today", "are you a bot?", "yes please do", "goodbye for now"]
DUTCH = [
    "ja, staat in ons uitvoeringsplan",
    "deels, alleen voor jihadisme",
    "hoe evalueer ik een ouderinterventie?",
    "wijzig vraag 12",
    "hoe vraag ik een paspoort aan",
]
BARS = {
    "step_p50": ("at most", 0.6),
    "throughput_8": ("at least", 1.6),
    "start": ("at most", 0.4),
    "memory": ("at most", 0.7),
    "last_over_first_step": ("at most", 1.15),
    "parse": ("at most", 0.5),
}
LOOKUP_P95_MS = 5
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
}


def main() -> int:
    """Measure, print and write the figures; return 1 when a bar is missed."""
    folder = settings().data_dir / "bench"
    starter_folder = _starter(folder)
    figures = _measure(starter_folder, folder)
    figures["lookup"] = lookup_figures()
    if SKIP_FIRST_RUN not in sys.argv:
        figures["first_run_seconds"] = first_run_seconds(folder / "clone")
    target = settings().data_dir / "bench.json"
    target.write_text(json.dumps(figures, indent=2))
    return _print(figures)


def _measure(starter_folder: Path, folder: Path) -> dict[str, Any]:
    starts: dict[str, list[float]] = {"starter": [], "assistant": []}
    rounds: dict[str, dict[int, Timings]] = {"starter": {}, "assistant": {}}
    parses: dict[str, float] = {}
    memory: dict[str, float] = {}
    for attempt in range(STARTS):
        last = attempt == STARTS - 1
        with _run_starter(starter_folder) as starter, _run_assistant(folder) as assistant:
            starts["starter"].append(starter.start_seconds)
            starts["assistant"].append(assistant.start_seconds)
            if last:
                _take_turns(starter.port, assistant.port, rounds)
                memory = {"starter": starter.memory_mb(), "assistant": assistant.memory_mb()}
    with _run_starter(starter_folder) as starter, _run_parser() as parser:
        parses["starter"] = parse_ms(starter.port, ENGLISH)
        parses["assistant"] = parse_ms(parser.port, DUTCH)
    figures = {
        who: {
            "start_seconds": statistics.median(starts[who]),
            "memory_mb": memory[who],
            "parse_ms": parses[who],
            "users": {str(count): timings.report() for count, timings in rounds[who].items()},
        }
        for who in ("starter", "assistant")
    }
    steps = rounds["assistant"][1].by_question
    return {**figures, "ratios": _ratios(figures, steps), "rounds": ROUNDS, "cores": os.cpu_count()}


def _take_turns(starter: int, assistant: int, rounds: dict[str, dict[int, Timings]]) -> None:
    together(2, greet_many_times, starter)  # warm up
    together(2, do_a_quickscan, assistant)
    for users in USERS:
        for _ in range(ROUNDS):
            for who, does, port in (
                ("starter", greet_many_times, starter),
                ("assistant", do_a_quickscan, assistant),
            ):
                timings = together(users, does, port)
                whole = rounds[who].setdefault(users, Timings())
                whole.add(timings)
                whole.elapsed += timings.elapsed


def _ratios(figures: dict[str, Any], steps: dict[int, list[float]]) -> dict[str, float]:
    starter, assistant = figures["starter"], figures["assistant"]
    first, last = statistics.median(steps[1]), statistics.median(steps[QUESTIONS])
    return {
        "step_p50": assistant["users"]["1"]["p50_ms"] / starter["users"]["1"]["p50_ms"],
        "throughput_8": assistant["users"]["8"]["messages_per_second"]
        / starter["users"]["8"]["messages_per_second"],
        "start": assistant["start_seconds"] / starter["start_seconds"],
        "memory": assistant["memory_mb"] / starter["memory_mb"],
        "last_over_first_step": last / first,
        "parse": assistant["parse_ms"] / starter["parse_ms"],
    }


def _starter(folder: Path) -> Path:
    """Return the folder of Rasa's starter bot, made and trained when it is not there yet."""
    starter = folder / "starter"
    if not list(starter.glob("models/*.tar.gz")):
        print("Training Rasa's starter bot (a few minutes) …", flush=True)
        starter.mkdir(parents=True, exist_ok=True)
        command = [program("rasa"), "init", "--no-prompt", "--init-dir", str(starter)]
        environment = {**os.environ, **QUIET, "RASA_CACHE_DIRECTORY": str(folder / "cache")}
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return starter


def _run_starter(folder: Path) -> Any:  # noqa: ANN401 - a context manager of Server
    (port,) = free_ports(1)
    command = [program("rasa"), "run", "--enable-api", "-i", "127.0.0.1", "-p", str(port)]
    return running([command], port, folder, QUIET)


def _run_assistant(folder: Path) -> Any:  # noqa: ANN401
    web, rasa, actions = free_ports(3)
    environment = {
        **QUIET,
        "EBW_DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        "EBW_WEB_PORT": str(web),
        "EBW_RASA_PORT": str(rasa),
        "EBW_ACTIONS_PORT": str(actions),
        "EBW_ACTIONS_URL": f"http://127.0.0.1:{actions}/webhook",
        "EBW_DATA_DIR": str(settings().data_dir),
    }
    upgrade = [sys.executable, "-m", "ebw", "db", "upgrade"]
    subprocess.run(
        upgrade, check=True, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    modules = ("bot.actions", "bot", "web")
    return running([[sys.executable, "-m", each] for each in modules], rasa, ROOT, environment)


def _run_parser() -> Any:  # noqa: ANN401
    """Run the assistant's model as the starter runs, with the API that understands messages."""
    (port,) = free_ports(1)
    model = settings().model_dir / "ebw.tar.gz"
    command = [program("rasa"), "run", "--enable-api", "-m", str(model), "-i", "127.0.0.1"]
    command += ["-p", str(port), "--credentials", "credentials.yml", "--endpoints", os.devnull]
    return running([command], port, ROOT, {**QUIET, "PYTHONPATH": str(ROOT)})


def _print(figures: dict[str, Any]) -> int:
    missed = 0
    for who in ("starter", "assistant"):
        print(f"{who}: start {figures[who]['start_seconds']:.1f} s, ", end="")
        print(f"{figures[who]['memory_mb']:.0f} MB, parse {figures[who]['parse_ms']:.1f} ms")
        for users, row in figures[who]["users"].items():
            cells = ", ".join(f"{name} {value:.1f}" for name, value in row.items())
            print(f"  {users:>2} users: {cells}")
    print("first make run to a first reply:", figures.get("first_run_seconds", "left out"))
    missed += _print_lookup(figures["lookup"])
    for name, (direction, bar) in BARS.items():
        value = figures["ratios"][name]
        met = value <= bar if direction == "at most" else value >= bar
        missed += not met
        print(f"{name:<22}{value:6.2f}  ({direction} {bar}) {'' if met else 'MISSED'}")
    return 1 if missed else 0


def _print_lookup(lookup: dict[str, float]) -> bool:
    """Print how long one look-up takes; tell whether that is too long."""
    missed = lookup["p95_ms"] > LOOKUP_P95_MS
    print(f"one look-up among {lookup['items']} items: p50 {lookup['p50_ms']:.1f} ms, ", end="")
    print(f"p95 {lookup['p95_ms']:.1f} ms (at most {LOOKUP_P95_MS}) {'MISSED' if missed else ''}")
    return missed


if __name__ == "__main__":
    began = time.perf_counter()
    status = main()
    print(f"bench took {time.perf_counter() - began:.0f} s")
    sys.exit(status)
