import html
import json
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.replies import Link, Option, Reply
from bot.channels.teams_cards import LONGEST_ACTIVITY, Cards, Choice, chosen_card, split

SENDER = "tenant|a:1|29:1"
CARDS = Cards(b"a secret of this test")
OPTIONS = tuple(
    Option(title, f"/{title}") for title in ("ja", "deels", "nee", "onbekend", "uitleg")
)


def _blocks(message: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    body = message["attachments"][0]["content"]["body"]
    return [block for block in body if block["type"] == kind]


def _rows(message: dict[str, Any]) -> list[list[str]]:
    return [[act["title"] for act in row["actions"]] for row in _blocks(message, "ActionSet")]


def _lines(message: dict[str, Any]) -> list[str]:
    return [line["inlines"][0]["text"] for line in _blocks(message, "RichTextBlock")]


def _data(message: dict[str, Any], place: int = 0) -> dict[str, Any]:
    return dict(_blocks(message, "ActionSet")[0]["actions"][place]["data"])


def test_a_question_is_one_card_with_its_choices_and_no_text_beside_it() -> None:
    (message,) = CARDS.messages(Reply("Vraag 1\nKlopt dit?", OPTIONS), SENDER)
    assert _lines(message) == ["Vraag 1", "Klopt dit?"]
    assert _rows(message) == [["ja", "deels", "nee", "onbekend", "uitleg"]]
    assert "text" not in message
    assert message["summary"] == "Vraag 1\nKlopt dit?"


def test_more_than_six_choices_are_grouped_and_all_there() -> None:
    many = tuple(Option(f"Keuze {number}", "/inform") for number in range(14))
    (message,) = CARDS.messages(Reply("Welke?", many), SENDER)
    assert [len(row) for row in _rows(message)] == [6, 6, 2]


def test_links_are_buttons_that_open_them() -> None:
    links = (Link("Bron", "https://example.nl/a"),)
    (message,) = CARDS.messages(Reply("Zo zit het.", OPTIONS[:1], links), SENDER)
    assert _rows(message) == [["ja"], ["Bron"]]
    link = _blocks(message, "ActionSet")[1]["actions"][0]
    assert link == {"type": "Action.OpenUrl", "title": "Bron", "url": "https://example.nl/a"}


def test_a_message_without_choices_is_text_that_is_shown_as_it_is() -> None:
    (message,) = CARDS.messages(Reply("Je reden: <b> & *dat* [x](y)\nDe rest"), SENDER)
    assert (message["text"], message["textFormat"]) == (
        "Je reden: &lt;b&gt; &amp; &#42;dat&#42; &#91;x&#93;(y)<br/>De rest",
        "xml",
    )
    assert "attachments" not in message


def test_a_reply_without_words_is_no_message() -> None:
    assert CARDS.messages(Reply(""), SENDER) == []


@pytest.mark.parametrize("options", [(), OPTIONS, OPTIONS * 5], ids=len)
def test_a_long_text_is_cut_so_that_no_message_is_too_large(options: tuple[Option, ...]) -> None:
    words = [f"één&{number}" for number in range(4000)]
    messages = CARDS.messages(Reply(" ".join(words), options), SENDER)
    written = [json.dumps(message, ensure_ascii=False) for message in messages]
    assert max(map(len, written)) <= LONGEST_ACTIVITY
    said = [html.unescape(message.get("text") or _lines(message)[0]) for message in messages]
    assert " ".join(said).split() == words
    assert len(said) > 1
    assert ("attachments" in messages[-1]) == bool(options)


def test_who_chose_on_their_card_gets_back_what_it_said() -> None:
    (message,) = CARDS.messages(Reply("Vraag 1", OPTIONS), SENDER)
    assert _data(message, 1)["payload"] == "/deels"
    assert CARDS.choice_in(_data(message, 1), SENDER) == Choice("deels", "Vraag 1")


@pytest.mark.parametrize(
    "change",
    [
        {"said": "iets anders"},
        {"title": "iets anders"},
        {"proof": "0" * 64},
        {"proof": None},
        {"proof": "é"},
        {"said": None},
        {"title": ["ja"]},
    ],
)
def test_a_choice_that_was_changed_is_not_ours(change: dict[str, Any]) -> None:
    (message,) = CARDS.messages(Reply("Vraag 1", OPTIONS), SENDER)
    assert CARDS.choice_in({**_data(message), **change}, SENDER) is None


def test_a_choice_on_the_card_of_another_is_not_ours() -> None:
    (message,) = CARDS.messages(Reply("Vraag 1", OPTIONS), SENDER)
    assert CARDS.choice_in(_data(message), f"{SENDER}2") is None


def test_any_server_with_the_same_secret_knows_a_choice() -> None:
    (message,) = CARDS.messages(Reply("Vraag 1", OPTIONS), SENDER)
    same = Cards(b"a secret of this test")
    assert same.choice_in(_data(message), SENDER) == Choice("ja", "Vraag 1")


def test_a_choice_that_another_installation_signed_is_not_ours() -> None:
    (message,) = CARDS.messages(Reply("Vraag 1", OPTIONS), SENDER)
    assert Cards(b"another secret").choice_in(_data(message), SENDER) is None


def test_a_card_that_was_chosen_on_says_so_and_has_no_buttons() -> None:
    message = chosen_card(Choice("ja", "Vraag 1\nKlopt dit?"))
    assert _lines(message) == ["Vraag 1", "Klopt dit?", "Gekozen: ja"]
    assert _rows(message) == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("kort", ["kort"]),
        ("", [""]),
        ("een\n\ntwee\ndrie", ["een", "twee\ndrie"]),
        ("een twee\ndrie", ["een twee", "drie"]),
        ("een twee drie", ["een twee", "drie"]),
        ("eentweedrievier", ["eentweedri", "evier"]),
    ],
)
def test_a_text_is_cut_at_paragraphs_then_lines_then_words(text: str, pieces: list[str]) -> None:
    assert split(text, 10) == pieces


def test_what_a_reply_carries_for_other_channels_changes_nothing() -> None:
    reply = Reply("Vraag 1", OPTIONS, progress=(1, 26))
    assert CARDS.messages(reply, SENDER) == CARDS.messages(replace(reply, progress=None), SENDER)
