"""The likeliest readings of a message that was not understood, as buttons in plain words."""

from typing import Any

from bot.actions.knowledge import PERSON

PLAIN_WORDS = {
    "start_quickscan": "De quickscan doen",
    "resume_quickscan": "Verder met mijn quickscan",
    "show_result": "De uitkomst van mijn quickscan zien",
    "evaluate_intervention": "Weten hoe je een interventie evalueert",
    "find_knowledge": "Lessen, stappen of een checklist zoeken",
    "ask_definition": "Weten wat een woord betekent",
    "ask_offer": "Weten wie kan ondersteunen",
    "start_checklist": "Een checklist samen nalopen",
    "request_advice": "Een adviseur van ESS spreken",
    "report_concern": "Een zorg over iemand melden",
    "ask_privacy": "Weten wat er met je gegevens gebeurt",
    "delete_data": "Je gegevens laten verwijderen",
    "help": "Zien wat deze assistent kan",
}
SHOWN = 2
_PERHAPS = 0.1  # a chance at which danger is not left unsaid


def readings_of(ranking: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return a button for each of the two likeliest intents that make sense on their own."""
    likely = [entry["name"] for entry in ranking if entry["name"] in PLAIN_WORDS]
    shown = likely[:SHOWN] or ["start_quickscan", "help"]
    return [{"title": PLAIN_WORDS[intent], "payload": f"/{intent}"} for intent in shown]


def readings_or_person(ranking: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the likeliest readings, and a person to turn to when none of them leads to one."""
    readings = readings_of(ranking)
    leads_to_one = any(button["payload"] == PERSON["payload"] for button in readings)
    return readings if leads_to_one else [*readings, PERSON]


def may_be_emergency(ranking: list[dict[str, Any]]) -> bool:
    """Tell whether danger is among the readings, however unlikely."""
    return any(
        entry["name"] == "report_emergency" and entry["confidence"] >= _PERHAPS for entry in ranking
    )
