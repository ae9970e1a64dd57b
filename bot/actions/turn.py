"""What every action shares: the turn at hand, what is meant in context, and when storing fails."""

import hashlib
import logging
import re
import traceback
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.follow_ups import (
    asks_about_question,
    circumstance_in,
    goes_on,
    part_asked_for,
    wants_plan,
)
from bot.actions.speech import CHOICE, MISUNDERSTANDINGS, TOPIC, Speaker
from bot.actions.topics import Topic
from bot.nlu.context import read_in_context
from checklists.course import Run
from checklists.session import WorkSession, work_session
from checklists.verdicts import verdict_in
from knowledge.municipalities import municipalities
from quickscan.resume_codes import find_code
from quickscan.scan import Scan, Stage
from storage.database import DatabaseUnavailableError

logger = logging.getLogger(__name__)

KNOWLEDGE_ASK = "kennis:"
LIST_ASK = "lijst:"
PLAN_ASK = "plan:"
_FREE_ASKS = (KNOWLEDGE_ASK, LIST_ASK, PLAN_ASK)  # buttons that can be pressed at any moment
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
# What the topic's `asking` says: a list is being chosen, removing is to be confirmed.
CHOOSING_LIST = "lijst"
DELETING = "wissen"
PLANNING = "plan"  # an evaluation plan is wished for, and something of it is still to be known
ASKING_GOAL = "doel"
_PASSED_BY = {"skip_question", "deny", "dont_know"}
_UNDERSTOOD_AS_IT_IS = COMMANDS | {"report_concern", "start_quickscan", "resume_quickscan"}
_NO_GOALS = {"goodbye", "show_progress", "show_result", "bot_challenge", "ask_privacy"}
GUIDED = {"intervention", "moment", "evaluation_type"}  # what the evaluation guide asks for
_FEW_WORDS = 5
_NOT_UNDERSTOOD = ("nlu_fallback", "out_of_scope")
# A number that no question has is no question number to Rasa, but must be answered as one.
_OUT_OF_RANGE = re.compile(
    r"\bvraag\s+(?:nummer\s+|nr\.?\s*)?(-\d{1,9}|0{1,9}|\d{3,9})\b", re.IGNORECASE
)
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a user, as Rasa understood it.

    `text` is what may be read of it; `sent` is what came in, also when that was not let through.
    """

    session_id: str
    channel: str
    text: str
    sent: str
    intent: str
    ranking: list[dict[str, Any]]
    entities: dict[str, Any]
    slots: dict[str, Any]

    @property
    def ask(self) -> str | None:
        """The asking that a pressed button belongs to; None for any other message."""
        asked = str(self.entities.get("ask") or "")
        return None if asked.startswith(_FREE_ASKS) else asked.split(CHOICE)[0] or None

    @property
    def choice(self) -> str | None:
        """What a pressed button says beside its intent, such as "nvt"."""
        return str(self.entities.get("ask") or "").partition(CHOICE)[2] or None

    @property
    def knowledge_ask(self) -> tuple[str, int] | None:
        """The item and the page of it that a pressed button asks for."""
        asked = str(self.entities.get("ask") or "")
        parts = asked.removeprefix(KNOWLEDGE_ASK).split(":")
        is_one = asked.startswith(KNOWLEDGE_ASK) and len(parts) == 2 and parts[1].isdecimal()  # noqa: PLR2004
        return (parts[0], max(int(parts[1]), 1)) if is_one else None

    @property
    def misunderstandings(self) -> int:
        """How many messages in a row were not understood."""
        return int(self.slots.get(MISUNDERSTANDINGS) or 0)

    @property
    def topic(self) -> Topic:
        """What the conversation about knowledge is about."""
        return Topic.of_slot(self.slots.get(TOPIC))

    @property
    def is_button(self) -> bool:
        """Tell a pressed button from a typed message."""
        return self.text.startswith("/")

    @property
    def question_number(self) -> int | None:
        """The number of the question that the message names; there may be no such question."""
        if written := _OUT_OF_RANGE.search(self.text):
            return int(written.group(1))
        number = self.entities.get("question_number")
        return number if isinstance(number, int) else None


def read_turn(tracker: Tracker) -> Turn:
    """Make a turn of the tracker's latest message."""
    message = tracker.latest_message
    channel = tracker.get_latest_input_channel() or "rest"
    return Turn(
        session_id=session_id_of(channel, tracker.sender_id),
        channel=channel,
        text=_storable(message.get("text") or ""),
        sent=_sent_text(tracker),
        intent=(message.get("intent") or {}).get("name") or "nlu_fallback",
        ranking=message.get("intent_ranking") or [],
        entities={entity["entity"]: entity["value"] for entity in message.get("entities") or []},
        slots={name: tracker.get_slot(name) for name in (MISUNDERSTANDINGS, TOPIC)},
    )


def session_id_of(channel: str, sender_id: str) -> str:
    """Return the id under which a session's data is stored (contracts/interfaces.md, Identity)."""
    return hashlib.sha256(f"{channel}:{sender_id}".encode()).hexdigest()


def _sent_text(tracker: Tracker) -> str:
    """Return the latest message before the guard of the pipeline emptied what may not pass."""
    said = (event["text"] for event in reversed(tracker.events) if event["event"] == "user")
    return str(next(said, None) or "")


def _storable(text: str) -> str:
    """Leave out what no database can hold: NUL, and halves of a character."""
    return _UNSTORABLE.sub("", text)


