"""After a reply was lost nobody knows what was stored: what is typed then is not taken blindly."""

from dataclasses import asdict

import pytest

from bot.actions.topics import NOT_SURE, Topic
from tests.bot.actions.conversation import Conversation


@pytest.fixture
def uncertain(user: Conversation) -> Conversation:
    """A user whose ja to question 1 was stored; the reply never came."""
    user.begin("Ja")
    user.slots["topic"] = asdict(Topic(intervention="theater", asking=NOT_SURE))
    return user


def test_the_same_answer_again_does_not_land_on_the_next_question(uncertain: Conversation) -> None:
    uncertain.say("ja", "affirm")
    assert uncertain.answers == {1: "ja"}
    assert uncertain.question == 2


def test_after_that_answers_are_taken_again(uncertain: Conversation) -> None:
    uncertain.say("ja", "affirm")
    uncertain.say("nee", "deny")
    assert uncertain.answers == {1: "ja", 2: "nee"}


def test_a_button_says_itself_which_question_it_answers(uncertain: Conversation) -> None:
    uncertain.press("Deels")
    assert uncertain.answers == {1: "ja", 2: "deels"}


def test_what_the_conversation_was_about_is_still_known(uncertain: Conversation) -> None:
    uncertain.say("ja", "affirm")
    assert uncertain.slots["topic"] == asdict(Topic(intervention="theater"))


def test_a_command_is_obeyed(uncertain: Conversation) -> None:
    uncertain.say("pauze", "pause_quickscan")
    assert uncertain.scan
    assert uncertain.scan.status == "paused"
