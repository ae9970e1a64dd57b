"""Actions that make a request for advice: begin it, take the answers, stop it."""

from collections.abc import Callable
from dataclasses import replace

from advice.intake import Intake, Said, Step, Taken
from advice.session import AdviceSession
from bot.actions.advice_meaning import clearly_stops, concern_in
from bot.actions.advice_speech import (
    DROP_BUTTONS,
    ask_change,
    ask_which,
    buttons_of,
    tell_known,
    tell_sent,
)
from bot.actions.answering import municipalities_named_in
from bot.actions.course import DeleteData
from bot.actions.replies import PointToEmergencyServices, ReplyAndReturn, fault_of
from bot.actions.speech import Speaker
from bot.actions.topics import DROPPING, Topic
from bot.actions.turn import Turn
from bot.actions.turn_action import TurnAction
from quickscan.resume_codes import find_code
from quickscan.scan import Scan

_AGREES = {"affirm": True, "deny": False}
_PASSES = ("dont_know", "skip_question")
_TOLD = {
    Taken.PRIVATE_ADDRESS: "utter_advice_private_address",
    Taken.REDACTED: "utter_redacted",
    Taken.NO_CONSENT: "utter_advice_consent_first",
}
_UNCLEAR = {
    Step.SUBJECT: "utter_advice_unclear_subject",
    Step.CONTACT: "utter_advice_unclear_contact",
}


class RequestAdvice(TurnAction):
    """Begins a request for advice, with what the message says by itself."""

    action_name = "action_request_advice"
    intents = ("request_advice",)

    def respond(self, turn: Turn, session: AdviceSession, speaker: Speaker) -> None:
        """Say what is known already and ask the rest; a concern about a person goes elsewhere."""
        if not turn.is_button and (concern := concern_in(turn)):
            _point_elsewhere(concern, turn, session, speaker)
            return
        intake = session.start_request(_first_said(turn, session))
        speaker.say("utter_advice_intro")
        tell_known(speaker.say, intake.request)
        speaker.ask_pending(intake)


class MakeRequest(TurnAction):
    """Takes what is said while a request for advice is being made."""

    action_name = "action_make_request"
    intents_in_advice = (
        *("affirm", "deny", "partly", "dont_know", "inform", "skip_question", "nlu_fallback"),
        *("out_of_scope", "explain_question", "previous_question", "change_answer"),
        *("request_advice", "resume_quickscan", "start_quickscan", "restart_quickscan"),
        *("start_checklist", "show_progress", "show_result", "pause_quickscan", "goodbye"),
        *("cancel", "delete_data", "report_concern", "report_emergency"),
    )

    def respond(self, turn: Turn, session: AdviceSession, speaker: Speaker) -> None:
        """Take an answer, move to another question, or stop."""
        intake = session.intake
        if intake is None:
            speaker.say_and_offer("utter_nothing_asked")
        elif turn.intent == "nlu_fallback" and fault_of(turn.sent):
            _not_understood(turn, intake, speaker)
        elif turn.intent in ("report_concern", "report_emergency"):
            _point_elsewhere(turn.intent, turn, session, speaker)
        elif turn.intent in ("cancel", "delete_data"):
            _stop(turn, session, intake, speaker)
        elif turn.intent in ("pause_quickscan", "goodbye"):
            speaker.say("utter_advice_kept")
        elif move := _MOVES.get(turn.intent):
            move(turn, intake, speaker)
        else:
            _take(turn, session, intake, speaker)


def _take(turn: Turn, session: AdviceSession, intake: Intake, speaker: Speaker) -> None:
    """Take an answer; ask what is still missing, or say what came of the request."""
    step, unclear = intake.step, intake.request.unclear
    said = _said(turn, session, step)
    taken = session.take(intake, said)
    if taken is Taken.CONFIRMED:
        tell_sent(speaker.say, intake.request)
        _return(session, speaker)
    elif taken is Taken.REFUSED:
        _ask_whether_to_drop("utter_advice_no_consent", turn, intake, speaker)
    elif taken is Taken.WHICH_MUNICIPALITY:
        speaker.has_asked = True
        ask_which(speaker.say, intake, [found.name for found in said.municipalities])
    elif taken is Taken.CHANGES:
        _change(turn, intake, speaker)
    else:
        if taken is Taken.UNCLEAR:
            _ask_back(step, unclear, speaker)
        elif taken in _TOLD:
            speaker.say(_TOLD[taken])
        speaker.ask_pending(intake)


