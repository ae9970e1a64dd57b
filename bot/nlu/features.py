"""What the intent classifier looks at in a message.

Three views, each weighed on its own: pieces of words (robust to typing errors and compounds),
lemmas and pairs of lemmas, and hints: which entities the rules find, which of the field's and
everyday notions the words belong to, and the shape of the message.
"""

import re
from collections.abc import Sequence

from bot.nlu.entity_rules import EntityRules
from knowledge.words import fold

_PIECE = re.compile(r"\w+|[^\w\s]")
_DIGITS = re.compile(r"\d+")
_SHORTEST_PIECE = 2
_LONGEST_PIECE = 5
_MOST_CHARACTERS = 600
"""Of a long message only this much is looked at; that keeps the time for one message bounded."""

VIEWS = ("pieces", "lemmas", "hints")


def views_of(text: str, lemmas: Sequence[str], rules: EntityRules) -> dict[str, list[str]]:
    """Return the features of a message for each view.

    `lemmas` are those of `text`, folded. Numbers are masked: which number it is says nothing
    about what is meant.
    """
    text = text[:_MOST_CHARACTERS]
    entities = rules.find(text)
    masked = _DIGITS.sub("0", fold(text))
    return {
        "pieces": _pieces(masked),
        "lemmas": _lemmas(lemmas, masked),
        "hints": [
            *(f"entity {entity.name}" for entity in entities),
            *(f"value {entity.value}" for entity in entities if entity.name not in _OPEN),
        ],
    }


_OPEN = frozenset({"municipality", "question_number"})


def _pieces(masked: str) -> list[str]:
    pieces: list[str] = []
    for word in _PIECE.findall(masked):
        padded = f" {word} "
        for length in range(_SHORTEST_PIECE, _LONGEST_PIECE + 1):
            if len(padded) <= length:
                pieces.append(padded)
                break
            pieces += [padded[i : i + length] for i in range(len(padded) - length + 1)]
    return pieces


def _lemmas(lemmas: Sequence[str], masked: str) -> list[str]:
    singles = [_DIGITS.sub("0", lemma) for lemma in lemmas]
    marks = [mark for mark in "?!" if mark in masked]
    pairs = [f"{left} {right}" for left, right in zip(singles, singles[1:], strict=False)]
    return singles + pairs + marks
