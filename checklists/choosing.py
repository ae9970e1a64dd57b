"""Which list to walk for an intervention and a kind of evaluation, and what to say when none fits.

Where the matrix has no list, only the fallbacks that gaten.md permits are offered, named as such:
the seven topics of the Checklist Plan van Aanpak and the conditions of theater for a planevaluatie,
the conditions of casusoverleg and theater for a procesevaluatie. There is none for an
effectevaluatie.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from checklists.course import Checklist
from knowledge.items import Item
from knowledge.lookup import Wanted, look_up

WALKABLE = ("checklist", "randvoorwaarde")
_GENERAL = {"checklist": "{}-checklist", "randvoorwaarde": "{}-randvoorwaarden"}
# The page "andere interventies" is where the general checklist comes from; there it has more words.
_ONE_LIST = ("andere_interventie", "checklist")
_MAY_STAND_IN = ("planevaluatie", "procesevaluatie")


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to walk, or the gap that says that there is none; both when another one stands in.

    `instead` is what there is when nothing can be walked.
    """

    item: Item | None
    gap: Item | None = None
    instead: tuple[Item, ...] = ()


def choose(
    items: Iterable[Item],
    find: Callable[[str], Item],
    row: str | None,
    evaluation_type: str,
    kind: str,
) -> Choice:
    """Return what to walk for a row of the matrix; None stands for no particular intervention.

    `find` returns an item by its id. Raises KeyError when the content lacks an item that the
    matrix always has.
    """
    if row is None or (row, kind) == _ONE_LIST:
        return _of(find(_GENERAL[kind].format(evaluation_type)), find)
    exact = look_up(items, Wanted(row, evaluation_type, kind))
    best = next((item for item in exact.exact if item.points), None)
    return Choice(best) if best else _of(exact.gaps[0], find) if exact.gaps else Choice(None)


def checklist_of(choice: Choice, named: Callable[[Item], str]) -> Checklist:
    """Return the chosen list, to be walked; `named` tells how a source is named.

    Raises ValueError when nothing was chosen.
    """
    item = choice.item
    if item is None:
        message = "no list was chosen"
        raise ValueError(message)
    return Checklist(
        item_id=item.id,
        kind=item.kind,
        title=item.title,
        points=item.points,
        source_codes=item.source.codes,
        source_title=named(item),
        source_url=item.source.url,
        stands_in_for=choice.gap.id if choice.gap else None,
    )


def _of(item: Item, find: Callable[[str], Item]) -> Choice:
    if not item.is_gap:
        return Choice(item)
    instead = tuple(find(name) for name in item.instead)
    return Choice(next((i for i in instead if _may_stand_in(i)), None), item, instead)


def _may_stand_in(item: Item) -> bool:
    general = [form.format(kind) for form in _GENERAL.values() for kind in _MAY_STAND_IN]
    of_cell = bool(item.interventions) and item.kind in WALKABLE
    return bool(item.points) and (item.id in general or of_cell) and not item.is_gap
