"""Actions that walk a checklist: begin it, take a verdict, move through it, stop it."""

import re

from bot.actions.checklist_speech import ask_verdict, note, progress_of, recall, tell_outcome
from bot.actions.course import pause
from bot.actions.explaining import explain_point
from bot.actions.planning import bring_into_plan
from bot.actions.speech import Speaker
from bot.actions.turn import Turn
from bot.actions.turn_action import TurnAction
from bot.actions.walking import offers_after, pause_run, return_to_scan
from checklists.course import GivenVerdict, Run, RunStatus, Verdict
from checklists.session import WorkSession
from checklists.verdicts import remark_with, verdict_in
from privacy.redact import redact
from quickscan.answers import answer_named_in, reason_for_change, reason_in
from quickscan.scan import Answer

_VERDICTS = {"affirm": Verdict.YES, "partly": Verdict.PARTLY, "deny": Verdict.NO}
_ANSWERS = {"affirm": Answer.YES, "partly": Answer.PARTLY, "deny": Answer.NO}
_CHANGED_TO = tuple(_ANSWERS.values())
_POINT = re.compile(r"\bpunt\s+(?:nummer\s+)?(\d{1,2})\b", re.IGNORECASE)


class WalkChecklist(TurnAction):
    """Takes what is said while a point of a checklist waits."""

    action_name = "action_walk_checklist"
    intents_in_checklist = (
        "affirm",
        "partly",
        "deny",
        "dont_know",
        "inform",
        "skip_question",
        "change_answer",
        "nlu_fallback",
    )

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Take a verdict on the point at hand, or on the point that is named."""
        run = session.active_run
        if run is None:
            speaker.say_and_offer("utter_nothing_asked")
            return
        number, verdict = _point_named_in(turn) or run.position, _verdict_of(turn)
        if not run.has(number):
            speaker.say("utter_checklist_no_such_point", number=number, count=run.checklist.count)
            speaker.ask_pending(run)
        elif verdict is not None:
            _record(number, verdict, turn, session, run, speaker)
        elif number != run.position:
            run.jump(number)
            recall(speaker.say, run, number)
            speaker.ask_pending(run)
        else:
            _ask_again(run, speaker)


class ExplainPoint(TurnAction):
    """Explains the point at hand, with its source."""

    action_name = "action_explain_point"
    intents_in_checklist = ("explain_question",)

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Explain, and ask the point again."""
        del turn
        if run := session.active_run:
            explain_point(run, speaker)
            speaker.ask_pending(run, explain=False)


class PreviousPoint(TurnAction):
    """Goes back one point."""

    action_name = "action_previous_point"
    intents_in_checklist = ("previous_question",)

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Put the point before; at the first one, say that it is."""
        del turn
        if run := session.active_run:
            if run.previous():
                recall(speaker.say, run, run.position)
            else:
                speaker.say("utter_checklist_first_point")
            speaker.ask_pending(run)


class TellOfChecklist(TurnAction):
    """Tells how far the checklist is, or what came out so far."""

    action_name = "action_tell_of_checklist"
    intents_in_checklist = ("show_progress", "show_result")

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Tell, and ask the point at hand again."""
        if run := session.active_run:
            if turn.intent == "show_result":
                tell_outcome(speaker.say, run, [])
            else:
                speaker.say("utter_checklist_progress", **progress_of(run))
            speaker.ask_pending(run)


class StopChecklist(TurnAction):
    """Stops the checklist, for later or for good, and goes back to what waited before it."""

    action_name = "action_stop_checklist"
    intents_in_checklist = ("pause_quickscan", "cancel", "goodbye")

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Pause with a code, also a scan that waited; or stop, and go back to that scan."""
        if turn.intent == "cancel":
            session.stop_run(pause=False)
            speaker.say("utter_checklist_cancelled")
            return_to_scan(session, speaker)
            return
        pause_run(session, speaker)
        if session.pending_scan:
            pause(session, speaker, otherwise="utter_goodbye")


def _record(  # noqa: PLR0913 - a verdict has these parts
    number: int,
    verdict: Verdict,
    turn: Turn,
    session: WorkSession,
    run: Run,
    speaker: Speaker,
) -> None:
    """Put a verdict in the run, its remark without personal data, and go on."""
    redaction = redact(_remark_of(turn, verdict) or "")
    given = GivenVerdict(verdict, redaction.text or None, session.now)
    run.give(number, given)
    note(speaker.say, number, given)
    if redaction.kinds:
        speaker.say("utter_redacted")
    if run.status is RunStatus.COMPLETED:
        tell_outcome(speaker.say, run, offers_after(run))
        bring_into_plan(run, session, speaker)
        return_to_scan(session, speaker)
    else:
        speaker.ask_pending(run)


def _ask_again(run: Run, speaker: Speaker) -> None:
    """Ask back after an unclear answer: first the choices, then the explanation, by turns."""
    run.unclear += 1
    if run.unclear % 2:
        speaker.has_asked = True
        ask_verdict(speaker.say, run)
    else:
        explain_point(run, speaker)
        speaker.ask_pending(run, explain=False)


def _point_named_in(turn: Turn) -> int | None:
    written = None if turn.is_button else _POINT.search(turn.text)
    return int(written.group(1)) if written else turn.question_number


def _verdict_of(turn: Turn) -> Verdict | None:
    """Return the verdict that the turn gives; None when it gives none."""
    if turn.choice in tuple(Verdict):
        return Verdict(turn.choice)
    if turn.intent in ("dont_know", "skip_question"):
        return Verdict.LATER
    if turn.intent in _VERDICTS:
        return _VERDICTS[turn.intent]
    named = answer_named_in(turn.text) if turn.intent == "change_answer" else None
    if named in _CHANGED_TO:
        return Verdict(str(named))
    return verdict_in(turn.text)


def _remark_of(turn: Turn, verdict: Verdict) -> str | None:
    """Return what the user said beside the verdict."""
    if turn.is_button:
        return None
    if turn.intent == "change_answer":
        return reason_for_change(turn.text)
    if turn.intent in _ANSWERS:
        return reason_in(turn.text, _ANSWERS[turn.intent])
    return remark_with(turn.text) if verdict is Verdict.NOT_APPLICABLE else None
