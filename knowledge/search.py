"""Finding the items that answer a question put in one's own words.

docs/search.md says how this was chosen and what it scores. The index lives in this process and is
made from the database's rows, so that SQLite and PostgreSQL give the same answer. It is made anew
when `ebw knowledge load` has changed them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.engine import Engine

from knowledge.analysis import Analyzer, folded_words
from knowledge.items import Item, parse_item
from knowledge.letters import Letters
from knowledge.ranking import FieldsIndex, Scores, added
from knowledge.ties import Ties
from knowledge.vocabulary import load_vocabulary
from storage import items as stored_items
from storage.database import engine

FIELDS = {"title": 0.16, "text": 0.22, "synonyms": 0.45, "asked_as": 0.17}
"""What a word counts in each field."""

WORDS_WEIGHT = 0.88
LETTERS_WEIGHT = 0.12
_CANDIDATES = 60
_LOOK_AHEAD = 10
_NEARLY_AS_NEAR = 0.85

_Folded = dict[str, list[list[str]]]


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that was found; `score` lies between 0, no relation, and about 1."""

    item: Item
    score: float


class SearchIndex:
    """All items, ready to be searched."""

    def __init__(self, items: Sequence[Item], analyzer: Analyzer) -> None:
        """Analyse `items`; a thousand take a few seconds."""
        self.items = tuple(items)
        self._by_id = {item.id: item for item in items}
        self._analyzer = analyzer
        self._ties = Ties(self.items)
        if items:
            self._index([_folded(item) for item in items])

    def _index(self, folded: list[_Folded]) -> None:
        self._analyzer.learn(chain.from_iterable(map(_all_words, folded)))
        tokens = self._analyzer.tokens
        self._words = FieldsIndex(
            {
                name: [added([tokens(words) for words in fields[name]]) for fields in folded]
                for name in FIELDS
            },
            FIELDS,
        )
        self._letters = Letters([_all_words(fields) for fields in folded])

    def find(self, item_id: str) -> Item:
        """Return the item with this id; raises KeyError when there is none."""
        return self._by_id[item_id]

    def search(self, question: str, limit: int = 10) -> list[Hit]:
        """Return the items nearest to `question`, best first; none when nothing is shared."""
        asked = folded_words(question)
        tokens = self._analyzer.tokens(asked)
        if not self.items or not tokens:
            return []
        words = WORDS_WEIGHT * self._words.scores(tokens)
        ties = self._ties.scores(asked, self._analyzer.values(question))
        rows = _highest(words + ties, _CANDIDATES)
        rows = rows[words[rows] > 0]
        letters = LETTERS_WEIGHT * self._letters.scores(asked, rows)
        scores = words[rows] + ties[rows] + letters
        best = _highest(scores, max(limit, _LOOK_AHEAD))
        hits = [Hit(self.items[rows[n]], round(float(scores[n]), 4)) for n in best]
        return sourced_first(hits)[:limit]


def search(question: str, limit: int = 10, bind: Engine | None = None) -> list[Hit]:
    """Return the items nearest to `question`, best first.

    Raises NothingLoadedError when no items were loaded, DatabaseUnavailableError when the database
    fails.
    """
    return current_index(bind).search(question, limit)


def current_index(bind: Engine | None = None) -> SearchIndex:
    """Return the index of the items in the database, made anew when they have changed."""
    bind = bind or engine()
    checksum = stored_items.current_checksum(bind)
    return _index(checksum, bind)


def sourced_first(hits: list[Hit]) -> list[Hit]:
    """Return `hits` with a gap on top giving way to a source for the same, nearly as near.

    "Lessen over sleutelfiguren" is answered with the lessons that there are, not with the item that
    says which ones are missing.
    """
    if not hits or not hits[0].item.is_gap or not hits[0].item.interventions:
        return hits
    gap = hits[0]
    for hit in hits[1:]:
        near = hit.score >= _NEARLY_AS_NEAR * gap.score
        if near and not hit.item.is_gap and _is_about_the_same(hit.item, gap.item):
            return [hit, *(other for other in hits if other is not hit)]
    return hits


@lru_cache(maxsize=2)
def _index(_checksum: str | None, bind: Engine) -> SearchIndex:
    stored = stored_items.find_all(bind)
    analyzer = Analyzer(stored.search_words, load_vocabulary())
    return SearchIndex([parse_item(raw) for raw in stored.items], analyzer)


def _is_about_the_same(one: Item, other: Item) -> bool:
    return (one.kind, one.interventions, one.evaluation_types) == (
        other.kind,
        other.interventions,
        other.evaluation_types,
    )


def _highest(scores: Scores, count: int) -> NDArray[np.int64]:
    """Return the places of the `count` highest scores, the highest first."""
    if len(scores) > count:
        places = np.sort(np.argpartition(-scores, count)[:count])
    else:
        places = np.arange(len(scores))
    order: NDArray[np.int64] = places[np.argsort(-scores[places], kind="stable")]
    return order


def _folded(item: Item) -> _Folded:
    """Return the words of every text in each field of an item."""
    texts = {
        "title": (item.title,),
        "text": (item.text, *item.points),
        "synonyms": item.synonyms,
        "asked_as": item.asked_as,
    }
    return {name: [folded_words(text) for text in of_field] for name, of_field in texts.items()}


def _all_words(fields: _Folded) -> list[str]:
    return [word for texts in fields.values() for words in texts for word in words]
