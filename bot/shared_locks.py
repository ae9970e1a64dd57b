"""Conversation locks that several Rasa servers share, in Redis.

A lock is a lease that its holder renews: when a server is killed, its conversations are free again
within LEASE_SECONDS. A server that could not renew in time stops its work before another begins.
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import TypeVar

import redis.asyncio
from rasa.core.lock_store import LockError
from redis.asyncio.lock import Lock
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import LockError as RedisLockError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

LEASE_SECONDS = 10.0
RENEW_SECONDS = 2.0
# Less than the lease: whoever lost it has stopped by the time that it is free.
STOP_AFTER_SECONDS = 7.0
POLL_SECONDS = 0.02
LONGEST_WAIT_SECONDS = 30.0
ANSWER_SECONDS = 1.0
# Together 2 seconds: in that time Redis is back from a restart, and nobody notices.
RETRIES = 10
RETRY_SECONDS = 0.2

T = TypeVar("T")

logger = logging.getLogger(__name__)


class LeaseLostError(Exception):
    """A conversation was worked on, and the lock could not be kept: the work was broken off."""


class SharedLocks:
    """The locks of all conversations, in one Redis."""

    def __init__(self, url: str) -> None:
        """Use the Redis at `url`; it is connected to when first needed."""
        self._redis = redis.asyncio.Redis.from_url(
            url, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS
        )

    @asynccontextmanager
    async def hold(self, conversation_id: str) -> AsyncIterator[None]:
        """Hold the lock of a conversation, against all other servers.

        Raises LockError when it cannot be had, and LeaseLostError when it could not be kept.
        """
        lock = await self._acquire(conversation_id)
        holder = asyncio.current_task()
        assert holder is not None  # noqa: S101 - for the type checker: we run in a task
        renewing = asyncio.create_task(_renew(lock, holder))
        try:
            yield
        except asyncio.CancelledError:
            if not renewing.done():
                raise
            message = "the lock of a conversation was lost"
            raise LeaseLostError(message) from None
        finally:
            renewing.cancel()
            await _release(lock)

    async def _acquire(self, conversation_id: str) -> Lock:
        name = f"ebw:lock:{hashlib.sha256(conversation_id.encode()).hexdigest()}"
        lock = self._redis.lock(
            name,
            timeout=LEASE_SECONDS,
            sleep=POLL_SECONDS,
            blocking_timeout=LONGEST_WAIT_SECONDS,
            thread_local=False,
        )
        try:
            if await _patiently(lock.acquire):
                return lock
        except RedisError as error:
            message = f"{type(error).__name__} from Redis"
            raise LockError(message) from None
        message = "the conversation is held by another server"
        raise LockError(message)


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Return what a call to Redis gives, also when Redis was just being restarted."""
    for _ in range(RETRIES):
        try:
            return await call()
        except (RedisConnectionError, RedisTimeoutError):
            await asyncio.sleep(RETRY_SECONDS)
    return await call()


async def _renew(lock: Lock, holder: asyncio.Task[object]) -> None:
    """Renew the lease until cancelled; when that does not succeed, cancel the holder and end."""
    renewed = monotonic()
    while monotonic() - renewed < STOP_AFTER_SECONDS:
        await asyncio.sleep(RENEW_SECONDS)
        try:
            async with asyncio.timeout(RENEW_SECONDS):
                await lock.reacquire()
            renewed = monotonic()
        except RedisLockError:
            break
        except (RedisError, TimeoutError) as error:
            logger.warning("a lock was not renewed: %s", type(error).__name__)
    logger.error("a lock was lost: what was being answered is broken off")
    holder.cancel()


async def _release(lock: Lock) -> None:
    """Give the lock back; when that fails it ends by itself, with the lease."""
    token = lock.local.token
    try:
        # Not `release`: that forgets the token, and can be tried only once.
        await _patiently(lambda: lock.do_release(token))
    except RedisError as error:
        logger.warning("a lock was not given back: %s", type(error).__name__)
