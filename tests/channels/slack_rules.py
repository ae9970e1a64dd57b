"""What Slack takes: the limits of Block Kit and the arguments of its methods.

From docs.slack.dev/reference: block-kit/blocks, block-kit/block-elements, methods/chat.postMessage,
methods/chat.update, methods/views.publish. Block Kit names no limit for the text of a rich text; it
gets the one of a section.
"""

from typing import Any

from jsonschema import Draft7Validator

MESSAGE_ARGUMENTS = {
    *("channel", "text", "blocks", "attachments", "thread_ts", "reply_broadcast", "unfurl_links"),
    *("unfurl_media", "mrkdwn", "parse", "link_names", "metadata", "username", "icon_url"),
}
UPDATE_ARGUMENTS = {
    *("channel", "ts", "text", "blocks", "attachments", "parse", "link_names", "metadata"),
}
VIEW_ARGUMENTS = {"user_id", "view", "hash"}
LONGEST_MESSAGE_TEXT = 40_000
_LONGEST_TEXT = 3_000


def _object(kind: str, required: dict[str, Any], **optional: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON Schema
    return {
        "type": "object",
        "properties": {"type": {"const": kind}, **required, **optional},
        "required": ["type", *required],
        "additionalProperties": False,
    }


def _text(most: int) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": most}


def _list(of: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "items": of, "minItems": 1, "maxItems": most}


def _plain(most: int) -> dict[str, Any]:
    return _object("plain_text", {"text": _text(most)}, emoji={"type": "boolean"})


_ID = _text(255)
_STYLE = {
    "type": "object",
    "properties": {name: {"type": "boolean"} for name in ("bold", "italic", "strike", "code")},
    "additionalProperties": False,
}
_MARKDOWN = _object("mrkdwn", {"text": _text(_LONGEST_TEXT)}, verbatim={"type": "boolean"})
_BUTTON = _object(
    "button",
    {"text": _plain(75)},
    action_id=_ID,
    url=_text(3_000),
    value=_text(2_000),
    style={"enum": ["primary", "danger"]},
)
_RUN = {
    "anyOf": [
        _object("text", {"text": _text(_LONGEST_TEXT)}, style=_STYLE),
        _object("link", {"url": _text(3_000)}, text=_text(_LONGEST_TEXT), style=_STYLE),
    ]
}
_SECTION_OF_RICH_TEXT = _object("rich_text_section", {"elements": _list(_RUN, 1_000)})
_BLOCK = {
    "anyOf": [
        _object("rich_text", {"elements": _list(_SECTION_OF_RICH_TEXT, 100)}, block_id=_ID),
        _object("actions", {"elements": _list(_BUTTON, 25)}, block_id=_ID),
        _object("header", {"text": _plain(150)}, block_id=_ID),
        _object("section", {"text": {"anyOf": [_plain(_LONGEST_TEXT), _MARKDOWN]}}, block_id=_ID),
        _object("context", {"elements": _list(_MARKDOWN, 10)}, block_id=_ID),
        _object("divider", {}, block_id=_ID),
    ]
}
_BLOCKS = Draft7Validator(_list(_BLOCK, 50))
_VIEW = Draft7Validator(_object("home", {"blocks": _list(_BLOCK, 100)}))


def faults_in_blocks(blocks: list[dict[str, Any]]) -> list[str]:
    """Return what Slack would not take of the blocks of a message."""
    return [fault.message[:300] for fault in _BLOCKS.iter_errors(blocks)] or _repeated(blocks)


def faults_in_view(view: dict[str, Any]) -> list[str]:
    """Return what Slack would not take of a home tab."""
    return [fault.message[:300] for fault in _VIEW.iter_errors(view)] or _repeated(view["blocks"])


def _repeated(blocks: list[dict[str, Any]]) -> list[str]:
    """Return the ids that are there twice: of a block in a message, of an action in a block."""
    named = [block["block_id"] for block in blocks if "block_id" in block]
    actions = [
        (place, element.get("action_id"))
        for place, block in enumerate(blocks)
        if block["type"] == "actions"
        for element in block["elements"]
    ]
    return [
        f"{one} is there twice" for ids in (named, actions) for one in ids if ids.count(one) > 1
    ]
