"""What happens in conversations, for analytics: which intents and actions, and not a word of it.

Rasa's own brokers pass on every event as it is, with the user's text and the values of slots. Here
only the fields of `told` leave the process, into a stream of Redis that anything can read.
"""

import asyncio
import hashlib
import logging
from typing import Any

import redis.asyncio
from rasa.core.brokers.broker import EventBroker
from rasa.utils.endpoints import EndpointConfig
from redis.exceptions import RedisError

from bot.nlu.contract import FALLBACK, PUBLIC_INTENTS
from ebw.settings import settings

STREAM = "ebw:events"
LONGEST_STREAM = 100_000
MOST_WAITING = 1_000
TOLD_EVENTS = frozenset({"user", "action", "bot", "session_started"})

logger = logging.getLogger(__name__)


class RedisEventStream(EventBroker):
    """Puts events in the stream, beside the conversation: it never waits for it, or fails by it.

    When Redis is away, events are lost, and the log says so; conversations go on.
    """

    def __init__(self, url: str) -> None:
        """Use the Redis at `url`."""
        self._redis = redis.asyncio.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
        self._sending: set[asyncio.Task[None]] = set()

    @classmethod
    async def from_endpoint_config(
        cls, broker_config: EndpointConfig, event_loop: object = None
    ) -> "RedisEventStream | None":
        """Return the stream of EBW_EVENT_BROKER_URL; None when there is none."""
        del broker_config, event_loop
        url = settings().cluster.events_url
        return cls(url) if url else None

    def publish(self, event: dict[str, Any]) -> None:
        """Send what may be told of an event; called by Rasa from within its event loop."""
        fields = told(event)
        if not fields or len(self._sending) >= MOST_WAITING:
            return
        task = asyncio.get_running_loop().create_task(self._send(fields))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def close(self) -> None:
        """Send what is still waiting."""
        await asyncio.gather(*self._sending)
        await self._redis.close()

    async def _send(self, fields: dict[str, str]) -> None:
        try:
            await self._redis.xadd(STREAM, fields, maxlen=LONGEST_STREAM, approximate=True)
        except RedisError as error:
            logger.warning("an event was not passed on: %s", type(error).__name__)


def told(event: dict[str, Any]) -> dict[str, str]:
    """Return the only fields of an event that leave the process; none for other kinds of event.

    The session is hashed otherwise than in the database, and shortened: the two cannot be joined.
    """
    if event.get("event") not in TOLD_EVENTS:
        return {}
    intent = (event.get("parse_data") or {}).get("intent", {}).get("name")
    fields = {
        "event": event["event"],
        "time": event.get("timestamp"),
        "session": _session(str(event.get("sender_id"))),
        "channel": event.get("input_channel"),
        "action": event.get("name"),
        "intent": intent if intent in PUBLIC_INTENTS | {FALLBACK} else None,
    }
    return {name: str(value) for name, value in fields.items() if value is not None}


def _session(sender_id: str) -> str:
    return hashlib.sha256(f"events:{sender_id}".encode()).hexdigest()[:16]
