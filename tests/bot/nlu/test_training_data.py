import warnings
from collections import Counter, defaultdict

import pytest
import yaml
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from bot.nlu.contract import PUBLIC_INTENTS
from knowledge.municipalities import read_municipalities
from knowledge.vocabulary import load_vocabulary
from tests.bot.nlu.training_data import EVALUATION, HELD_OUT, Utterance, utterances, words

FEWEST_EXAMPLES = 100
NEARLY_EQUAL = 0.85
LONG_ENOUGH_TO_BE_COPIED = 4  # words; short ones like "annuleren" may occur in both


@pytest.fixture(scope="module")
def data() -> list[Utterance]:
    return utterances()


def test_every_intent_has_enough_examples(data: list[Utterance]) -> None:
    counts = Counter(utterance.intent for utterance in data)
    assert set(counts) == PUBLIC_INTENTS
    assert {intent: count for intent, count in counts.items() if count < FEWEST_EXAMPLES} == {}


def test_no_text_is_an_example_of_two_intents(data: list[Utterance]) -> None:
    intents = defaultdict(set)
    for utterance in data:
        intents[" ".join(words(utterance.text)) or utterance.text].add(utterance.intent)
    assert {text: found for text, found in intents.items() if len(found) > 1} == {}


def test_entities_are_marked_with_values_of_the_contract(data: list[Utterance]) -> None:
    vocabulary = load_vocabulary()
    allowed = {entity: set(vocabulary.values(entity)) for entity in vocabulary.terms}
    allowed["municipality"] = {known.name for known in read_municipalities()}
    allowed["question_number"] = {str(number) for number in range(100)}
    wrong = [
        (utterance.text, name, value)
        for utterance in data
        for name, value in utterance.entities
        if value not in allowed.get(name, set())
    ]
    assert wrong == []


def test_no_example_equals_or_nearly_equals_a_message_of_the_evaluation_set(
    data: list[Utterance],
) -> None:
    if not EVALUATION.exists():
        warnings.warn(f"NOT CHECKED: {EVALUATION} is not there", stacklevel=1)
        return
    rows = yaml.safe_load(EVALUATION.read_text(encoding="utf-8"))
    evaluation = [" ".join(words(row["text"])) for row in rows]
    long = [text for text in evaluation if len(text.split()) >= LONG_ENOUGH_TO_BE_COPIED]
    copies = [
        (utterance.text, near[0])
        for utterance in data
        if len(words(utterance.text)) >= LONG_ENOUGH_TO_BE_COPIED
        and (near := _nearest(" ".join(words(utterance.text)), long))
    ]
    assert copies == []


def test_what_is_held_out_is_not_trained_on(data: list[Utterance]) -> None:
    held_out = yaml.safe_load(HELD_OUT.read_text(encoding="utf-8"))
    known = {" ".join(words(utterance.text)) or utterance.text for utterance in data}
    texts = [row["text"] for row in held_out]
    assert [text for text in texts if (" ".join(words(text)) or text) in known] == []


def _nearest(text: str, others: list[str]) -> tuple[str, float, int] | None:
    near: tuple[str, float, int] | None = process.extractOne(
        text, others, scorer=Levenshtein.normalized_similarity, score_cutoff=NEARLY_EQUAL
    )
    return near
