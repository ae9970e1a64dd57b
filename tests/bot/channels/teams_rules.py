"""What Teams takes of a bot, as Microsoft documents it."""

import json
from typing import Any
from xml.etree import ElementTree as ET

LONGEST_BYTES = 40 * 1024
MOST_ACTIONS = 6
ELEMENTS = {"TextBlock", "RichTextBlock", "ActionSet"}


class RuleBrokenError(Exception):
    """The bot did what the service does not take; with the status that it answers."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(status, why)
        self.status, self.why = status, why


def read_activity(body: bytes) -> dict[str, Any]:
    try:
        activity = json.loads(body)
    except ValueError as error:
        raise RuleBrokenError(400, "BadSyntax") from error
    if len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le")) > LONGEST_BYTES:
        raise RuleBrokenError(413, "MessageSizeTooBig")
    return dict(activity)


def check_shape(activity: dict[str, Any], conversation: str, bot: str) -> None:
    if activity.get("type") not in ("message", "typing"):
        raise RuleBrokenError(400, "no such type")
    if activity["from"]["id"] != bot or activity["conversation"]["id"] != conversation:
        raise RuleBrokenError(400, "not from the bot, or of another conversation")
    if activity["type"] == "typing":
        return
    text, attachments = activity.get("text"), activity.get("attachments")
    if bool(text) == bool(attachments):
        raise RuleBrokenError(
            400, "not one of text and card: Teams would make two messages, or none"
        )
    if text:
        _check_text(activity)
    else:
        for attachment in attachments:
            _check_card(attachment)


def _check_text(activity: dict[str, Any]) -> None:
    if activity.get("textFormat") != "xml":
        raise RuleBrokenError(400, "Teams would read the text as markdown, or drop its line ends")
    try:
        ET.fromstring(f"<x>{activity['text']}</x>")  # noqa: S314 - of our own bot
    except ET.ParseError as error:
        raise RuleBrokenError(400, "no XML") from error


def _check_card(attachment: dict[str, Any]) -> None:
    card = attachment["content"]
    if attachment["contentType"] != "application/vnd.microsoft.card.adaptive":
        raise RuleBrokenError(400, "no adaptive card")
    if card["type"] != "AdaptiveCard" or card["version"] not in ("1.2", "1.3", "1.4", "1.5"):
        raise RuleBrokenError(400, "a card that Teams does not show")
    for block in card["body"]:
        if block["type"] not in ELEMENTS:
            raise RuleBrokenError(400, f"no such element: {block['type']}")
        for action in block.get("actions", ()):
            _check_action(action)
        if len(block.get("actions", ())) > MOST_ACTIONS:
            raise RuleBrokenError(400, "Teams would hide the seventh action")


def _check_action(action: dict[str, Any]) -> None:
    submits = action["type"] == "Action.Submit" and isinstance(action["data"], dict)
    opens = action["type"] == "Action.OpenUrl" and action["url"].startswith(("https://", "http://"))
    if not action["title"] or not (submits or opens):
        raise RuleBrokenError(400, "an action that does nothing")
