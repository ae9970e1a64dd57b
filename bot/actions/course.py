"""Actions that begin, pause, resume or end a scan."""

from bot.actions.answering import municipalities_named_in, show_next
from bot.actions.speech import Speaker, progress_of
from bot.actions.turn import Turn, TurnAction
from quickscan.resume_codes import find_code
from quickscan.scan import Confirming, Stage, Status
from quickscan.session import ScanSession, TooManyAttemptsError, UnknownCodeError


class StartQuickscan(TurnAction):
    """Begins a scan, or offers the one that is under way."""

    action_name = "action_start_quickscan"
    intents = ("start_quickscan",)

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Introduce a new scan; with one under way, ask whether to go on with it."""
        running = session.scan
        if running and running.status in (Status.IN_PROGRESS, Status.PAUSED) and running.answers:
            running.resume()
            running.confirming = Confirming.RESTART
            speaker.say("utter_scan_under_way", **progress_of(running))
            speaker.ask_pending(running)
            return
        scan = session.start()
        named = municipalities_named_in(turn.entities.get("municipality", ""))
        if len(named) == 1:
            scan.set_municipality(named[0])
        speaker.introduce(scan)


class RestartQuickscan(TurnAction):
    """Begins anew, after asking."""

    action_name = "action_restart_quickscan"
    intents = ("restart_quickscan",)

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Ask before throwing answers away; without any, just begin."""
        del turn
        scan = session.scan
        if (
            scan is None
            or scan.status not in (Status.IN_PROGRESS, Status.PAUSED)
            or not scan.answers
        ):
            speaker.introduce(session.start())
        else:
            scan.confirming = Confirming.RESTART
            speaker.ask_pending(scan)


class PauseQuickscan(TurnAction):
    """Pauses the scan and gives a code to go on with."""

    action_name = "action_pause_quickscan"
    intents = ("pause_quickscan",)

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Pause, when there is a scan that can be."""
        del turn
        pause(session, speaker, otherwise="utter_no_scan")


class SayGoodbye(TurnAction):
    """Says goodbye; a scan under way is paused, so that the user can come back."""

    action_name = "action_say_goodbye"
    intents = ("goodbye",)

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Pause the scan, or just say goodbye."""
        del turn
        pause(session, speaker, otherwise="utter_goodbye")


class ResumeQuickscan(TurnAction):
    """Goes on with a scan, by its code or because this session began it."""

    action_name = "action_resume_quickscan"
    intents = ("resume_quickscan",)

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Find the scan and put what it waits for."""
        code = find_code(turn.text)
        if code:
            _resume_with_code(code, session, speaker)
        elif session.scan is None:
            speaker.say_and_offer("utter_ask_code")
        elif session.scan.status is Status.COMPLETED:
            speaker.say_and_offer("utter_already_completed")
        else:
            scan = session.scan
            scan.resume()
            speaker.say("utter_resumed", **progress_of(scan))
            show_next(scan, speaker)


class DeleteData(TurnAction):
    """Removes everything of this session, after asking."""

    action_name = "action_delete_data"
    intents = ("delete_data",)

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Ask before removing; without anything stored, say so."""
        del turn
        if session.scan is None:
            speaker.say_and_offer("utter_nothing_to_delete")
        else:
            session.scan.confirming = Confirming.DELETE
            speaker.ask_pending(session.scan)


def pause(session: ScanSession, speaker: Speaker, *, otherwise: str) -> None:
    """Pause the session's scan and give its code; without a scan say `otherwise`."""
    scan = session.scan
    if scan is None or scan.status not in (Status.IN_PROGRESS, Status.PAUSED):
        speaker.say_and_offer(otherwise)
        return
    code = session.pause(scan)
    speaker.say("utter_paused", code=code, **progress_of(scan))


def _resume_with_code(code: str, session: ScanSession, speaker: Speaker) -> None:
    try:
        scan = session.resume(code)
    except UnknownCodeError:
        speaker.say("utter_code_unknown")
    except TooManyAttemptsError:
        speaker.say("utter_too_many_codes")
    else:
        reopened = scan.reopened_from and scan.stage is Stage.CONFIRM
        response = "utter_reopened" if reopened else "utter_resumed"
        speaker.say(response, **progress_of(scan))
        show_next(scan, speaker)
