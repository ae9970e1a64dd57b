"""What the assistant says, as every channel has to show it: texts, choices, links.

A channel turns each `Reply` into its own form (a card, blocks, a widget). What Rasa's messages look
like is known here and nowhere else in a channel; Rasa itself is not needed to read them.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

Messages = list[dict[str, Any]]
Converse = Callable[[str, str], Awaitable[Messages]]
"""Takes a sender id and a text; returns what the assistant says."""

WHERE_WE_ARE = "/show_progress"
UNSURE = (
    "Er ging iets mis terwijl ik je bericht verwerkte. Ik verwerk het niet nog een keer. "
    "Kijk hieronder waar we zijn, en antwoord zo nodig opnieuw."
)
TOO_LONG = (
    "Dat bericht is te lang voor mij. Houd het onder de 2.000 tekens; ik heb er niets van bewaard."
)

_SOURCE = "Bron"
_REPORT = "Open je verslag"


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a user can make; `payload` is what choosing it sends."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address on the web, and what it is called."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the assistant.

    `progress` is the question at hand and of how many, when the message puts a question of a scan.
    """

    text: str
    options: tuple[Option, ...] = ()
    links: tuple[Link, ...] = ()
    progress: tuple[int, int] | None = None
    custom: dict[str, Any] = field(default_factory=dict, compare=False)


def replies_in(messages: Messages) -> list[Reply]:
    """Return the replies that Rasa's messages hold, in their order."""
    return [_reply(message) for message in messages]


def split(text: str, most: int) -> list[str]:
    """Cut a text at its paragraphs, or else lines or words, in pieces of at most `most` characters.

    Returns the text itself when it is short enough; at least one piece.
    """
    pieces = []
    while len(text) > most:
        ends = (text.rfind(mark, 1, most + 1) for mark in ("\n\n", "\n", " "))
        end = next((end for end in ends if end > 0), most)
        pieces.append(text[:end])
        text = text[end:].lstrip()
    return [*pieces, text]


def _reply(message: dict[str, Any]) -> Reply:
    custom = message.get("custom") or {}
    question = custom.get("question")
    return Reply(
        text=message.get("text") or "",
        options=tuple(Option(b["title"], b["payload"]) for b in message.get("buttons") or []),
        links=_links(custom),
        progress=(question["number"], question["of"]) if question else None,
        custom=custom,
    )


def _links(custom: dict[str, Any]) -> tuple[Link, ...]:
    """Return the sources of what is stated, and the report of a scan with its downloads."""
    explained = custom.get("source") or {}
    urls = custom.get("knowledge", {}).get("sources", [])
    sources = [Link(_SOURCE, url) for url in (explained.get("url"), *urls) if url]
    report = custom.get("report")
    if not report:
        return tuple(sources)
    downloads = [Link(one["title"], one["url"]) for one in report["downloads"]]
    return (*sources, Link(_REPORT, report["url"]), *downloads)
