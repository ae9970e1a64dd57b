"""What a turn means, knowing what waits for an answer and what was spoken of."""

from contextlib import suppress

from advice.intake import Intake
from bot.actions.advice_meaning import intent_in_advice
from bot.actions.follow_ups import (
    asks_about_question,
    asks_cost_or_duration,
    asks_grade,
    circumstance_in,
    follows_concern,
    goes_on,
    part_asked_for,
    wants_plan,
    wants_walk,
)
from bot.actions.topics import (
    ASKING_GOAL,
    CHOOSING_LIST,
    CONCERN,
    DELETING,
    EMERGENCY,
    GUIDING,
    NOT_SURE,
    PLANNING,
    Topic,
)
from bot.actions.turn import GUIDED, Turn
from bot.nlu.context import ANSWERS, leading_answer, read_in_context
from checklists.course import Run
from checklists.session import Waiting
from checklists.verdicts import verdict_in
from knowledge.answering import ask
from knowledge.municipalities import municipalities
from quickscan.resume_codes import find_code
from quickscan.scan import Scan, Stage
from storage.database import NothingLoadedError

# What a user can say at any moment; "pauze" is never a misspelt municipality.
COMMANDS = {
    "cancel",
    "pause_quickscan",
    "restart_quickscan",
    "skip_question",
    "previous_question",
    "delete_data",
    "help",
    "report_emergency",
}
# What asks for something of its own, also while the evaluation guide waits for an answer.
SPECIFIC = {"find_knowledge", "ask_definition", "ask_offer", "start_checklist", "request_advice"}
_PASSED_BY = {"skip_question", "deny", "dont_know"}
_UNDERSTOOD_AS_IT_IS = COMMANDS | {"report_concern", "start_quickscan", "resume_quickscan"}
_NO_GOALS = {
    "cancel",
    "delete_data",
    "help",
    "report_emergency",
    "report_concern",
    "goodbye",
    "bot_challenge",
    "ask_privacy",
    "previous_question",
}
# "ja", "bij wie dan?" after 112 or a concern: that is what it is about, not what was asked before.
AFTER_EMERGENCY = "after_emergency"
AFTER_CONCERN = "after_concern"
_FEW_WORDS = 5
_NOT_UNDERSTOOD = ("nlu_fallback", "out_of_scope")
# When what seems out of scope is in the knowledge store after all (docs/search.md).
_ABOUT_KNOWLEDGE = {"find_knowledge", "ask_definition", "ask_offer", "evaluate_intervention"}
_PERHAPS_KNOWLEDGE = 0.1
_KNOWN = 0.2


def intent_in_context(turn: Turn, pending: Waiting | None) -> str:
    """Return the intent of the turn, knowing what waits for an answer.

    What is typed after a failure may be the same answer again. Had it been stored, then it would
    be taken as the answer to a question that the user has not seen: first show where we are.
    """
    meant = _intent_with(turn, pending)
    may_be_again = turn.topic.asking == NOT_SURE and meant in (*ANSWERS, "inform")
    return "show_progress" if pending and may_be_again else meant


def _intent_with(turn: Turn, pending: Waiting | None) -> str:
    if isinstance(pending, Intake):
        return intent_in_advice(turn, pending)
    if meant := _intent_anywhere(turn):
        return meant
    if isinstance(pending, Run):
        return _intent_in_checklist(turn)
    if isinstance(pending, Scan):
        return _intent_in_scan(turn, pending)
    return _intent_in_talk(turn)


def _intent_anywhere(turn: Turn) -> str | None:
    """Return the intent of a turn that means the same whatever waits; None for other turns."""
    if find_code(turn.text):
        return "resume_quickscan"
    if after := _after_danger(turn):
        return after
    if _asks_for_knowledge(turn):
        return "find_knowledge"
    if turn.intent in ("find_knowledge", "inform") and wants_walk(turn.text):
        return "start_checklist"
    answers = turn.intent not in SPECIFIC and GUIDED & turn.entities.keys()
    return "start_checklist" if turn.topic.asking == CHOOSING_LIST and answers else None


def _asks_for_knowledge(turn: Turn) -> bool:
    """Tell whether the turn asks what the store says, whatever it seems to be about."""
    if turn.intent == "show_result":
        return asks_grade(turn.text)
    if turn.intent == "evaluate_intervention" and asks_cost_or_duration(turn.text):
        return True
    about_question = turn.question_number is not None and asks_about_question(turn.text)
    return turn.asks_more or about_question


def _after_danger(turn: Turn) -> str | None:
    """Return what the turn is when it goes on about the danger or the concern just told."""
    asking = turn.topic.asking
    if turn.is_button or asking not in (EMERGENCY, CONCERN) or turn.intent == "report_emergency":
        return None
    if asking == EMERGENCY and turn.intent in (*ANSWERS, "help"):
        return AFTER_EMERGENCY
    if not follows_concern(turn.text):
        return None
    return AFTER_EMERGENCY if asking == EMERGENCY else AFTER_CONCERN


