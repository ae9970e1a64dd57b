"""Actions that move through a scan or tell about it, without answering."""

import re

from bot.actions.answering import (
    ask_again,
    hand_over_report,
    put_again,
    show_next,
    take_back,
)
from bot.actions.checklist_speech import tell_outcome
from bot.actions.speech import Speaker
from bot.actions.turn import Turn
from bot.actions.turn_action import TurnAction
from bot.actions.walking import offers_after
from checklists.session import WorkSession
from quickscan.scan import Confirming, Stage, Status
from quickscan.session import ScanSession

_REQUEST = re.compile(r"\b(?:advies)?(?:verzoek|aanvraag)\b", re.IGNORECASE)


class ExplainQuestion(TurnAction):
    """Explains the question at hand."""

    action_name = "action_explain_question"
    intents = ("explain_question",)

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Explain what is asked, and ask it again."""
        del turn
        scan = session.pending_scan
        if scan is None:
            speaker.say_and_offer("utter_nothing_to_explain")
        elif scan.confirming or scan.stage is not Stage.QUESTION:
            speaker.say(f"utter_explain_{scan.confirming or scan.stage}")
            speaker.ask_pending(scan)
        else:
            speaker.explain(scan)
            speaker.ask_pending(scan, explain=False)


class PreviousQuestion(TurnAction):
    """Goes back one question."""

    action_name = "action_previous_question"
    intents = ("previous_question",)

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Put the question before; at the first one, say that it is."""
        del turn
        scan = session.pending_scan
        if scan is None:
            speaker.say_and_offer("utter_no_scan")
            return
        if scan.confirming:
            take_back(scan, speaker)
            return
        if not scan.previous():
            speaker.say("utter_first_question")
        elif scan.stage is Stage.QUESTION:
            speaker.recall(scan.position, scan.answers.get(scan.position))
        speaker.ask_pending(scan)


class SkipQuestion(TurnAction):
    """Leaves what is asked open for now."""

    action_name = "action_skip_question"
    intents = ("skip_question",)

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Go on without an answer."""
        scan = session.pending_scan
        if scan is None:
            speaker.say_and_offer("utter_no_scan")
        elif scan.confirming:
            take_back(scan, speaker)
        elif turn.question_number not in (None, scan.position) and scan.stage is Stage.QUESTION:
            put_again(turn.question_number or 0, scan, speaker)
        elif scan.stage is Stage.MUNICIPALITY:
            scan.set_municipality(None)
            speaker.say("utter_municipality_unsaid")
            speaker.ask_pending(scan)
        elif scan.stage is Stage.QUESTION:
            speaker.note_skip(scan)
            scan.skip(session.now)
            show_next(scan, speaker)
        elif scan.stage is Stage.OPEN_QUESTIONS:
            scan.answer_open_questions(wanted=False)
            show_next(scan, speaker)
        else:
            ask_again(scan, speaker)


class ShowProgress(TurnAction):
    """Tells how far the scan is."""

    action_name = "action_show_progress"
    intents = ("show_progress",)

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Say how many questions were answered, left open, and are to come."""
        del turn
        if session.scan is None:
            speaker.say_and_offer("utter_no_scan")
            return
        speaker.tell_progress(session.scan)
        if session.pending_scan:
            speaker.ask_pending(session.pending_scan)


class ShowResult(TurnAction):
    """Shows the outcome, as far as it got."""

    action_name = "action_show_result"
    intents = ("show_result",)

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Show the outcome of what the session worked on last: a scan or a checklist."""
        del turn
        scan, run = session.scan, session.latest_run
        if run and run.verdicts and (scan is None or run.updated_at > scan.updated_at):
            tell_outcome(speaker.say, run, offers_after(run))
        elif scan is None or not scan.answers:
            speaker.say_and_offer("utter_no_result")
        else:
            if scan.status is not Status.COMPLETED:
                speaker.say("utter_result_so_far")
            speaker.summarise(scan)
            if scan.status is Status.COMPLETED:
                hand_over_report(session, scan, speaker)
        if session.pending_scan:
            speaker.ask_pending(session.pending_scan)


class CancelWhatGoesOn(TurnAction):
    """Stops what is going on, without saving it for later."""

    action_name = "action_cancel"
    intents = ("cancel",)

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Take back a question put in between, or else end the scan.

        A request that was sent is no part of what goes on: say how to withdraw it.
        """
        scan = session.pending_scan
        if _REQUEST.search(turn.text):
            speaker.say("utter_advice_withdraw")
            if scan:
                speaker.ask_pending(scan)
        elif scan is None:
            speaker.say_and_offer("utter_nothing_to_cancel")
        elif scan.confirming in (Confirming.WHICH_QUESTION, Confirming.RESTART, Confirming.DELETE):
            scan.confirming = None
            speaker.say("utter_cancelled_change")
            speaker.ask_if_active(scan)
        else:
            session.cancel(scan)
            speaker.say("utter_cancelled")
