"""Measures the cluster under load and writes var/load.json: `make load`.

Four things: users who think, users who do not (a soak), one user who goes on and on, and two Rasa
servers against one: first as the cores of this machine allow, then with each Rasa held to a small
share of a core (Debian's `cpulimit`), so that there are cores enough for all the rest.
For a try: `make load ARGUMENTS="--minutes 1 --soak 1 --messages 70"`.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy.cluster import Cluster
from ebw.settings import ROOT, settings
from tests.cluster.servers import new_layout
from tests.cluster.user import User
from tests.load.measuring import measured

LOCUST_START_SECONDS = 3
PER_MESSAGE_SECONDS = 1.01  # one session may send sixty a minute
WINDOW = 50  # messages
AT_ONCE = 16
COMPARE_SECONDS = 60
RASA_SHARE_PERCENT = 35  # two so held leave more than a core of two for all the rest
BARS = {
    "p95_ms": 1000,
    "errors": 0,
    "soak_errors": 0,
    "memory_growth": 1.1,
    "soak_memory_growth": 1.1,
    "last_over_first": 1.2,
}


def main() -> int:
    """Do what was asked for; return 1 when a bar was missed."""
    chosen = _arguments()
    if chosen.compare and shutil.which("cpulimit") is None:
        sys.exit("cpulimit is not installed (apt-get install cpulimit); --compare 0 does without")
    figures: dict[str, Any] = {"cores": os.cpu_count(), "load_average_before": os.getloadavg()}
    with _cluster(2) as cluster:
        if chosen.minutes:
            figures["users"] = _load(cluster, chosen.users, chosen.minutes * 60, thinks=True)
        if chosen.soak:
            figures["soak"] = _load(cluster, AT_ONCE, chosen.soak * 60, thinks=False)
        if chosen.messages:
            figures["one_user"] = _one_user(cluster, chosen.messages)
    if chosen.compare:
        figures["two_over_one"] = _compare(None)
        figures["two_over_one_with_cores_to_spare"] = _compare(RASA_SHARE_PERCENT)
    print(json.dumps(figures, indent=2))
    (settings().data_dir / "load.json").write_text(json.dumps(figures, indent=2))
    return _missed(figures)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=10, help="with thinking; 0 leaves it out")
    parser.add_argument(
        "--soak", type=float, default=60, help="minutes without thinking: as 200 users in 2 hours"
    )
    parser.add_argument("--messages", type=int, default=500, help="of one user")
    parser.add_argument("--compare", type=int, default=1, help="two Rasa servers against one")
    return parser.parse_args()


@contextmanager
def _cluster(rasa_servers: int) -> Iterator[Cluster]:
    folder = settings().data_dir / "load" / "cluster"
    shutil.rmtree(folder, ignore_errors=True)
    cluster = Cluster(new_layout(folder, rasa_servers))
    try:
        cluster.start_all()
        yield cluster
    finally:
        cluster.stop_all()
        shutil.rmtree(folder, ignore_errors=True)


def _load(cluster: Cluster, users: int, seconds: float, *, thinks: bool) -> dict[str, Any]:
    """Let users talk for so long; return how it went."""
    report = settings().data_dir / "load" / "locust.json"
    with measured(cluster) as usage:
        subprocess.run(
            [
                *(settings().data_dir / "load" / "venv" / "bin" / "locust", "--headless"),
                *("--locustfile", Path(__file__).parent / "locustfile.py", "--only-summary"),
                *("--host", cluster.layout.public_url, "--users", str(users)),
                *("--spawn-rate", str(max(1, users / 20)), "--run-time", f"{seconds:.0f}s"),
                *("--stop-timeout", "20"),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "EBW_LOAD_THINK": "1" if thinks else "0",
                "EBW_LOAD_REPORT": str(report),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,  # it ends with 1 when there were errors; those are counted
        )
    return {
        "users": users,
        "seconds": round(seconds),
        **json.loads(report.read_text()),
        **usage.report(seconds + LOCUST_START_SECONDS),
    }


def _compare(percent_of_a_core: int | None) -> dict[str, Any]:
    """Load one Rasa server, and then two, each held to so much of a core."""
    found = {}
    for name, servers in (("one", 1), ("two", 2)):
        with _cluster(servers) as cluster, _held(cluster, percent_of_a_core):
            found[name] = _load(cluster, AT_ONCE, COMPARE_SECONDS, thinks=False)
    ratio = found["two"]["messages_per_second"] / found["one"]["messages_per_second"]
    return {"percent_of_a_core": percent_of_a_core, **found, "ratio": round(ratio, 2)}


@contextmanager
def _held(cluster: Cluster, percent_of_a_core: int | None) -> Iterator[None]:
    """Let each Rasa server have so much of a core at most, until the block ends."""
    holders = [
        subprocess.Popen(["cpulimit", f"--pid={process.pid}", f"--limit={percent_of_a_core}"])
        for name, process in cluster.running.items()
        if name.startswith("rasa") and percent_of_a_core
    ]
    try:
        yield
    finally:
        for holder in holders:
            holder.terminate()  # it lets the server go on
            holder.wait()


def _one_user(cluster: Cluster, messages: int) -> dict[str, Any]:
    """Send many messages in one session; compare the last with the first."""
    user = User(cluster.layout.public_url)
    user.begin()
    seconds: list[float] = []
    for number in range(messages):
        said = user.buttons["Ja"] if number % 2 else "/previous_question"
        began = time.perf_counter()
        user.say(said)
        seconds.append(time.perf_counter() - began)
        time.sleep(max(0.0, PER_MESSAGE_SECONDS - seconds[-1]))
    window = min(WINDOW, messages // 3)
    first = statistics.median(seconds[window // 5 : window])
    last = statistics.median(seconds[-window:])
    return {
        "messages": messages,
        "first_ms": round(1e3 * first, 1),
        "last_ms": round(1e3 * last, 1),
        "last_over_first": round(last / first, 2),
        "refused": len(user.refusals),
    }


def _missed(figures: dict[str, Any]) -> int:
    """Say which bars were missed; return 1 when one was."""
    users, soak = figures.get("users", {}), figures.get("soak", {})
    found = {
        **users,
        **{f"soak_{name}": value for name, value in soak.items()},
        **figures.get("one_user", {}),
    }
    missed = [name for name, bar in BARS.items() if name in found and found[name] > bar]
    print(f"missed: {', '.join(missed) or 'nothing'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
