"""What tests of conversations about knowledge share."""

import bot.actions.checklist
import bot.actions.checklist_start
import bot.actions.guide  # noqa: F401 - actions are known once they were imported
from tests.bot.actions.conversation import Conversation


def rests_on(user: Conversation) -> list[str]:
    """Return the ids of the items that were named beside what was said."""
    stated = [message["custom"].get("knowledge", {}) for message in user.heard]
    return [item for knowledge in stated for item in knowledge.get("items", [])]


def sources(user: Conversation) -> list[str]:
    """Return the addresses of the sources that were named beside what was said."""
    stated = [message["custom"].get("knowledge", {}) for message in user.heard]
    return [url for knowledge in stated for url in knowledge.get("sources", [])]


def point(user: Conversation) -> int | None:
    """Return the number of the checklist's point that was put last."""
    put = [m["custom"]["point"]["number"] for m in user.heard if "point" in m["custom"]]
    return put[-1] if put else None


def offers(user: Conversation) -> list[str]:
    """Return the titles of all buttons of this turn."""
    return [button["title"] for message in user.heard for button in message["buttons"]]
