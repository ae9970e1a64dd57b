"""Try, once and briefly, to get spaCy's trained Dutch pipeline (`make nlu-model`).

It is asked for by name, from the package index pip is set up with. Where that index does not have
it, the assistant goes on with its built-in Dutch pipeline.
"""

import subprocess
import sys

from bot.nlu.lemmas import BUILT_IN, PACKAGE, available_pipeline

REQUIREMENT = f"{PACKAGE}==3.4.0"
"""The release that belongs to spaCy 3.4."""

_SECONDS_TO_CONNECT = 5
_SECONDS_IN_ALL = 60


def fetch() -> bool:
    """Install the pipeline if it can be had; tell whether it is there afterwards."""
    if available_pipeline(PACKAGE) != BUILT_IN:
        return True
    try:
        done = subprocess.run(_command(), capture_output=True, timeout=_SECONDS_IN_ALL, check=False)  # noqa: S603 - a fixed command
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main() -> None:
    """Try to get the pipeline and say what came of it."""
    if fetch():
        print(f"{PACKAGE} staat klaar. Train het model opnieuw om het te gebruiken.")  # noqa: T201 - a command
    else:
        print(f"{PACKAGE} is niet te krijgen. De assistent gebruikt de ingebouwde pijplijn.")  # noqa: T201 - a command


def _command() -> list[str]:
    quickly = [
        "--disable-pip-version-check",
        "--retries",
        "0",
        "--timeout",
        str(_SECONDS_TO_CONNECT),
    ]
    return [sys.executable, "-m", "pip", "install", "--no-deps", "--quiet", *quickly, REQUIREMENT]


if __name__ == "__main__":
    main()
