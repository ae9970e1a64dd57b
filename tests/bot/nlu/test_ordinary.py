from rasa.shared.nlu.training_data.message import Message

from bot.nlu.ordinary import ordinary_words


def said(text: str, *entities: tuple[int, int]) -> Message:
    spans = [{"entity": "theater", "start": start, "end": end} for start, end in entities]
    return Message({"text": text, "entities": spans})


def test_dutch_words_that_resemble_a_term_or_a_municipality_are_ordinary() -> None:
    ordinary = ordinary_words([])
    assert {"evacuatie", "formaat", "dronken"} <= ordinary
    assert "checklist" not in ordinary
    assert "fiets" not in ordinary


def test_a_word_used_more_than_once_for_something_else_is_ordinary() -> None:
    twice = [said("de theoter"), said("een theoter")]
    assert "theoter" in ordinary_words(twice)
    assert "theoter" not in ordinary_words(twice[:1])


def test_a_word_marked_as_an_entity_is_not() -> None:
    marked = [said("theoter", (0, 7)), said("theoter", (0, 7))]
    assert "theoter" not in ordinary_words(marked)
