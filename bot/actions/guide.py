"""The evaluation guide: which evaluation fits, why, who does it, and what it takes."""

import json

from bot.actions.follow_ups import circumstance_in, goes_on, wants_plan
from bot.actions.knowledge import MOMENTS, PERSON, answer, rests_on_items, topic_of
from bot.actions.planning import is_planning, plan
from bot.actions.speech import Speaker
from bot.actions.topics import GUIDING, PLANNING, Topic
from bot.actions.turn import PLAN_ASK, Turn
from bot.actions.turn_action import TurnAction
from checklists.session import WorkSession
from knowledge.answering import ask, in_short, name_sources, tell
from knowledge.items import Item
from knowledge.lookup import Wanted, look_up
from knowledge.search import current_index

_CLEAR = 0.55  # a score at which a frequently asked question is what was asked
_INTERVENTIONS = (
    ("Sleutelfiguren", "sleutelfiguren"),
    ("Casusoverleg", "casusoverleg"),
    ("Weerbaar Opvoeden", "weerbaar_opvoeden"),
    ("Theater", "theater"),
    ("Iets anders", "andere_interventie"),
)


class GuideEvaluation(TurnAction):
    """Finds out which evaluation fits, and says why, who does it and what it takes."""

    action_name = "action_guide_evaluation"
    intents = ("evaluate_intervention",)

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Ask for what is missing; then guide."""
        guide(turn, session, speaker)


def follow_up(turn: Turn, session: WorkSession, speaker: Speaker) -> None:
    """Take a bare value as the answer to the guide, or as the next subject."""
    topic = topic_of(turn)
    if turn.topic.evaluating or (topic.is_cell and topic.content_kind is None):
        guide(turn, session, speaker)
    elif turn.topic.with_entities(turn.entities) == turn.topic:
        speaker.say_and_offer("utter_inform")
    else:
        answer(turn, speaker)


def guide(turn: Turn, session: WorkSession, speaker: Speaker) -> None:
    """Establish intervention and moment, asking only for what is missing; then advise or plan.

    In a scan, go back to its question after that; not before, as two would wait for one answer.
    """
    topic, planning = _topic_of(turn), is_planning(turn) or wants_plan(turn.text)
    told = not turn.is_button and _tell_frequently_asked(turn, speaker)
    if topic.intervention == "lokale_aanpak":
        speaker.say_and_offer("utter_guide_whole_approach")
        speaker.remember_topic(topic)
    elif topic.is_cell and planning:
        plan(topic, turn, session, speaker)
    elif topic.is_cell:
        known = told and topic == turn.topic
        _offer_more(topic, speaker) if known else _advise(topic, speaker)
    else:
        ask_for_missing(topic.asking_for(PLANNING if planning else GUIDING), speaker)
        return
    if session.pending:
        speaker.ask_pending(session.pending)


def ask_for_missing(topic: Topic, speaker: Speaker) -> None:
    """Ask for the intervention, or else for the moment; `asking` in the topic stays."""
    asked = Topic(topic.intervention, topic.evaluation_type, None, True, topic.asking)  # noqa: FBT003 - the place of `evaluating`
    speaker.remember_topic(asked)
    if topic.intervention is None:
        speaker.say("utter_ask_intervention", _choices("intervention", _INTERVENTIONS))
    else:
        speaker.say("utter_ask_moment", _choices("moment", MOMENTS))


def _topic_of(turn: Turn) -> Topic:
    """Return what to guide about; a new intervention begins anew, unless it is a follow-up."""
    follows = turn.is_button or turn.topic.evaluating
    if follows or goes_on(turn.text, turn.entities, turn.topic):
        topic = turn.topic.with_entities(turn.entities)
    else:
        topic = Topic().with_entities(turn.entities)
    return Topic(topic.intervention, topic.evaluation_type)


def _advise(topic: Topic, speaker: Speaker) -> None:
    """Say which evaluation fits and why, when and by whom, and what there is for it."""
    index = current_index()
    kind = topic.evaluation_type
    told = [index.find(f"{kind}-{part}") for part in ("uitleg", "moment", "wie")]
    steps = look_up(index.items, Wanted(topic.row, kind, "stappenplan")).best[:1]
    gap = steps[0] if steps and steps[0].is_gap else None
    speaker.say(
        "utter_guide",
        [] if gap else _next(topic),
        rests_on_items([*told, *steps]),
        evaluation=kind,
        intervention=topic.spoken_intervention,
        what=in_short(told[0], 1),
        when=in_short(told[1], 2),
        who=in_short(told[2], 3),
        sources=name_sources(told),
    )
    if gap:
        speaker.say("utter_knowledge", _next(topic), rests_on_items([gap]), answer=gap.text)
    speaker.remember_topic(topic)


def _offer_more(topic: Topic, speaker: Speaker) -> None:
    """After a frequently asked question, go back to what was advised before."""
    speaker.say(
        "utter_guide_go_on",
        _next(topic),
        evaluation=topic.evaluation_type,
        intervention=topic.spoken_intervention,
    )
    speaker.remember_topic(topic)


def _tell_frequently_asked(turn: Turn, speaker: Speaker) -> bool:
    """Say the answer to a frequently asked question, if the message asks one; tell whether."""
    about_plan = is_planning(turn) or wants_plan(turn.text)
    item = None if about_plan else _frequently_asked(turn)
    if item:
        speaker.say("utter_knowledge", [], rests_on_items([item]), answer=tell(item))
    return item is not None


def _frequently_asked(turn: Turn) -> Item | None:
    if circumstance := circumstance_in(turn.text):
        return next((i for i in current_index().items if i.id == circumstance), None)
    hits = [] if turn.topic.evaluating else ask(turn.text).hits[:1]
    return next((h.item for h in hits if h.item.kind == "faq" and h.score >= _CLEAR), None)


def _next(topic: Topic) -> list[dict[str, str]]:
    """Offer what can be done after the advice."""
    cell = {"intervention": topic.intervention, "evaluation_type": topic.evaluation_type}
    offers = [("Voorwaarden nalopen", "start_checklist", {"content_kind": "randvoorwaarde"})]
    if topic.evaluation_type == "planevaluatie":
        offers.append(("Checklist nalopen", "start_checklist", {"content_kind": "checklist"}))
    offers += [
        ("Stappen", "find_knowledge", {"content_kind": "stappenplan"}),
        ("Geleerde lessen", "find_knowledge", {"content_kind": "les"}),
        ("Evaluatieplan maken", "evaluate_intervention", {"ask": f"{PLAN_ASK}nieuw"}),
    ]
    made = [
        {"title": title, "payload": f"/{intent}{json.dumps({**cell, **more})}"}
        for title, intent, more in offers
    ]
    return [*made, PERSON]


def _choices(entity: str, choices: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [
        {"title": title, "payload": f"/inform{json.dumps({entity: value})}"}
        for title, value in choices
    ]