class TurnAction(Action):
    """An action that answers one turn, in one transaction.

    A subclass names its Rasa action and the intents it answers, and says what it does in `respond`.
    The rules in bot/data/stories.yml choose by intent; knowing what the scan waits for, a message
    may turn out to mean something else ("ja, dat staat in het IVP"): then that action responds.
    """

    action_name: ClassVar[str] = ""
    intents: ClassVar[tuple[str, ...]] = ()
    intents_in_checklist: ClassVar[tuple[str, ...]] = ()
    by_intent: ClassVar[dict[str, "type[TurnAction]"]] = {}
    by_intent_in_checklist: ClassVar[dict[str, "type[TurnAction]"]] = {}

    def __init_subclass__(cls) -> None:
        """Register which intents the action answers; in a checklist some have another action."""
        TurnAction.by_intent.update(dict.fromkeys(cls.intents, cls))
        TurnAction.by_intent_in_checklist.update(dict.fromkeys(cls.intents_in_checklist, cls))

    def name(self) -> str:
        """Return the name in domain.yml."""
        return self.action_name

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer the latest message; what is said is only said when it was also stored."""
        del domain
        turn = read_turn(tracker)
        speaker = Speaker(dispatcher)
        try:
            with work_session(turn.session_id, turn.channel) as session:
                respond_in_context(turn, session, speaker)
                speaker.forget_question(turn.topic)
        except DatabaseUnavailableError as error:
            return _not_stored(dispatcher, str(error))
        except Exception as error:  # noqa: BLE001 - unanswered, Rasa would log all that was said
            return _not_stored(dispatcher, _place_of(error))
        return [
            SlotSet(name, value)
            for name, value in speaker.remembered.items()
            if value != turn.slots.get(name)
        ]

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Say what belongs to this turn, and change the session's scan where it asks for that."""
        raise NotImplementedError


def _not_stored(dispatcher: CollectingDispatcher, reason: str) -> list[dict[str, Any]]:
    """Take back what was going to be said, and say that nothing was stored."""
    logger.error("a turn was not stored: %s", reason)
    dispatcher.messages.clear()
    Speaker(dispatcher).say("utter_not_stored")
    return []


def _place_of(error: Exception) -> str:
    """Return what went wrong where; not the message, which may hold words of the user."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name}, {frame.filename}:{frame.lineno}"


def respond_in_context(turn: Turn, session: WorkSession, speaker: Speaker) -> None:
    """Let the action respond that the turn is meant for, knowing what waits for an answer."""
    pending = session.pending
    if turn.ask and (pending is None or turn.ask != pending.ask):
        speaker.say_stale_button(pending)
        return
    meant = turn if turn.is_button else replace(turn, intent=intent_in_context(turn, pending))
    actions = TurnAction.by_intent
    if isinstance(pending, Run):
        actions = {**actions, **TurnAction.by_intent_in_checklist}
    actions[meant.intent]().respond(meant, session, speaker)
    if session.scan and not speaker.has_asked:
        # Asked in between and not put again: a later "ja" must not remove or restart anything.
        session.scan.confirming = None


def intent_in_context(turn: Turn, pending: Scan | Run | None) -> str:
    """Return the intent of the turn, knowing what waits for an answer."""
    if find_code(turn.text):
        return "resume_quickscan"
    if turn.question_number is not None and asks_about_question(turn.text):
        return "find_knowledge"
    answers = turn.intent not in SPECIFIC and GUIDED & turn.entities.keys()
    if turn.topic.asking == CHOOSING_LIST and answers:
        return "start_checklist"
    if pending is None:
        return _intent_in_talk(turn)
    if isinstance(pending, Run):
        return _intent_in_checklist(turn)
    return _intent_in_scan(turn, pending)


def _intent_in_scan(turn: Turn, pending: Scan) -> str:
    """Return the intent of the turn while a scan waits for an answer."""
    if pending.stage is Stage.MUNICIPALITY and turn.intent not in COMMANDS:
        named = municipalities().recognise(turn.text).candidates
        return "inform" if named else turn.intent
    if turn.question_number is not None and turn.intent in _NOT_UNDERSTOOD:
        return "inform"
    meant = read_in_context(turn.text, turn.ranking, pending=True)
    asks_on = meant == "inform" and GUIDED & turn.entities.keys() and turn.text.endswith("?")
    return "find_knowledge" if asks_on else meant


def _intent_in_talk(turn: Turn) -> str:
    """Return the intent of the turn while no scan and no checklist waits."""
    topic = turn.topic
    if topic.asking == DELETING and turn.intent == "affirm":
        return "delete_data"
    if _is_about_plan(turn):
        return "evaluate_intervention"
    if turn.intent in _UNDERSTOOD_AS_IT_IS or topic == Topic():
        return turn.intent
    if topic.is_cell and part_asked_for(turn.text):
        return "find_knowledge"
    if _goes_on_with_guide(turn):
        return "evaluate_intervention"
    return _answer_to_guide(turn)


def _answer_to_guide(turn: Turn) -> str:
    answers = turn.intent not in SPECIFIC and GUIDED & turn.entities.keys()
    return "inform" if turn.topic.evaluating and answers else turn.intent


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
        kept = _UNDERSTOOD_AS_IT_IS | _NO_GOALS
        return turn.intent in _PASSED_BY or not (turn.intent in kept or asks_something)
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
