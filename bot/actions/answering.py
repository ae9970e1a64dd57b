"""Actions that take what the user answers to what the scan asks."""

from collections.abc import Callable

from bot.actions.guide import follow_up
from bot.actions.knowledge import PERSON
from bot.actions.speech import Speaker
from bot.actions.topics import DELETING
from bot.actions.turn import Turn
from bot.actions.turn_action import TurnAction
from checklists.session import WorkSession
from ebw.settings import settings
from knowledge.municipalities import municipalities, read_municipalities
from privacy.redact import redact
from quickscan.answers import (
    answer_named_in,
    points_to_question,
    reason_for_change,
    reason_in,
)
from quickscan.outcome import outcome_of
from quickscan.report_links import report_address
from quickscan.scan import Answer, Confirming, GivenAnswer, Mode, Municipality, Scan, Stage
from quickscan.session import ScanSession

ANSWERS = {
    "affirm": Answer.YES,
    "partly": Answer.PARTLY,
    "deny": Answer.NO,
    "dont_know": Answer.UNKNOWN,
}
_CODES = {known.name: known.code for known in read_municipalities()}
_MANY = 4  # with a blind spot in one of so many questions, an adviser is offered
_BEFORE_THE_QUESTIONS = (Stage.MUNICIPALITY, Stage.MODE)


class RecordAnswer(TurnAction):
    """Takes ja, deels, nee or weet ik niet to whatever was asked."""

    action_name = "action_record_answer"
    intents = tuple(ANSWERS)

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Take the answer to what is pending; say so when nothing is."""
        scan = session.pending_scan
        if turn.topic.asking == DELETING and turn.intent == "deny":
            speaker.say("utter_not_deleted")
        elif scan is None:
            speaker.say_and_offer("utter_nothing_asked")
        else:
            _TAKES[scan.confirming or scan.stage](turn, session, scan, speaker)


class TakeInformation(TurnAction):
    """Takes a bare value, such as a municipality or a question number."""

    action_name = "action_take_information"
    intents = ("inform",)

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Take the value if it was asked for; otherwise ask again."""
        scan = session.pending_scan
        if scan is None or turn.answers_guide:
            follow_up(turn, session, speaker)
        elif scan.stage is Stage.MUNICIPALITY and not scan.confirming:
            _take_municipality(turn, session, scan, speaker)
        elif turn.question_number is not None and takes_questions(scan):
            put_again(turn.question_number, scan, speaker)
        else:
            ask_again(scan, speaker)


class ChangeAnswer(TurnAction):
    """Changes an earlier answer, at once or by putting its question again."""

    action_name = "action_change_answer"
    intents = ("change_answer",)

    def respond(self, turn: Turn, session: ScanSession, speaker: Speaker) -> None:
        """Change the answer that the message names; ask which when it names none."""
        scan = session.pending_scan
        if scan is None or not scan.is_active:
            speaker.say_and_offer("utter_nothing_to_change")
        elif "municipality" in turn.entities:
            _take_municipality(turn, session, scan, speaker)
        elif scan.stage in _BEFORE_THE_QUESTIONS:
            speaker.say("utter_not_yet")
            speaker.ask_pending(scan)
        elif turn.question_number is None:
            scan.confirming = Confirming.WHICH_QUESTION
            speaker.ask_pending(scan)
        else:
            _change(turn.question_number, turn, session, scan, speaker)


def municipalities_named_in(text: str) -> list[Municipality]:
    """Return the municipality that `text` names, or all that it can mean; it may be none."""
    names = municipalities().recognise(text).candidates
    return [Municipality(_CODES[name], name) for name in names]


def takes_questions(scan: Scan) -> bool:
    """Tell whether a question of `scan` can be put now; not before the first, nor when it ended."""
    return scan.is_active and scan.stage not in _BEFORE_THE_QUESTIONS


def take_back(scan: Scan, speaker: Speaker) -> None:
    """Drop the question put in between, and go back to where the scan was."""
    scan.confirming = None
    if scan.is_active:
        show_next(scan, speaker)
    else:
        speaker.say("utter_cancelled_change")


def put_again(number: int, scan: Scan, speaker: Speaker) -> None:
    """Put question `number` again, when there is one, with the answer that it has."""
    if not scan.questionnaire.has(number):
        speaker.say("utter_no_such_question", number=number, count=scan.questionnaire.count)
    else:
        scan.jump(number)
        speaker.recall(number, scan.answers.get(number))
    speaker.ask_pending(scan)


def ask_again(scan: Scan, speaker: Speaker) -> None:
    """Ask back after an unclear answer: first the choices, then the explanation, by turns."""
    scan.unclear += 1
    if scan.confirming or scan.stage is not Stage.QUESTION:
        speaker.say("utter_choose" if scan.unclear % 2 else "utter_choose_again")
        speaker.ask_pending(scan)
    elif scan.unclear % 2:
        speaker.ask_choice(scan)
    else:
        speaker.explain(scan)
        speaker.ask_pending(scan, explain=False)


def show_next(scan: Scan, speaker: Speaker) -> None:
    """Ask what comes next; the summary goes before its confirmation."""
    if scan.stage is Stage.CONFIRM and not scan.confirming:
        speaker.summarise(scan)
    speaker.ask_pending(scan)


