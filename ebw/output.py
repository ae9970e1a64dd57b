"""What the commands share: failing clearly, and writing to a file or to the screen."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any


class CommandError(Exception):
    """A command could not do what was asked; the message says why, in Dutch."""


def write(text: str, target: Path | None = None) -> None:
    """Write `text` to the file `target`, or to the screen when there is none.

    Raises CommandError when the file cannot be written.
    """
    if target is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        return
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"Kan {target} niet schrijven: {error.strerror}."
        raise CommandError(message) from error


def as_json(data: Any, *, indent: int | None = 2) -> str:  # noqa: ANN401 - JSON holds anything
    """Return `data` as JSON with readable letters."""
    return json.dumps(data, ensure_ascii=False, indent=indent)


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that every command has: JSON instead of text for people."""
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
