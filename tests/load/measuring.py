"""What the servers of a cluster use while something is done with them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import fmean

import psutil

from deploy.cluster import Cluster

SAMPLE_SECONDS = 2.0
OWN = ("rasa", "actions", "pages")
WARM_UP = 0.25  # of the time; in it, caches fill and pools open


@dataclass
class Usage:
    """The resident memory of our own servers over time, in MB, and the processor time of all."""

    memory: list[float] = field(default_factory=list)
    cpu_seconds: dict[str, float] = field(default_factory=dict)

    @property
    def growth(self) -> float:
        """Memory at the end as a share of that after the warm-up."""
        warm = self.memory[int(len(self.memory) * WARM_UP) :]
        tenth = max(1, len(warm) // 10)
        return fmean(warm[-tenth:]) / fmean(warm[:tenth])

    def report(self, seconds: float) -> dict[str, object]:
        """Return the figures; processor use in cores."""
        return {
            "memory_mb_after_warm_up": round(self.memory[int(len(self.memory) * WARM_UP)]),
            "memory_mb_at_end": round(self.memory[-1]),
            "memory_growth": round(self.growth, 3),
            "cores_used": {
                name: round(used / seconds, 2) for name, used in self.cpu_seconds.items()
            },
        }


@contextmanager
def measured(cluster: Cluster) -> Iterator[Usage]:
    """Measure the servers until the block ends."""
    usage, ended = Usage(), threading.Event()
    before = _cpu_seconds(cluster)
    sampling = threading.Thread(target=_sample, args=(cluster, usage, ended))
    sampling.start()
    try:
        yield usage
    finally:
        ended.set()
        sampling.join()
    after = _cpu_seconds(cluster)
    usage.cpu_seconds = {name: after[name] - before[name] for name in after}


def _sample(cluster: Cluster, usage: Usage, ended: threading.Event) -> None:
    own = [process for name, process in cluster.running.items() if name.startswith(OWN)]
    while True:
        usage.memory.append(sum(_memory(process.pid) for process in own) / 1e6)
        if ended.wait(SAMPLE_SECONDS):
            return


def _memory(pid: int) -> int:
    return int(sum(each.memory_info().rss for each in _tree(pid)))


def _cpu_seconds(cluster: Cluster) -> dict[str, float]:
    used: dict[str, float] = {}
    for name, process in cluster.running.items():
        kind = name.rstrip("12")
        times = [each.cpu_times() for each in _tree(process.pid)]
        # PostgreSQL's backends come and go: what those that ended used, is with their parent.
        spent = sum(t.user + t.system + t.children_user + t.children_system for t in times)
        used[kind] = used.get(kind, 0.0) + spent
    return used


def _tree(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]
