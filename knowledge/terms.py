"""Terms of the vocabulary, made into patterns that find them in folded text.

The notation of a term is explained at the top of knowledge/content/vocabulary.yml.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from knowledge.vocabulary import Vocabulary, referred_lists
from knowledge.words import fold

_INFLECTION = "(?:'?s|e?n|es|e|je|jes|tje|tjes)?"
_SHORTEST_INFLECTED = 5
_SEAM = " ?"
_GAP = r"(?:[^ .]+ ){0,3}?"
_SHORTEST_SPELLED = 6
_EVERYDAY = "moment"
WEAK = "?"


@dataclass(frozen=True, slots=True)
class Found:
    """A term found in joined text: its entity, canonical value and place (end exclusive).

    A `weak` term only counts in a message about an intervention.
    """

    entity: str
    value: str
    start: int
    end: int
    weak: bool


class TermFinder:
    """Finds the terms of a vocabulary in words joined by single spaces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Compile a pattern for the terms of each canonical value, strong and weak apart."""
        self._patterns = [
            (entity, value, weak, _any_of(chosen, vocabulary.lists))
            for entity, values in vocabulary.terms.items()
            for value, terms in values.items()
            for weak in (False, True)
            if (chosen := [term.lstrip(WEAK) for term in terms if term.startswith(WEAK) == weak])
        ]

    def find(self, joined: str, *, weak: bool) -> list[Found]:
        """Return the terms in `joined`, of each entity the longest where they overlap.

        Weak terms are only looked for when `weak` says so.
        """
        found = [
            Found(entity, value, hit.start(), hit.end(), is_weak)
            for entity, value, is_weak, pattern in self._patterns
            if weak or not is_weak
            for hit in pattern.finditer(joined)
        ]
        return _longest_of_each_entity(found)


def spelled_words(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the long words that the vocabulary's terms are made of, as one should spell them.

    They are what a misspelt word is compared with. Seams are closed ("check+list" → "checklist"),
    lists filled in, wildcards dropped. Phrases for a moment are left out: they are everyday words.
    """
    words = {
        word
        for entity, values in vocabulary.terms.items()
        if entity != _EVERYDAY
        for terms in values.values()
        for term in terms
        for part in term.lstrip(WEAK).split()
        for word in _spellings(part, vocabulary.lists)
    }
    plurals = {f"{word}en" for word in words if word.endswith("ing")}
    return frozenset(word for word in words | plurals if len(word) >= _SHORTEST_SPELLED)


def _spellings(part: str, lists: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    choices = [
        _plain_words(lists[referred_lists(piece)[0]]) if "{" in piece else [piece.strip("=*")]
        for piece in part.split("+")
    ]
    for combination in product(*choices):
        yield fold("".join(combination))
    if "+" in part:
        for pieces in choices:
            yield from pieces


def _plain_words(terms: Iterable[str]) -> list[str]:
    return [term.strip("=*").replace("+", "") for term in terms if " " not in term]


def _any_of(terms: Iterable[str], lists: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile(
        rf"(?<![^ ])(?:{'|'.join(_pattern(t, lists) for t in longest_first)})(?![^ ])"
    )


def _pattern(term: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    pieces = [_GAP if part == "..." else _part(part, lists) + " " for part in term.split()]
    return "".join(pieces)[:-1]


def _part(part: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    return _SEAM.join(_piece(piece, lists) for piece in part.split("+"))


def _piece(piece: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    if piece.startswith("{"):
        members = sorted(lists[piece.strip("{}")], key=len, reverse=True)
        return f"(?:{'|'.join(_pattern(member, lists) for member in members)})"
    return _word(piece)


def _word(word: str) -> str:
    if word.startswith("="):
        return re.escape(fold(word[1:]))
    before, after = r"[^ .]*" * word.startswith("*"), r"[^ .]*" * word.endswith("*")
    core = fold(word.strip("*"))
    inflection = _INFLECTION if not after and len(core) >= _SHORTEST_INFLECTED else ""
    return before + re.escape(core) + (after or inflection)


def _longest_of_each_entity(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for item in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if not any(_overlap(item, other) for other in kept if other.entity == item.entity):
            kept.append(item)
    return sorted(kept, key=lambda f: f.start)


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end
