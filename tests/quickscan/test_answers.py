import pytest

from quickscan.answers import (
    MAX_REASON_LENGTH,
    answer_named_in,
    points_to_question,
    reason_for_change,
    reason_in,
)
from quickscan.scan import Answer


@pytest.mark.parametrize(
    ("text", "answer", "reason"),
    [
        ("deels, alleen voor jihadisme", Answer.PARTLY, "alleen voor jihadisme"),
        ("nee daar zijn we nog niet aan toe", Answer.NO, "daar zijn we nog niet aan toe"),
        ("ja staat in ons IVP", Answer.YES, "staat in ons IVP"),
        ("Ja, maar alleen op papier", Answer.YES, "maar alleen op papier"),
        ("JA. STAAT ERIN", Answer.YES, "STAAT ERIN"),
        ("jazeker - zie het plan", Answer.YES, "zie het plan"),
        ("ja en nee, ligt aan de wijk", Answer.PARTLY, "ligt aan de wijk"),
        ("voor een deel: de scholen doen mee", Answer.PARTLY, "de scholen doen mee"),
        ("nee; geen geld voor", Answer.NO, "geen geld voor"),
        ("weet ik niet, moet ik navragen", Answer.UNKNOWN, "moet ik navragen"),
        ("geen idee wie dat doet", Answer.UNKNOWN, "wie dat doet"),
        ("ja,\n\nstaat   in\thet plan", Answer.YES, "staat in het plan"),
    ],
)
def test_the_reason_is_what_follows_the_answer(text: str, answer: Answer, reason: str) -> None:
    assert reason_in(text, answer) == reason


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ja", Answer.YES),
        ("Ja hoor!", Answer.YES),
        ("ja dat klopt helemaal", Answer.YES),
        ("ik denk het wel", Answer.YES),
        ("nee, helaas niet", Answer.NO),
        ("nog niet", Answer.NO),
        ("nee, dat hebben wij niet", Answer.NO),
        ("deels", Answer.PARTLY),
        ("een beetje", Answer.PARTLY),
        ("dat weet ik niet zo goed", Answer.UNKNOWN),
        ("ik weet het niet", Answer.UNKNOWN),
        ("geen flauw idee", Answer.UNKNOWN),
        ("ja 👍", Answer.YES),
        ("", Answer.YES),
    ],
)
def test_a_bare_answer_has_no_reason(text: str, answer: Answer) -> None:
    assert reason_in(text, answer) is None


def test_an_answer_in_other_words_is_its_own_reason() -> None:
    assert reason_in("dat staat in het IVP", Answer.YES) == "dat staat in het IVP"


@pytest.mark.parametrize("text", ["noord doet wel mee", "jammer genoeg alleen centrum"])
def test_a_word_that_only_begins_like_an_answer_stays_in_the_reason(text: str) -> None:
    assert reason_in(text, Answer.NO) == text
    assert reason_in(text, Answer.YES) == text


def test_an_endless_reason_is_cut_off() -> None:
    reason = reason_in("ja " + "het plan is er " * 10_000, Answer.YES)
    assert reason is not None
    assert len(reason) <= MAX_REASON_LENGTH


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("bij vraag vijf moet het nee zijn", Answer.NO),
        ("vraag 3 moet DEELS worden", Answer.PARTLY),
        ("maak van 12 maar ja", Answer.YES),
        ("zet 3 op weet ik niet", Answer.UNKNOWN),
        ("vraag 3: ik weet het niet", Answer.UNKNOWN),
        ("nee, vraag 4 moet nee zijn", Answer.NO),
    ],
)
def test_a_wish_to_change_names_the_new_answer(text: str, answer: Answer) -> None:
    assert answer_named_in(text) is answer


@pytest.mark.parametrize(
    "text", ["wijzig vraag 12", "vraag 5: ja in plaats van nee", "", "jaren geleden ingevuld"]
)
def test_a_wish_that_names_no_answer_or_two_is_not_guessed_at(text: str) -> None:
    assert answer_named_in(text) is None


@pytest.mark.parametrize("word", ["want", "omdat", "aangezien", "OMDAT"])
def test_the_reason_for_a_change_follows_its_conjunction(word: str) -> None:
    assert reason_for_change(f"vraag 3 wordt deels {word} de wijk ontbreekt") == "de wijk ontbreekt"


def test_a_change_without_a_reason_has_none() -> None:
    assert reason_for_change("vraag 3 wordt deels") is None
    assert reason_for_change("wantrouwen over vraag 3") is None


def test_an_endless_reason_for_a_change_is_cut_off() -> None:
    reason = reason_for_change("vraag 3 nee want " + "x" * 10_000)
    assert reason == "x" * MAX_REASON_LENGTH


@pytest.mark.parametrize(
    "text",
    [
        "ja, zie vraag 4",
        "deels, net als bij vraag 3",
        "nee, zie ook de vraag hiervoor",
        "weet niet, hetzelfde als bij vraag 2",
        "Nee: zoals bij vraag 5",
    ],
)
def test_a_reason_may_point_to_another_question(text: str) -> None:
    assert points_to_question(text)


@pytest.mark.parametrize(
    "text", ["nee bij vraag 4", "bij vraag vijf moet het nee zijn", "vraag 3: ja", "ja hoor"]
)
def test_naming_the_question_that_is_answered_is_not_pointing_to_it(text: str) -> None:
    assert not points_to_question(text)
