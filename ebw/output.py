"""What the commands share: failing clearly, and writing to a file or to the screen."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "die map is er niet",
    IsADirectoryError: "dat is een map",
    NotADirectoryError: "dat ligt niet in een map",
    PermissionError: "dat mag niet",
}


class CommandError(Exception):
    """A command could not do what was asked; the message says why, in Dutch."""


def write(text: str, target: Path | None = None) -> None:
    """Write `text` to the file `target`, or to the screen when there is none.

    Raises CommandError when the file cannot be written.
    """
    if target is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        return
    write_bytes(text.encode(), target)


def write_bytes(content: bytes, target: Path | None = None) -> None:
    """Write `content` to the file `target`, or to what standard output leads to.

    Raises CommandError when the file cannot be written, or standard output is a screen.
    """
    if target is None:
        if sys.stdout.isatty():
            message = "Dit is geen tekst voor het scherm. Noem een bestand met -o."
            raise CommandError(message)
        sys.stdout.buffer.write(content)
        return
    try:
        target.write_bytes(content)
    except OSError as error:
        reason = _REASONS.get(type(error), error.strerror)
        message = f"Kan {target} niet schrijven: {reason}."
        raise CommandError(message) from error


def as_json(data: Any, *, indent: int | None = 2) -> str:  # noqa: ANN401 - JSON holds anything
    """Return `data` as JSON with readable letters."""
    return json.dumps(data, ensure_ascii=False, indent=indent)


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that every command has: JSON instead of text for people."""
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
