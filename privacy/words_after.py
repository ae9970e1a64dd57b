"""What the words after a run of words say about it: a person or a thing."""

from collections.abc import Sequence

from privacy.context import THING, context, names_a_thing, points_of
from privacy.message import FIRST_NAMES, Message, Part
from privacy.runs import Run
from privacy.text import Token

_AFTER = {"says": 1.75, "contact": 1.25, "does": 0.75}
_OF_A_TEAM = 1.5
_OF_A_TEAM_IF_UNKNOWN = 1.0
_RELATED = 2.0
_AGE = 2.5
_IS_A_ROLE = 1.5
_SPEAKS_IN_A_TRANSCRIPT = 1.75
_SO_CALLED = 2.5
_PRONOUN_FOLLOWS = 1.75
_COUNTED_PERSONS = 1.75
_FROM_A_PLACE = 1.0
_MORE_ABOUT = 0.5
_TITLE = -1.5

_WINDOW = 5
_YEARS = range(1950, 2100)
_DIGITS_OF_AN_AGE = 2
_DIGITS_OF_A_YEAR = 4
_ARTICLES = frozenset("de het een the dit deze die elke ieder geen onze ons".split())
_POSSESSIVES = frozenset("zijn haar zn d'r mijn hun".split())
_THIRD_PERSON = frozenset({"hij", "zij", "ze"})
_COUNTS = frozenset({"een", "twee", "drie", "de", "onze", "ons", "mijn", "zijn", "haar", "allebei"})
_TEAMS = frozenset("de het team gemeente bureau stichting afdeling onze ons".split())
_AND = frozenset({"&", "en", "+"})
_PARTNERS = frozenset("partners zonen zoon zn co compagnons advies consultancy".split())
_MARKS = frozenset(",)\"'”’(")  # noqa: RUF001 - typographic quotes


def points_after(run: Run, message: Message) -> float:
    """Return points, above nought for a name and below it against one."""
    following = message.tokens[run.end : run.end + _WINDOW]
    if not following:
        return 0.0
    words = [token.folded for token in following] + [""] * _WINDOW
    thing = following[0].capital and names_a_thing(following[0].text)
    firm = words[0] in _AND and words[1] in _PARTNERS
    if thing or firm or words[0] in context("thing") or _is_citation(following):
        return THING
    if following[0].capital and not following[0].opens and Part.UNKNOWN in run.parts:
        return _TITLE  # "Housing First"
    return max(
        _RELATED if _is_related(run, message, words) else 0.0,
        _AGE if _is_age_or_class(words) else 0.0,
        _IS_A_ROLE if _is_role(words) else 0.0,
        _of_a_team(run, words),
        _FROM_A_PLACE if _is_from_a_place(following) else 0.0,
        _marked(run, message, words),
        points_of(words[0], _AFTER),
    )


def _is_related(run: Run, message: Message, words: Sequence[str]) -> bool:
    """Tell whether what a person has follows: "Brams vader", "Wahida haar man"."""
    genitive = message.folded(run.end - 1).endswith("s")
    if genitive and words[0] in context("relation", "persons", "of_a_person"):
        return True
    return words[0] in _POSSESSIVES and words[1] in context("relation")


def _of_a_team(run: Run, words: Sequence[str]) -> float:
    """Return the points for "Iris van het jongerenwerk"."""
    if words[0] != "van" or words[1] not in _TEAMS:
        return 0.0
    return _OF_A_TEAM if run.parts[0] in FIRST_NAMES else _OF_A_TEAM_IF_UNKNOWN


def _is_from_a_place(following: Sequence[Token]) -> bool:
    return following[0].folded == "uit" and any(token.capital for token in following[1:2])


def _marked(run: Run, message: Message, words: Sequence[str]) -> float:
    """Return the points for what stands after a mark: "X, hij komt", "X: …", "X, zijn broer"."""
    if words[0] == ":" and message.tokens[run.start].opens:
        return _SPEAKS_IN_A_TRANSCRIPT
    if words[0] == "," and words[1:3] == ["zo", "heet"]:
        return _SO_CALLED
    if words[0] == "," and words[1] in _THIRD_PERSON:
        return _PRONOUN_FOLLOWS
    persons = context("role", "relation", "persons")
    if words[0] == "," and words[1] in _COUNTS and words[2] in persons:
        return _COUNTED_PERSONS
    more = words[1] in _THIRD_PERSON | _POSSESSIVES | {"de", "een", "die"}
    return _MORE_ABOUT if words[0] in _MARKS and more else 0.0


def _is_role(words: Sequence[str]) -> bool:
    """Tell whether "is onze sleutelfiguur", "is een leerling" follows."""
    return (
        words[0] in ("is", "was", "werkt", "wordt")
        and words[1] in _ARTICLES | _POSSESSIVES | {"als"}
        and any(word in context("role", "relation") for word in words[2:4])
    )


def _is_age_or_class(words: Sequence[str]) -> bool:
    """Tell whether "(17)", ", 16 jaar", "van 9", "is 14" or "uit groep 8" follows."""
    if words[0] in ("uit", "van", "in"):
        if any(word in context("school") for word in words[1:3]):
            return True
    elif words[0] not in (",", "(", "is"):
        return False
    a_number = words[1].isdecimal() and len(words[1]) <= _DIGITS_OF_AN_AGE
    return a_number and words[0] != "in" and (words[0] != "," or words[2] in ("jaar", "jr"))


def _is_citation(following: Sequence[Token]) -> bool:
    """Tell whether a paper is cited: "Feddes et al.", "Gielen (2021)", "Jansen en Smit (2018)"."""
    texts = [token.folded for token in following]
    if texts[:2] == ["et", "al"]:
        return True
    if texts[0] in ("en", "&", ",") and len(following) > 1 and following[1].capital:
        texts = texts[2:]
    year = texts[1] if texts[:1] == ["("] and len(texts) > 1 else ""
    return year.isdecimal() and int(year[:_DIGITS_OF_A_YEAR]) in _YEARS
