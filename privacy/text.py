"""Words of a message: where they stand, how they are written, how they are looked up."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

from privacy.labels import LABEL_PATTERN

_NOT_DECOMPOSED = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'", "‘": "'"}  # noqa: RUF001 - typographic apostrophes
)
_TOKEN = re.compile(
    rf"""
      (?P<label>{LABEL_PATTERN})                             # what an earlier redaction left
    | (?P<initials>[A-Z]\.(?:v\.)?d\.[A-Z]\.                  # "T.v.d.B."
        | (?:(?:[A-Z]|IJ|Th|Ph|Ch|Chr|Joh)\.)+(?:-?[A-Z]\.)*(?![a-z])
        | (?<![\w.])[a-z]\.(?![\w.]))                    # "w. hofstra"
    | (?P<particle>(?i:v\.\ ?d\.|v/d|v\.)(?=\s))             # "v.d. Heuvel"
    | (?P<word>'[ts]\b|[^\W\d_]+(?:['’‘`´‐‑-][^\W\d_]+)*)
    | (?P<number>\d+(?:[.,:/-]\d+)*)
    | (?P<other>\S)
    """,  # noqa: RUF001 - typographic apostrophes and hyphens
    re.VERBOSE,
)
_ENDS_SENTENCE = frozenset(".!?:;•\n*")
_QUOTES_AND_BULLETS = frozenset("\"'“”‘’«»(-*•[")  # noqa: RUF001 - typographic quotes


class Kind(Enum):
    """What a token is made of."""

    WORD = auto()
    INITIALS = auto()
    NUMBER = auto()
    LABEL = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, label or mark; `start` and `end` (exclusive) count characters.

    `folded` is the form for look-up: lower case, no accents. `capital` tells whether the capital
    says something: it is false for a word in a message all in capitals. `opens` tells whether the
    token begins a sentence, where every word has a capital.
    """

    text: str
    start: int
    end: int
    kind: Kind
    folded: str
    capital: bool
    opens: bool


def fold(text: str) -> str:
    """Return `text` in lower case without accents: "Şükrü" → "sukru"."""
    lower = text.lower()
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFD", lower.translate(_NOT_DECOMPOSED))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def tokenize(text: str) -> list[Token]:
    """Return the tokens of `text` in order; white space is between them."""
    shouted = text.upper() == text
    tokens: list[Token] = []
    opens = True
    end = 0
    for match in _TOKEN.finditer(text):
        opens = opens or "\n" in text[end : match.start()]
        token = _token(match, shouted=shouted, opens=opens)
        tokens.append(token)
        end = match.end()
        opens = token.text in _ENDS_SENTENCE or (opens and token.text in _QUOTES_AND_BULLETS)
    return tokens


def _token(match: re.Match[str], *, shouted: bool, opens: bool) -> Token:
    text = match.group()
    kind = {
        "label": Kind.LABEL,
        "initials": Kind.INITIALS,
        "particle": Kind.WORD,
        "word": Kind.WORD,
        "number": Kind.NUMBER,
    }.get(match.lastgroup or "", Kind.OTHER)
    folded = fold(text).replace(" ", "") if kind is Kind.WORD else text
    return Token(
        text=text,
        start=match.start(),
        end=match.end(),
        kind=kind,
        folded=folded,
        capital=text[0].isupper() and not shouted,
        opens=opens,
    )
