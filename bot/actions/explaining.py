"""Explaining a point of a checklist: from the item it stands in, and what is known beside it."""

from bot.actions.checklist_speech import rests_on
from bot.actions.knowledge import rests_on_items
from bot.actions.speech import Speaker
from checklists.course import Run
from knowledge.answering import name_source
from knowledge.items import Item
from knowledge.search import current_index

_NEAR = 0.4
_KINDS = ("randvoorwaarde", "definitie", "rol", "uitleg", "methode")
_LOOKED_AT = 6


def explain_point(run: Run, speaker: Speaker) -> None:
    """Say what is known about the point at hand, or else about the whole list, with the source."""
    near = _nearest(run)
    if near is None:
        _explain_list(run, speaker)
        return
    told = f"{near.text}\nBron: {name_source(near)}."
    speaker.say("utter_knowledge", custom=rests_on_items([near]), answer=told)


def _nearest(run: Run) -> Item | None:
    """Return the item that says more about the point; None when there is none near enough."""
    hits = current_index().search(run.point, _LOOKED_AT)
    fitting = (hit.item for hit in hits if hit.score >= _NEAR and _fits(hit.item, run))
    return next(fitting, None)


def _fits(item: Item, run: Run) -> bool:
    """Tell whether an item says more, and not about another intervention or evaluation."""
    return (
        item.kind in _KINDS
        and not item.is_gap
        and item.id != run.checklist.item_id
        and (not item.interventions or run.intervention in item.interventions)
        and (not item.evaluation_types or run.evaluation_type in item.evaluation_types)
    )


def _explain_list(run: Run, speaker: Speaker) -> None:
    try:
        item = current_index().find(run.checklist.item_id)
    except KeyError:
        lines = ["Over dit punt heb ik verder geen bron."]
    else:
        lines = [item.text, *([f"Let op: {item.note}"] if item.note else [])]
    answer = "\n".join([*lines, f"Bron: {run.checklist.source_title}."])
    speaker.say("utter_knowledge", custom={"knowledge": rests_on(run)}, answer=answer)
