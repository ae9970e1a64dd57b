"""Stems of Dutch words: what is left when inflection and common endings are taken off.

A stem need not be a word. It has to be the same for the forms of one word: evalueren, evalueert,
evaluatie and geëvalueerd; ouder and ouders; geven and geeft. The order is that of the Dutch
Snowball stemmer (plurals, diminutives, derivations, spelling); added is what that leaves out:
participles, strong verbs, and nouns made of verbs.
"""

import re
from functools import lru_cache

_SHORTEST = 4
_VOWELS = "aeiouy"
_DOUBLE_VOWEL = re.compile(r"([aeou])\1(?=[^aeiouy]$)")
_DOUBLE_CONSONANT = re.compile(r"([bcdfgklmnprst])\1$")
_PREFIXES = "aan|af|bij|door|in|mee|na|om|op|over|samen|terug|toe|uit|vast|voor|weg"
# "ge" belongs to these words themselves.
_NO_PARTICIPLE = (
    "beur|bied|bruik|dacht|dicht|dul|ef|loof|luid|meent|reedschap|weld|wicht|zag|zicht|zond"
)
_PARTICIPLE = re.compile(
    rf"^({_PREFIXES})?ge(?!{_NO_PARTICIPLE})(?P<rest>[a-z]{{2,}}(?:[dt]|[dt]e[nr]?|ste))$"
)
# Forms of strong verbs, as they end after a prefix and "ge", with the stem they belong to.
_STRONG = {
    "bleven": "blijf", "boden": "bied", "bracht": "breng", "daan": "doe", "dacht": "denk",
    "geven": "geef", "gonnen": "gin", "grepen": "grijp", "hielpen": "help", "holpen": "help",
    "houden": "houd", "keken": "kijk", "kozen": "kies", "liepen": "loop", "lopen": "loop",
    "nomen": "neem", "schreven": "schrijf", "slopen": "sluip", "sloten": "sluit",
    "sproken": "spreek", "trokken": "trek", "vonden": "vind", "wezen": "wijs", "worven": "werf",
    "zien": "zie", "zocht": "zoek", "zochten": "zoek",
}  # fmt: skip
_STRONG_FORM = re.compile(rf"^(?P<before>.*?)(?:ge)?(?P<form>{'|'.join(_STRONG)})$")
_NO_SUFFIX = ("leerling", "stelling")
# Endings, the longest first, and what takes their place.
_ENDINGS = (
    ("atietje", "er"), ("aties", "er"), ("atie", "er"), ("heden", ""), ("heid", ""),
    ("ingen", ""), ("ing", ""), ("etjes", ""), ("etje", ""), ("tjes", ""), ("tje", ""),
    ("jes", ""), ("je", ""),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a folded word."""
    if len(word) < _SHORTEST or not word.replace("'", "").isalpha():
        return word
    if strong := _STRONG_FORM.match(word):
        return _plain_spelling(strong["before"] + _STRONG[strong["form"]])
    if participle := _PARTICIPLE.match(word):
        word = (participle[1] or "") + re.sub(r"(?<=[^aeiou])d(e?)$", "", participle["rest"])
    return _plain_spelling(_without_dental(_without_plural(_without_suffix(word))))


def _without_suffix(word: str) -> str:
    if word.rstrip("en").endswith(_NO_SUFFIX):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004 - a syllable
            return word[: -len(ending)] + instead
    return word


def _without_plural(word: str) -> str:
    """Take off the ending of a plural, an infinitive or an adjective."""
    for ending in ("'s", "en", "s", "e"):
        rest = word.removesuffix(ending)
        if rest != word and _can_stand(rest, ending):
            return rest
    return word


def _can_stand(rest: str, ending: str) -> bool:
    """Tell whether `rest` may be a word without its plural's ending: not "kan(s)", "toet(s)"."""
    if ending == "'s":
        return len(rest) > 1
    if rest[-1:] in _VOWELS and (rest[-2:] not in ("ee", "ie") or len(rest) <= _SHORTEST + 1):
        return False
    least = 3 if ending != "s" else 6 if rest[-1] == "t" else 4
    return len(rest) >= least


def _without_dental(word: str) -> str:
    """Take off a t after a consonant, of verbs and nouns alike, and the ending of "geleerd"."""
    is_dental = len(word) >= _SHORTEST and word[-1] == "t" and word[-2] not in _VOWELS
    return word[:-1] if is_dental or word.endswith("eerd") else word


def _plain_spelling(base: str) -> str:
    """Return `base` with one vowel and one consonant at its end, and no v or z as last letter."""
    base = _DOUBLE_CONSONANT.sub(r"\1", base)
    base = _DOUBLE_VOWEL.sub(r"\1", base)
    return base[:-1] + {"v": "f", "z": "s"}.get(base[-1], base[-1])
