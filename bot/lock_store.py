"""One message of a conversation at a time, without making the second wait a whole second."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore
from rasa.utils.endpoints import EndpointConfig

WAIT_SECONDS = 0.02


class PromptLockStore(InMemoryLockStore):
    """Rasa's lock store in memory, that looks fifty times a second whether it may go on."""

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        """Make an empty store; there is nothing to configure."""
        del endpoint_config
        super().__init__()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = WAIT_SECONDS,
    ) -> AsyncIterator[TicketLock]:
        """Give the lock of a conversation, as soon as it is free."""
        async with super().lock(conversation_id, lock_lifetime, wait_time_in_seconds) as lock:
            yield lock
