"""Actions that answer from the knowledge store, always with the source."""

import json
from dataclasses import replace

from bot.actions.follow_ups import goes_on, part_asked_for, part_named_in, points_back
from bot.actions.speech import Speaker
from bot.actions.topics import Topic
from bot.actions.turn import Turn
from bot.actions.turn_action import TurnAction
from checklists.session import WorkSession
from knowledge.answering import Reply, ask, name_source, tell
from knowledge.items import Item
from knowledge.lookup import Wanted, look_up
from knowledge.search import SearchIndex, current_index
from quickscan.scan import Scan

PAGE = 4
_SHORT = 5  # words; a message this short and without a subject of its own follows up on the last
_KIND_ASKED = {"ask_definition": "definitie", "ask_offer": "aanbod"}
_OWN_SUBJECT = tuple(_KIND_ASKED)  # these name what they ask about
_FOLLOW_UPS = (
    ("Stappen", "stappenplan"),
    ("Voorwaarden", "randvoorwaarde"),
    ("Checklist", "checklist"),
    ("Geleerde lessen", "les"),
)
MOMENTS = (
    ("Nog niet begonnen", "vooraf"),
    ("Loopt", "tijdens"),
    ("Is afgelopen", "achteraf"),
)
PERSON = {"title": "Iemand spreken", "payload": "/request_advice"}


class AnswerFromKnowledge(TurnAction):
    """Finds content, a definition or an offer, and says where it comes from."""

    action_name = "action_answer_from_knowledge"
    intents = ("find_knowledge", "ask_definition", "ask_offer")

    def respond(self, turn: Turn, session: WorkSession, speaker: Speaker) -> None:
        """Answer, keep the subject for a follow-up, and return to what the scan asked."""
        if shown := _item_asked_for(turn):
            _show_page(*shown, turn, speaker)
        elif turn.question_number is not None:
            _tell_for_question(turn.question_number, session, speaker)
        else:
            answer(turn, speaker)
        if session.pending:
            speaker.ask_pending(session.pending)


def answer(turn: Turn, speaker: Speaker) -> None:
    """Answer from the matrix when the message names its row, column and kind; else search."""
    topic = topic_of(turn)
    if topic.is_cell and topic.content_kind is None and not turn.is_button:
        topic = replace(topic, content_kind=part_named_in(turn.text))
    reply = _from_matrix(topic) or _searched(turn, topic)
    buttons = _more_buttons(reply)
    if topic.row and turn.intent not in _OWN_SUBJECT:
        buttons = [*buttons, *kinds(topic)][:5]
    if reply.no_source or turn.intent == "ask_offer":
        buttons = [*buttons[:4], PERSON]
    speaker.say("utter_knowledge", buttons, rests_on_items(list(reply.items)), answer=reply.answer)
    # Without a subject of its own it came in between: what was spoken of stays.
    spoken_of = topic if topic != Topic() else turn.topic
    first = next(iter(reply.items), None)
    more = _after(first, 1) if first and not first.is_gap else None
    speaker.remember_topic(replace(spoken_of, more=more))


def topic_of(turn: Turn) -> Topic:
    """Return what the message is about: it may go on about what was named before."""
    fresh = Topic().with_entities(turn.entities)
    part = None if turn.is_button else part_asked_for(turn.text)
    follows = turn.is_button or part or (fresh != Topic() and turn.intent not in _OWN_SUBJECT)
    if not follows or not goes_on(turn.text, turn.entities, turn.topic):
        return fresh
    topic = turn.topic.with_entities(turn.entities)
    return Topic(topic.intervention, topic.evaluation_type, part or topic.content_kind)


def _searched(turn: Turn, topic: Topic) -> Reply:
    """Search; few words that point back are searched for with what they point back to."""
    words = "" if turn.is_button else turn.text
    short = len(words.split()) <= _SHORT
    goes_back = topic == Topic() and turn.intent not in _OWN_SUBJECT and points_back(words)
    about = turn.topic if goes_back and short else topic
    named = [about.intervention, about.evaluation_type, about.content_kind]
    added = [name.replace("_", " ") for name in named if name] if short else []
    return ask(" ".join([words, *added]).strip(), preferred=_KIND_ASKED.get(turn.intent))


def _from_matrix(topic: Topic) -> Reply | None:
    """Return what the matrix has for this row, column and kind; None when too little is named."""
    if topic.content_kind is None or not (topic.row or topic.evaluation_type):
        return None
    index = current_index()
    best = _best(index, topic)
    if not best:
        return None
    if best[0].is_gap:
        instead = tuple(index.find(name) for name in best[0].instead)
        answer, _ = tell_instead(best[0], instead)
        return Reply(answer, (best[0], *instead), no_source=True, hits=())
    return Reply(tell(best[0]), best[:PAGE], no_source=False, hits=())


