"""Replies as messages of Slack: Block Kit, within the limits that Slack documents.

Text goes as rich text, in which Slack reads no markup: nothing that a user typed can become a
mention, a link or a picture. (docs.slack.dev/reference/block-kit; read in November 2026.)
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from bot.channels.replies import Link, Option, Reply, split

Block = dict[str, Any]
Message = dict[str, Any]

LONGEST_TEXT = 3_000
MOST_BLOCKS = 50
MOST_BUTTONS = 25
LONGEST_TITLE = 75
_MARKED = re.compile(r"""\*\*(?P<bold>[^*\n]+)\*\*|(?P<url>https://[^\s<>"']*[^\s<>"'.,;:!?)\]])""")
_CHOSEN = "Gekozen: "
_Part = TypeVar("_Part")

_HOME = (
    "Dit is een computerprogramma voor medewerkers van gemeenten die radicalisering willen "
    "voorkomen. Je doet hier de quickscan van jullie lokale aanpak: 26 vragen, ongeveer "
    "25 minuten, en pauzeren kan. Je kunt ook vragen hoe je een interventie evalueert.",
    "Noem geen namen of andere gegevens van personen: daar is dit niet de plek voor. Is er direct "
    "gevaar, bel 112.",
    "Typ je vraag bij Berichten, of begin hier. In een kanaal noem je de assistent met een @; hij "
    "antwoordt in een thread.",
)
_HOME_OPTIONS = (
    Option("Quickscan starten", "/start_quickscan"),
    Option("Verder met een scan", "/resume_quickscan"),
    Option("Wat kun je?", "/help"),
    Option("Wat bewaar je?", "/ask_privacy"),
)


def messages_of(reply: Reply, user: str) -> list[Message]:
    """Return a reply to `user` as one message, or more when it has too many blocks for one.

    The block of a button tells whose question it answers (`is_question_of`).
    """
    blocks = [*_texts(reply.text), *_links(reply.links), *_choices(reply.options, user)]
    text = reply.text or ", ".join(option.title for option in reply.options)
    return [_message(text, part) for part in _groups(blocks, MOST_BLOCKS)]


def chosen_message(text: str, blocks: list[Block], title: str) -> Message:
    """Return what stays of a message when a choice was made: the choices give way to it."""
    kept = [{"type": "rich_text", "elements": b["elements"]} for b in blocks if _is_text(b)]
    return _message(text, [*kept, _rich_text([_run(_CHOSEN), _run(title, bold=True)])])


def is_question_of(user: str, block_id: str) -> bool:
    """Tell whether the button that was pressed is of a question to `user`."""
    return block_id.rpartition("-")[0] == user


def home_view() -> dict[str, Any]:
    """Return the home tab: what the assistant is and does, and where to begin."""
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": _plain("EBW-assistent")},
            *(_rich_text([_run(text)]) for text in _HOME),
            *_choices(_HOME_OPTIONS, "home"),
        ],
    }


def _message(text: str, blocks: list[Block]) -> Message:
    """Return a message; `text` is for notifications and screen readers."""
    return {"text": html.escape(split(text, LONGEST_TEXT)[0], quote=False), "blocks": blocks}


def _texts(text: str) -> Iterator[Block]:
    for piece in split(text, LONGEST_TEXT):
        if piece.strip():
            yield _rich_text(_runs(piece))


def _runs(text: str) -> Iterator[Block]:
    """Return a text in runs: bold ones, links, and all between them."""
    end = 0
    for found in _MARKED.finditer(text):
        if found.start() > end:
            yield _run(text[end : found.start()])
        bold, url = found["bold"], found["url"]
        yield _run(bold, bold=True) if bold else _link(url, url)
        end = found.end()
    if end < len(text):
        yield _run(text[end:])


def _links(links: Sequence[Link]) -> Iterator[Block]:
    if links:
        pairs = [(_run(" · "), _link(link.title, link.url)) for link in links]
        yield _rich_text([part for pair in pairs for part in pair][1:])


def _choices(options: Sequence[Option], user: str) -> Iterator[Block]:
    for place, group in enumerate(_groups(options, MOST_BUTTONS)):
        buttons = [_button(number, option) for number, option in enumerate(group)]
        yield {"type": "actions", "block_id": f"{user}-{place}", "elements": buttons}


def _button(number: int, option: Option) -> Block:
    title = option.title
    if len(title) > LONGEST_TITLE:
        title = f"{title[: LONGEST_TITLE - 1]}…"
    return {
        "type": "button",
        "action_id": f"option-{number}",
        "text": _plain(title),
        "value": option.payload,
    }


def _rich_text(runs: Iterable[Block]) -> Block:
    section = {"type": "rich_text_section", "elements": list(runs)}
    return {"type": "rich_text", "elements": [section]}


def _run(text: str, *, bold: bool = False) -> Block:
    return {"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}


def _link(title: str, url: str) -> Block:
    return {"type": "link", "text": title, "url": url}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _is_text(block: Block) -> bool:
    return block.get("type") == "rich_text"


def _groups(parts: Sequence[_Part], most: int) -> list[list[_Part]]:
    return [list(parts[start : start + most]) for start in range(0, len(parts), most)]
