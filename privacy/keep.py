"""What stays, however much it looks like a name: places, organisations, public figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from privacy.context import context
from privacy.lexicon import Phrase, lexicon
from privacy.text import Kind, Token

_URL = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]{2,63}\.(?:nl|com|org|eu|net)(?:/\S*)?", re.IGNORECASE
)
_CALENDAR = frozenset(
    "januari februari maart april mei juni juli augustus september oktober november december "
    "jan feb mrt apr jun jul aug sept sep okt nov dec maandag dinsdag woensdag donderdag vrijdag "
    "zaterdag zondag ramadan kerst pasen pinksteren hemelvaart".split()
)
_MONTHS_THAT_ARE_NAMES = frozenset({"jan", "jun", "sep", "april"})
_BEFORE_A_MONTH = frozenset(
    "in vanaf tot eind begin half medio sinds per na maand deze dit".split()
)
_MOST_WORDS_OF_A_NAME = 4


@dataclass(frozen=True, slots=True)
class Kept:
    """Places of tokens that stay.

    `firm` ones are never part of a name. `loose` ones, a single place or surname, can be: in
    "mevrouw Van Delft", "Jan Huizen", not in "de aanpak van Delft".
    """

    firm: frozenset[int]
    loose: frozenset[int]


def kept(text: str, tokens: Sequence[Token]) -> Kept:
    """Return which of `tokens`, those of `text`, stay."""
    firm: set[int] = set()
    loose: set[int] = set()
    present = frozenset(token.folded for token in tokens)
    for place, token in enumerate(tokens):
        if token.kind is Kind.LABEL or _is_calendar(tokens, place):
            firm.add(place)
        if phrase := _phrase_at(tokens, place, present):
            is_firm = len(phrase.words) > 1 or phrase.beside
            (firm if is_firm else loose).update(range(place, place + len(phrase.words)))
        if token.folded in context("official") and not _is_surname(tokens, place):
            firm.update(_office_holder(tokens, place))
    firm.update(_in_addresses(text, tokens))
    return Kept(frozenset(firm), frozenset(loose - firm))


def _is_calendar(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a token is a month or a day; "Jan", "April" only beside a number or the like."""
    folded = tokens[place].folded
    if folded not in _MONTHS_THAT_ARE_NAMES or not (tokens[place].capital or folded == "jan"):
        return folded in _CALENDAR
    near = [
        tokens[at] for at in range(place - 2, place + 3) if 0 <= at < len(tokens) and at != place
    ]
    dated = any(token.kind is Kind.NUMBER or token.folded in _CALENDAR for token in near)
    return dated or (place > 0 and tokens[place - 1].folded in _BEFORE_A_MONTH)


def _phrase_at(tokens: Sequence[Token], place: int, present: frozenset[str]) -> Phrase | None:
    """Return the longest phrase that stays and begins at `place`."""
    for phrase in lexicon().phrases.get(tokens[place].folded, ()):
        if _stands_at(phrase, tokens, place, present):
            return phrase
    return None


def _stands_at(
    phrase: Phrase, tokens: Sequence[Token], place: int, present: frozenset[str]
) -> bool:
    if phrase.shouted and not tokens[place].text.isupper():
        return False
    if phrase.beside and not phrase.beside & present and len(tokens) > 1:
        return False
    *first, last = phrase.words
    folded = [token.folded for token in tokens[place : place + len(phrase.words)]]
    if len(folded) < len(phrase.words) or folded[:-1] != first:
        return False
    of_a_thing = bool(first) and folded[-1].startswith(f"{last}-")  # "Johan de Witt-gebouw"
    return folded[-1] in (last, f"{last}s", f"{last}'s") or of_a_thing  # "Movisies advies"


def _is_surname(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the word for an office is a surname here: "Jasmijn Prins", "J. de Koning"."""
    before = tokens[place - 1] if place else None
    return (
        before is not None
        and tokens[place].capital
        and (
            before.kind is Kind.INITIALS
            or before.folded in lexicon().first_names
            or before.folded in context("particle")
        )
    )


def _office_holder(tokens: Sequence[Token], place: int) -> range:
    """Return the name after a public office: "minister Van Weel", "burgemeester Femke Halsema"."""
    end = place + 1
    while end < len(tokens) and end - place <= _MOST_WORDS_OF_A_NAME and _continues(tokens, end):
        end += 1
    return range(place, end) if end > place + 1 else range(0)


def _continues(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    return token.kind is Kind.INITIALS or (
        token.kind is Kind.WORD and (token.capital or token.folded in context("particle"))
    )


def _in_addresses(text: str, tokens: Sequence[Token]) -> set[int]:
    """Return the tokens that are part of a web address."""
    inside: set[int] = set()
    place = 0
    for match in _URL.finditer(text):
        while place < len(tokens) and tokens[place].end <= match.start():
            place += 1
        while place < len(tokens) and tokens[place].start < match.end():
            inside.add(place)
            place += 1
    return inside
