"""Many scans with a kill at every question: `python -m tests.cluster --scans 10 --seed 1`.

Writes var/kills.json: what was killed, when, and how long the user waited for a reply.
"""

import argparse
import json
import statistics
import sys
from collections import defaultdict
from dataclasses import asdict

from ebw.settings import settings
from tests.cluster.kills import Kill, KillScan
from tests.cluster.servers import running_cluster
from tests.cluster.user import BookkeepingError


def main() -> int:
    """Do the scans; return 1 when the books did not agree in one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    faults: list[str] = []
    kills: list[Kill] = []
    with running_cluster() as cluster:
        for seed in range(chosen.seed, chosen.seed + chosen.scans):
            scan = KillScan(cluster, seed)
            try:
                scan.run()
            except BookkeepingError as error:
                faults.append(str(error))
            kills += scan.kills
            print(f"seed {seed}: {len(scan.kills)} kills, {len(faults)} faults", flush=True)
    _report(kills, faults)
    return 1 if faults else 0


def _report(kills: list[Kill], faults: list[str]) -> None:
    waits: dict[str, list[float]] = defaultdict(list)
    for kill in kills:
        waits[f"{kill.name.rstrip('12')} {kill.moment.name}"].append(kill.seconds)
    for what, seconds in sorted(waits.items()):
        print(f"{what:<28}{len(seconds):4}  median {statistics.median(seconds):5.1f} s"
              f"  longest {max(seconds):5.1f} s")  # fmt: skip
    print("\n\n".join(faults))
    figures = {"kills": [asdict(kill) for kill in kills], "faults": faults}
    (settings().data_dir / "kills.json").write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    sys.exit(main())
