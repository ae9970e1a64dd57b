from bot.actions.readings import PLAIN_WORDS, SHOWN, readings_of
from tests.bot.actions.conversation import DOMAIN


def ranked(*names: str) -> list[dict[str, object]]:
    """Return a ranking of intents, best first."""
    return [{"name": name, "confidence": 1 / (place + 2)} for place, name in enumerate(names)]


def test_the_two_likeliest_are_shown_in_their_order() -> None:
    shown = readings_of(ranked("help", "ask_offer", "ask_privacy"))
    assert [button["payload"] for button in shown] == ["/help", "/ask_offer"]


def test_an_answer_to_a_question_is_no_reading_on_its_own() -> None:
    shown = readings_of(ranked("affirm", "deny", "inform", "ask_offer"))
    assert [button["payload"] for button in shown] == ["/ask_offer"]


def test_without_any_likely_reading_a_way_on_is_offered() -> None:
    for ranking in ([], ranked("affirm", "nlu_fallback")):
        assert len(readings_of(ranking)) == SHOWN


def test_every_reading_is_an_intent_in_words_of_its_own() -> None:
    intents = {
        next(iter(entry)) if isinstance(entry, dict) else entry for entry in DOMAIN["intents"]
    }
    assert set(PLAIN_WORDS) <= intents
    assert len(set(PLAIN_WORDS.values())) == len(PLAIN_WORDS)
