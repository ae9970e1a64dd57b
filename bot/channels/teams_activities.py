"""What comes from Teams, read: who says what in which conversation, and where the answer goes."""

import html
import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from bot.channels.events import Event
from bot.channels.teams_cards import Cards

WELCOME = "/greet"
NOTHING_SAID = "/help"
"""What a message means that is only a mention of the assistant."""
_MENTION = re.compile(r"<at\b[^>]*>.*?</at>", re.DOTALL | re.IGNORECASE)


class MalformedActivityError(Exception):
    """The body of the request is no activity."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An activity of Teams. `tenant` is the organisation that the conversation is of."""

    content: dict[str, Any]
    channel: str
    tenant: str
    service_url: str
    conversation: str
    user: str
    bot: str

    @property
    def sender(self) -> str:
        """Whose conversation it is: of one user in one chat, group or thread."""
        return f"{self.tenant}|{self.conversation}|{self.user}"


def read_incoming(body: bytes) -> Incoming:
    """Return the activity in the body of a request.

    Raises MalformedActivityError when it is none.
    """
    try:
        content = json.loads(body)
        json.dumps(content, ensure_ascii=False).encode()  # half a character cannot be stored
        conversation = content["conversation"]
        of_channel = (content.get("channelData") or {}).get("tenant") or {}
        known = {
            "channel": content["channelId"],
            "tenant": conversation.get("tenantId") or of_channel.get("id") or "",
            "service_url": content["serviceUrl"],
            "conversation": conversation["id"],
            "user": content["from"]["id"],
            "bot": content["recipient"]["id"],
        }
        kinds = {type(value) for value in (*known.values(), content["type"])}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise MalformedActivityError from error
    if kinds != {str}:
        raise MalformedActivityError
    return Incoming(content, **known)


def event_of(incoming: Incoming, cards: Cards) -> Event | None:
    """Return what is said or chosen in an activity; None when it is nothing to answer.

    Raises MalformedActivityError when it cannot be told from another.
    """
    content, sender = incoming.content, incoming.sender
    address: dict[str, Any] = {
        "service_url": incoming.service_url,
        "conversation": incoming.conversation,
        "user": incoming.user,
        "bot": incoming.bot,
    }
    if _installs(content, incoming.bot):
        # Teams tells it twice: with the installation, and with who is in the conversation now.
        return Event("welcome", sender, WELCOME, address)
    if content["type"] != "message":
        return None
    message, card, value = (content.get(name) for name in ("id", "replyToId", "value"))
    if not isinstance(message, str):
        raise MalformedActivityError
    address["reply_to"] = message
    if not isinstance(value, dict):
        return Event(message, sender, _words(content), address)
    if not isinstance(value.get("payload"), str):
        return None
    choice = cards.choice_in(value, sender)
    if choice is None or not isinstance(card, str):
        return Event(message, sender, value["payload"], address)
    address["chosen"] = {"card": card, **asdict(choice)}
    # One choice a card: a second click on it is the same event.
    return Event(f"card {card}", sender, value["payload"], address)


def _installs(content: dict[str, Any], bot: str) -> bool:
    """Tell whether the assistant was just added to a conversation."""
    if content["type"] == "installationUpdate":
        return str(content.get("action")).startswith("add")
    added = content.get("membersAdded") if content["type"] == "conversationUpdate" else None
    return isinstance(added, list) and any(
        isinstance(member, dict) and member.get("id") == bot for member in added
    )


def _words(content: dict[str, Any]) -> str:
    """Return what a user typed, without mentions and without the marks of Teams for spaces."""
    text = content.get("text")
    said = html.unescape(_MENTION.sub(" ", text)) if isinstance(text, str) else ""
    return said.replace("\xa0", " ").strip() or NOTHING_SAID
