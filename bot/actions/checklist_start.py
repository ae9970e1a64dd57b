"""The action that begins a checklist: which one, and what is said when there is none."""

import json

from bot.actions.checklist_speech import progress_of, rests_on
from bot.actions.knowledge import MOMENTS, PERSON, rests_on_items, tell_instead
from bot.actions.speech import Speaker
from bot.actions.topics import CHOOSING_LIST, Topic
from bot.actions.turn import Turn
from bot.actions.turn_action import TurnAction
from bot.actions.walking import OPEN_POINTS
from checklists.choosing import WALKABLE, Choice, checklist_of, choose
from checklists.course import Run, RunStatus
from checklists.session import WorkSession
from knowledge.answering import name_source
from knowledge.search import current_index

_ONLY_CHECKLIST = "planevaluatie"  # no other evaluation has a checklist with a source


class StartChecklist(TurnAction):
    """Walks a checklist or the conditions of an evaluation, point by point."""

    action_name = "action_start_checklist"
    intents = ("start_checklist",)

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Choose the list and put its first point; ask for the moment when that decides."""
        if turn.entities.get("ask") == OPEN_POINTS:
            _reopen(session, speaker)
            return
        topic = _topic_of(turn)
        if topic.intervention == "lokale_aanpak":
            speaker.say_and_offer("utter_guide_whole_approach")
        elif topic.evaluation_type is None:
            speaker.remember_topic(topic.asking_for(CHOOSING_LIST))
            speaker.say("utter_ask_moment", _moments(topic))
            return
        else:
            _begin(topic, session, speaker)
        if session.pending and not speaker.has_asked:
            speaker.ask_pending(session.pending)


def _topic_of(turn: Turn) -> Topic:
    """Return for what to walk which list; the subject of the turn before counts as well."""
    topic = turn.topic.with_entities(turn.entities)
    kind = topic.content_kind if topic.content_kind in WALKABLE else "checklist"
    if kind == "checklist" and not turn.entities.keys() & {"content_kind"}:
        kind = "randvoorwaarde" if "voorwaarde" in turn.text.lower() else kind
    named = turn.entities.keys() & {"evaluation_type", "moment"}
    about_plan = "plan van aanpak" in turn.text.lower() and not named
    if kind == "checklist" and (about_plan or topic.evaluation_type is None):
        return Topic(topic.intervention, _ONLY_CHECKLIST, kind)
    return Topic(topic.intervention, topic.evaluation_type, kind)


def _begin(topic: Topic, session: WorkSession, speaker: Speaker) -> None:
    index = current_index()
    kind, evaluation = topic.content_kind or "checklist", topic.evaluation_type or _ONLY_CHECKLIST
    choice = choose(index.items, index.find, topic.row, evaluation, kind)
    speaker.remember_topic(topic)
    if choice.item is None:
        _say_none(choice, speaker)
        return
    if session.pending_scan and not session.active_run:
        speaker.say("utter_checklist_scan_waits")
    run = session.start_run(checklist_of(choice, name_source), topic.intervention, evaluation)
    if run.verdicts:
        speaker.say("utter_checklist_resumed", **progress_of(run))
    else:
        _introduce(choice, run, speaker)
    speaker.ask_pending(run)


def _introduce(choice: Choice, run: Run, speaker: Speaker) -> None:
    """Say what is walked and where it comes from; that it stands in for another list, too."""
    note = choice.item.note if choice.item else None
    speaker.say(
        "utter_checklist_intro",
        custom={"knowledge": rests_on(run)},
        stands_in=f"{choice.gap.text}\n" if choice.gap else "",
        title=run.checklist.title,
        count=run.checklist.count,
        source=run.checklist.source_title,
        note=f"\nLet op: {note}" if note else "",
    )


def _say_none(choice: Choice, speaker: Speaker) -> None:
    """Say that there is no list with a source, and what there is instead."""
    if choice.gap is None:
        speaker.say("utter_checklist_none", [PERSON])
        return
    items = [choice.gap, *choice.instead]
    answer, buttons = tell_instead(choice.gap, choice.instead)
    speaker.say("utter_knowledge", [*buttons, PERSON], rests_on_items(items), answer=answer)


def _reopen(session: WorkSession, speaker: Speaker) -> None:
    """Put the open points of the checklist that was completed last once more."""
    run = session.latest_run
    if run is None or run.status is not RunStatus.COMPLETED or not run.open_points:
        speaker.say_stale_button(session.pending)
        return
    run.resume()
    session.go_on_with(run)
    speaker.ask_pending(run)


def _moments(topic: Topic) -> list[dict[str, str]]:
    named = {"intervention": topic.intervention, "content_kind": topic.content_kind}
    about = {name: value for name, value in named.items() if value}
    return [
        {"title": title, "payload": f"/start_checklist{json.dumps({**about, 'moment': value})}"}
        for title, value in MOMENTS
    ]
