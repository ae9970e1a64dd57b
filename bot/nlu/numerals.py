"""Numbers as people write them: "12", "12e", "twaalf", "twaalfde", "twalf"."""

import re

from bot.nlu.spelling import by_initial, nearest

_UNITS = "een twee drie vier vijf zes zeven acht negen".split()
_TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
_TENS = "twintig dertig veertig vijftig".split()
_IRREGULAR_ORDINALS = {"een": "eerste", "drie": "derde", "acht": "achtste"}
_FIRST_WITH_STE = 20  # "negentiende", "twintigste"
_SHORTEST_MISSPELT = 5
_NO_NUMBERS = frozenset({"eerst", "eerder"})
_DIGITS = re.compile(r"(\d{1,2})(e|de|ste)?")


def _cardinals() -> dict[str, int]:
    words = dict(zip(_UNITS + _TEENS, range(1, 20), strict=True))
    for tens, word in enumerate(_TENS, start=2):
        words[word] = tens * 10
        words |= {f"{unit}en{word}": tens * 10 + n for n, unit in enumerate(_UNITS, start=1)}
    return words


def _ordinal(word: str, number: int) -> str:
    ending = "ste" if number >= _FIRST_WITH_STE else "de"
    return _IRREGULAR_ORDINALS.get(word, word + ending)


CARDINALS = _cardinals()
ORDINALS = {_ordinal(word, number): number for word, number in CARDINALS.items()}
_SPELLED = by_initial(w for w in (*CARDINALS, *ORDINALS) if len(w) >= _SHORTEST_MISSPELT)


def number_of(word: str) -> int | None:
    """Return the number that a folded word says, cardinal or ordinal, or None; zero is none."""
    if digits := _DIGITS.fullmatch(word):
        return int(digits[1]) or None
    return CARDINALS.get(word) or ORDINALS.get(word)


def misspelt_number(word: str) -> int | None:
    """Return the number that a folded word says with a typing error in it, or None.

    A short word is too easily another word, and is never guessed at.
    """
    if len(word) < _SHORTEST_MISSPELT or word in _NO_NUMBERS:
        return None
    near = nearest(word, _SPELLED.get(word[0], ()))
    return number_of(near) if near else None
