"""What a turn means while a request for advice is being made."""

import re
from datetime import UTC, datetime

from advice.intake import Intake, Step
from advice.reading import contact_in, support_in, urgency_in
from bot.actions.topics import DROPPING
from bot.actions.turn import Turn
from bot.nlu.context import leading_answer, read_in_context
from bot.nlu.contract import FALLBACK
from knowledge.municipalities import municipalities

_CONCERNS = ("report_concern", "report_emergency")
_MAY_BE_CONCERN = 0.1
_PERSON = re.compile(
    r"\b(?:een|mijn|onze|ons|die|deze|dit|dat) (?:leerling|jongen|meisje|jongere|kind|student|man|"
    r"vrouw|zoon|dochter|broer|zus|neef|nicht|vader|moeder|buurman|buurvrouw|collega|vriendin?|"
    r"klant|cli[eë]nt|deelnemer|bewoner|inwoner|gezin|persoon)\b|"
    r"\b(?:iemand die|hij|hem|haar|zijn (?:ouders|vrienden|gezin))\b",
    re.IGNORECASE,
)
_LONG = 5  # words; so many are no mere term: "hij zegt dat hij morgen iets gaat doen"
# What does not answer the question after the subject, when the reading is this certain.
_NO_SUBJECT = {
    *("cancel", "pause_quickscan", "goodbye", "skip_question", "previous_question", "delete_data"),
    *("help", "explain_question", "ask_privacy", "bot_challenge", "greet", "thank"),
    *("out_of_scope", "change_answer", "ask_definition", "resume_quickscan"),
}
_CERTAIN = 0.6
_VERY_CERTAIN = 0.95
_CLEARLY_STOPS = 0.9
_FEW = 3  # words: "de gemeente" while the summary is shown says what to change
_WHEN_DROPPING = {
    "affirm": "cancel",
    "cancel": "cancel",
    "delete_data": "cancel",
    "deny": "resume_quickscan",
}


def concern_in(turn: Turn) -> str | None:
    """Return as what kind of concern about a person the turn must be read; None when it is none.

    A request for advice may be one in disguise ("meedenken over een jongen die …"): then also when
    that is not the likeliest reading.
    """
    if turn.intent in _CONCERNS:
        return turn.intent
    found = {row["name"]: float(row["confidence"]) for row in turn.ranking}
    shares = {name: found.get(name, 0.0) for name in _CONCERNS}
    if sum(shares.values()) < _MAY_BE_CONCERN or not _PERSON.search(turn.text):
        return None
    return max(shares, key=lambda name: shares[name])


def intent_in_advice(turn: Turn, intake: Intake) -> str:
    """Return the intent of the turn while a question for a request waits for an answer."""
    if turn.intent in _CONCERNS and _is_told(turn):
        return turn.intent
    meant = read_in_context(turn.text, turn.ranking, pending=True)
    if turn.topic.asking == DROPPING and contact_in(turn.text) is None:
        said = leading_answer(turn.text) or meant
        if said in _WHEN_DROPPING:
            return _WHEN_DROPPING[said]
    if intake.step is Step.SUBJECT:
        return concern_in(turn) or _intent_as_subject(turn, intake)
    if answers := _intent_at(intake, turn):
        return answers
    return FALLBACK if meant in _CONCERNS else meant


def _intent_at(intake: Intake, turn: Turn) -> str | None:
    """Return the intent of a turn that answers what is asked, or names what is to be changed."""
    step = intake.step
    if step is Step.CONSENT and "affirm" in (turn.intent, leading_answer(turn.text)):
        return "affirm"  # with an address behind it, too
    if _reads(step, turn):
        return "inform"
    names_answer = step is Step.CONFIRM and len(turn.text.split()) <= _FEW
    changes = turn.intent == "change_answer" or (names_answer and intake.changes_in(turn.text))
    return "change_answer" if changes else None


def clearly_stops(turn: Turn) -> bool:
    """Tell whether the turn says beyond doubt that the request may be thrown away.

    "stop" does, or a button; "ok toch maar" or "doe maar iets anders" does not.
    """
    certain = turn.is_button or _certainty(turn) >= _CLEARLY_STOPS or "stop" in turn.text.lower()
    return certain or turn.topic.asking == DROPPING or turn.intent == "delete_data"


def _is_told(turn: Turn) -> bool:
    """Tell a concern from a few words that look like one, such as "bel me"; they are asked back."""
    plain = len(turn.text.split()) >= _LONG or _certainty(turn) >= _VERY_CERTAIN
    return plain and contact_in(turn.text) is None


def _intent_as_subject(turn: Turn, intake: Intake) -> str:
    """Take nearly everything as the subject; what seems off topic once is asked back."""
    insists = turn.intent == "out_of_scope" and intake.request.unclear
    off = turn.intent in _NO_SUBJECT and _certainty(turn) >= _CERTAIN and not insists
    return turn.intent if off else "inform"


def _certainty(turn: Turn) -> float:
    return float(turn.ranking[0]["confidence"]) if turn.ranking else 0.0


def _reads(step: Step, turn: Turn) -> bool:
    """Tell whether the turn answers what is asked, whatever it seems to mean by itself."""
    if step is Step.MUNICIPALITY:
        return bool(municipalities().recognise(turn.text).candidates)
    if step is Step.SUPPORT:
        return support_in(turn.text) is not None
    if step is Step.URGENCY:
        return urgency_in(turn.text, datetime.now(UTC).date()) is not None
    return step in (Step.CONSENT, Step.CONTACT) and contact_in(turn.text) is not None
