"""Checking content: every fault is reported with file, line and field."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

SCHEMAS = Path(__file__).parent / "schema"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in a content file; `line` counts from 1, `message` is in Dutch."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        """Return the fault as one line."""
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class ContentError(Exception):
    """Content that cannot be used; `faults` says what is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults."""
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Document:
    """A content file that was read; its data remembers on which line everything stands."""

    path: Path
    data: Any

    def line_of(self, path: Iterable[str | int]) -> int:
        """Return the line of the field at `path`, or of the nearest thing around it."""
        node, line = self.data, 1
        for step in path:
            line = _line_in(node, step, line)
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                break
        return line

    def fault(self, path: Iterable[str | int], message: str) -> Fault:
        """Return a fault of the field at `path`."""
        steps = list(path)
        field = ".".join(map(str, steps)) or "bestand"
        return Fault(self.path.name, self.line_of(steps), field, message)


def read_document(path: Path) -> Document:
    """Read a YAML file.

    Raises ContentError when it is missing, is no UTF-8, or is no YAML.
    """
    try:
        data = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except (MarkedYAMLError, YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        fault = Fault(path.name, line, "bestand", _problem(error))
        raise ContentError([fault]) from error
    except UnicodeDecodeError as error:
        fault = Fault(path.name, 1, "bestand", "de tekst is niet in UTF-8 opgeslagen")
        raise ContentError([fault]) from error
    except OSError as error:
        raise ContentError([Fault(path.name, 1, "bestand", "niet te lezen")]) from error
    return Document(path, data)


def check_schema(document: Document, schema_name: str) -> list[Fault]:
    """Return the faults of `document` against schema/<schema_name>.schema.json."""
    schema = json.loads((SCHEMAS / f"{schema_name}.schema.json").read_text(encoding="utf-8"))
    errors = Draft7Validator(schema).iter_errors(document.data)
    return sorted(document.fault(path, message) for path, message in _explained(errors))


def _explained(errors: Iterable[ValidationError]) -> Iterator[tuple[list[str | int], str]]:
    for error in errors:
        path = list(error.absolute_path)
        if error.validator == "required":
            missing = error.message.split("'")[1]
            yield path, f"het veld '{missing}' ontbreekt"
        elif error.validator == "additionalProperties":
            known = set(error.schema.get("properties", {}))
            for name in sorted(set(error.instance) - known, key=str):
                yield [*path, name], "dit veld bestaat niet"
        else:
            yield path, _dutch(error)


_MEANINGS = {
    "type": "moet van het soort '{wanted}' zijn",
    "enum": "moet een van deze zijn: {wanted}",
    "pattern": "heeft niet de vorm {wanted}",
    "minLength": "is leeg of te kort",
    "minItems": "is leeg of te kort",
    "maxLength": "is te lang (hooguit {wanted} tekens)",
    "maxItems": "is te lang (hooguit {wanted})",
    "uniqueItems": "bevat iets dubbel",
    "minimum": "moet minstens {wanted} zijn",
    "maximum": "moet hooguit {wanted} zijn",
    "const": "moet {wanted} zijn",
}


def _dutch(error: ValidationError) -> str:
    # A description in the schema tells an adviser more than the rule itself.
    explained = error.schema.get("description")
    if explained and error.validator in ("pattern", "not"):
        return str(explained)
    wanted = error.validator_value
    shown = ", ".join(map(str, wanted)) if isinstance(wanted, list) else wanted
    meaning = _MEANINGS.get(error.validator, "voldoet niet aan '{validator}'")
    return meaning.format(wanted=shown, validator=error.validator)


def _line_in(node: object, step: str | int, default: int) -> int:
    if not isinstance(node, CommentedBase):
        return default
    try:
        return int(node.lc.data[step][0]) + 1
    except (KeyError, IndexError, TypeError, AttributeError):
        return default


def _problem(error: YAMLError) -> str:
    if isinstance(error, DuplicateKeyError):
        return "een veld met deze naam staat er al"
    return "geen geldige YAML: kijk hier en net erboven naar inspringing, ':' en aanhalingstekens"
