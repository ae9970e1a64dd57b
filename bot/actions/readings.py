"""The likeliest readings of a message that was not understood, as buttons in plain words."""

from typing import Any

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


def readings_of(ranking: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return a button for each of the two likeliest intents that make sense on their own."""
    likely = [entry["name"] for entry in ranking if entry["name"] in PLAIN_WORDS]
    shown = likely[:SHOWN] or ["start_quickscan", "help"]
    return [{"title": PLAIN_WORDS[intent], "payload": f"/{intent}"} for intent in shown]
