"""How a channel talks with the assistant: through Rasa's own handler of messages."""

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.channels.replies import Converse, Messages

OnMessage = Callable[[UserMessage], Awaitable[Any]]


def conversation_with(on_new_message: OnMessage, channel: str) -> Converse:
    """Return how `channel` has a sender's message answered."""

    async def converse(sender_id: str, text: str) -> Messages:
        output = CollectingOutputChannel()
        await on_new_message(UserMessage(text, output, sender_id, input_channel=channel))
        return _in_one(output.messages)

    return converse


def _in_one(messages: Messages) -> Messages:
    """Return Rasa's messages with each `custom` part in the message that it belongs to."""
    joined: Messages = []
    for message in messages:
        own = {key: value for key, value in message.items() if key != "recipient_id"}
        if set(own) == {"custom"} and joined and "custom" not in joined[-1]:
            joined[-1]["custom"] = own["custom"]
        else:
            joined.append(own)
    return joined
