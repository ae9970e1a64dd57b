"""What a message means, given what was just asked.

While a question of the quickscan is pending, a message that could be an answer is one: "het staat
in het IVP" or "theater hebben we niet" is not a question for knowledge then. Questions, commands,
concerns and emergencies keep their meaning.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.nlu.contract import FALLBACK
from knowledge.words import fold, words_of

ANSWERS: Final = ("affirm", "deny", "partly", "dont_know")

_KEPT: Final = frozenset(
    {
        "explain_question",
        "previous_question",
        "change_answer",
        "skip_question",
        "show_progress",
        "pause_quickscan",
        "restart_quickscan",
        "cancel",
        "help",
        "ask_privacy",
        "delete_data",
        "report_concern",
        "report_emergency",
        "bot_challenge",
    }
)
"""What is meant mid-scan as it is meant elsewhere, unless the message opens like an answer."""

_LEADING: Final = {
    "partly": ("deels", "gedeeltelijk", "ten dele", "voor een deel", "half", "ja en nee", "ja maar", "nee maar wel"),
    "dont_know": ("weet niet", "weet ik niet", "geen idee", "ik weet het niet", "geen flauw idee"),
    "deny": ("nee", "neen", "nope"),
    "affirm": ("ja", "jazeker", "jawel", "jep", "yes"),
}
_STRONG: Final = 0.5
_LIKELY_ANSWER: Final = 0.12
_CONFIDENT: Final = 0.6
_QUESTION: Final = re.compile(r"\?\s*$")


def read_in_context(
    text: str, intent_ranking: Sequence[Mapping[str, Any]], *, pending: bool
) -> str:
    """Return the intent of `text`, given Rasa's ranking and whether a scan question is pending.

    Without a pending question this is the first intent of the ranking. The ranking is a sequence of
    `{"name", "confidence"}`, best first.
    """
    first = str(intent_ranking[0]["name"]) if intent_ranking else FALLBACK
    if not pending or first in ANSWERS:
        return first
    confidence = {str(row["name"]): float(row["confidence"]) for row in intent_ranking}
    opening = leading_answer(text)
    if opening and confidence.get(first, 0.0) < _CONFIDENT:
        return opening
    answer = max(ANSWERS, key=lambda name: confidence.get(name, 0.0))
    return first if first in _KEPT or _QUESTION.search(text) else _weigh(first, answer, confidence)


def _weigh(first: str, answer: str, confidence: Mapping[str, float]) -> str:
    if confidence.get(answer, 0.0) >= _LIKELY_ANSWER and confidence.get(first, 0.0) < _STRONG:
        return answer
    return first


def leading_answer(text: str) -> str | None:
    """Return the answer that the first words of `text` give, or None when they give none."""
    opening = " ".join(word.folded for word in words_of(fold(text))[:4])
    for intent, phrases in _LEADING.items():
        if any(opening == phrase or opening.startswith(phrase + " ") for phrase in phrases):
            return intent
    return None
