"""Replies as messages of Slack, held against what Slack takes."""

import pytest

from bot.channels.replies import Link, Option, Reply
from bot.channels.slack_blocks import (
    chosen_message,
    home_view,
    is_question_of,
    messages_of,
)
from tests.channels.slack_rules import faults_in_blocks, faults_in_view
from tests.channels.slack_server import Message


def shown(reply: Reply) -> list[Message]:
    """Return a reply as Slack would show it, once Slack takes it."""
    messages = messages_of(reply, "U1")
    for message in messages:
        assert faults_in_blocks(message["blocks"]) == []
        assert message["text"]
    return [Message("D1", "1.1", None, **message) for message in messages]


def runs(reply: Reply) -> list[tuple[str, str]]:
    """Return the parts of a reply's text, with their kinds."""
    (message,) = shown(reply)
    parts = message.blocks[0]["elements"][0]["elements"]
    return [("bold" if part.get("style") else part["type"], part["text"]) for part in parts]


@pytest.mark.parametrize("count", [1, 5, 6, 25, 26, 80, 2_000])
def test_no_option_is_dropped_however_many_there_are(count: int) -> None:
    options = tuple(Option(f"Keuze {number}", f"/inform{number}") for number in range(count))
    messages = shown(Reply("Kies", options))
    values = [button["value"] for message in messages for button in message.buttons.values()]
    assert values == [option.payload for option in options]


def test_a_title_that_is_too_long_is_shortened_and_still_sends_its_payload() -> None:
    (message,) = shown(Reply("Kies", (Option("a" * 100, "/help"),)))
    assert [(title[-2:], len(title), b["value"]) for title, b in message.buttons.items()] == [
        ("a…", 75, "/help")
    ]


@pytest.mark.parametrize("text", ["woord " * 3_000, "a" * 10_000])
def test_a_long_text_is_split_and_nothing_of_it_is_lost(text: str) -> None:
    (message,) = shown(Reply(text))
    assert len(message.blocks) > 1
    assert "".join(message.shown.split()) == "".join(text.split())


def test_what_a_user_typed_is_never_markup() -> None:
    typed = "*vet* _cursief_ ~weg~ `code` <!channel> <@U1> <https://x.nl|klik> :smile: & &lt;"
    (message,) = shown(Reply(typed))
    assert runs(Reply(typed.replace("https://x.nl|klik", ""))) == [
        ("text", typed.replace("https://x.nl|klik", ""))
    ]
    assert message.shown == typed
    assert "<" not in message.text
    assert "&amp;lt;" in message.text


def test_bold_and_addresses_are_shown_as_such() -> None:
    assert runs(Reply("Dat is **belangrijk**: zie https://example.nl/a_b.")) == [
        ("text", "Dat is "),
        ("bold", "belangrijk"),
        ("text", ": zie "),
        ("link", "https://example.nl/a_b"),
        ("text", "."),
    ]


def test_links_are_shown_by_their_names() -> None:
    links = (Link("Bron", "https://example.nl/1"), Link("Verslag", "https://example.nl/2"))
    (message,) = shown(Reply("Zie", links=links))
    assert message.shown == "Zie\nBron · Verslag"


def test_choices_without_a_text_have_a_text_for_notifications() -> None:
    (message,) = shown(Reply("", (Option("Ja", "/affirm"), Option("Nee", "/deny"))))
    assert message.text == "Ja, Nee"


def test_a_reply_that_shows_nothing_is_no_message() -> None:
    assert shown(Reply("", custom={"noted": 1})) == []


def test_a_choice_takes_the_place_of_the_choices() -> None:
    (message,) = messages_of(
        Reply("Kies", (Option("Ja", "/affirm"),), (Link("Bron", "https://a"),)), "U1"
    )
    stored = [{**block, "block_id": "given by Slack"} for block in message["blocks"]]
    chosen = Message("D1", "1.1", None, **chosen_message("Kies", stored, "Ja"))
    assert faults_in_blocks(chosen.blocks) == []
    assert chosen.buttons == {}
    assert chosen.shown == "Kies\nBron\nGekozen: Ja"


def test_a_question_is_of_who_was_asked() -> None:
    (message,) = shown(Reply("Kies", (Option("Ja", "/affirm"),)))
    block_id = message.buttons["Ja"]["block_id"]
    assert is_question_of("U1", block_id)
    assert not is_question_of("U2", block_id)
    assert not is_question_of("U", block_id)


def test_slack_takes_the_home_tab() -> None:
    assert faults_in_view(home_view()) == []
