"""Ready-made questionnaires, scans and answers for the tests."""

from datetime import UTC, datetime
from typing import Any

from quickscan.questionnaire import Questionnaire, parse_questionnaire
from quickscan.scan import Answer, GivenAnswer, Scan

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SESSION = "a" * 64
OTHER_SESSION = "b" * 64
SCAN_ID = "11111111-2222-4333-8444-555555555555"
THEMES = ("visie", "aanbod", "borging")


def questionnaire_content(count: int = 6, version: str = "1.0") -> dict[str, Any]:
    """Return a questionnaire of `count` questions in three themes, as its content file has it."""
    return {
        "id": "quickscan-test",
        "version": version,
        "title": "Quickscan voor de tests",
        "wording": "Deze vragen zijn alleen voor de tests geschreven.",
        "source": {"title": "De toelichting", "url": "https://example.org/scan", "seed": "003"},
        "themes": [{"id": theme, "title": theme.capitalize()} for theme in THEMES],
        "questions": [_question(number, count) for number in range(1, count + 1)],
    }


def a_questionnaire(count: int = 6, version: str = "1.0") -> Questionnaire:
    """Return a questionnaire of `count` questions."""
    return parse_questionnaire(questionnaire_content(count, version))


def a_scan(count: int = 6, **changes: Any) -> Scan:  # noqa: ANN401 - a scan's fields differ
    """Return a scan that was just begun, with a questionnaire of `count` questions."""
    values = {
        "id": SCAN_ID,
        "session_id": SESSION,
        "channel": "rest",
        "questionnaire": a_questionnaire(count),
        "started_at": NOW,
        "updated_at": NOW,
    }
    return Scan(**{**values, **changes})


def given(answer: Answer, explanation: str | None = None) -> GivenAnswer:
    """Return an answer given now."""
    return GivenAnswer(answer, explanation, NOW)


def _question(number: int, count: int) -> dict[str, Any]:
    return {
        "number": number,
        "theme": THEMES[(number - 1) * len(THEMES) // count],
        "question": f"Is onderdeel {number} bij jullie helemaal geregeld?",
        "building_block": f"Is al bedacht hoe onderdeel {number} eruit komt te zien?",
        "explanation": f"Dit is de uitleg bij onderdeel {number} van de aanpak.",
        "why": f"Zonder onderdeel {number} mist er iets in de aanpak.",
        "good_practice": f"Onderdeel {number} staat op papier en iedereen kent het.",
        "next_steps": {
            "deels": f"Maak onderdeel {number} samen af met wie het kent.",
            "nee": f"Begin met een eerste versie van onderdeel {number}.",
            "weet_niet": f"Vraag na hoe het zit met onderdeel {number}.",
        },
        "explained_with": [number],
        "knowledge": [f"item-{number}"],
    }
