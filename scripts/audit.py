"""Compares the advisories for what is installed with those that we know do not reach us.

Run by `make audit`. What was found comes from `pip-audit`; what may be left comes from
scripts/audit.toml, where each exception says why, since when, and until when. Fails on an advisory
without exception, and on an exception that is over, not needed, or of a package that is not there.
When the service with the advisories cannot be reached, says so loudly, and judges only the list.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
EXCEPTIONS = Path(__file__).with_name("audit.toml")
NOT_AUDITED = (
    "\n!!! NOT AUDITED: {count} of {all} packages. The service with the advisories could not be\n"
    "!!! reached, or does not know them. Run `make audit` where it can be reached.\n"
)

Advisories = dict[str, list[set[str]]]
"""For each package that was audited, what is known of it: each advisory with all its names."""


@dataclass(frozen=True)
class Leave:
    """An advisory that does not reach us."""

    package: str
    version: str
    advisory: str
    why: str
    since: date
    until: date


def main() -> int:
    """Say what is wrong; return the exit status."""
    known = read_exceptions(EXCEPTIONS.read_text())
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", LOCK.read_text(), re.MULTILINE))
    found = ask_pip_audit(Path(sys.argv[1]))
    if len(found) < len(locked):
        sys.stdout.write(NOT_AUDITED.format(count=len(locked) - len(found), all=len(locked)))
    wrong = list(faults(known, locked, found, datetime.now(UTC).date()))
    for line in wrong:
        sys.stderr.write(f"{line}\n")
    sys.stdout.write(f"Audited: {len(found)} packages; {len(wrong)} faults.\n")
    return 1 if wrong else 0


def read_exceptions(text: str) -> list[Leave]:
    """Return what audit.toml says: one for each advisory that an exception names."""
    return [
        Leave(one["package"], one["version"], advisory, one["why"], one["since"], one["until"])
        for one in tomllib.loads(text)["exception"]
        for advisory in one["advisories"]
    ]


def ask_pip_audit(program: Path) -> Advisories:
    """Return the advisories for each package of the lock file, as far as the service knows it."""
    done = subprocess.run(  # noqa: S603 - our own program
        [
            *(program, "--requirement", LOCK, "--no-deps", "--disable-pip"),
            *("--format", "json", "--progress-spinner", "off"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        report = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        sys.stderr.write(done.stderr[-500:])
        return {}
    return {
        one["name"]: [{fault["id"], *fault["aliases"]} for fault in one["vulns"]]
        for one in report
        if "vulns" in one
    }


def faults(
    known: list[Leave], locked: dict[str, str], found: Advisories, today: date
) -> Iterator[str]:
    """Return what is wrong: with the exceptions, and with the packages."""
    for leave in known:
        what = f"{leave.package} {leave.version}, {leave.advisory}"
        if locked.get(leave.package) != leave.version:
            yield f"{what}: that version is not in requirements.lock"
        elif leave.until < today:
            yield f"{what}: the exception is over since {leave.until}; look at it again"
        elif not any(leave.advisory in ids for ids in found.get(leave.package, [{leave.advisory}])):
            yield f"{what}: no exception is needed any more"
    for package, advisories in found.items():
        left = {leave.advisory for leave in known if leave.package == package}
        for ids in advisories:
            if not ids & left:
                yield f"{package} {locked[package]}: {', '.join(sorted(ids))} has no exception"


if __name__ == "__main__":
    sys.exit(main())
