"""What comes from Slack, read: who says what in which conversation, and where the answer goes.

A person's direct messages are one conversation; in a thread, also of direct messages, each person
has another. The functions raise whatever comes of reading what is not as Slack makes it.
"""

import html
import re
from typing import Any

from bot.channels.events import Event
from bot.channels.slack_blocks import is_question_of

START = "/start_quickscan"
NOTHING_SAID = "/help"
"""What a message means that is only a mention of the assistant, or a file."""
_SUBTYPES = (None, "file_share", "thread_broadcast")
_DIRECT = "im"
_MARK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_SOMEONE = "iemand"


def message_in(body: dict[str, Any]) -> Event | None:
    """Return what a user said in an event of the Events API; None when it is nothing to answer."""
    event = body["event"]
    if not _is_for_us(event):
        return None
    channel, user, ts = event["channel"], event["user"], event["ts"]
    thread = _thread_of(event)
    if event["type"] == "app_mention":
        thread = thread or ts
    bots = [one["user_id"] for one in body.get("authorizations") or []]
    text = _plain_words(event.get("text") or "", bots) or NOTHING_SAID
    return _event(str(body["event_id"]), text, channel, user, thread)


def click_in(payload: dict[str, Any]) -> Event | None:
    """Return what a user chose with a button, in a message or in the home tab."""
    if payload["type"] != "block_actions":
        return None
    action, user = payload["actions"][0], payload["user"]["id"]
    text = action["value"]
    if payload["container"]["type"] == "view":
        return _event(f"{user} {action['action_ts']}", text, user, user, None)
    message, channel = payload["message"], payload["channel"]["id"]
    # One choice a message: a second click on it is the same event.
    event = _event(f"{channel} {message['ts']}", text, channel, user, _thread_of(message))
    if is_question_of(user, action["block_id"]):
        event.address["chosen"] = {
            "channel": channel,
            "ts": message["ts"],
            "text": message.get("text") or "",
            "blocks": message["blocks"],
            "title": action["text"]["text"],
        }
    return event


def command_in(form: dict[str, str]) -> Event:
    """Return what a user typed after the slash command; the answer goes to their own messages."""
    user = form["user_id"]
    text = _plain_words(form.get("text") or "", []) or START
    return _event(form["trigger_id"], text, user, user, None)


def opens_home(body: dict[str, Any]) -> str | None:
    """Return who opened the home tab, if that is what the event tells."""
    event = body["event"]
    opened = event["type"] == "app_home_opened" and event.get("tab") == "home"
    return str(event["user"]) if opened else None


def _is_for_us(event: dict[str, Any]) -> bool:
    """Tell whether an event is a message of a person to us, not our own or another program's."""
    said = event["type"] == "app_mention" or (
        event["type"] == "message" and event.get("channel_type") == _DIRECT
    )
    return said and event.get("subtype") in _SUBTYPES and "bot_id" not in event


def _thread_of(message: dict[str, Any]) -> str | None:
    """Return the thread that a message is in; the message that a thread is about is not."""
    thread = message.get("thread_ts")
    return thread if thread != message["ts"] else None


def _event(event_id: str, text: str, channel: str, user: str, thread: str | None) -> Event:
    if not all(isinstance(part, str) and part for part in (text, channel, user, thread or "-")):
        raise TypeError
    sender = f"{user} {channel} {thread}" if thread else user
    address = {"channel": channel, "user": user, "thread": thread}
    return Event(event_id, sender, text, address)


def _plain_words(text: str, bots: list[str]) -> str:
    """Return what a user typed, without Slack's marks for mentions, channels and links."""

    def plain(mark: re.Match[str]) -> str:
        what, label = mark[1], mark[2]
        if what.startswith("@"):
            return "" if what[1:] in bots else _SOMEONE
        return label or what.lstrip("#!")

    return html.unescape(_MARK.sub(plain, text)).strip()