def _ask_back(step: Step, unclear: int, speaker: Speaker) -> None:
    """Say that an answer was not understood; the second time what the questions are for."""
    if unclear % 2:
        speaker.say("utter_help_in_advice")
    else:
        speaker.say(_UNCLEAR.get(step, "utter_advice_unclear"))


def _change(turn: Turn, intake: Intake, speaker: Speaker) -> None:
    """Put the question again whose answer is to be changed; ask which when none is named."""
    chosen = Step(turn.choice) if turn.choice in intake.changeable else None
    named = chosen or (None if turn.is_button else intake.changes_in(turn.text))
    if named:
        intake.ask_again(named)
        speaker.ask_pending(intake)
    elif intake.changeable:
        speaker.has_asked = True
        ask_change(speaker.say, intake)
    else:
        speaker.ask_pending(intake)


def _go_back(turn: Turn, intake: Intake, speaker: Speaker) -> None:
    del turn
    if not intake.back():
        speaker.say("utter_advice_first_question")
    speaker.ask_pending(intake)


def _not_understood(turn: Turn, intake: Intake, speaker: Speaker) -> None:
    intake.request.unclear += 1
    speaker.say(fault_of(turn.sent) or "utter_out_of_scope")
    speaker.ask_pending(intake)


def _explain(turn: Turn, intake: Intake, speaker: Speaker) -> None:
    del turn
    speaker.say("utter_help_in_advice")
    speaker.ask_pending(intake)


def _stay(turn: Turn, intake: Intake, speaker: Speaker) -> None:
    """Say that the request comes first; nothing else can wait for an answer beside it."""
    goes_on = turn.intent in ("request_advice", "resume_quickscan") and not find_code(turn.text)
    if not goes_on:
        speaker.say("utter_advice_first")
    speaker.ask_pending(intake)


def _ask_whether_to_drop(response: str, turn: Turn, intake: Intake, speaker: Speaker) -> None:
    speaker.has_asked = True
    speaker.remember_topic(turn.topic.asking_for(DROPPING))
    speaker.say(response, buttons_of(intake, DROP_BUTTONS))


def _stop(turn: Turn, session: AdviceSession, intake: Intake, speaker: Speaker) -> None:
    if not clearly_stops(turn):
        _ask_whether_to_drop("utter_advice_ask_drop", turn, intake, speaker)
        return
    session.drop_request()
    speaker.say("utter_advice_cancelled")
    if turn.intent == "delete_data":
        DeleteData().respond(turn, session, speaker)
    else:
        _return(session, speaker)


def _point_elsewhere(concern: str, turn: Turn, session: AdviceSession, speaker: Speaker) -> None:
    """Stop, keep nothing, and say where a concern about a person belongs."""
    session.drop_request()
    action = PointToEmergencyServices if concern == "report_emergency" else ReplyAndReturn
    action().respond(replace(turn, intent=concern), session, speaker)


def _return(session: AdviceSession, speaker: Speaker) -> None:
    """Put the question of what waited while the request was made."""
    if isinstance(session.pending, Scan):
        speaker.say("utter_back_to_scan")
    if session.pending:
        speaker.ask_pending(session.pending)


def _first_said(turn: Turn, session: AdviceSession) -> Said:
    """Return what the message that asks for advice says; a button tells what was spoken of."""
    said = _said(turn, session, None)
    if not turn.is_button:
        return said
    topic = turn.topic
    interventions = (topic.intervention,) if topic.intervention else ()
    return replace(said, text=_subject_of(topic), interventions=interventions)


def _subject_of(topic: Topic) -> str:
    spoken = topic.spoken_intervention if topic.intervention else None
    named = [name for name in (topic.evaluation_type, spoken) if name]
    return " van ".join(named)


def _said(turn: Turn, session: AdviceSession, step: Step | None) -> Said:
    text = "" if turn.is_button else turn.text
    named = turn.entities.get("municipality") or (text if step is Step.MUNICIPALITY else "")
    intervention = turn.entities.get("intervention")
    return Said(
        text=text,
        at=session.now,
        choice=turn.choice,
        agrees=_AGREES.get(turn.intent),
        passes=turn.intent in _PASSES,
        municipalities=tuple(municipalities_named_in(named)),
        interventions=(intervention,) if intervention else (),
    )


_MOVES: dict[str, Callable[[Turn, Intake, Speaker], None]] = {
    "previous_question": _go_back,
    "change_answer": _change,
    "explain_question": _explain,
    "out_of_scope": _not_understood,
    **dict.fromkeys(
        (
            *("request_advice", "resume_quickscan", "start_quickscan", "restart_quickscan"),
            *("start_checklist", "show_progress", "show_result"),
        ),
        _stay,
    ),
}
