"""Ordinary Dutch words that look like a misspelt term of the field, and are not."""

from collections import Counter
from collections.abc import Iterable

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.lemmas import dutch_words
from bot.nlu.spelling import confusable
from knowledge.municipalities import municipalities
from knowledge.terms import spelled_words
from knowledge.vocabulary import load_vocabulary
from knowledge.words import words_of

_OFTEN = 2


def ordinary_words(examples: Iterable[Message]) -> frozenset[str]:
    """Return the words that spelling help must leave alone.

    They are the words of spaCy's Dutch look-up table, and those that occur in the training data
    more than once outside an entity, as far as they resemble a term or a municipality.
    """
    targets = spelled_words(load_vocabulary()) | municipalities().spelled_names
    return confusable(dutch_words() | _words_outside_entities(examples), targets)


def _words_outside_entities(examples: Iterable[Message]) -> set[str]:
    counts: Counter[str] = Counter()
    for example in examples:
        spans = [(e["start"], e["end"]) for e in example.get(ENTITIES) or []]
        for word in words_of(example.get(TEXT) or ""):
            if not any(start <= word.start < end for start, end in spans):
                counts[word.folded] += 1
    return {word for word, count in counts.items() if count >= _OFTEN}