def hand_over_report(session: ScanSession, scan: Scan, speaker: Speaker) -> None:
    """Give a link to the report of a completed scan, and offer what is known about its steps."""
    speaker.give_report(report_address(settings().public_url, session.give_report_token(scan)))
    speaker.offer_knowledge(scan)
    if len(outcome_of(scan).blind_spots) * _MANY >= scan.questionnaire.count:
        speaker.say("utter_offer_advice", [PERSON])


def _change(number: int, turn: Turn, session: ScanSession, scan: Scan, speaker: Speaker) -> None:
    answer = answer_named_in(turn.text)
    if answer is None or not scan.questionnaire.has(number):
        put_again(number, scan, speaker)
    else:
        scan.confirming = None
        _record(number, answer, reason_for_change(turn.text), session, scan, speaker)


def _record(  # noqa: PLR0913 - an answer has these parts
    number: int,
    answer: Answer,
    reason: str | None,
    session: ScanSession,
    scan: Scan,
    speaker: Speaker,
) -> None:
    """Put an answer in the scan, its reason without personal data, and go on."""
    redaction = redact(reason or "")
    given = GivenAnswer(answer, redaction.text or None, session.now)
    scan.answer(number, given)
    speaker.note(number, given)
    if redaction.kinds:
        speaker.say("utter_redacted")
    show_next(scan, speaker)


def _take_answer(turn: Turn, session: ScanSession, scan: Scan, speaker: Speaker) -> None:
    number = turn.question_number
    if number is None or (not scan.confirming and points_to_question(turn.text)):
        number = scan.position
    if not scan.questionnaire.has(number):
        speaker.say("utter_no_such_question", number=number, count=scan.questionnaire.count)
        speaker.ask_pending(scan)
        return
    answer = ANSWERS[turn.intent]
    reason = None if turn.is_button else reason_in(turn.text, answer)
    _record(number, answer, reason, session, scan, speaker)


def _take_municipality(turn: Turn, session: ScanSession, scan: Scan, speaker: Speaker) -> None:
    del session
    candidates = municipalities_named_in(turn.entities.get("municipality") or turn.text)
    if len(candidates) == 1:
        scan.set_municipality(candidates[0])
        speaker.say("utter_municipality_noted", municipality=candidates[0].name)
        show_next(scan, speaker)
    elif candidates:
        speaker.ask_which_municipality(scan, [candidate.name for candidate in candidates])
    elif turn.intent in ("deny", "dont_know"):
        scan.set_municipality(None)
        speaker.say("utter_municipality_unsaid")
        speaker.ask_pending(scan)
    else:
        ask_again(scan, speaker)


def _take_mode(turn: Turn, session: ScanSession, scan: Scan, speaker: Speaker) -> None:
    """Part of an approach is an approach: then the scan can check it."""
    del session
    if turn.intent == "dont_know":
        ask_again(scan, speaker)
        return
    building = turn.intent == "deny"
    scan.set_mode(Mode.BUILDING_BLOCKS if building else Mode.EXISTING_APPROACH)
    speaker.say("utter_building_blocks" if building else "utter_existing_approach")
    speaker.ask_pending(scan)


def _take_open_questions(turn: Turn, session: ScanSession, scan: Scan, speaker: Speaker) -> None:
    del session
    if turn.intent not in ("affirm", "deny"):
        ask_again(scan, speaker)
        return
    scan.answer_open_questions(wanted=turn.intent == "affirm")
    show_next(scan, speaker)


def _take_confirmation(turn: Turn, session: ScanSession, scan: Scan, speaker: Speaker) -> None:
    if turn.intent == "affirm":
        scan.complete(session.now)
        speaker.say("utter_completed", code=session.give_code(scan))
        hand_over_report(session, scan, speaker)
    elif turn.intent == "deny":
        scan.confirming = Confirming.WHICH_QUESTION
        speaker.ask_pending(scan)
    else:
        ask_again(scan, speaker)


def _take_restart(turn: Turn, session: ScanSession, scan: Scan, speaker: Speaker) -> None:
    if turn.intent == "affirm":
        speaker.introduce(session.start())
    elif turn.intent == "deny":
        scan.confirming = None
        scan.resume()
        speaker.ask_pending(scan)
    else:
        ask_again(scan, speaker)


def _take_delete(turn: Turn, session: ScanSession, scan: Scan, speaker: Speaker) -> None:
    if turn.intent == "affirm":
        session.delete_everything()
        speaker.say_and_offer("utter_deleted")
    elif turn.intent == "deny":
        scan.confirming = None
        speaker.say("utter_not_deleted")
        speaker.ask_if_active(scan)
    else:
        ask_again(scan, speaker)


def _take_which_question(turn: Turn, session: ScanSession, scan: Scan, speaker: Speaker) -> None:
    if turn.question_number is not None:
        _take_answer(turn, session, scan, speaker)
    elif turn.intent == "deny":
        scan.confirming = None
        show_next(scan, speaker)
    else:
        ask_again(scan, speaker)


_TAKES: dict[Stage | Confirming, Callable[[Turn, ScanSession, Scan, Speaker], None]] = {
    Stage.MUNICIPALITY: _take_municipality,
    Stage.MODE: _take_mode,
    Stage.QUESTION: _take_answer,
    Stage.OPEN_QUESTIONS: _take_open_questions,
    Stage.CONFIRM: _take_confirmation,
    Confirming.RESTART: _take_restart,
    Confirming.DELETE: _take_delete,
    Confirming.WHICH_QUESTION: _take_which_question,
}
