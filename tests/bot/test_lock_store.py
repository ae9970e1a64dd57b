import asyncio

import pytest
from rasa.core.lock_store import LockStore
from rasa.core.utils import AvailableEndpoints

from bot.lock_store import WAIT_SECONDS, PromptLockStore
from ebw.settings import ROOT


def test_messages_of_one_conversation_are_handled_one_at_a_time_and_in_order() -> None:
    store = PromptLockStore()
    done: list[str] = []

    async def handle(name: str) -> None:
        async with store.lock("gesprek"):
            done.append(f"{name} in")
            await asyncio.sleep(0.01)
            done.append(f"{name} out")

    async def send_all() -> None:
        await asyncio.gather(handle("a"), handle("b"), handle("c"))

    asyncio.run(send_all())
    assert done == ["a in", "a out", "b in", "b out", "c in", "c out"]


def test_conversations_do_not_wait_for_each_other() -> None:
    store = PromptLockStore()

    async def both() -> bool:
        async with store.lock("een"), store.lock("twee"):
            return True

    assert asyncio.run(asyncio.wait_for(both(), 10))


def test_a_second_message_does_not_wait_a_whole_second(monkeypatch: pytest.MonkeyPatch) -> None:
    store = PromptLockStore()
    waits: list[float] = []
    sleep = asyncio.sleep

    async def counted(seconds: float) -> None:
        waits.append(seconds)
        await sleep(0)

    async def second_while_first() -> None:
        async with store.lock("gesprek"):
            second = asyncio.ensure_future(enter())
            for _ in range(20):
                await sleep(0)
        await second

    async def enter() -> None:
        async with store.lock("gesprek"):
            pass

    monkeypatch.setattr("rasa.core.lock_store.asyncio.sleep", counted)
    asyncio.run(second_while_first())
    assert waits
    assert set(waits) == {WAIT_SECONDS}
    assert WAIT_SECONDS <= 0.05


def test_a_failure_gives_the_lock_back() -> None:
    store = PromptLockStore()

    async def fail_then_enter() -> bool:
        with pytest.raises(ZeroDivisionError):
            async with store.lock("gesprek"):
                raise ZeroDivisionError
        async with store.lock("gesprek"):
            return True

    assert asyncio.run(asyncio.wait_for(fail_then_enter(), 10))


def test_rasa_makes_this_store_from_endpoints_yml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EBW_ACTIONS_URL", "http://127.0.0.1:1/webhook")
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    assert isinstance(LockStore.create(endpoints.lock_store), PromptLockStore)
