"""Moving through a scan: back, to an earlier question, past one, and how far it is."""

import pytest

from tests.conversations.chat import Chat
from tests.conversations.servers import DATABASES


@pytest.fixture
def at_seven(chat: Chat) -> Chat:
    """A user who is at question 7, with a ja to all before it."""
    chat.start_at(7)
    return chat


def test_going_back_shows_the_earlier_answer_and_returns_after_it(at_seven: Chat) -> None:
    back = at_seven.say("vorige")
    assert back.values("utter_recall") == {"number": "6", "answer": "ja"}
    assert back.question == 6
    assert at_seven.press("Deels").question == 7
    assert at_seven.stored()[6] == ("deels", None)


def test_going_back_goes_on_until_the_first_question(chat: Chat) -> None:
    chat.start_at(3)
    assert [chat.say("terug").question for _ in range(3)] == [2, 1, 1]
    assert chat.say("vorige vraag").says("utter_first_question")


@pytest.mark.parametrize("assistant", DATABASES, indirect=True)
@pytest.mark.parametrize("wish", ["wijzig vraag 2", "ik wil vraag twee aanpassen", "vraag 2"])
def test_an_earlier_answer_is_changed_and_the_scan_goes_on_where_it_was(
    at_seven: Chat, wish: str
) -> None:
    put_again = at_seven.say(wish)
    assert put_again.values("utter_recall") == {"number": "2", "answer": "ja"}
    assert put_again.question == 2
    reply = at_seven.say("nee, want er is geen geld")
    assert reply.noted == {2: ("nee", "want er is geen geld")}
    assert reply.question == 7
    assert at_seven.stored() == at_seven.noted


@pytest.mark.parametrize("assistant", DATABASES, indirect=True)
@pytest.mark.parametrize(
    ("wish", "noted"),
    [
        ("bij vraag vijf moet het nee zijn", {5: ("nee", None)}),
        ("wijzig vraag 5 in deels", {5: ("deels", None)}),
        (
            "bij vraag 5 moet het nee zijn, want dat plan is gestopt",
            {5: ("nee", "dat plan is gestopt")},
        ),
    ],
)
def test_an_earlier_answer_is_changed_in_one_message(
    at_seven: Chat, wish: str, noted: dict[int, tuple[str, str | None]]
) -> None:
    reply = at_seven.say(wish)
    assert reply.noted == noted
    assert reply.question == 7
    assert at_seven.stored() == at_seven.noted


def test_changing_without_a_number_asks_which_question(at_seven: Chat) -> None:
    reply = at_seven.say("ik wil een antwoord wijzigen")
    assert reply.says("utter_ask_which_question")
    assert at_seven.say("3").question == 3
    assert at_seven.press("Deels").noted == {3: ("deels", None)}
    assert at_seven.stored()[3] == ("deels", None)


def test_a_change_can_be_called_off(at_seven: Chat) -> None:
    at_seven.say("ik wil een antwoord wijzigen")
    reply = at_seven.press("Laat maar")
    assert reply.says("utter_cancelled_change")
    assert reply.question == 7
    assert at_seven.stored() == at_seven.noted


def test_a_skipped_question_stays_open(at_seven: Chat) -> None:
    reply = at_seven.say("overslaan")
    assert reply.values("utter_skipped") == {"number": "7"}
    assert reply.question == 8
    assert at_seven.stored()[7] == ("overgeslagen", None)


def test_skipping_an_answered_question_keeps_its_answer(at_seven: Chat) -> None:
    at_seven.say("vorige")
    reply = at_seven.say("sla maar over")
    assert reply.noted == {}
    assert reply.question == 7
    assert at_seven.stored()[6] == ("ja", None)


@pytest.mark.parametrize("asking", ["hoeveel nog", "hoeveel vragen nog?", "hoe ver ben ik?"])
def test_progress_is_told_and_the_question_put_again(at_seven: Chat, asking: str) -> None:
    at_seven.say("overslaan")
    reply = at_seven.say(asking)
    assert reply.values("utter_progress") == {
        "answered": "6",
        "count": "26",
        "to_come": "19",
        "skipped": "1",
    }
    assert reply.question == 8


def test_the_outcome_so_far_is_shown_and_the_question_put_again(at_seven: Chat) -> None:
    reply = at_seven.say("wat kwam er uit?")
    assert reply.says("utter_result_so_far")
    assert reply.says("utter_summary")
    assert reply.question == 7