def _best(index: SearchIndex, topic: Topic) -> tuple[Item, ...]:
    """Return what fits best; lessons and examples often belong to an intervention alone."""
    found = look_up(index.items, Wanted(topic.row, topic.evaluation_type, topic.content_kind))
    if found.exact or found.gaps:
        return found.best
    if topic.row is None:
        return found.general
    of_row = look_up(index.items, Wanted(topic.row, None, topic.content_kind))
    return of_row.exact or found.general


def tell_instead(gap: Item, instead: tuple[Item, ...]) -> tuple[str, list[dict[str, str]]]:
    """Return how to say that there is no source, and what there is instead, with its buttons."""
    named = [f"- {item.title} ({name_source(item)})" for item in instead[:PAGE]]
    return "\n".join([gap.text, *named]), [_page_button(item, 1) for item in instead[:2]]


def _tell_for_question(number: int, session: WorkSession, speaker: Speaker) -> None:
    """Say what helps with a question of the quickscan: first what its next steps name."""
    items = _items_for_question(number, session.scan)
    if not items:
        speaker.say_and_offer("utter_nothing_for_question")
        return
    told, buttons = tell(items[0]), [_page_button(item, 1) for item in items[1:PAGE]]
    speaker.say("utter_knowledge", buttons, rests_on_items(items[:PAGE]), answer=told)


def _items_for_question(number: int, scan: Scan | None) -> list[Item]:
    index = current_index()
    named = scan.questionnaire.question(number).knowledge if scan and _has(scan, number) else ()
    by_id = {item.id: item for item in index.items}
    helping = [by_id[name] for name in named if name in by_id]
    helping += [item for item in index.items if number in item.questions_quickscan]
    return [item for item in dict.fromkeys(helping) if not item.is_gap]


def _has(scan: Scan, number: int) -> bool:
    return scan.questionnaire.has(number)


def _item_asked_for(turn: Turn) -> tuple[Item, int] | None:
    """Return the item and page that a button of an earlier answer asks for."""
    asked = turn.knowledge_ask
    if asked is None:
        return None
    try:
        return current_index().find(asked[0]), asked[1]
    except KeyError:
        return None


def _show_page(item: Item, page: int, turn: Turn, speaker: Speaker) -> None:
    """Say a page of an item's points, with its source."""
    if page == 1:
        answer = tell(item)
    else:
        points = item.points[(page - 1) * PAGE : page * PAGE]
        lines = [f"{item.title}, deel {page}:", *(f"- {point}" for point in points)]
        answer = "\n".join([*lines, f"Bron: {name_source(item)}."])
    more = _after(item, page)
    buttons = [_page_button(item, page + 1)] if more else []
    speaker.say("utter_knowledge", buttons, rests_on_items([item]), answer=answer)
    speaker.remember_topic(replace(turn.topic, more=more, asking=None))


def _after(item: Item, page: int) -> str | None:
    """Return the item and its next page, as buttons name it; None when this was all."""
    return f"{item.id}:{page + 1}" if len(item.points) > page * PAGE else None


def _more_buttons(reply: Reply) -> list[dict[str, str]]:
    """Offer the rest of a long item, and the other items that the reply names."""
    first = reply.items[:1]
    more = [_page_button(item, 2) for item in first if not item.is_gap and _after(item, 1)]
    others = [_page_button(item, 1) for item in reply.items[1:3]]
    return [*more, *others]


def _page_button(item: Item, page: int) -> dict[str, str]:
    title = item.title if page == 1 else "Meer"
    payload = json.dumps({"ask": f"kennis:{item.id}:{page}"})
    return {"title": title, "payload": f"/find_knowledge{payload}"}


def kinds(topic: Topic) -> list[dict[str, str]]:
    """Offer the kinds of content for what the conversation is about."""
    named = {"intervention": topic.intervention, "evaluation_type": topic.evaluation_type}
    about = {name: value for name, value in named.items() if value}
    offered = [(title, kind) for title, kind in _FOLLOW_UPS if kind != topic.content_kind]
    return [
        {"title": title, "payload": f"/find_knowledge{json.dumps({**about, 'content_kind': kind})}"}
        for title, kind in offered
    ]


def rests_on_items(items: list[Item]) -> dict[str, object]:
    """Return what a message that states knowledge carries beside it (contracts/interfaces.md)."""
    sources = dict.fromkeys(item.source.url for item in items if item.source.url)
    return {"knowledge": {"items": [item.id for item in items], "sources": list(sources)}}
