"""Actions for everything else that is said: answered, and then back to what was asked."""

from advice.intake import Intake
from bot.actions.answering import ask_again
from bot.actions.meaning import AFTER_CONCERN, AFTER_EMERGENCY
from bot.actions.readings import may_be_emergency, readings_of, readings_or_person
from bot.actions.speech import MISUNDERSTANDINGS, Speaker
from bot.actions.topics import CONCERN, EMERGENCY
from bot.actions.turn import Turn
from bot.actions.turn_action import TurnAction
from checklists.course import Run
from checklists.session import WorkSession

MAX_MESSAGE_LENGTH = 2_000
_ABOUT_CONCERN = {"report_concern", AFTER_CONCERN, AFTER_EMERGENCY}  # the next may go on about it

_WORDED_FOR_WHAT_GOES_ON = {"greet", "help"}
_DURING: dict[type, str] = {Run: "_in_checklist", Intake: "_in_advice"}


class ReplyAndReturn(TurnAction):
    """Answers what comes in between, with the response of the intent's name, and returns."""

    action_name = "action_reply_and_return"
    intents = (
        "greet",
        "thank",
        "bot_challenge",
        "help",
        "ask_privacy",
        "out_of_scope",
        "report_concern",
    )
    intents_in_context = (AFTER_EMERGENCY, AFTER_CONCERN)

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Say the reply; then ask once more what the scan waits for, or offer what can be done."""
        pending = session.pending
        if turn.intent in _ABOUT_CONCERN:
            speaker.remember_topic(turn.topic.asking_for(CONCERN))
        if turn.intent == "out_of_scope" and may_be_emergency(turn.ranking):
            speaker.say("utter_perhaps_emergency")
        if pending is None and turn.intent == "out_of_scope":
            speaker.say("utter_out_of_scope", readings_or_person(turn.ranking))
            return
        if pending is None:
            speaker.say_and_offer(f"utter_{turn.intent}")
            return
        during = _DURING.get(type(pending), "_in_scan")
        worded = during if turn.intent in _WORDED_FOR_WHAT_GOES_ON else ""
        speaker.say(f"utter_{turn.intent}{worded}")
        speaker.ask_pending(pending)


class PointToEmergencyServices(TurnAction):
    """Points to 112, and to nothing else: what was pending can wait."""

    action_name = "action_point_to_emergency_services"
    intents = ("report_emergency",)

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Say where to call."""
        del session
        speaker.say("utter_report_emergency")
        speaker.remember_topic(turn.topic.asking_for(EMERGENCY))


class AskBack(TurnAction):
    """Asks back what was meant; never the same sentence twice in a row."""

    action_name = "action_ask_back"
    intents = ("nlu_fallback",)

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Say what was wrong with the message, or offer the likeliest readings of it."""
        if may_be_emergency(turn.ranking):
            speaker.say("utter_perhaps_emergency")
        if fault := fault_of(turn.sent):
            speaker.say(fault)
            if session.pending:
                speaker.ask_pending(session.pending)
        elif session.pending_scan:
            ask_again(session.pending_scan, speaker)
        else:
            speaker.remembered[MISUNDERSTANDINGS] = turn.misunderstandings + 1
            repeated = turn.misunderstandings % 2 == 1
            speaker.say(
                "utter_not_understood_again" if repeated else "utter_not_understood",
                readings_or_person(turn.ranking) if repeated else readings_of(turn.ranking),
            )


def fault_of(text: str) -> str | None:
    """Return how to say what is wrong with a message that cannot be read; None when it can."""
    if len(text) > MAX_MESSAGE_LENGTH:
        return "utter_too_long"
    if text.startswith("/"):
        return "utter_unknown_command"
    if not any(character.isalnum() for character in text):
        return "utter_empty"
    return None
