"""Actions that begin, pause, resume or end a scan."""

from bot.actions.answering import municipalities_named_in, show_next
from bot.actions.speech import Speaker, progress_of
from bot.actions.topics import DELETING
from bot.actions.turn import Turn
from bot.actions.turn_action import TurnAction
from bot.actions.walking import pause_run, show_run
from checklists.course import Run
from checklists.session import WorkSession
from quickscan.resume_codes import find_code
from quickscan.scan import Confirming, Scan, Stage, Status
from quickscan.session import ScanSession, TooManyAttemptsError, UnknownCodeError

_DELETE_BUTTONS = [
    {"title": "Ja, verwijder alles", "payload": "/delete_data"},
    {"title": "Nee, bewaren", "payload": "/deny"},
]


class StartQuickscan(TurnAction):
    """Begins a scan, or offers the one that is under way."""

    action_name = "action_start_quickscan"
    intents = ("start_quickscan",)

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Introduce a new scan; with one under way, ask whether to go on with it."""
        pause_run(session, speaker)
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

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Ask before throwing answers away; without any, just begin."""
        del turn
        pause_run(session, speaker)
        scan = session.scan
        if (
            scan is None
            or scan.status not in (Status.IN_PROGRESS, Status.PAUSED)
            or not scan.answers
        ):
            speaker.introduce(session.start())
        else:
            scan.resume()
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
    """Goes on with a scan or a checklist, by its code or because this session began it."""

    action_name = "action_resume_quickscan"
    intents = ("resume_quickscan",)

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Find what was stopped last, and put what it waits for."""
        code = find_code(turn.text)
        if code:
            _resume_with_code(code, session, speaker)
        elif run := _run_to_go_on_with(session):
            show_run(session.go_on_with(run), speaker)
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

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Ask before removing; without anything stored, say so."""
        if turn.topic.asking == DELETING:
            session.delete_everything()
            speaker.say_and_offer("utter_deleted")
            return
        pause_run(session, speaker)
        if session.scan is not None:
            session.scan.confirming = Confirming.DELETE
            speaker.ask_pending(session.scan)
        elif session.has_stored_anything:
            speaker.remember_topic(turn.topic.asking_for(DELETING))
            speaker.say("utter_ask_delete", _DELETE_BUTTONS)
        else:
            session.delete_everything()  # what the conversation itself left behind
            speaker.say_and_offer("utter_nothing_to_delete")


def pause(session: ScanSession, speaker: Speaker, *, otherwise: str) -> None:
    """Pause the session's scan and give its code; without a scan say `otherwise`."""
    scan = session.scan
    if scan is None or scan.status not in (Status.IN_PROGRESS, Status.PAUSED):
        speaker.say_and_offer(otherwise)
        return
    code = session.pause(scan)
    speaker.say("utter_paused", code=code, **progress_of(scan))


def _run_to_go_on_with(session: WorkSession) -> Run | None:
    """Return the checklist to go on with: it waits, or it was stopped after the scan was."""
    run, scan = session.latest_run, session.scan
    if run is None or not (run.is_active or run.can_go_on):
        return None
    if scan is None or run.is_active or scan.status is Status.COMPLETED:
        return run
    if scan.status is Status.PAUSED and scan.updated_at == run.updated_at:
        scan.resume()  # both were paused at once: the scan waits for the checklist again
        return run
    return run if run.updated_at > scan.updated_at else None


def _resume_with_code(code: str, session: WorkSession, speaker: Speaker) -> None:
    try:
        found = session.resume_any(code)
    except (UnknownCodeError, TooManyAttemptsError) as refusal:
        unknown = isinstance(refusal, UnknownCodeError)
        speaker.say("utter_code_unknown" if unknown else "utter_too_many_codes")
        if session.pending:
            speaker.ask_pending(session.pending)
    else:
        if isinstance(found, Run):
            show_run(found, speaker)
        else:
            _show_scan(found, speaker)


def _show_scan(scan: Scan, speaker: Speaker) -> None:
    reopened = scan.reopened_from and scan.stage is Stage.CONFIRM
    speaker.say("utter_reopened" if reopened else "utter_resumed", **progress_of(scan))
    show_next(scan, speaker)
