"""The number of a quickscan question, as people write it: "vraag 12", "de vijfde", "nr. 9".

A number counts as a question number when the words around it say so ("vraag", "nummer"), or when
the message is about an answer or a place in the scan and the number is not a count ("twee keer",
"26 vragen"). A message that is nothing but a number counts too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.nlu.spelling import nearest
from knowledge.words import BREAK

ABOUT_THE_SCAN = frozenset(
    {
        "change_answer",
        "previous_question",
        "resume_quickscan",
        "explain_question",
        "skip_question",
        "pause_quickscan",
        "show_progress",
        "show_result",
        "start_quickscan",
        "inform",
        "affirm",
        "deny",
        "partly",
        "dont_know",
    }
)
"""Intents in which a number after "bij", "op" or "naar" is a question number."""

_UNITS = "een twee drie vier vijf zes zeven acht negen".split()
_TEENS = (
    "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
)
_TENS = "twintig dertig veertig vijftig".split()
_IRREGULAR_ORDINALS = {"een": "eerste", "drie": "derde", "acht": "achtste"}


def _cardinals() -> dict[str, int]:
    words = dict(zip(_UNITS + _TEENS, range(1, 20), strict=True))
    for tens, word in enumerate(_TENS, start=2):
        words[word] = tens * 10
        words |= {f"{unit}en{word}": tens * 10 + n for n, unit in enumerate(_UNITS, start=1)}
    return words


def _ordinal(word: str, number: int) -> str:
    if word in _IRREGULAR_ORDINALS:
        return _IRREGULAR_ORDINALS[word]
    return word + ("de" if number < 20 else "ste")  # noqa: PLR2004 - the rule of Dutch


CARDINALS = _cardinals()
ORDINALS = {_ordinal(word, number): number for word, number in CARDINALS.items()}
_SPELLED = [word for word in (*CARDINALS, *ORDINALS) if len(word) >= 5]  # noqa: PLR2004 - too short to guess at
_DIGITS = re.compile(r"(\d{1,2})(e|de|ste)?$")
_GLUED = re.compile(r"(?:v|vr|vraag|nr)(\d{1,2})$")

_NAMES_A_QUESTION = frozenset({"vraag", "vragen", "vraagnummer", "vr", "nr", "nummer", "no", "question"})
_POINTS_AT = frozenset(
    "bij op naar van vanaf tot is maak zet draai verander wijzig open doe aan over antwoord met "
    "pas al edit wis schrap sloeg spijt vulde besloten besloten we tussen".split()
)
_COUNTED = frozenset(
    "vragen keer maal jaar jaren maand maanden week weken dag dagen uur minuten minuut procent fte "
    "mensen personen partners gemeenten interventies scholen antwoorden jongeren thema themas thema's "
    "van x punten leden kinderen collega's collegas partijen stuks stappen lessen derde euro gesprekken "
    "bijeenkomsten organisaties wijken projecten trainingen groepen soorten kernen sessies "
    "andere seconden tellen kwart woorden zinnen dingen mannen vrouwen leerlingen scans mei juni".split()
)
_ARTICLES = frozenset({"de", "het", "nr", "nummer", "no", "vraag"})
_AROUND_A_BARE_NUMBER = frozenset(
    "de het vraag nr nummer graag ik denk was geloof die over dan maar doe ja dus volgens mij dacht "
    "no ongeveer rond misschien zeg".split()
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A question number found: which number, and which word of the message says it."""

    number: int
    place: int


def number_of(word: str) -> int | None:
    """Return the number that a folded word says, cardinal or ordinal, or None."""
    if digits := _DIGITS.match(word):
        return int(digits[1]) or None
    return CARDINALS.get(word) or ORDINALS.get(word)


def _misspelt_number(word: str) -> int | None:
    if len(word) < 5:  # noqa: PLR2004 - a short word is too easily another one
        return None
    near = nearest_number_word(word)
    return number_of(near) if near else None


def nearest_number_word(word: str) -> str | None:
    """Return the number word that `word` is a typing error away from, or None."""
    return nearest(word, _SPELLED)


def question_numbers(words: list[str], intent: str | None) -> list[Numbered]:
    """Return the question numbers in `words` (folded, with `BREAK` where a clause ends)."""
    found: list[Numbered] = []
    for place, word in enumerate(words):
        number = _question_number(words, place, word, intent, found)
        if number is not None:
            found.append(Numbered(number, place))
    return found


def _question_number(
    words: list[str], place: int, word: str, intent: str | None, found: list[Numbered]
) -> int | None:
    if glued := _GLUED.match(word):
        return int(glued[1]) or None
    named = _names_question(words, place)
    number = number_of(word) or (_misspelt_number(word) if named else None)
    if number is None or _is_count(words, place):
        return None
    if word in {"een", "eerste"} and not _is_one(words, place, intent):
        return None
    if named or _is_alone(words, place):
        return number
    if intent in ABOUT_THE_SCAN and (
        _is_pointed_at(words, place) or _continues(words, place, found) or intent == "change_answer"
    ):
        return number
    return None


def _names_question(words: list[str], place: int) -> bool:
    before = [w for w in _back(words, place) if w not in {"de", "het", "nr", "nummer", "no"}]
    names = bool(before) and before[0] in _NAMES_A_QUESTION
    direct = place > 0 and words[place - 1] in _NAMES_A_QUESTION
    following = words[place + 1] if place + 1 < len(words) else ""
    is_ordinal = words[place] in ORDINALS or not words[place].isdigit()
    return names or direct or (following == "vraag" and is_ordinal)


def _back(words: list[str], place: int) -> Iterator[str]:
    for word in reversed(words[max(0, place - 3) : place]):
        if word == BREAK:
            return
        yield word


def _is_count(words: list[str], place: int) -> bool:
    following = words[place + 1 : place + 2]
    return bool(following) and (following[0] in _COUNTED or number_of(following[0]) is not None)


def _is_one(words: list[str], place: int, intent: str | None) -> bool:
    """Tell whether "een" is the number one and "eerste" the first question."""
    following = words[place + 1] if place + 1 < len(words) else BREAK
    if words[place] == "eerste":
        return intent in ABOUT_THE_SCAN and (following in {"vraag", BREAK} or intent == "change_answer")
    before = words[place - 1] if place else BREAK
    return following == BREAK and before in _NAMES_A_QUESTION


def _is_alone(words: list[str], place: int) -> bool:
    """Tell whether the message says nothing but this number, but for small words around it."""
    others = words[:place] + words[place + 1 :]
    return all(word in _AROUND_A_BARE_NUMBER or word == BREAK for word in others) and len(words) <= 8


def _is_pointed_at(words: list[str], place: int) -> bool:
    before = next((word for word in _back(words, place) if word not in _ARTICLES), BREAK)
    return before in _POINTS_AT


def _continues(words: list[str], place: int, found: list[Numbered]) -> bool:
    """Tell whether this number goes on with a row: "de vijfde, de negende en de 18e"."""
    if not found:
        return False
    between = words[found[-1].place + 1 : place]
    return len(between) <= 3 and set(between) <= {BREAK, "en", "de", "of", "bij", "vraag", "ook"}
