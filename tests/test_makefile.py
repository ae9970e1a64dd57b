"""`make` itself, in a copy of the project where Python and `ebw` only note what they are asked."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ebw.settings import ROOT

SOURCES = [
    "Makefile",
    "config.yml",
    "domain.yml",
    "requirements.lock",
    "pyproject.toml",
    "bot",
    "knowledge",
    "storage",
]
# Stands for Python, and for the `ebw` and `python` that a virtual environment has.
FAKE_PYTHON = """#!/bin/sh
echo "$(basename "$0") $*" >> "{log}"
case "$*" in {failing}) exit 1 ;; esac
case "$*" in
    "-m venv .venv") mkdir -p .venv/bin; cp "$0" .venv/bin/python; cp "$0" .venv/bin/ebw ;;
    "-m bot.train") mkdir -p "$EBW_DATA_DIR/models"
        touch "$EBW_DATA_DIR/models/ebw.tar.gz" ;;
    "db upgrade") mkdir -p "$EBW_DATA_DIR"; touch "$EBW_DATA_DIR/ebw.db" ;;
esac
"""
INSTALL = ["python3.11 -m venv", "python -m pip", "python -m pip", "python -c import"]
TRAIN = ["python -m bot.train"]
UPGRADE = ["ebw db upgrade"]
RUN = ["ebw run"]


class Project:
    """A copy of the project."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "log"
        for name in SOURCES:
            source, copy = ROOT / name, folder / name
            if source.is_dir():
                shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy)
        (folder / "scripts").mkdir()
        self.fake()
        self.age(1000, folder.rglob("*"))

    def fake(self, failing: str = "nothing") -> None:
        """Write the fake Python; `failing` is a pattern of what it fails at."""
        python = self.folder / "fake" / "python3.11"
        python.parent.mkdir(exist_ok=True)
        find = self.folder / "scripts" / "find-python"
        find.write_text(f'#!/bin/sh\necho "{python}"\n')
        python.write_text(FAKE_PYTHON.format(log=self.log, failing=failing))
        for program in (find, python):
            program.chmod(0o755)
        for program in (self.folder / ".venv" / "bin").glob("*"):
            shutil.copy(python, program)

    def make(self, target: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Make a target."""
        self.log.unlink(missing_ok=True)
        clean = {name: value for name, value in os.environ.items() if "MAKE" not in name}
        for name in ("EBW_DATA_DIR", "EBW_DATABASE_URL"):
            clean.pop(name, None)
        return subprocess.run(
            ["make", target],
            cwd=self.folder,
            env={**clean, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def steps(self, target: str = "run", **environment: str) -> list[str]:
        """Make a target; return what was done for it."""
        done = self.make(target, **environment)
        assert done.returncode == 0, done.stderr
        return [" ".join(line.split()[:3]) for line in self.log.read_text().splitlines()]

    def touch(self, name: str) -> None:
        """Change a source file, after everything else was made."""
        made = [*(self.folder / "var").rglob("*"), *(self.folder / ".venv").rglob("*")]
        self.age(500, made)
        (self.folder / name).touch()

    @staticmethod
    def age(seconds: int, paths: object) -> None:
        """Make files older."""
        then = time.time() - seconds
        for path in list(paths):
            os.utime(path, (then, then))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a fresh clone."""
    return Project(tmp_path)


@pytest.fixture
def ready(project: Project) -> Project:
    """Give a project in which everything was set up."""
    project.make("run")
    return project


def test_on_a_fresh_clone_everything_is_set_up_before_the_assistant_starts(
    project: Project,
) -> None:
    assert project.steps() == INSTALL + TRAIN + UPGRADE + RUN


def test_the_first_time_each_step_is_told(project: Project) -> None:
    told = project.make("run").stdout
    steps = ("1/3 Installing", "2/3 Training", "3/3 Bringing the database")
    places = [told.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)


def test_the_second_time_it_just_starts(ready: Project) -> None:
    assert ready.steps() == RUN


@pytest.mark.parametrize(
    ("changed", "steps"),
    [
        ("domain.yml", TRAIN),
        ("config.yml", TRAIN),
        ("bot/data/stories.yml", TRAIN),
        ("bot/data/nlu/quickscan.yml", TRAIN),
        ("bot/nlu/extractor.py", TRAIN),
        ("bot/policy.py", TRAIN),
        ("knowledge/municipalities.py", TRAIN),
        ("knowledge/content/gemeenten.csv", TRAIN),
        ("knowledge/content/vocabulary.yml", TRAIN + UPGRADE),
        ("knowledge/content/quickscan.yml", UPGRADE),
        ("storage/tables.py", UPGRADE),
        ("storage/migrations/versions/0001_the_first_tables.py", UPGRADE),
        ("requirements.lock", INSTALL + TRAIN + UPGRADE),
        ("bot/actions/answering.py", []),
        ("Makefile", []),
    ],
)
def test_a_step_runs_again_only_when_what_it_depends_on_changed(
    ready: Project, changed: str, steps: list[str]
) -> None:
    ready.touch(changed)
    assert ready.steps() == steps + RUN


def test_a_new_training_file_is_noticed(ready: Project) -> None:
    ready.touch("bot/data/nlu/nieuw.yml")
    assert ready.steps() == TRAIN + RUN


def test_a_removed_database_is_made_anew(ready: Project) -> None:
    (ready.folder / "var" / "ebw.db").unlink()
    assert ready.steps() == UPGRADE + RUN


def test_another_database_is_brought_up_to_date_and_the_first_is_still_ready(
    ready: Project,
) -> None:
    url = "postgresql://ebw@db/ebw"
    assert ready.steps(EBW_DATABASE_URL=url) == UPGRADE + RUN
    assert ready.steps(EBW_DATABASE_URL=url) == RUN
    assert ready.steps() == RUN


def test_model_and_database_follow_the_data_folder(ready: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elders"
    assert ready.steps(EBW_DATA_DIR=str(elsewhere)) == TRAIN + UPGRADE + RUN
    assert (elsewhere / "models" / "ebw.tar.gz").exists()
    assert ready.steps(EBW_DATA_DIR=str(elsewhere)) == RUN


@pytest.mark.parametrize(
    ("failing", "again"),
    [
        ('"-c import"*', INSTALL + TRAIN + UPGRADE + RUN),
        ('"-m bot.train"', TRAIN + UPGRADE + RUN),
        ('"db upgrade"', UPGRADE + RUN),
    ],
)
def test_a_step_that_failed_is_done_again_and_nothing_starts_meanwhile(
    project: Project, failing: str, again: list[str]
) -> None:
    project.fake(failing)
    assert project.make("run").returncode != 0
    assert "ebw run" not in project.log.read_text()
    project.fake()
    assert project.steps()[-len(again) :] == again


def test_make_test_passes_only_when_the_tests_do(ready: Project) -> None:
    assert ready.steps("test") == ["python -m pytest"]
    ready.fake('"-m pytest"')
    assert ready.make("test").returncode != 0


def test_make_chat_sets_up_the_same_and_starts_the_conversation(project: Project) -> None:
    assert project.steps("chat") == [*INSTALL, *TRAIN, *UPGRADE, "ebw chat"]


# scripts/find-python


FindPython = Callable[..., subprocess.CompletedProcess[str]]
UV_THAT_INSTALLS_FIRST = """
case "$2" in find) [ -e "$HOME.uv" ] && echo /uv/python ;; *) > "$HOME.uv" ;; esac
"""


@pytest.fixture
def find_python(tmp_path: Path) -> FindPython:
    """Give a function that looks for Python where only these programs are.

    Each program is a version, such as "3.11": asked whether it is 3.11 it answers by that, and
    asked where it is it says so.
    """
    programs = tmp_path / "programs"
    programs.mkdir()
    home = tmp_path / "home"

    def put(path: Path, version: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_wanted = 0 if version == "3.11" else 1
        path.write_text(
            "#!/bin/sh\n"
            f'case "$2" in *executable*) echo "{path}" ;; *) exit {is_wanted} ;; esac\n'
        )
        path.chmod(0o755)

    def find(uv: str | None = None, **versions: str) -> subprocess.CompletedProcess[str]:
        for name, version in versions.items():
            if name == "pyenv":
                put(home / ".pyenv" / "versions" / f"{version}.7" / "bin" / "python", version)
            else:
                put(programs / name.replace("_", "."), version)
        if uv is not None:
            (programs / "uv").write_text(f"#!/bin/sh\n{uv}\n")
            (programs / "uv").chmod(0o755)
        return subprocess.run(
            ["/bin/sh", ROOT / "scripts" / "find-python"],
            env={"PATH": str(programs), "HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )

    return find


@pytest.mark.parametrize(
    ("there", "found"),
    [
        ({"python3_11": "3.11"}, "programs/python3.11"),
        ({"python3_11": "3.11", "python3": "3.11"}, "programs/python3.11"),
        ({"python3": "3.11"}, "programs/python3"),
        ({"python": "3.11"}, "programs/python"),
        ({"python3": "3.12", "python": "3.11"}, "programs/python"),
        ({"python3": "3.12", "pyenv": "3.11"}, "home/.pyenv/versions/3.11.7/bin/python"),
        ({"python3_11": "broken", "pyenv": "3.11"}, "home/.pyenv/versions/3.11.7/bin/python"),
        ({"uv": 'echo "/uv/python $*"'}, "/uv/python python find 3.11"),
        ({"uv": UV_THAT_INSTALLS_FIRST}, "/uv/python"),
    ],
)
def test_a_python_is_found_wherever_it_may_be(
    find_python: FindPython, there: dict[str, str], found: str
) -> None:
    ran = find_python(**there)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip().endswith(found)
    assert ran.stdout.count("\n") == 1


@pytest.mark.parametrize(
    "there", [{}, {"python3": "3.12"}, {"pyenv": "3.10"}, {"uv": "exit 2"}, {"python3_11": "3.9"}]
)
def test_without_the_right_python_one_line_says_what_is_missing(
    find_python: FindPython, there: dict[str, str]
) -> None:
    ran = find_python(**there)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.count("\n") == 1
    assert "Python 3.11 is missing" in ran.stderr
