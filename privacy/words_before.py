"""What the words before a run of words say about it: a person or a thing."""

from privacy.context import THING, about_persons, context, points_of
from privacy.message import Message, Part
from privacy.runs import Run

_BEFORE = {
    "title": 3.0,
    "naming": 2.5,
    "relation": 2.5,
    "role": 2.0,
    "persons": 1.5,
    "greeting": 2.0,
    "contact": 1.0,
    "says": 1.0,
    "about": 1.0,
    "weak": 0.25,
}
_BEFORE_A_MARK = {
    "title": 3.0,
    "naming": 2.0,
    "label": 2.0,
    "relation": 1.5,
    "role": 1.5,
    "persons": 1.5,
    "greeting": 1.5,
}
_BEFORE_OF = {"relation": 2.0, "persons": 2.0, "of_a_person": 1.5}
_WITH_A_WORD_BETWEEN = {"naming": 2.5, "contact": 1.0}
_PLACE = -2.0
_ARTICLE = -1.5
_ARTICLE_BEFORE_FIRST_NAME = -0.5
_CASE_OF = 1.5
_NAMES_ITSELF = 2.5
_MAY_NAME_ITSELF = 1.5
_CALLED_SOMETHING = 1.0

_ARTICLES = frozenset("de het een the dit deze die elke ieder geen onze ons".split())
_BETWEEN = frozenset(
    "ik je jij we wij hij ze zij u hem haar gisteren vandaag vanmorgen net nog ook even".split()
)
_PLACING = frozenset({"in", "te", "uit"})
_IMPERSONAL = frozenset("het dit dat hoe wat project programma".split())
_CALLED = frozenset("heet heette heten genaamd geheten noemt noemde noemen".split())
_OF = frozenset("van met over bij aan door".split())
_RANKS = frozenset(
    "optie bijlage scenario variant groep deel punt type categorie vraag blok lijn fase".split()
)
_MARKS = frozenset(",(:\"'“‘-–")  # noqa: RUF001 - typographic quotes
_INTRODUCTIONS = {
    ("naam", "is"): _NAMES_ITSELF,
    ("dit", "is"): _NAMES_ITSELF,
    ("spreekt", "met"): _NAMES_ITSELF,
    ("ik", "heet"): _NAMES_ITSELF,
    ("heet", "ik"): _NAMES_ITSELF,
    ("ik", "ben"): _MAY_NAME_ITSELF,
    ("ben", "ik"): _MAY_NAME_ITSELF,
    ("was", "ik"): _MAY_NAME_ITSELF,
    ("noemt", "zich"): _MAY_NAME_ITSELF,
    ("zich", "tegenwoordig"): _MAY_NAME_ITSELF,
}
_AFTER_OWN_NAME = frozenset({"van", "en", "uit", ",", "."})


def points_before(run: Run, message: Message) -> float:
    """Return points, above nought for a name and below it against one."""
    place = run.start - 1
    near, further = message.folded(place), message.folded(place - 1)
    capital = message.tokens[run.places[0]].capital
    if near == "." and further in context("title"):
        return _BEFORE["title"]
    if near in _MARKS:
        points = points_of(further, _BEFORE_A_MARK)
        return points if capital or run.parts[0] is not Part.WORDY_FIRST else points / 2
    if run.start == 0 or message.tokens[run.start].opens:
        return 0.0
    return _against(run, near) or _announced(run, message, near, further)


def _against(run: Run, near: str) -> float:
    """Return the points for a word that a name seldom stands after, 0 for another."""
    if near in context("thing") or (run.parts == (Part.INITIALS,) and near in _RANKS):
        return THING
    if near in _PLACING:
        return _PLACE if Part.UNKNOWN in run.parts or near == "in" else 0.0
    if near in _ARTICLES:
        return _ARTICLE_BEFORE_FIRST_NAME if run.parts[0] is Part.FIRST else _ARTICLE
    return 0.0


def _announced(run: Run, message: Message, near: str, further: str) -> float:
    """Return the points for the word that announces the run, and the one before it."""
    if near in context("naming") and further in _IMPERSONAL:
        return -_BEFORE["naming"]  # "het heet", "hoe heet"
    if near in _CALLED and not message.words & about_persons():
        return _CALLED_SOMETHING
    case = near in context("case") and message.tokens[run.places[0]].capital
    return max(
        points_of(near, _BEFORE),
        _CASE_OF if case else 0.0,
        points_of(further, _BEFORE_OF) if near in _OF else 0.0,
        points_of(further, _WITH_A_WORD_BETWEEN) if near in _BETWEEN else 0.0,
        _introduced(run, message),
    )


def _introduced(run: Run, message: Message) -> float:
    """Return the points for "ik ben", "mijn naam is", "heet zij nu" before the run."""
    third, second, first = (message.folded(run.start - back) for back in (3, 2, 1))
    points = _INTRODUCTIONS.get((second, first), 0.0)
    if points == _MAY_NAME_ITSELF and message.folded(run.end) in _AFTER_OWN_NAME:
        return _NAMES_ITSELF
    return max(points, _MAY_NAME_ITSELF if third in ("noemt", "heet", "noemde") else 0.0)
