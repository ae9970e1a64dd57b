"""What may be remembered of a conversation: the slots that are set, and no words of the user.

Rasa's own store keeps every event and reads them all again at every turn, so that it knows more
than it should and gets slower as a conversation grows. Here a conversation is its slots. How far
a scan is stands in the scan itself (design/house.md, decision 5).
"""

import hashlib
import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_SLOT_NAMES
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.metrics import count_turn
from ebw.settings import settings
from storage import trackers
from storage.database import DatabaseUnavailableError, make_engine, reading, transaction

logger = logging.getLogger(__name__)

CONTEXT_LIFETIME = timedelta(hours=1)


class SlotTrackerStore(TrackerStore):
    """Keeps the slots of a conversation for an hour after its last change, under a hashed id."""

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        **_: object,
    ) -> None:
        """Connect to the database of the settings; `host` is not used."""
        del host
        super().__init__(domain, event_broker)
        # Losing slots in a power cut costs a user one repeated word: no need to wait for the disk.
        self._engine = make_engine(settings().database_url, durable=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        """Return the conversation as it stands: listening, with its slots."""
        slots = self._find(_hashed(sender_id))
        tracker = self.init_tracker(sender_id)
        for name, value in slots.items():
            tracker.update(SlotSet(name, value))
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        tracker.remembered = slots
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the slots, when they changed."""
        await self.stream_events(tracker)
        count_turn(tracker)
        slots = _slots_of(tracker)
        if slots == getattr(tracker, "remembered", None):
            return
        conversation = _hashed(tracker.sender_id)
        session_id = _hashed(f"{tracker.get_latest_input_channel() or 'rest'}:{tracker.sender_id}")
        try:
            with transaction(self._engine) as connection:
                trackers.save(connection, conversation, session_id, slots, datetime.now(UTC))
        except DatabaseUnavailableError as error:
            logger.warning("a conversation is not remembered: %s", error)

    async def keys(self) -> Iterable[str]:
        """Return nothing: the ids of senders are not kept."""
        return []

    def _find(self, conversation: str) -> dict[str, Any]:
        """Return the slots of a conversation; none when the database fails.

        Rasa would go on in memory then, with every word that is said. Nothing is lost by not doing
        so: what the user answers is kept by the scan, or the user is told that it is not.
        """
        since = datetime.now(UTC) - CONTEXT_LIFETIME
        try:
            with reading(self._engine) as connection:
                return trackers.find(connection, conversation, since)
        except DatabaseUnavailableError as error:
            logger.warning("a conversation is not looked up: %s", error)
            return {}


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _slots_of(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Return the slots of domain.yml that are set; Rasa's own hold what a channel sent along."""
    return {
        name: slot.value
        for name, slot in tracker.slots.items()
        if name not in DEFAULT_SLOT_NAMES
        and slot.value is not None
        and slot.value != slot.initial_value
    }
