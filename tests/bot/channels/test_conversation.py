import asyncio

from rasa.core.channels.channel import UserMessage

from bot.channels.conversation import conversation_with


def test_a_conversation_returns_each_message_with_its_own_custom_part() -> None:
    async def say_twice(message: UserMessage) -> None:
        output = message.output_channel
        await output.send_text_message("a", f"{message.input_channel}: {message.text}")
        await output.send_custom_json("a", {"noted": 1})
        await output.send_text_message("a", "Vraag 2")

    said = asyncio.run(conversation_with(say_twice, "teams")("a", "ja"))
    assert said == [{"text": "teams: ja", "custom": {"noted": 1}}, {"text": "Vraag 2"}]
