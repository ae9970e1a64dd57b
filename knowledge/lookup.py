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

    `exact` is tied to everything that was named, `general` fits but is not tied to all of it, and
    `gaps` are the items that say that there is no source for exactly this.
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
    exact = [item for item in fitting if _is_tied(item, wanted)]
    return Found(
        exact=tuple(item for item in exact if not item.is_gap),
        general=tuple(item for item in fitting if item not in exact and not item.is_gap),
        gaps=tuple(item for item in exact if item.is_gap),
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


def _allows(values: frozenset[str], value: str | None) -> bool:
    return value is None or not values or value in values
