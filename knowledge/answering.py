"""Answering a question from the items: with a source, or saying that there is none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.engine import Engine

from knowledge.items import Item
from knowledge.search import Hit, SearchIndex, current_index

NEAR_ENOUGH = 0.06
"""Below this score nothing counts as an answer; docs/search.md has the curve."""

WHERE_TO_LOOK = (
    "Kijk in de toolkit op socialestabiliteit.nl/si-toolkit, of mail ess@minszw.nl "
    "(adres uit 2021)."
)
_NO_SOURCE = f"Daar heb ik geen bron voor. {WHERE_TO_LOOK}"
_MOST_LINES = 6
_MOST_POINTS = 4
_NOT_COMPLETE = {"deels": ", voor een deel gezien", "afgeleid": ", deels afgeleid"}
_HITS = 10
_SENTENCE_END = re.compile(r"(?<=[.?]) ")
_ABOUT_AS_NEAR = 0.7  # of the best score: docs/search.md


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer in Dutch, the items it rests on, and whether it says that there is no source.

    `hits` is everything that was found, best first.
    """

    answer: str
    items: tuple[Item, ...]
    no_source: bool
    hits: tuple[Hit, ...]

    @property
    def sources(self) -> list[str]:
        """The addresses of the items' sources, each once."""
        return list(dict.fromkeys(item.source.url for item in self.items if item.source.url))


def ask(question: str, bind: Engine | None = None, *, preferred: str | None = None) -> Reply:
    """Return the answer to `question`; an item of the `preferred` kind, if one is about as near.

    Raises NothingLoadedError when no items were loaded, DatabaseUnavailableError when the database
    fails.
    """
    return answer_from(current_index(bind), question, preferred=preferred)


def answer_from(index: SearchIndex, question: str, *, preferred: str | None = None) -> Reply:
    """Return the answer that the items in `index` give to `question`."""
    hits = tuple(index.search(question, _HITS))
    if not hits or hits[0].score < NEAR_ENOUGH:
        return _nothing_near(hits)
    best = _best(hits, preferred)
    if best.is_gap:
        return _gap(best, [index.find(name) for name in best.instead], hits)
    return Reply(tell(best), (best,), no_source=False, hits=hits)


def tell(item: Item) -> str:
    """Return an item as an answer of at most six lines (design/conversations.md).

    Its text, the first points, what is missing, and the source. Where the points leave no room to
    say what is missing, the source's line says that there is something.
    """
    lines = [item.text, *(f"- {point}" for point in item.points[:_MOST_POINTS])]
    has_room = len(lines) <= _MOST_LINES - 2
    if item.note and has_room:
        lines.append(f"Let op: {item.note}")
    unsaid = "" if has_room else _NOT_COMPLETE.get(item.completeness, "")
    return "\n".join([*lines, f"{_left_over(item)}Bron: {name_source(item)}{unsaid}."])


def _left_over(item: Item) -> str:
    """Say how many points do not fit in an answer."""
    more = len(item.points) - _MOST_POINTS
    return f"En nog {more} {'punt' if more == 1 else 'punten'}. " if more > 0 else ""


def in_short(item: Item, sentences: int) -> str:
    """Return the first sentences of an item's text."""
    return " ".join(_SENTENCE_END.split(item.text)[:sentences])


def name_source(item: Item) -> str:
    """Return the title of an item's source, with its year when that is known and not in it."""
    year = (item.source.date or "")[:4]
    named = item.source.title.rstrip(".")
    return f"{named} ({year})" if year and year not in named else named


def name_sources(items: Iterable[Item]) -> str:
    """Return the titles of the items' sources, each once, pages of one publication together."""
    return together(map(name_source, items))


def together(sources: Iterable[str]) -> str:
    """Return sources, as `name_source` gives them, each once, pages of a publication together."""
    pages: dict[str, list[str]] = {}
    for named in dict.fromkeys(sources):
        page, _, publication = named.rpartition(", ")
        pages.setdefault(publication, []).append(page)
    return "; ".join(
        f"{publication} ({', '.join(filter(None, named))})" if any(named) else publication
        for publication, named in pages.items()
    )


def _best(hits: tuple[Hit, ...], preferred: str | None) -> Item:
    """Return the nearest item, or one of the preferred kind that is about as near."""
    about_as_near = (hit.item for hit in hits if hit.score >= _ABOUT_AS_NEAR * hits[0].score)
    return next((item for item in about_as_near if item.kind == preferred), hits[0].item)


def _gap(gap: Item, instead: list[Item], hits: tuple[Hit, ...]) -> Reply:
    """Say what there is no source for, and name what there is a source for as such."""
    lines = [gap.text]
    if instead:
        lines.append("Wel met een bron, maar niet precies dit:")
        lines += [f"- {item.title} ({name_source(item)})" for item in instead[:_MOST_POINTS]]
    return Reply("\n".join(lines), (gap, *instead), no_source=True, hits=hits)


def _nothing_near(hits: tuple[Hit, ...]) -> Reply:
    """Say that there is no source, and name the nearest thing that has one, if any."""
    nearest = next((hit.item for hit in hits if not hit.item.is_gap), None)
    if nearest is None:
        return Reply(_NO_SOURCE, (), no_source=True, hits=hits)
    line = f"Het dichtst in de buurt komt: {nearest.title} ({name_source(nearest)})."
    return Reply(f"{_NO_SOURCE}\n{line}", (nearest,), no_source=True, hits=hits)
