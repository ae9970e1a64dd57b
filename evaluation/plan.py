"""A first evaluation plan: what the sources say for this evaluation, and what the user gave.

Each line says where it comes from. Nothing is filled in that has no source: what is missing is
named as missing (gaten.md).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from knowledge.items import Item


class Origin(StrEnum):
    """Where a line comes from."""

    SOURCE = "bron"
    USER = "gebruiker"
    ASSISTANT = "assistent"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plan.

    `given` is what the user said to a line from a source: "deels: alleen het bestuur". The item,
    its codes, title and address say what the line rests on.
    """

    text: str
    origin: Origin
    given: str | None = None
    item: str | None = None
    codes: tuple[str, ...] = ()
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plan, such as *Doel*."""

    id: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """An evaluation plan of one session, for one intervention and one kind of evaluation."""

    id: str
    session_id: str
    channel: str
    title: str
    intervention: str
    evaluation_type: str
    goal: str | None
    created_at: datetime
    updated_at: datetime
    sections: tuple[Section, ...]

    def section(self, section_id: str) -> Section:
        """Return the section with this id; raises KeyError when there is none."""
        found = {section.id: section for section in self.sections}
        return found[section_id]

    @property
    def items(self) -> list[str]:
        """The ids of the items that the plan rests on, each once."""
        lines = [line for section in self.sections for line in section.lines]
        return list(dict.fromkeys(line.item for line in lines if line.item))


def from_source(item: Item, text: str, named: str) -> Line:
    """Return a line that rests on `item`; `named` is how its source is named."""
    return Line(text, Origin.SOURCE, None, item.id, item.source.codes, named, item.source.url)
