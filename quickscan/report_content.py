"""What a report says, for whatever form it takes: a page, a document, a PDF.

The order is that of a meeting: what stands out, per theme, what to do next; all answers at the end.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from quickscan.outcome import Outcome, answer_to, outcome_of
from quickscan.questionnaire import Question
from quickscan.report import SPOKEN, STATUS, municipality_name
from quickscan.scan import Answer, Mode, Scan

NO_SCORE = (
    "De quickscan geeft geen cijfer. Bespreek de uitkomst per onderdeel met de mensen die erbij "
    "betrokken zijn, en bepaal samen de vervolgstappen."
)

_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Control codes and what is no character: Word does not open a file with them."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Something to read: a knowledge item, or a source."""

    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """One question with its answer, and what can be done with it."""

    number: int
    theme: str
    question: str
    answer: str
    reason: str | None
    explanation: str
    why: str
    next_step: str | None
    references: list[Reference]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that came out alike, such as the strengths."""

    id: str
    title: str
    meaning: str
    points: list[Point]

    @property
    def by_theme(self) -> list[tuple[str, list[Point]]]:
        """The points in the order of their questions, with the theme that they belong to."""
        return [
            (theme, list(points)) for theme, points in groupby(self.points, attrgetter("theme"))
        ]


@dataclass(frozen=True, slots=True)
class Profile:
    """How often each answer was given within a theme, in the order of `answers`."""

    theme: str
    counts: list[int]


@dataclass(frozen=True, slots=True)
class Extra:
    """What else was made in the same conversation: a walked checklist, an evaluation plan.

    `parts` has a title and lines for each part.
    """

    title: str
    parts: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A whole report."""

    title: str
    municipality: str
    status: str
    started_at: datetime
    completed_at: datetime | None
    version: str
    wording: str
    source: Reference
    answers: list[str]
    totals: list[int]
    profiles: list[Profile]
    groups: list[Group]
    points: list[Point]
    extras: list[Extra]

    @property
    def date(self) -> str:
        """The date of the outcome, as people write it."""
        return f"{self.completed_at or self.started_at:%d-%m-%Y}"

    @property
    def summary(self) -> str:
        """The outcome in one sentence."""
        told = [f"{group.title.lower()}: {len(group.points)}" for group in self.groups]
        return f"Van de {len(self.points)} vragen: {', '.join(told)}."


def report_content(
    scan: Scan, knowledge: Mapping[str, Reference], extras: Sequence[Extra] = ()
) -> ReportContent:
    """Return what the report of `scan` says.

    `knowledge` has the items that steps refer to; `extras` is what else goes with the report.
    """
    outcome = outcome_of(scan)
    steps = {step.question: step.text for step in outcome.next_steps}
    points = [
        _point(scan, question, steps.get(question.number), knowledge)
        for question in scan.questionnaire.questions
    ]
    return ReportContent(
        title=scan.questionnaire.title,
        municipality=municipality_name(scan),
        status=STATUS[scan.status],
        started_at=scan.started_at,
        completed_at=scan.completed_at,
        version=scan.questionnaire.version,
        wording=scan.questionnaire.wording,
        source=Reference("Toelichting bij de quickscan", scan.questionnaire.source_url),
        answers=[SPOKEN[answer] for answer in Answer],
        totals=[outcome.totals[answer] for answer in Answer],
        profiles=[
            Profile(profile.theme.title, [profile.counts[answer] for answer in Answer])
            for profile in outcome.themes
        ],
        groups=_groups(scan, outcome, points),
        points=points,
        extras=[
            Extra(
                _text(extra.title),
                [(title, list(map(_text, lines))) for title, lines in extra.parts],
            )
            for extra in extras
        ],
    )


def _point(
    scan: Scan, question: Question, step: str | None, knowledge: Mapping[str, Reference]
) -> Point:
    given = scan.answers.get(question.number)
    building = scan.mode is Mode.BUILDING_BLOCKS
    return Point(
        number=question.number,
        theme=question.theme.title,
        question=question.building_block if building else question.question,
        answer=SPOKEN[answer_to(scan, question.number)],
        reason=_text(given.explanation) if given and given.explanation else None,
        explanation=question.explanation,
        why=question.why,
        next_step=step,
        references=[knowledge[item] for item in question.knowledge if item in knowledge],
    )


def _text(typed: str) -> str:
    return _NO_TEXT.sub(" ", typed)


def _groups(scan: Scan, outcome: Outcome, points: list[Point]) -> list[Group]:
    building = scan.mode is Mode.BUILDING_BLOCKS
    titles = (
        ("Al geregeld", "Nog te regelen", "Nog uit te zoeken")
        if building
        else ("Sterke punten", "Verbeterpunten", "Blinde vlekken")
    )
    meanings = (
        "Beantwoord met ja.",
        "Beantwoord met deels of nee.",
        "Beantwoord met weet ik niet, of open gelaten.",
    )
    numbers = (outcome.strengths, outcome.improvements, outcome.blind_spots)
    ids = ("sterk", "verbeter", "blind")
    return [
        Group(group_id, title, meaning, [point for point in points if point.number in among])
        for group_id, title, meaning, among in zip(ids, titles, meanings, numbers, strict=True)
    ]
