"""Answering a question from the items: with a source, or saying that there is none."""

from dataclasses import dataclass

from sqlalchemy.engine import Engine

from knowledge.items import Item
from knowledge.search import Hit, SearchIndex, current_index

NEAR_ENOUGH = 0.05
"""Below this score nothing counts as an answer; docs/search.md has the curve."""

WHERE_TO_LOOK = (
    "Kijk in de toolkit op socialestabiliteit.nl/si-toolkit, of mail ess@minszw.nl "
    "(adres uit 2021)."
)
_NO_SOURCE = f"Daar heb ik geen bron voor. {WHERE_TO_LOOK}"
_MOST_POINTS = 4
_HITS = 10


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


def ask(question: str, bind: Engine | None = None) -> Reply:
    """Return the answer to `question`.

    Raises LookupError when no items were loaded, DatabaseUnavailableError when the database fails.
    """
    return answer_from(current_index(bind), question)


def answer_from(index: SearchIndex, question: str) -> Reply:
    """Return the answer that the items in `index` give to `question`."""
    hits = tuple(index.search(question, _HITS))
    if not hits or hits[0].score < NEAR_ENOUGH:
        return _nothing_near(hits)
    best = hits[0].item
    if best.is_gap:
        return _gap(best, [index.find(name) for name in best.instead], hits)
    return Reply(tell(best), (best,), no_source=False, hits=hits)


def tell(item: Item) -> str:
    """Return an item as a short answer: its text, the first points, what is missing, the source."""
    lines = [item.text, *(f"- {point}" for point in item.points[:_MOST_POINTS])]
    if len(item.points) > _MOST_POINTS:
        more = len(item.points) - _MOST_POINTS
        lines.append(f"En nog {more} {'punt' if more == 1 else 'punten'}.")
    if item.note and not item.is_gap:
        lines.append(f"Let op: {item.note}")
    return "\n".join([*lines, f"Bron: {name_source(item)}."])


def name_source(item: Item) -> str:
    """Return the title of an item's source, with its year when that is known and not in it."""
    year = (item.source.date or "")[:4]
    named = item.source.title.rstrip(".")
    return f"{named} ({year})" if year and year not in named else named


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
