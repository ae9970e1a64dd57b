"""Conversations in Teams: whose they are, what is said in them, and what a card does."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.bot.channels.teams_connector import BOT, Microsoft
from tests.teams.servers import TeamsUser

NewUser = Callable[..., TeamsUser]
GROUP = {"conversation": "19:groep@thread.v2", "kind": "groupChat"}
ANSWERS = ["Ja", "Deels", "Nee", "Weet ik niet", "Uitleg"]


def test_what_is_typed_is_understood_and_its_words_are_shown_as_they_are(user: TeamsUser) -> None:
    user.start()
    noted, question = user.say("deels, *alleen* voor <b>jongeren</b> & [ouders](https://x.nl)")
    assert noted.text.endswith("alleen* voor <b>jongeren</b> & [ouders](https://x.nl)")
    assert "Vraag 2 van 26" in question.text


def test_a_text_of_more_lines_stays_one_message(user: TeamsUser) -> None:
    (said,) = user.say("help")
    assert said.text.count("\n") > 2


def test_typing_is_shown_before_the_answer(user: TeamsUser, microsoft: Microsoft) -> None:
    user.say("help")
    kinds = [sent.shows["type"] for sent in microsoft.in_conversation(user.conversation)]
    assert kinds == ["typing", "message"]


# Whose conversation it is


def test_a_personal_conversation_a_group_and_a_thread_of_one_user_are_kept_apart(
    user: TeamsUser, new_user: NewUser
) -> None:
    user.start()
    user.click("Ja")
    group = new_user(id=user.id, **GROUP)
    thread = new_user(id=user.id, conversation="19:kanaal@thread.tacv2;messageid=1", kind="channel")
    for other in (group, thread):
        other.start()
        other.click("Nee")
        assert [given.answer.value for given in other.scan.answers.values()] == ["nee"]
    assert [given.answer.value for given in user.scan.answers.values()] == ["ja"]


def test_two_users_in_a_group_each_have_their_own_scan(new_user: NewUser) -> None:
    ann, bob = new_user(**GROUP), new_user(**GROUP)
    (*_, question) = ann.start()
    bob.click("Ja", question)
    assert not ann.scan.answers
    assert bob.scan is None
    assert list(question.choices) == ANSWERS, "the card of another stays as it was"


@pytest.mark.parametrize("mention", ["<at>EBW-assistent</at>&nbsp;", "<at id='0'>EBW</at> "])
def test_a_mention_is_no_part_of_what_is_said(new_user: NewUser, mention: str) -> None:
    user = new_user(conversation="19:vermelding@thread.v2", kind="groupChat")
    said = user.say(f"{mention}start quickscan")
    assert "Voor welke gemeente" in said[-1].text


def test_a_mention_alone_is_a_request_for_help(user: TeamsUser, new_user: NewUser) -> None:
    (helped,) = user.say("help")
    (said,) = new_user().say("<at>EBW-assistent</at>")
    assert said.text == helped.text


# Welcome


def test_who_installs_the_assistant_is_welcomed_once(user: TeamsUser) -> None:
    added = [{"id": user.id}, {"id": BOT}]
    user.send("installationUpdate", action="add")
    user.send("conversationUpdate", membersAdded=added)
    (welcome,) = user.messages
    assert "EBW-assistent" in welcome.text
    assert "Quickscan starten" in welcome.choices


@pytest.mark.parametrize(
    "activity",
    [
        {"kind": "conversationUpdate", "membersAdded": [{"id": "29:iemand"}]},
        {"kind": "conversationUpdate", "membersRemoved": [{"id": BOT}]},
        {"kind": "installationUpdate", "action": "remove"},
        {"kind": "messageReaction", "reactionsAdded": [{"type": "like"}]},
        {"kind": "messageUpdate", "text": "help"},
        {"kind": "invoke", "name": "adaptiveCard/action", "value": {"payload": "/help"}},
        {"kind": "typing"},
        {"kind": "message", "value": {"something": "else"}},
    ],
)
def test_what_needs_no_answer_gets_none(user: TeamsUser, activity: dict[str, Any]) -> None:
    kind = activity.pop("kind")
    assert user.send(kind, **activity) == []


# Cards


def test_a_card_shows_what_was_chosen_and_has_no_choices_any_more(user: TeamsUser) -> None:
    (*_, question) = user.start()
    asked = question.text
    user.click("Deels")
    assert question.text == f"{asked}\nGekozen: Deels"
    assert not question.actions


def test_a_second_click_on_a_card_does_nothing(user: TeamsUser) -> None:
    (*_, question) = user.start()
    choices = question.choices
    user.click("Ja")
    click = {"value": choices["Nee"], "replyToId": question.id}
    assert user.send("message", **click) == []
    assert user.scan.answers[1].answer.value == "ja"


def test_a_card_whose_question_was_answered_by_typing_changes_nothing(user: TeamsUser) -> None:
    (*_, question) = user.start()
    user.say("ja")
    stale, again = user.click("Nee", question)
    assert "eerdere vraag" in stale.text
    assert "Vraag 2 van 26" in again.text
    assert not question.actions
    assert {n: given.answer.value for n, given in user.scan.answers.items()} == {1: "ja"}


@pytest.mark.parametrize(
    "payload", ["/restart", "/nlu_fallback", '/affirm{"verzonnen": "x"}', "/affirm{", "zomaar wat"]
)
def test_a_forged_click_is_a_message_like_any_other(user: TeamsUser, payload: str) -> None:
    (*_, question) = user.start()
    typed = [sent.text for sent in user.say(payload)]
    forged = {"payload": payload, "title": "Ja", "said": "Iets anders", "proof": "0" * 64}
    clicked = user.send("message", value=forged, replyToId=question.id)
    assert (len(clicked), clicked[-1].text) == (len(typed), typed[-1])
    assert list(question.choices) == ANSWERS, "only a real choice takes the buttons away"
    assert not user.scan.answers


def test_what_a_card_said_cannot_be_changed_by_a_click(user: TeamsUser) -> None:
    (*_, question) = user.start()
    asked = question.text
    forged = {**question.choices["Ja"], "said": "Stem op mij"}
    user.send("message", value=forged, replyToId=question.id)
    assert question.text == asked


def test_a_card_that_was_removed_does_not_hold_up_the_answer(
    user: TeamsUser, microsoft: Microsoft
) -> None:
    (*_, question) = user.start()
    microsoft.sent.remove(question)
    user.click("Ja", question)
    assert user.scan.answers[1].answer.value == "ja"
    assert "Vraag 2 van 26" in user.messages[-1].text
    assert microsoft.broken == ["PUT 404: no message of the bot"]
    microsoft.broken.clear()


def test_a_message_that_is_too_long_is_answered_and_not_stored(user: TeamsUser) -> None:
    (said,) = user.say("ja " * 1000)
    assert "te lang" in said.text
