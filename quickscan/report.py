"""A scan's result as text for people, or as rows for a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from quickscan.outcome import answer_to, outcome_of
from quickscan.scan import Answer, Mode, Scan

SPOKEN = {
    Answer.YES: "ja",
    Answer.PARTLY: "deels",
    Answer.NO: "nee",
    Answer.UNKNOWN: "weet ik niet",
    Answer.SKIPPED: "open",
}
STATUS = {
    "in_progress": "loopt",
    "paused": "gepauzeerd",
    "completed": "afgerond",
    "cancelled": "gestopt",
}
CSV_COLUMNS = [
    "result_id",
    "municipality_code",
    "municipality",
    "mode",
    "status",
    "started_at",
    "completed_at",
    "questionnaire_version",
    "question",
    "theme",
    "answer",
    "explanation",
]


def municipality_name(scan: Scan) -> str:
    """Return the name of the scan's municipality, or that it was left unsaid."""
    return scan.municipality.name if scan.municipality else "gemeente niet genoemd"


def list_line(scan: Scan) -> str:
    """Return a scan as one line of a list."""
    answered = scan.questionnaire.count - len(scan.unanswered) - len(scan.skipped)
    return (
        f"{scan.id}  {scan.started_at:%Y-%m-%d}  {STATUS[scan.status]:<10}  "
        f"{answered:>2}/{scan.questionnaire.count}  {municipality_name(scan)}"
    )


def text_report(scan: Scan) -> str:
    """Return the whole result as plain text in Dutch."""
    parts = [_heading(scan), _profile(scan), *_lists(scan), _answers(scan), _wording(scan)]
    return "\n\n".join(part for part in parts if part) + "\n"


def csv_report(scans: Iterable[Scan]) -> str:
    """Return one row per scan and question, with a heading."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for scan in scans:
        writer.writerows(_csv_rows(scan))
    return out.getvalue()


def _heading(scan: Scan) -> str:
    finished = f", afgerond {scan.completed_at:%d-%m-%Y}" if scan.completed_at else ""
    return (
        f"{scan.questionnaire.title}\n{municipality_name(scan)}, {STATUS[scan.status]}\n"
        f"Begonnen {scan.started_at:%d-%m-%Y}{finished}; vragenlijst {scan.questionnaire.version}"
    )


def _profile(scan: Scan) -> str:
    lines = [f"{'Thema':<20}" + "".join(f"{SPOKEN[answer]:>14}" for answer in Answer)]
    for profile in outcome_of(scan).themes:
        counts = "".join(f"{profile.counts[answer]:>14}" for answer in Answer)
        lines.append(f"{profile.theme.title:<20}{counts}")
    return "\n".join(lines)


def _lists(scan: Scan) -> list[str]:
    outcome = outcome_of(scan)
    building = scan.mode is Mode.BUILDING_BLOCKS
    titles = (
        ("Al geregeld", "Nog te regelen", "Nog uit te zoeken")
        if building
        else ("Sterke punten", "Verbeterpunten", "Blinde vlekken")
    )
    lists = (outcome.strengths, outcome.improvements, outcome.blind_spots)
    told = [_question_list(scan, *pair) for pair in zip(titles, lists, strict=True)]
    steps = [f"- Vraag {step.question}: {step.text}" for step in outcome.next_steps]
    return [*told, "\n".join(["Volgende stappen", *steps]) if steps else ""]


def _question_list(scan: Scan, title: str, numbers: list[int]) -> str:
    if not numbers:
        return ""
    questions = [f"- {n}. {scan.questionnaire.question(n).question}" for n in numbers]
    return "\n".join([title, *questions])


def _answers(scan: Scan) -> str:
    lines = ["Alle antwoorden"]
    for question in scan.questionnaire.questions:
        given = scan.answers.get(question.number)
        reason = f" ({given.explanation})" if given and given.explanation else ""
        answer = SPOKEN[answer_to(scan, question.number)]
        lines.append(f"- {question.number}. {question.question} {answer}{reason}")
    return "\n".join(lines)


def _wording(scan: Scan) -> str:
    return f"{scan.questionnaire.wording}\nBron: {scan.questionnaire.source_url}"


def _csv_rows(scan: Scan) -> list[list[str]]:
    fixed = [
        scan.id,
        scan.municipality.code if scan.municipality else "",
        scan.municipality.name if scan.municipality else "",
        scan.mode.value,
        scan.status.value,
        scan.started_at.isoformat(timespec="seconds"),
        scan.completed_at.isoformat(timespec="seconds") if scan.completed_at else "",
        scan.questionnaire.version,
    ]
    rows = []
    for number, given in sorted(scan.answers.items()):
        theme = scan.questionnaire.question(number).theme.id
        reason = harmless(given.explanation or "")
        rows.append([*fixed, str(number), theme, given.answer.value, reason])
    return rows


def harmless(text: str) -> str:
    """Keep a spreadsheet from reading a user's text as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
