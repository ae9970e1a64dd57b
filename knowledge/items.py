"""A knowledge item: what the assistant may say about one thing, and where that comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NO_SOURCE = "geen_bron"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item comes from; `date` is a year, a month or a day ("2021", "2021-11-16")."""

    codes: tuple[str, ...]
    title: str
    url: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of knowledge/content/<subject>.yml; schema/items.schema.json explains its fields.

    Empty `interventions` or `evaluation_types` mean: not tied to one.
    """

    id: str
    kind: str
    title: str
    text: str
    points: tuple[str, ...]
    interventions: frozenset[str]
    evaluation_types: frozenset[str]
    themes: frozenset[str]
    questions_quickscan: frozenset[int]
    synonyms: tuple[str, ...]
    asked_as: tuple[str, ...]
    source: Source
    completeness: str
    note: str | None
    instead: tuple[str, ...]
    contact_year: int | None
    reviewed: str

    @property
    def is_gap(self) -> bool:
        """Whether this item says that there is no source."""
        return self.completeness == NO_SOURCE

    @property
    def full_text(self) -> str:
        """The text with its points below it, a line each."""
        return "\n".join((self.text, *(f"- {point}" for point in self.points)))


def parse_item(raw: Mapping[str, Any]) -> Item:
    """Return the item that `raw` describes; `raw` was checked against the schema."""
    return Item(
        id=raw["id"],
        kind=raw["kind"],
        title=raw["title"],
        text=raw["text"],
        points=tuple(raw.get("points", ())),
        interventions=frozenset(raw["interventions"]),
        evaluation_types=frozenset(raw["evaluation_types"]),
        themes=frozenset(raw.get("themes", ())),
        questions_quickscan=frozenset(raw.get("questions_quickscan", ())),
        synonyms=tuple(raw.get("synonyms", ())),
        asked_as=tuple(raw["asked_as"]),
        source=_parse_source(raw["source"]),
        completeness=raw["completeness"],
        note=raw.get("note"),
        instead=tuple(raw.get("instead", ())),
        contact_year=raw.get("contact_year"),
        reviewed=raw["reviewed"],
    )


def source_codes(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the codes of a source: an item may name one, or a list of them."""
    code = raw["code"]
    return (code,) if isinstance(code, str) else tuple(code)


def _parse_source(raw: Mapping[str, Any]) -> Source:
    return Source(source_codes(raw), raw["title"], raw.get("url"), raw.get("date"))
