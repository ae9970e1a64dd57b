"""Spelling help for the field's words.

Only a word that is no ordinary Dutch word and lies within a typing error or two of one of the
field's words is read as that word. Everything else stays as it was typed, so that spelling help
cannot make a message about something else sound like the field.
"""

from collections.abc import Collection, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 6
_LONG_ENOUGH_FOR_TWO_ERRORS = 10


class SpellingHelp:
    """Reads a misspelt word as the field's word it is nearest to."""

    def __init__(self, spelled: Iterable[str], ordinary: Collection[str]) -> None:
        """Compare with the words in `spelled`; never change one of the `ordinary` words."""
        self._targets = sorted(spelled)
        self._known = frozenset(self._targets)
        self._ordinary = frozenset(ordinary)
        self._cache: dict[str, str] = {}

    def read(self, word: str) -> str:
        """Return the field's word meant by the folded `word`, or `word` itself."""
        if len(word) < _SHORTEST or word in self._known or word in self._ordinary:
            return word
        if word.isnumeric():
            return word
        return nearest(word, self._targets) or word


def nearest(word: str, targets: Collection[str]) -> str | None:
    """Return the one of `targets` within the typing errors that the length of `word` allows.

    One error (a letter wrong, missing, too many, or two swapped) in a word of six letters or more,
    two in a word of ten or more. The first letter must be right.
    """
    most = 2 if len(word) >= _LONG_ENOUGH_FOR_TWO_ERRORS else 1
    near = process.extract(word, targets, scorer=OSA.distance, score_cutoff=most, limit=5)
    for target, _, _ in near:
        if target[0] == word[0]:
            return str(target)
    return None


def confusable(ordinary: Iterable[str], spelled: Collection[str]) -> frozenset[str]:
    """Return the words in `ordinary` that would be taken for a misspelt word in `spelled`."""
    by_initial: dict[str, list[str]] = {}
    for target in spelled:
        by_initial.setdefault(target[0], []).append(target)
    candidates = (word for word in ordinary if len(word) >= _SHORTEST and word not in spelled)
    return frozenset(
        word for word in candidates if nearest(word, by_initial.get(word[0], [])) is not None
    )
