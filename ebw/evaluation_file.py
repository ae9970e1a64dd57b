"""Reading an evaluation set: a YAML list, each entry of the form that its measure needs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from ebw.output import CommandError


class EvaluationFileError(CommandError):
    """The file cannot be read, or is no such list; the message says so in Dutch."""


def read_entries(path: Path, fits: Callable[[dict[str, Any]], bool], form: str) -> list[Any]:
    """Return the entries of the list in `path`; `form` names the fields that `fits` looks for.

    Raises EvaluationFileError when the file cannot be read, or an entry does not fit.
    """
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, ValueError, yaml.YAMLError) as error:
        message = f"{path.name} is niet te lezen als YAML."
        raise EvaluationFileError(message) from error
    if not isinstance(entries, list):
        message = f"{path.name} hoort een lijst te zijn met bij elk punt {form}."
        raise EvaluationFileError(message)
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or not fits(entry):
            message = f"In {path.name} hoort punt {number} te hebben: {form}."
            raise EvaluationFileError(message)
    return entries
