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

from advice.intake import Intake
from advice.session import AdviceSession, advice_session
from bot.actions.meaning import intent_in_context
from bot.actions.speech import CHOICE, MISUNDERSTANDINGS, TOPIC, Speaker
from bot.actions.topics import Topic
from checklists.course import Run
from storage.database import DatabaseUnavailableError, NothingLoadedError

logger = logging.getLogger(__name__)

KNOWLEDGE_ASK = "kennis:"
LIST_ASK = "lijst:"
PLAN_ASK = "plan:"
_FREE_ASKS = (KNOWLEDGE_ASK, LIST_ASK, PLAN_ASK)  # buttons that can be pressed at any moment
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
    intents_in_advice: ClassVar[tuple[str, ...]] = ()
    intents_in_context: ClassVar[tuple[str, ...]] = ()
    by_intent: ClassVar[dict[str, "type[TurnAction]"]] = {}
    by_intent_in_context: ClassVar[dict[str, "type[TurnAction]"]] = {}
    by_intent_in_checklist: ClassVar[dict[str, "type[TurnAction]"]] = {}
    by_intent_in_advice: ClassVar[dict[str, "type[TurnAction]"]] = {}

    def __init_subclass__(cls) -> None:
        """Register which intents the action answers.

        In a checklist or a request some have another action; some only the context tells, not Rasa.
        """
        TurnAction.by_intent.update(dict.fromkeys(cls.intents, cls))
        TurnAction.by_intent_in_context.update(dict.fromkeys(cls.intents_in_context, cls))
        TurnAction.by_intent_in_checklist.update(dict.fromkeys(cls.intents_in_checklist, cls))
        TurnAction.by_intent_in_advice.update(dict.fromkeys(cls.intents_in_advice, cls))

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
            with advice_session(turn.session_id, turn.channel) as session:
                respond_in_context(turn, session, speaker)
                if session.has_deleted:
                    speaker.forget_conversation()
                else:
                    speaker.forget_question(turn.topic)
        except DatabaseUnavailableError as error:
            return _not_stored(dispatcher, str(error))
        except NothingLoadedError as error:
            return _not_stored(dispatcher, str(error), "utter_nothing_loaded")
        except Exception as error:  # noqa: BLE001 - unanswered, Rasa would log all that was said
            return _not_stored(dispatcher, _place_of(error))
        return [
            SlotSet(name, value)
            for name, value in speaker.remembered.items()
            if value != turn.slots.get(name)
        ]

    def respond(self, turn: Turn, session: AdviceSession, speaker: Speaker) -> None:
        """Say what belongs to this turn, and change the session's scan where it asks for that."""
        raise NotImplementedError


def _not_stored(
    dispatcher: CollectingDispatcher, reason: str, response: str = "utter_not_stored"
) -> list[dict[str, Any]]:
    """Take back what was going to be said, and say that nothing was stored."""
    logger.error("a turn was not stored: %s", reason)
    dispatcher.messages.clear()
    Speaker(dispatcher).say(response)
    return []


def _place_of(error: Exception) -> str:
    """Return what went wrong where; not the message, which may hold words of the user."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name}, {frame.filename}:{frame.lineno}"


def respond_in_context(turn: Turn, session: AdviceSession, speaker: Speaker) -> None:
    """Let the action respond that the turn is meant for, knowing what waits for an answer."""
    pending = session.pending
    if turn.ask and (pending is None or turn.ask != pending.ask):
        speaker.say_stale_button(pending)
        return
    meant = turn if turn.is_button else replace(turn, intent=intent_in_context(turn, pending))
    actions = {**TurnAction.by_intent, **TurnAction.by_intent_in_context}
    if isinstance(pending, Run):
        actions = {**actions, **TurnAction.by_intent_in_checklist}
    elif isinstance(pending, Intake):
        actions = {**actions, **TurnAction.by_intent_in_advice}
    actions[meant.intent]().respond(meant, session, speaker)
    if session.scan and not speaker.has_asked:
        # Asked in between and not put again: a later "ja" must not remove or restart anything.
        session.scan.confirming = None
