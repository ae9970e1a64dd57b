"""Reads the training utterances of bot/data, and the evaluation set beside the repository."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[3]
DATA = ROOT / "bot" / "data"
HELD_OUT = Path(__file__).with_name("held_out.yml")
EVALUATION = ROOT.parent / "shared" / "eval" / "nlu_dev.yml"

ENTITY = re.compile(r"\[([^\]]+)\](\{[^}]*\})")


@dataclass(frozen=True)
class Utterance:
    """A training utterance: its plain text, its intent, and its entities as name and value."""

    text: str
    intent: str
    entities: tuple[tuple[str, str], ...]


def utterances() -> list[Utterance]:
    """Return all training utterances."""
    return [found for path in sorted(DATA.rglob("nlu*.yml")) for found in _in_file(path)] + [
        found for path in sorted((DATA / "nlu").glob("*.yml")) for found in _in_file(path)
    ]


def words(text: str) -> list[str]:
    """Return the words of `text`, in lower case."""
    return re.findall(r"\w+", text.lower())


def _in_file(path: Path) -> Iterator[Utterance]:
    for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
        for line in block["examples"].splitlines():
            yield _utterance(line.removeprefix("- "), block["intent"])


def _utterance(written: str, intent: str) -> Utterance:
    entities = (json.loads(found[2]) for found in ENTITY.finditer(written))
    return Utterance(
        ENTITY.sub(r"\1", written),
        intent,
        tuple((entity["entity"], str(entity.get("value"))) for entity in entities),
    )
