"""Spelling help for the field's words.

Only a word that is no ordinary Dutch word and lies within a typing error or two of one of the
field's words is read as that word. Everything else stays as it was typed, so that spelling help
cannot make a message about something else sound like the field.
"""

from collections.abc import Collection, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 6
_SHORTEST_ORDINARY = 5
_LONG_ENOUGH_FOR_TWO_ERRORS = 10


class SpellingHelp:
    """Reads a misspelt word as the field's word it is nearest to."""

    def __init__(self, spelled: Iterable[str], ordinary: Collection[str]) -> None:
        """Compare with the words in `spelled`; never change one of the `ordinary` words."""
        self._spelled = by_initial(spelled)
        self._known = frozenset(spelled) | frozenset(ordinary)

    def read(self, word: str) -> str:
        """Return the field's word meant by the folded `word`, or `word` itself."""
        if len(word) < _SHORTEST or word in self._known:
            return word
        return nearest(word, self._spelled.get(word[0], ())) or word

    def changes(self, words: Iterable[str]) -> bool:
        """Tell whether one of the folded `words` is read as another."""
        return any(self.read(word) != word for word in words)


def by_initial(words: Iterable[str]) -> dict[str, list[str]]:
    """Return `words` in order, by their first letter: the letter that a typist gets right."""
    grouped: dict[str, list[str]] = {}
    for word in sorted(words):
        grouped.setdefault(word[0], []).append(word)
    return grouped


def nearest(word: str, targets: Collection[str]) -> str | None:
    """Return the one of `targets` within the typing errors that the length of `word` allows.

    One error (a letter wrong, missing, too many, or two swapped) in a word of six letters or more,
    two in a word of ten or more.
    """
    most = 2 if len(word) >= _LONG_ENOUGH_FOR_TWO_ERRORS else 1
    near = process.extractOne(word, targets, scorer=OSA.distance, score_cutoff=most)
    return str(near[0]) if near else None


def confusable(ordinary: Iterable[str], spelled: Collection[str]) -> frozenset[str]:
    """Return the words in `ordinary` that would be taken for a misspelt word in `spelled`."""
    grouped = by_initial(spelled)
    candidates = (w for w in ordinary if len(w) >= _SHORTEST_ORDINARY and w not in spelled)
    return frozenset(word for word in candidates if nearest(word, grouped.get(word[0], ())))
