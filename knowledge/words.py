"""Words of a text, folded so that spelling variants compare equal.

Folding: lower case, no accents, straight apostrophes. Every word keeps its place in the original
text, so that what is recognised in folded text can be shown as the user wrote it.
"""

import re
import unicodedata
from dataclasses import dataclass

BREAK = "."
"""Stands between two words of a joined text where a clause ends; no term reaches across it."""

_APOSTROPHES = "\u2018\u2019\u00b4`"
_WORD = re.compile(rf"[^\W_]+(?:['{_APOSTROPHES}][^\W_]+)*")
_CLAUSE_END = re.compile(r"[.;:?!()\n,]")
_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_ABBREVIATIONS = frozenset({"nr", "no", "gem", "st", "vr"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its folded form and where it stands in the original (end exclusive)."""

    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, with straight apostrophes."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_STRAIGHT).lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words_of(text: str) -> list[Word]:
    """Return the words of `text` in order."""
    return [Word(fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


def breaks_between(text: str, left: Word, right: Word) -> bool:
    """Tell whether a clause ends between two neighbouring words of `text`."""
    gap = text[left.end : right.start]
    if gap.startswith(".") and left.folded in _ABBREVIATIONS:
        return False
    return _CLAUSE_END.search(gap) is not None
