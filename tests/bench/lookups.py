"""How long one look-up takes among many items: the database's check and the search together.

`python -m tests.bench.lookups` measures this part of the bench alone.
"""

import random
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from knowledge.items_content import read_items
from knowledge.search import search
from knowledge.search_words import read_search_words
from storage import items
from storage.database import make_engine, transaction
from storage.tables import metadata

ITEMS = 10_000
QUESTIONS = 300
ROUNDS = 3
_CHANGED = 0.3
_ASKED = 6
_SYNONYMS = 12
_POINTS = 5
_SEED = 1  # the same items and questions every time


def lookup_figures() -> dict[str, float]:
    """Return milliseconds per look-up (median, 95th percentile), and seconds for the index.

    A question counts with the fastest of its rounds, so that what else the machine does meanwhile
    counts for little.
    """
    dice = random.Random(_SEED)
    content = read_items()
    generated = [_vary(dice, content, number) for number in range(ITEMS)]
    asked = dice.sample([text for item in content for text in item["asked_as"]], QUESTIONS)
    questions = [_with_typo(dice, text) for text in asked]
    with TemporaryDirectory() as folder:
        bind = make_engine(f"sqlite:///{Path(folder) / 'items.db'}")
        metadata.create_all(bind)
        with transaction(bind) as connection:
            items.replace_all(connection, generated, read_search_words())
        began = time.perf_counter()
        search(questions[0], bind=bind)
        index_seconds = time.perf_counter() - began
        rounds = [[_milliseconds(text, bind) for text in questions] for _ in range(ROUNDS)]
        bind.dispose()
    fastest = [min(times) for times in zip(*rounds, strict=True)]
    return {
        "items": ITEMS,
        "index_seconds": index_seconds,
        "p50_ms": statistics.median(fastest),
        "p95_ms": statistics.quantiles(fastest, n=20)[-1],
    }


def _milliseconds(question: str, bind: Any) -> float:  # noqa: ANN401 - an engine
    began = time.perf_counter()
    search(question, bind=bind)
    return (time.perf_counter() - began) * 1000


def _vary(dice: random.Random, content: Sequence[dict[str, Any]], number: int) -> dict[str, Any]:
    """Return an item like one of `content`, with texts of others and other words in them."""
    item, *others = dice.choices(content, k=_POINTS)
    mixed = [text for other in (item, *others) for text in (other["text"], *other["asked_as"])]
    words = " ".join(mixed).split()
    return {
        **item,
        "id": f"{item['id']}-{number}",
        "title": _mix(dice, item["title"], words),
        "text": _mix(dice, item["text"], words),
        "points": [_mix(dice, other["text"], words) for other in others[: dice.randrange(_POINTS)]],
        "synonyms": [_mix(dice, text, words) for text in dice.choices(mixed, k=_SYNONYMS)],
        "asked_as": [_mix(dice, text, words) for text in dice.choices(mixed, k=_ASKED)],
        "instead": [],
    }


def _mix(dice: random.Random, text: str, words: Sequence[str]) -> str:
    return " ".join(
        dice.choice(words) if dice.random() < _CHANGED else word for word in text.split()
    )


def _with_typo(dice: random.Random, text: str) -> str:
    """Return `text` with two of its letters swapped, as people type."""
    place = dice.randrange(len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


if __name__ == "__main__":
    print(lookup_figures())
