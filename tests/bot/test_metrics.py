import asyncio
from typing import Any

import pytest
from prometheus_client import REGISTRY
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.metrics import count_turn, measured


def value(name: str, **labels: str) -> float:
    """Return how far a figure is."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


def turn(*responses: str) -> DialogueStateTracker:
    """Return a turn in which these responses were said."""
    tracker = DialogueStateTracker("someone", [])
    for name in responses:
        tracker.update(BotUttered("tekst", metadata={"utter_action": name}))
    return tracker


@pytest.mark.parametrize(
    ("response", "counted"),
    [
        ("utter_not_understood", "ebw_fallbacks_total"),
        ("utter_not_understood_again", "ebw_fallbacks_total"),
        ("utter_choose", "ebw_fallbacks_total"),
        ("utter_redacted", "ebw_redactions_total"),
        ("utter_not_stored", "ebw_failures_total"),
        ("utter_action_server_away", "ebw_failures_total"),
    ],
)
def test_a_turn_is_counted_by_what_was_said(response: str, counted: str) -> None:
    names = ["ebw_fallbacks_total", "ebw_redactions_total", "ebw_failures_total"]
    before = {name: value(name) for name in names}
    count_turn(turn("utter_question", response, response))
    assert {name: value(name) - before[name] for name in names} == {
        name: float(name == counted) for name in names
    }


@pytest.mark.parametrize("fails", [False, True])
def test_every_message_is_counted_by_channel_with_how_long_it_took(
    fails: bool,  # noqa: FBT001 - a variant
) -> None:
    async def handle(_message: UserMessage) -> Any:  # noqa: ANN401 - as Rasa gives it
        if fails:
            raise TimeoutError
        return ["antwoord"]

    counted = {"channel": "web", "name": "ebw_answer_seconds_count"}
    before = value(**counted)
    message = UserMessage("hallo", input_channel="web")
    if fails:
        with pytest.raises(TimeoutError):
            asyncio.run(measured(handle)(message))
    else:
        assert asyncio.run(measured(handle)(message)) == ["antwoord"]
    assert value(**counted) == before + 1
