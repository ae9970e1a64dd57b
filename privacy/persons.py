"""The names of persons in a message."""

from collections.abc import Sequence
from itertools import pairwise

from privacy.context import context
from privacy.evidence import THRESHOLD, weigh
from privacy.lexicon import lexicon
from privacy.message import Message, Part, read_message, without_ending
from privacy.runs import Run, Runs
from privacy.spans import Span, Spans
from privacy.text import Kind

_COORDINATION = frozenset({"en", "of", ",", "&", "/", "+", "plus", "met", "noch"})
_MOST_BETWEEN = 2
_NEXT_TO_A_NAME = 2.0
_NEXT_TO_AN_UNKNOWN = 0.75
_AMONG_PERSONS = 0.75
_REPEATED = frozenset({Part.FIRST, Part.WORDY_FIRST, Part.SURNAME, Part.UNKNOWN})
_UNSURE = frozenset({Part.UNKNOWN, Part.WORDY_FIRST})
_SHORTEST_REPEATED = 3


def find_persons(text: str, taken: Spans) -> list[Span]:
    """Return the names of persons in `text`, outside the stretches already `taken`."""
    message = read_message(text)
    free = [not taken.hit(token.start, token.end) for token in message.tokens]
    runs = list(Runs(message).find(free))
    points = _points(runs, message, among_personal_data=any(taken))
    chosen = [run for run, total in zip(runs, points, strict=True) if total >= THRESHOLD]
    return [_span(run, message) for run in chosen + _repeated(chosen, message, free)]


def _points(runs: Sequence[Run], message: Message, *, among_personal_data: bool) -> list[float]:
    """Return the points of each run; other names in the message help: "Iris en Hidde"."""
    points = [weigh(run, message) for run in runs]
    neighbours = [_coordinated(left, right, message) for left, right in pairwise(runs)]
    for index, beside in enumerate(neighbours):
        if beside and all(Part.UNKNOWN in runs[near].parts for near in (index, index + 1)):
            points[index] += _NEXT_TO_AN_UNKNOWN
            points[index + 1] += _NEXT_TO_AN_UNKNOWN
    if among_personal_data or any(total >= THRESHOLD for total in points):
        for index, run in enumerate(runs):
            capital = message.tokens[run.places[0]].capital
            unsure = bool(_UNSURE.intersection(run.parts)) or run.parts == (Part.SURNAME,)
            points[index] += _AMONG_PERSONS * (capital and unsure)
    _spread(points, neighbours)
    return points


def _spread(points: list[float], neighbours: Sequence[bool]) -> None:
    """Let each name help the one beside it, first to the right, then to the left."""
    for index, beside in enumerate(neighbours):
        if beside and points[index] >= THRESHOLD > points[index + 1]:
            points[index + 1] += _NEXT_TO_A_NAME
    for index in range(len(neighbours) - 1, -1, -1):
        if neighbours[index] and points[index + 1] >= THRESHOLD > points[index]:
            points[index] += _NEXT_TO_A_NAME


def _coordinated(left: Run, right: Run, message: Message) -> bool:
    """Tell whether only "en", a comma or the like stands between two runs."""
    between = message.tokens[left.end : right.start]
    return 0 < len(between) <= _MOST_BETWEEN and all(
        token.folded in _COORDINATION for token in between
    )


def _repeated(chosen: Sequence[Run], message: Message, free: Sequence[bool]) -> list[Run]:
    """Return other mentions of the names that were found: "Esra zegt dat … en esra …"."""
    known = frozenset(
        without_ending(message.folded(place), lexicon().first_names)
        for run in chosen
        for place, part in zip(run.places, run.parts, strict=True)
        if part in _REPEATED and message.tokens[place].kind is Kind.WORD
    )
    taken = {place for run in chosen for place in range(run.start, run.end)}
    return [
        Run(place, place + 1, (place,), (Part.FIRST,))
        for place, token in enumerate(message.tokens)
        if free[place] and place not in taken and len(token.folded) >= _SHORTEST_REPEATED
        if without_ending(token.folded, known) in known
        if token.capital or message.parts[place] is not Part.WORDY_FIRST
    ]


def _span(run: Run, message: Message) -> Span:
    """Return the characters of a name, with the courtesy title before it: "mevr. v.d. Heuvel"."""
    start = run.start
    courtesy = context("courtesy")
    if message.folded(start - 1) == "." and message.folded(start - 2) in courtesy:
        start -= 2
    elif message.folded(start - 1) in courtesy:
        start -= 1
    return Span(message.tokens[start].start, message.tokens[run.end - 1].end, "person")
