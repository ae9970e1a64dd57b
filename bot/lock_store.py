"""One message of a conversation at a time, without making the second wait a whole second."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore
from rasa.utils.endpoints import EndpointConfig

from bot.shared_locks import SharedLocks
from ebw.settings import settings

WAIT_SECONDS = 0.02


class PromptLockStore(InMemoryLockStore):
    """Rasa's lock store in memory, that looks fifty times a second whether it may go on.

    With EBW_REDIS_URL, what is first in line here then waits for the other servers too. Rasa's own
    store for Redis does not do: it reads a lock and writes it back, so that two servers can give
    out the same turn.
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        """Make an empty store; what there is to configure is in the settings."""
        del endpoint_config
        url = settings().cluster.redis_url
        self._shared = SharedLocks(url) if url else None
        super().__init__()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = WAIT_SECONDS,
    ) -> AsyncIterator[TicketLock]:
        """Give the lock of a conversation, as soon as it is free.

        Raises LockError when it cannot be had: nothing was done then.
        """
        async with super().lock(conversation_id, lock_lifetime, wait_time_in_seconds) as lock:
            if self._shared is None:
                yield lock
                return
            async with self._shared.hold(conversation_id):
                yield lock