def _intent_in_scan(turn: Turn, pending: Scan) -> str:
    """Return the intent of the turn while a scan waits for an answer."""
    if pending.stage is Stage.MUNICIPALITY and turn.intent not in COMMANDS:
        named = municipalities().recognise(turn.text).candidates
        return "inform" if named else turn.intent
    if turn.question_number is not None and turn.intent in _NOT_UNDERSTOOD:
        return "inform"
    guiding = turn.topic.asking in (GUIDING, PLANNING)
    if guiding and turn.answers_guide and turn.intent not in _UNDERSTOOD_AS_IT_IS:
        return "inform"
    meant = read_in_context(turn.text, turn.ranking, pending=True)
    if meant == "request_advice" and leading_answer(turn.text):
        return "nlu_fallback"  # "ja, kan ik ook een collega laten meekijken?": an answer and more
    asks_on = meant == "inform" and GUIDED & turn.entities.keys() and turn.text.endswith("?")
    return "find_knowledge" if asks_on else meant


def _intent_in_talk(turn: Turn) -> str:
    """Return the intent of the turn while no scan and no checklist waits."""
    topic = turn.topic
    if topic.asking == DELETING and turn.intent == "affirm":
        return "delete_data"
    if _is_about_plan(turn):
        return "evaluate_intervention"
    as_it_is = turn.intent in _UNDERSTOOD_AS_IT_IS or topic == Topic(more=topic.more)
    asks_part = not as_it_is and topic.is_cell and part_asked_for(turn.text)
    if asks_part or _is_known_after_all(turn):
        return "find_knowledge"
    if as_it_is:
        return turn.intent
    if _goes_on_with_guide(turn):
        return "evaluate_intervention"
    return _answer_to_guide(turn)


def _is_known_after_all(turn: Turn) -> bool:
    """Tell whether the store has what was not understood, or what answers no question.

    "hoe zet ik een signaleringsstructuur op?" seems out of scope to a model that never saw the
    word; "wij hebben nog niks, we zijn klein" says no to nothing that was asked.
    """
    if turn.is_button or turn.topic.asking:
        return False
    shares = (float(row["confidence"]) for row in turn.ranking if row["name"] in _ABOUT_KNOWLEDGE)
    answers_nothing = turn.intent in ANSWERS and len(turn.text.split()) > _FEW_WORDS
    perhaps = turn.intent in _NOT_UNDERSTOOD and sum(shares) >= _PERHAPS_KNOWLEDGE
    if not (perhaps or answers_nothing):
        return False
    with suppress(NothingLoadedError):
        return any(hit.score >= _KNOWN for hit in ask(turn.text).hits[:1])
    return False


def _answer_to_guide(turn: Turn) -> str:
    return "inform" if turn.intent not in SPECIFIC and turn.answers_guide else turn.intent


def _goes_on_with_guide(turn: Turn) -> bool:
    """Tell whether the turn asks more of the guide, or says how things stand."""
    topic = turn.topic
    if part_asked_for(turn.text):
        return True
    if circumstance_in(turn.text) and (topic.evaluating or topic.evaluation_type):
        return True
    return turn.intent in ("find_knowledge", "inform") and _asks_for_advice(turn)


def _is_about_plan(turn: Turn) -> bool:
    """Tell whether the turn asks for an evaluation plan, or gives its goal."""
    asks_something = turn.intent in SPECIFIC and turn.text.rstrip().endswith("?")
    if turn.topic.asking == ASKING_GOAL:
        kept = turn.intent in _NO_GOALS or "scan" in turn.text.lower()
        return turn.intent in _PASSED_BY or not (kept or asks_something)
    own = turn.intent in _UNDERSTOOD_AS_IT_IS | {"ask_definition", "ask_offer"}
    return wants_plan(turn.text) and not own and "content_kind" not in turn.entities


def _asks_for_advice(turn: Turn) -> bool:
    """Tell whether the turn asks what was just advised, for another cell: "en voor theater?"."""
    names = GUIDED & turn.entities.keys() and "content_kind" not in turn.entities
    topic = turn.topic.with_entities(turn.entities)
    advised = topic.is_cell and topic.content_kind is None
    short = len(turn.text.split()) <= _FEW_WORDS
    return bool(names) and advised and short and goes_on(turn.text, turn.entities, turn.topic)


def _intent_in_checklist(turn: Turn) -> str:
    """Return the intent of the turn while a point of a checklist waits for a verdict."""
    if verdict_in(turn.text):
        return "inform"
    return read_in_context(turn.text, turn.ranking, pending=True)
