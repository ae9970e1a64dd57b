"""Button payloads: messages of the form `/intent{"entity": "value"}`.

Anyone can type such a message, so it is only believed when it names a public intent and carries at
most the assistant's own entities with values they can have.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.nlu.contract import FREE_ENTITIES, PUBLIC_INTENTS, QUESTION_NUMBER

PREFIX = "/"
_LONGEST_PAYLOAD = 400
_LONGEST_VALUE = 100
_HIGHEST_NUMBER = 999
_FORM = re.compile(r"/(?P<intent>[a-z_]{1,40})\s*(?P<entities>\{.*\})?", re.DOTALL)


@dataclass(frozen=True)
class Payload:
    """A payload that may be let through: a public intent and checked entities."""

    intent: str
    entities: Mapping[str, str | int]

    @property
    def canonical(self) -> str:
        """The payload written in one fixed way, as Rasa reads it."""
        entities = json.dumps(dict(self.entities), ensure_ascii=False) if self.entities else ""
        return f"{PREFIX}{self.intent}{entities}"


def read_payload(text: str, fixed_values: Mapping[str, tuple[str, ...]]) -> Payload | None:
    """Return the payload in `text`, or None when it must not be let through.

    `fixed_values` maps each entity with a closed set of values to those values.
    """
    text = text.strip()
    form = _FORM.fullmatch(text) if len(text) <= _LONGEST_PAYLOAD else None
    if form is None or form["intent"] not in PUBLIC_INTENTS:
        return None
    entities = _read_entities(form["entities"])
    if entities is None or not all(
        _is_allowed(name, value, fixed_values) for name, value in entities.items()
    ):
        return None
    return Payload(form["intent"], entities)


def _read_entities(written: str | None) -> dict[str, str | int] | None:
    if written is None:
        return {}
    try:
        entities = json.loads(written)
    except (ValueError, RecursionError):
        return None
    return entities if isinstance(entities, dict) else None


def _is_allowed(name: str, value: object, fixed_values: Mapping[str, tuple[str, ...]]) -> bool:
    if name == QUESTION_NUMBER:
        return _is_number(value)
    if not isinstance(value, str):
        return False
    if name in FREE_ENTITIES:
        return 0 < len(value) <= _LONGEST_VALUE and value.isprintable()
    return value in fixed_values.get(name, ())


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        return value.isascii() and value.isdigit() and 0 < int(value[:4]) <= _HIGHEST_NUMBER
    return type(value) is int and 0 < value <= _HIGHEST_NUMBER
