import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from scripts.audit import EXCEPTIONS, LOCK, Leave, faults, read_exceptions

TODAY = date(2026, 12, 1)
LOCKED = {"keras": "2.12.0", "starlette": "1.0.0"}
CVE = "CVE-2024-3660"
LEAVE = Leave("keras", "2.12.0", CVE, "nothing loads a model", date(2026, 1, 1), date(2027, 1, 1))
FOUND = {"keras": [{"PYSEC-2024-1", CVE}], "starlette": []}


def found_wrong(
    known: list[Leave] | None = None,
    locked: dict[str, str] | None = None,
    found: dict[str, list[set[str]]] | None = None,
    today: date = TODAY,
) -> list[str]:
    """Return what is wrong."""
    known, found = [LEAVE] if known is None else known, FOUND if found is None else found
    return list(faults(known, locked or LOCKED, found, today))


def test_an_advisory_with_a_reason_passes_by_any_of_its_names() -> None:
    assert found_wrong() == []


def test_an_advisory_without_a_reason_fails() -> None:
    (line,) = found_wrong(known=[])
    assert line == f"keras 2.12.0: {CVE}, PYSEC-2024-1 has no exception"


def test_a_reason_of_one_package_is_none_of_another() -> None:
    (line,) = found_wrong(found={**FOUND, "starlette": [{CVE}]})
    assert line.startswith("starlette 1.0.0")


def test_an_exception_that_is_over_fails() -> None:
    (line,) = found_wrong(today=date(2027, 1, 2))
    assert "over since 2027-01-01" in line


def test_an_exception_that_is_not_needed_fails() -> None:
    (line,) = found_wrong(found={"keras": []})
    assert "no exception is needed" in line


def test_an_exception_of_another_version_fails() -> None:
    (line,) = found_wrong(locked={**LOCKED, "keras": "2.13.0"}, found={"keras": []})
    assert "not in requirements.lock" in line


def test_what_could_not_be_audited_is_no_fault_of_its_exceptions() -> None:
    assert found_wrong(found={}) == []


def test_the_exceptions_of_this_project_are_of_its_own_packages_and_say_why() -> None:
    known = read_exceptions(EXCEPTIONS.read_text())
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", LOCK.read_text(), re.MULTILINE))
    assert found_wrong(known, locked, {}, known[0].since) == []
    assert all(len(leave.why.split()) > 10 for leave in known)
    assert all(leave.since < leave.until for leave in known)


@pytest.mark.parametrize(
    ("said", "status", "told"),
    [
        ('{"dependencies": [{"name": "keras", "skip_reason": "not found"}]}', 0, "NOT AUDITED"),
        ("no network", 0, "NOT AUDITED"),
        (
            '{"dependencies": [{"name": "starlette", "vulns": [{"id": "CVE-1", "aliases": []}]}]}',
            1,
            "CVE-1 has no exception",
        ),
    ],
)
def test_the_program_says_loudly_what_it_could_not_see_and_fails_on_what_it_saw(
    tmp_path: Path, said: str, status: int, told: str
) -> None:
    program = tmp_path / "pip-audit"
    program.write_text(f"#!/bin/sh\necho '{said}'\n")
    program.chmod(0o755)
    done = subprocess.run(
        [sys.executable, LOCK.parent / "scripts" / "audit.py", program],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert told in done.stdout + done.stderr
