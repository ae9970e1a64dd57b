"""Locks of two servers in one real Redis."""

import asyncio
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
import redis
from rasa.core.lock_store import LockError

from bot import shared_locks
from bot.shared_locks import LeaseLostError, SharedLocks
from tests.conversations.servers import free_port


class RedisServer:
    """A Redis of this test alone."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._settings = f"port {self.port}\nbind 127.0.0.1\ndir {folder}\nappendonly yes\n"
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            ["redis-server", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        assert self._process.stdin
        self._process.stdin.write(self._settings.encode())
        self._process.stdin.close()
        while True:
            with suppress(redis.exceptions.ConnectionError):
                redis.Redis.from_url(self.url).ping()
                return
            time.sleep(0.02)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisServer]:
    """Give a Redis, and short times, so that nobody waits long for a failure."""
    monkeypatch.setattr(shared_locks, "RETRIES", 3)
    monkeypatch.setattr(shared_locks, "RENEW_SECONDS", 0.1)
    monkeypatch.setattr(shared_locks, "STOP_AFTER_SECONDS", 0.5)
    monkeypatch.setattr(shared_locks, "LEASE_SECONDS", 1.0)
    running = RedisServer(tmp_path)
    yield running
    running.kill()


def test_two_servers_hold_one_conversation_by_turns(server: RedisServer) -> None:
    at_work, most = 0, 0

    async def work(locks: SharedLocks) -> None:
        nonlocal at_work, most
        async with locks.hold("gesprek"):
            at_work += 1
            most = max(most, at_work)
            await asyncio.sleep(0.05)
            at_work -= 1

    async def all_at_once() -> None:
        both = SharedLocks(server.url), SharedLocks(server.url)
        await asyncio.gather(*(work(both[number % 2]) for number in range(8)))

    asyncio.run(all_at_once())
    assert most == 1


def test_a_lock_is_kept_for_longer_than_its_lease(server: RedisServer) -> None:
    async def second_has_to_wait() -> bool:
        first, second = SharedLocks(server.url), SharedLocks(server.url)
        async with first.hold("gesprek"):
            waiting = asyncio.create_task(_enter(second))
            await asyncio.sleep(2 * shared_locks.LEASE_SECONDS)
            waited = not waiting.done()
        await waiting
        return waited

    assert asyncio.run(second_has_to_wait())


def test_the_lock_of_a_server_that_was_killed_comes_free(server: RedisServer) -> None:
    async def go_on() -> None:
        holder = SharedLocks(server.url)
        async with _never_released(holder):
            await _enter(SharedLocks(server.url))

    asyncio.run(asyncio.wait_for(go_on(), 10))


def test_without_redis_the_lock_is_refused(server: RedisServer) -> None:
    server.kill()
    with pytest.raises(LockError):
        asyncio.run(_enter(SharedLocks(server.url)))


def test_a_lock_that_cannot_be_kept_breaks_off_the_work(server: RedisServer) -> None:
    async def work_on() -> None:
        async with SharedLocks(server.url).hold("gesprek"):
            server.kill()
            await asyncio.sleep(20)

    with pytest.raises(LeaseLostError):
        asyncio.run(asyncio.wait_for(work_on(), 15))


def test_a_redis_that_comes_back_still_knows_who_holds_a_lock(server: RedisServer) -> None:
    async def work_on() -> bool:
        first, second = SharedLocks(server.url), SharedLocks(server.url)
        async with first.hold("gesprek"):
            server.kill()
            server.start()
            waiting = asyncio.create_task(_enter(second))
            await asyncio.sleep(0.3)
            waited = not waiting.done()
        await waiting
        return waited

    assert asyncio.run(asyncio.wait_for(work_on(), 15))


def test_a_lock_that_was_held_when_redis_restarted_is_given_back(server: RedisServer) -> None:
    async def work() -> None:
        async with SharedLocks(server.url).hold("gesprek"):
            await asyncio.to_thread(server.kill)
            coming_back = asyncio.create_task(asyncio.to_thread(server.start))
        await coming_back

    asyncio.run(asyncio.wait_for(work(), 15))
    assert redis.Redis.from_url(server.url).keys("ebw:lock:*") == []


async def _enter(locks: SharedLocks) -> None:
    async with locks.hold("gesprek"):
        pass


@asynccontextmanager
async def _never_released(locks: SharedLocks) -> AsyncIterator[None]:
    """Take the lock as a server does that is killed then: nobody renews it or gives it back."""
    await locks._acquire("gesprek")
    yield
