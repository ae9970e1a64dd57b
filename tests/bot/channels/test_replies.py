from typing import Any

import pytest

from bot.channels.replies import Link, Option, replies_in, split


def test_a_question_has_its_options_and_its_place_in_the_scan() -> None:
    (reply,) = replies_in(
        [
            {
                "text": "Vraag 3 van 26",
                "buttons": [{"title": "Ja", "payload": "/affirm"}],
                "custom": {"question": {"number": 3, "of": 26, "theme": "partners"}},
            }
        ]
    )
    assert reply.options == (Option("Ja", "/affirm"),)
    assert reply.progress == (3, 26)


@pytest.mark.parametrize("custom", [{}, None, {"noted": {"question": 1, "answer": "ja"}}])
def test_a_message_without_choices_or_links_is_just_text(custom: dict[str, Any] | None) -> None:
    (reply,) = replies_in([{"text": "Dag", "custom": custom}])
    assert (reply.text, reply.options, reply.links, reply.progress) == ("Dag", (), (), None)


def test_a_report_and_its_downloads_are_links() -> None:
    downloads = [{"title": "PDF", "url": "https://example.nl/r/verslag.pdf"}]
    (reply,) = replies_in(
        [{"custom": {"report": {"url": "https://example.nl/r", "downloads": downloads}}}]
    )
    assert [link.url for link in reply.links] == [
        "https://example.nl/r",
        "https://example.nl/r/verslag.pdf",
    ]


@pytest.mark.parametrize(
    "custom",
    [
        {"knowledge": {"items": ["les-a"], "sources": ["https://example.nl/"]}},
        {"source": {"title": "Toelichting", "url": "https://example.nl/"}},
    ],
)
def test_where_a_statement_comes_from_is_a_link(custom: dict[str, Any]) -> None:
    (reply,) = replies_in([{"text": "…", "custom": custom}])
    assert reply.links == (Link("Bron", "https://example.nl/"),)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [""]),
        ("kort", ["kort"]),
        ("een twee\n\ndrie vier", ["een twee", "drie vier"]),
        ("een twee\ndrie vier", ["een twee", "drie vier"]),
        ("een twee drie", ["een twee", "drie"]),
        ("onafgebroken", ["onafgebrok", "en"]),
    ],
)
def test_a_long_text_is_cut_where_a_reader_would(text: str, pieces: list[str]) -> None:
    assert split(text, 10) == pieces
