"""Notions: Dutch words that belong together, as clues for the intent classifier (concepts.yml)."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

from knowledge.words import words_of

CONCEPTS_FILE = Path(__file__).with_name("concepts.yml")

_LONGEST_PHRASE = 3
_SHORTEST_STEM = 3


class Concepts:
    """Tells which notions the words of a message belong to."""

    def __init__(self, path: Path = CONCEPTS_FILE) -> None:
        """Read the notions in `path`."""
        self._phrases: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        self._stems: defaultdict[str, set[str]] = defaultdict(set)
        for concept, terms in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for term in terms:
                words = tuple(word.folded for word in words_of(term))
                if term.endswith("*"):
                    self._stems[words[0]].add(concept)
                elif words:
                    self._phrases[words].add(concept)

    def of_each(self, words: Sequence[str], lemmas: Sequence[str]) -> list[set[str]]:
        """Return, for each of the folded `words`, the notions of what starts there.

        `lemmas` are those of the same words; where their number differs only the words count.
        """
        same = len(lemmas) == len(words)
        return [
            self._starting_at(words, place) | (self._phrases_at(lemmas, place) if same else set())
            for place in range(len(words))
        ]

    def _starting_at(self, words: Sequence[str], place: int) -> set[str]:
        found = self._phrases_at(words, place)
        word = words[place]
        for length in range(_SHORTEST_STEM, len(word) + 1):
            found |= self._stems.get(word[:length], set())
        return found

    def _phrases_at(self, words: Sequence[str], place: int) -> set[str]:
        found: set[str] = set()
        for length in range(1, _LONGEST_PHRASE + 1):
            found |= self._phrases.get(tuple(words[place : place + length]), set())
        return found


@cache
def concepts() -> Concepts:
    """Return the notions of concepts.yml, read once."""
    return Concepts()
