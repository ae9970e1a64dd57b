"""What the intent classifier looks at in a message, as several views that are weighed apart.

`pieces`: pieces of words, robust to typing errors and compounds. `lemmas`: base forms and pairs of
them. `entities`: what the entity rules find, and how much of the message that is. `concepts` and
`pairs`: notions that the words belong to, and which of them occur together. `opening`: how the
message begins. `shape`: how long it is and whether it asks.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import combinations, pairwise

from bot.nlu.concepts import concepts
from bot.nlu.entity_rules import EntityRules
from knowledge.words import fold, words_of

VIEWS = ("pieces", "lemmas", "entities", "concepts", "pairs", "opening", "shape")

_PIECE = re.compile(r"\w+|[^\w\s]")
_DIGITS = re.compile(r"\d+")
_SHORTEST_PIECE = 2
_LONGEST_PIECE = 5
_MOST_CHARACTERS = 600  # of a longer message only its beginning is looked at
_MOST_WORDS = 120
_OPENING = 2
_WITH_WEAK_TERMS = "find_knowledge"  # what the message means is not known yet
_HALF, _NEARLY_ALL = 0.5, 0.8  # of a message, taken up by entities
_WITH_OPEN_VALUES = frozenset({"municipality", "question_number"})
_LENGTHS = (2, 3, 5, 8, 13, 21)


def views_of(text: str, lemmas: Sequence[str], rules: EntityRules) -> dict[str, list[str]]:
    """Return the features of a message for each of `VIEWS`.

    `lemmas` are those of `text`, folded. Numbers are masked: which number it is says nothing
    about what is meant.
    """
    text, lemmas = text[:_MOST_CHARACTERS], lemmas[:_MOST_WORDS]
    words = [word.folded for word in words_of(text)][:_MOST_WORDS]
    notions = concepts().of_each(words, lemmas)
    together = sorted(set().union(*notions))
    masked = _DIGITS.sub("0", fold(text))
    singles = [_DIGITS.sub("0", lemma) for lemma in lemmas]
    return {
        "pieces": _pieces(masked),
        "lemmas": [*singles, *(" ".join(pair) for pair in pairwise(singles)), *_marks(text)],
        "entities": _entities(text, rules),
        "concepts": [notion for found in notions for notion in sorted(found)],
        "pairs": [" ".join(pair) for pair in combinations(together, 2)],
        "opening": [
            *singles[:_OPENING],
            *(f"@{n}" for n in sorted(set().union(*notions[:_OPENING]))),
        ],
        "shape": [f"length {bisect(_LENGTHS, len(words))}", *_marks(text), *_asks(text, singles)],
    }


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


def _entities(text: str, rules: EntityRules) -> list[str]:
    found = rules.find(text, _WITH_WEAK_TERMS)
    names = sorted({entity.name for entity in found})
    values = [f"={e.value}" for e in found if e.name not in _WITH_OPEN_VALUES]
    together = [" ".join(pair) for pair in combinations(names, 2)]
    covered = sum(entity.end - entity.start for entity in found) / max(len(text), 1)
    says_more = ["all"] if covered > _NEARLY_ALL else ["half"] if covered > _HALF else []
    return [*(entity.name for entity in found), *values, *together, *says_more]


def _marks(text: str) -> list[str]:
    return [mark for mark in "?!" if mark in text]


def _asks(text: str, lemmas: Sequence[str]) -> list[str]:
    ends = ["asks at the end"] if text.rstrip().endswith("?") else []
    numbers = ["number"] if any(char.isdigit() for char in text) else []
    return ends + numbers + [f"begins {lemma}" for lemma in lemmas[:1]]
