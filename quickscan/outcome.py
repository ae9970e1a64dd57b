"""What a scan says: counts per theme, strengths, improvements, blind spots and next steps.

There is no score, grade or threshold, because the sources have none (gaten.md, part 4).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from quickscan.questionnaire import Questionnaire, Theme
from quickscan.scan import Answer, GivenAnswer, Scan

SCHEMA_VERSION = "1.0"

_STRENGTH = {Answer.YES}
_IMPROVEMENT = {Answer.PARTLY, Answer.NO}
_BLIND_SPOT = {Answer.UNKNOWN, Answer.SKIPPED}


@dataclass(frozen=True, slots=True)
class ThemeProfile:
    """How often each answer was given within a theme."""

    theme: Theme
    questions: list[int]
    counts: dict[Answer, int]


@dataclass(frozen=True, slots=True)
class NextStep:
    """A first step for one question, with the knowledge that helps."""

    question: int
    text: str
    knowledge: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a scan, as far as it got."""

    themes: list[ThemeProfile]
    strengths: list[int]
    improvements: list[int]
    blind_spots: list[int]
    next_steps: list[NextStep]

    @property
    def totals(self) -> dict[Answer, int]:
        """How often each answer was given in the whole scan."""
        return {answer: sum(profile.counts[answer] for profile in self.themes) for answer in Answer}


def outcome_of(scan: Scan) -> Outcome:
    """Work out the outcome. A question that was never put counts as left open."""
    return Outcome(
        themes=[_profile(scan, theme) for theme in scan.questionnaire.themes],
        strengths=_numbers(scan, _STRENGTH),
        improvements=_numbers(scan, _IMPROVEMENT),
        blind_spots=_numbers(scan, _BLIND_SPOT),
        next_steps=_next_steps(scan),
    )


def result_of(scan: Scan) -> dict[str, Any]:
    """Return the scan as contracts/quickscan-result.schema.json describes it."""
    outcome = outcome_of(scan)
    return {
        "schema_version": SCHEMA_VERSION,
        "result_id": scan.id,
        "session_id": scan.session_id,
        "questionnaire": _questionnaire(scan.questionnaire),
        "mode": scan.mode.value,
        "status": scan.status.value,
        "municipality": _municipality(scan),
        "channel": scan.channel,
        "started_at": _iso(scan.started_at),
        "updated_at": _iso(scan.updated_at),
        "completed_at": _iso(scan.completed_at) if scan.completed_at else None,
        "answers": [_answer(scan, number, given) for number, given in sorted(scan.answers.items())],
        "themes": [_theme(profile) for profile in outcome.themes],
        "strengths": outcome.strengths,
        "improvements": outcome.improvements,
        "blind_spots": outcome.blind_spots,
        "next_steps": [_next_step(step) for step in outcome.next_steps],
        "shared_for_benchmark": scan.shared_for_benchmark,
    }


def answer_to(scan: Scan, number: int) -> Answer:
    """Return the answer to question `number`; one that was never put is left open."""
    given = scan.answers.get(number)
    return given.answer if given else Answer.SKIPPED


def _numbers(scan: Scan, among: set[Answer]) -> list[int]:
    return [q.number for q in scan.questionnaire.questions if answer_to(scan, q.number) in among]


def _profile(scan: Scan, theme: Theme) -> ThemeProfile:
    numbers = scan.questionnaire.numbers_of(theme)
    given = [answer_to(scan, number) for number in numbers]
    return ThemeProfile(theme, numbers, {answer: given.count(answer) for answer in Answer})


def _next_steps(scan: Scan) -> list[NextStep]:
    """Return a step for every question without a ja; "nee" first: there a building block lacks."""
    order = [Answer.NO, Answer.PARTLY, Answer.UNKNOWN, Answer.SKIPPED]
    ranked = [
        (order.index(answer_to(scan, question.number)), question)
        for question in scan.questionnaire.questions
        if answer_to(scan, question.number) in order
    ]
    ranked.sort(key=lambda pair: (pair[0], pair[1].number))
    return [
        NextStep(
            question.number,
            question.next_steps.get(answer_to(scan, question.number), "")
            or question.next_steps[Answer.UNKNOWN],
            question.knowledge,
        )
        for _, question in ranked
    ]


def _questionnaire(questionnaire: Questionnaire) -> dict[str, Any]:
    return {
        "id": questionnaire.id,
        "version": questionnaire.version,
        "question_count": questionnaire.count,
    }


def _municipality(scan: Scan) -> dict[str, str] | None:
    if scan.municipality is None:
        return None
    return {"code": scan.municipality.code, "name": scan.municipality.name}


def _answer(scan: Scan, number: int, given: GivenAnswer) -> dict[str, Any]:
    return {
        "question": number,
        "theme": scan.questionnaire.question(number).theme.id,
        "answer": given.answer.value,
        "explanation": given.explanation,
        "answered_at": _iso(given.answered_at),
    }


def _theme(profile: ThemeProfile) -> dict[str, Any]:
    return {
        "id": profile.theme.id,
        "title": profile.theme.title,
        "questions": profile.questions,
        "counts": {answer.value: count for answer, count in profile.counts.items()},
    }


def _next_step(step: NextStep) -> dict[str, Any]:
    return {"questions": [step.question], "text": step.text, "knowledge_ids": list(step.knowledge)}


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
