"""A reply as messages of Teams: text, or an Adaptive Card with text, choices and links.

Teams makes two messages of an activity that has both a text and a card, and then gives no id
(microsoft/BotFramework-Services, issue 98). So what has choices or links is a card, text and all.
"""

import hashlib
import hmac
import html
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from bot.channels.replies import Link, Option, Reply, split

Activity = dict[str, Any]

MOST_ACTIONS_IN_A_ROW = 6
LONGEST_ACTIVITY = 20 * 1024
"""Characters: 40 KB in UTF-16 ("Format your bot messages", learn.microsoft.com; the lowest limit it
ever named)."""
_ROOM_FOR_A_BUTTON = 700
_SHORTEST_PIECE = 100
_LONGEST_SUMMARY = 200
_MARKS = re.compile(r"[*_`~|#\[\]\\]")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a user chose on a card of their own: its title, and what the card said."""

    title: str
    said: str


class Cards:
    """Makes cards, and tells which choice was made on them.

    A choice carries what the card says, signed for the user who was asked: so the card can be put
    back without its buttons, by any server, and by nobody else's click.
    """

    def __init__(self, secret: bytes) -> None:
        """Sign with `secret`."""
        self._secret = secret

    def messages(self, reply: Reply, sender: str) -> list[Activity]:
        """Return a reply to `sender` as one message, or more when it is too long for one."""
        *before, last = split(reply.text, _room(len(reply.options)))
        if not reply.options and not reply.links:
            return [_text(piece) for piece in (*before, last) if piece]
        rows = [
            *_rows(self._submit(option, last, sender) for option in reply.options),
            *_rows(_open_url(link) for link in reply.links),
        ]
        return [*map(_text, before), _card(last, rows)]

    def choice_in(self, value: dict[str, Any], sender: str) -> Choice | None:
        """Return what `sender` chose on a card that was theirs; None for anything else."""
        title, said, proof = (value.get(name) for name in ("title", "said", "proof"))
        if not isinstance(title, str) or not isinstance(said, str) or not isinstance(proof, str):
            return None
        choice = Choice(title, said)
        is_ours = hmac.compare_digest(proof.encode(), self._proof(choice, sender).encode())
        return choice if is_ours else None

    def _submit(self, option: Option, said: str, sender: str) -> dict[str, Any]:
        choice = Choice(option.title, said)
        proof = self._proof(choice, sender)
        data = {"payload": option.payload, **asdict(choice), "proof": proof}
        return {"type": "Action.Submit", "title": option.title, "data": data}

    def _proof(self, choice: Choice, sender: str) -> str:
        signed = json.dumps(["teams card", sender, choice.title, choice.said]).encode()
        return hmac.new(self._secret, signed, hashlib.sha256).hexdigest()


def chosen_card(choice: Choice) -> Activity:
    """Return what stays of a card when the choice was made."""
    return _card(f"{choice.said}\nGekozen: {choice.title}".strip(), [])


def _room(buttons: int) -> int:
    """Return how long a text may be that stands in its message, and in each of the buttons."""
    left = LONGEST_ACTIVITY - (buttons + 1) * _ROOM_FOR_A_BUTTON
    return max(left // (buttons + 2), _SHORTEST_PIECE)


def _text(text: str) -> Activity:
    """Make a message of text only.

    As markdown, Teams would drop line ends and format what the user wrote. The Playground reads
    markdown in any text: so its marks are written as XML allows, by their number.
    """
    escaped = html.escape(text, quote=False)
    plain = _MARKS.sub(lambda mark: f"&#{ord(mark[0])};", escaped)
    return {"type": "message", "textFormat": "xml", "text": plain.replace("\n", "<br/>")}


def _card(text: str, rows: list[dict[str, Any]]) -> Activity:
    # Runs of text are shown as they are; Teams reads a TextBlock as markdown.
    lines = [
        {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": line}]}
        for line in text.split("\n")
        if line.strip()
    ]
    card = {"type": "AdaptiveCard", "version": "1.4", "body": [*lines, *rows]}
    return {
        "type": "message",
        "summary": text[:_LONGEST_SUMMARY],
        "attachments": [
            {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
        ],
    }


def _rows(actions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Group actions: of a larger group, Teams shows the first six."""
    every = list(actions)
    starts = range(0, len(every), MOST_ACTIONS_IN_A_ROW)
    groups = [every[start : start + MOST_ACTIONS_IN_A_ROW] for start in starts]
    return [{"type": "ActionSet", "actions": group} for group in groups]


def _open_url(link: Link) -> dict[str, Any]:
    return {"type": "Action.OpenUrl", "title": link.title, "url": link.url}
