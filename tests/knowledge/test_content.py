"""The content itself: no faults, and readable for who has little time."""

import re
from collections import Counter

import pytest

from knowledge.answering import answer_from, tell
from knowledge.items import Item
from knowledge.loading import check_all
from tests.knowledge.real import real_index, real_items

MOST_WORDS_IN_A_SENTENCE = 15
LONGEST_WORD = 25
MOST_LINES = 6  # design/conversations.md
LONGEST_TEXT = 320
LONGEST_POINT = 150
LONGEST_ANSWER = 700
NAMES = {"preventieclassificatiemodel"}  # what its maker calls it
CONTACT = re.compile(r"[\w.]+@[\w.]+\.nl|\(?0\d{2,3}\)?[ -]\d{3}")


def test_the_content_has_no_faults() -> None:
    assert check_all() == []


@pytest.mark.parametrize("item", real_items(), ids=lambda item: str(item.id))
def test_an_item_is_readable(item: Item) -> None:
    texts = (item.text, *item.points)
    sentences = [s for text in texts for s in re.split(r"(?<=[.?:;]) ", text) if s.strip()]
    words = [word for sentence in sentences for word in sentence.split()]
    assert len(words) / len(sentences) <= MOST_WORDS_IN_A_SENTENCE
    plain = (word.strip(".,;:?()'\"") for word in words if not re.search(r"[/@.]\w", word))
    assert [word for word in plain if len(word) > LONGEST_WORD and word not in NAMES] == []


def test_contact_details_are_shown_with_their_year() -> None:
    without = [
        item.id
        for item in real_items()
        if CONTACT.search(item.full_text) and not re.search(r"\b20\d{2}\b", item.full_text)
    ]
    assert without == []


@pytest.mark.parametrize("item", real_items(), ids=lambda item: str(item.id))
def test_an_item_is_a_short_answer(item: Item) -> None:
    assert len(item.text) <= LONGEST_TEXT
    assert all(len(point) <= LONGEST_POINT for point in item.points)
    answer = tell(item)
    assert len(answer) <= LONGEST_ANSWER
    assert len(answer.splitlines()) <= MOST_LINES


def test_saying_that_there_is_no_source_is_short_too() -> None:
    gaps = [item for item in real_items() if item.is_gap]
    answers = [answer_from(real_index(), gap.asked_as[0]).answer for gap in gaps]
    assert [answer for answer in answers if len(answer.splitlines()) > MOST_LINES] == []


def test_no_two_items_say_the_same() -> None:
    """A fact that stands in two items is changed in one of them, sooner or later."""
    texts = [" ".join((item.text, *item.points)) for item in real_items()]
    assert [text for text, count in Counter(texts).items() if count > 1] == []
