"""Looking items up by intervention, kind of evaluation and kind of content."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.items import Item


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None means that it does not matter."""

    intervention: str | None = None
    evaluation_type: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up gave.

    `exact` is tied to everything that was named, `general` fits but is not tied to all of it (what
    is tied to most of it first), and `gaps` are the items that say that there is no source for
    exactly this; or in general, when nothing fits.
    """

    exact: tuple[Item, ...]
    general: tuple[Item, ...]
    gaps: tuple[Item, ...]

    @property
    def best(self) -> tuple[Item, ...]:
        """What to show first: what fits exactly, else the gap, else what is general."""
        return self.exact or self.gaps or self.general


def look_up(items: Iterable[Item], wanted: Wanted) -> Found:
    """Return the items that fit `wanted`, in the order of the content.

    An item that is tied to another intervention or another kind of evaluation never fits.
    """
    fitting = [item for item in items if _fits(item, wanted)]
    sourced = [item for item in fitting if not item.is_gap]
    gaps = [item for item in fitting if item.is_gap]
    exact = tuple(item for item in sourced if _is_tied(item, wanted))
    general = [item for item in sourced if item not in exact]
    of_exactly_this = tuple(gap for gap in gaps if _is_tied(gap, wanted))
    return Found(
        exact=exact,
        general=tuple(sorted(general, key=lambda item: -_named_ties(item, wanted))),
        gaps=of_exactly_this or (() if sourced else tuple(gaps)),
    )


def _fits(item: Item, wanted: Wanted) -> bool:
    return (
        wanted.kind in (None, item.kind)
        and _allows(item.interventions, wanted.intervention)
        and _allows(item.evaluation_types, wanted.evaluation_type)
    )


def _is_tied(item: Item, wanted: Wanted) -> bool:
    return wanted.intervention in (None, *item.interventions) and wanted.evaluation_type in (
        None,
        *item.evaluation_types,
    )


def _named_ties(item: Item, wanted: Wanted) -> int:
    """Count to how much of what was named an item is tied."""
    named = (wanted.intervention, wanted.evaluation_type)
    return len({value for value in named if value} & (item.interventions | item.evaluation_types))


def _allows(values: frozenset[str], value: str | None) -> bool:
    return value is None or not values or value in values
