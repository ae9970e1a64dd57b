"""What the web process does by itself now and then, beside serving its pages."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from advice.delivery import deliver_waiting
from ebw.settings import settings
from privacy.retention import purge
from storage.database import engine

logger = logging.getLogger(__name__)

FIRST_AFTER_SECONDS = 60.0
PURGE_SECONDS = 4 * 3600.0
DELIVER_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Timer:
    """Work to be done every so many seconds, in a thread; it must bear being done twice at once."""

    name: str
    seconds: float
    work: Callable[[], object]


def _purge() -> None:
    purge(engine(), settings().retention, datetime.now(UTC))


def _deliver() -> None:
    chosen = settings()
    if chosen.advice or chosen.slack or chosen.teams:
        from advice.routes import routes_of  # the channels cost memory: only where there are any

        deliver_waiting(routes_of(chosen))


TIMERS = (
    Timer("purge", PURGE_SECONDS, _purge),
    Timer("deliver requests", DELIVER_SECONDS, _deliver),
)


@asynccontextmanager
async def running(timers: Sequence[Timer], first_after: float) -> AsyncIterator[None]:
    """Keep the timers going until the block ends; each begins after `first_after` seconds."""
    tasks = [asyncio.create_task(_keep_going(timer, first_after)) for timer in timers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _keep_going(timer: Timer, first_after: float) -> None:
    await asyncio.sleep(min(first_after, timer.seconds))
    while True:
        try:
            await asyncio.to_thread(timer.work)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next time may succeed
            logger.error("%s failed: %s", timer.name, type(error).__name__)  # noqa: TRY400 - a trace could hold words of the user
        await asyncio.sleep(timer.seconds)
