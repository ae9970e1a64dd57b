"""What every action shares: it answers a turn that is meant for it, in one transaction."""

import logging
import traceback
from dataclasses import replace
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from advice.intake import Intake
from advice.session import AdviceSession, advice_session
from bot.actions.meaning import intent_in_context
from bot.actions.speech import Speaker
from bot.actions.turn import Turn, read_turn
from checklists.course import Run
from storage.database import DatabaseUnavailableError, NothingLoadedError

logger = logging.getLogger(__name__)


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
