"""The lists behind the redaction: names, places, organisations, and the words around a name."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from privacy.rare_names import rare_names
from privacy.spelling import sound_key
from privacy.text import fold, tokenize

MUNICIPALITIES = Path(__file__).parents[1] / "knowledge" / "content" / "gemeenten.csv"
_LONGEST_ACRONYM = 4
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stay, folded.

    When `beside` is not empty they stay only in a message with one of those words. `shouted`
    tells that they stay only in capitals: "IS", not "is".
    """

    words: tuple[str, ...]
    beside: frozenset[str] = field(default_factory=frozenset)
    shouted: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists, folded.

    `rare_first_names` are only names with a capital, `word_names` are first names that are words
    too ("roos"), `places` the places of one word, `phrases` all that stays, by first word.
    """

    first_names: frozenset[str]
    rare_first_names: frozenset[str]
    word_names: frozenset[str]
    surnames: frozenset[str]
    places: frozenset[str]
    phrases: dict[str, list[Phrase]]


@cache
def lexicon() -> Lexicon:
    """Return the lists, read once (half a second).

    Raises OSError when a list or the municipalities of the knowledge content are not there, and
    subprocess.CalledProcessError when those of rare_names.py are not.
    """
    first_names, surnames = read_words("first_names"), read_words("surnames")
    rare_first_names, rare_surnames = rare_names()
    phrases = [Phrase(_folded_words(name)) for name in _place_names()]
    places = frozenset(phrase.words[0] for phrase in phrases if len(phrase.words) == 1)
    return Lexicon(
        first_names=first_names,
        rare_first_names=rare_first_names - first_names - surnames - places,
        word_names=read_words("word_names"),
        surnames=surnames | (rare_surnames - first_names - places),
        places=places,
        phrases=_by_first_word([*phrases, *_organisations(), *_public_figures()]),
    )


@cache
def sounds(name: str) -> frozenset[str]:
    """Return the keys, by spelling.py, of the names in data/`name`.txt."""
    return frozenset(map(sound_key, read_words(name))) - {""}


@cache
def read_words(name: str) -> frozenset[str]:
    """Return the folded words in data/`name`.txt: white space between them, '#' a comment."""
    return frozenset(fold(" ".join(lines_of(name))).split())


def lines_of(name: str) -> list[str]:
    """Return the lines of data/`name`.txt without comments and empty ones."""
    content = (_DATA / f"{name}.txt").read_text(encoding="utf-8")
    stripped = (line.partition("#")[0].strip() for line in content.splitlines())
    return [line for line in stripped if line]


def _entries(name: str) -> list[str]:
    """Return the entries of data/`name`.txt, which stand between '|' and line ends."""
    return [entry.strip() for line in lines_of(name) for entry in line.split("|") if entry.strip()]


def _place_names() -> list[str]:
    """Return municipalities and other places, also as "Horst a/d Maas", or without a hyphen."""
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as lines:
        municipalities = [row["name"].split(" (")[0] for row in csv.DictReader(lines)]
    names = [*municipalities, *_entries("places")]
    names += [re.sub(r" aan den? ", " a/d ", name) for name in names if " aan de" in name]
    names += [
        name.removeprefix("De ") for name in names if name.startswith("De ") and name.count(" ") > 1
    ]
    return names + [name.replace("-", " ") for name in names if "-" in name]


def _organisations() -> list[Phrase]:
    """Return organisations and programmes: "name" or "name : words that must be near"."""
    phrases = []
    for entry in _entries("organisations"):
        name, _, beside = entry.partition(" : ")
        shouted = name.isupper() and len(name) <= _LONGEST_ACRONYM
        phrases.append(Phrase(_folded_words(name), frozenset(fold(beside).split()), shouted))
    return phrases


def _public_figures() -> list[Phrase]:
    """Return full names, and after a "!" the surname that is clear by itself."""
    names = [name.strip() for entry in _entries("public_figures") for name in entry.split("!")]
    return [Phrase(_folded_words(name)) for name in names if name]


def _folded_words(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokenize(text))


def _by_first_word(phrases: Iterable[Phrase]) -> dict[str, list[Phrase]]:
    """Group phrases by first word, the longest first."""
    groups: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=lambda phrase: -len(phrase.words)):
        groups.setdefault(phrase.words[0], []).append(phrase)
    return groups
