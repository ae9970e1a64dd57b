"""What Rasa's process counts, for Prometheus: messages, how long they took, what went wrong."""

from collections.abc import Awaitable, Callable
from typing import Any

from prometheus_client import Counter, Histogram
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

_FALLBACKS = ("utter_not_understood", "utter_choose", "utter_empty", "utter_unknown_command")
_FAILURES = ("utter_not_stored", "utter_action_server_away", "utter_nothing_loaded")
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

seconds = Histogram("ebw_answer_seconds", "Time to answer a message", ["channel"], buckets=_BUCKETS)
fallbacks = Counter("ebw_fallbacks", "Messages that were not understood")
redactions = Counter("ebw_redactions", "Messages from which personal data was removed")
failures = Counter("ebw_failures", "Messages of which the user heard that it went wrong")

Handler = Callable[[UserMessage], Awaitable[Any]]


def measured(handle: Handler) -> Handler:
    """Return a handler of messages that also counts them, by channel, and how long they took."""

    async def handle_and_measure(message: UserMessage) -> Any:  # noqa: ANN401 - Rasa's
        with seconds.labels(message.input_channel).time():
            return await handle(message)

    return handle_and_measure


def count_turn(tracker: DialogueStateTracker) -> None:
    """Count the turn that ends, by what was said in it."""
    events = [event for event in tracker.events if isinstance(event, BotUttered)]
    said = [str(event.metadata.get("utter_action")) for event in events]
    for counter, responses in (
        (fallbacks, _FALLBACKS),
        (redactions, ("utter_redacted",)),
        (failures, _FAILURES),
    ):
        if any(name.startswith(responses) for name in said):
            counter.inc()
