"""What every action shares: the turn at hand, what is meant in context, and when storing fails."""

import hashlib
import logging
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.speech import Speaker
from bot.nlu.context import read_in_context
from knowledge.municipalities import municipalities
from quickscan.resume_codes import find_code
from quickscan.scan import Scan, Stage
from quickscan.session import ScanSession, scan_session
from storage.database import DatabaseUnavailableError

logger = logging.getLogger(__name__)

MISUNDERSTANDINGS = "misunderstandings"
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


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a user, as Rasa understood it."""

    session_id: str
    channel: str
    text: str
    intent: str
    ranking: list[dict[str, Any]]
    entities: dict[str, Any]
    misunderstandings: int

    @property
    def ask(self) -> str | None:
        """The asking that a pressed button belongs to; None for a typed message."""
        return self.entities.get("ask")

    @property
    def is_button(self) -> bool:
        """Tell a pressed button from a typed message."""
        return self.text.startswith("/")

    @property
    def question_number(self) -> int | None:
        """The question that the message names."""
        number = self.entities.get("question_number")
        return number if isinstance(number, int) else None


def read_turn(tracker: Tracker) -> Turn:
    """Make a turn of the tracker's latest message."""
    message = tracker.latest_message
    channel = tracker.get_latest_input_channel() or "rest"
    return Turn(
        session_id=session_id_of(channel, tracker.sender_id),
        channel=channel,
        text=message.get("text") or "",
        intent=(message.get("intent") or {}).get("name") or "nlu_fallback",
        ranking=message.get("intent_ranking") or [],
        entities={entity["entity"]: entity["value"] for entity in message.get("entities") or []},
        misunderstandings=int(tracker.get_slot(MISUNDERSTANDINGS) or 0),
    )


def session_id_of(channel: str, sender_id: str) -> str:
    """Return the id under which a session's data is stored (contracts/interfaces.md, Identity)."""
    return hashlib.sha256(f"{channel}:{sender_id}".encode()).hexdigest()


class TurnAction(Action):
    """An action that answers one turn, in one transaction.

    A subclass names its Rasa action and the intents it answers, and says what it does in `respond`.
    The rules in bot/data/stories.yml choose by intent; knowing what the scan waits for, a message
    may turn out to mean something else ("ja, dat staat in het IVP"): then that action responds.
    """

    action_name: ClassVar[str] = ""
    intents: ClassVar[tuple[str, ...]] = ()
    by_intent: ClassVar[dict[str, "type[TurnAction]"]] = {}

    def __init_subclass__(cls) -> None:
        """Register which intents the action answers."""
        TurnAction.by_intent.update(dict.fromkeys(cls.intents, cls))

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
            with scan_session(turn.session_id, turn.channel) as session:
                respond_in_context(turn, session, speaker)
        except DatabaseUnavailableError as error:
            logger.error("a turn was not stored: %s", error)  # noqa: TRY400 - a trace holds user text
            dispatcher.messages.clear()
            speaker.say("utter_not_stored")
            return []
        if speaker.misunderstandings == turn.misunderstandings:
            return []
        return [SlotSet(MISUNDERSTANDINGS, speaker.misunderstandings)]

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Say what belongs to this turn, and change the session's scan where it asks for that."""
        raise NotImplementedError


def respond_in_context(turn: Turn, session: ScanSession, speaker: Speaker) -> None:
    """Let the action respond that the turn is meant for, knowing what the scan waits for."""
    scan = session.pending_scan
    if turn.ask and (scan is None or turn.ask != scan.ask):
        speaker.say_stale_button(scan)
        return
    meant = turn if turn.is_button else replace(turn, intent=intent_in_context(turn, scan))
    TurnAction.by_intent[meant.intent]().respond(meant, session, speaker)


def intent_in_context(turn: Turn, scan: Scan | None) -> str:
    """Return the intent of the turn, knowing what the scan waits for."""
    if find_code(turn.text):
        return "resume_quickscan"
    if scan is None:
        return turn.intent
    if scan.stage is Stage.MUNICIPALITY and turn.intent not in COMMANDS:
        named = municipalities().recognise(turn.text).candidates
        return "inform" if named else turn.intent
    return read_in_context(turn.text, turn.ranking, pending=True)
