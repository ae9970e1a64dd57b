"""The inbox of a chat channel: what came is kept until its answer is delivered.

A platform wants a message acknowledged within seconds, sends it again when that fails, and may
itself be away when the answer is ready. So `take` stores a message and returns; the messages of a
sender are then worked one after another in the order in which they came, those of different
senders side by side. A process that is killed loses nothing: another, or the next, goes on.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import uuid
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy.engine import Connection, Engine

from bot.channels.events import Event, RetryLaterError
from bot.channels.replies import (
    TOO_LONG,
    UNSURE,
    WHERE_WE_ARE,
    Converse,
    Messages,
    Reply,
    replies_in,
)
from bot.nlu.guard import LONGEST_MESSAGE
from storage import inbox
from storage.database import DatabaseUnavailableError, transaction
from storage.inbox import NewEvent, StoredEvent

logger = logging.getLogger(__name__)

KEPT = timedelta(days=1)
"""How long an event is known, and how long delivering it is tried."""
LEASE = timedelta(seconds=10)
"""After how long of silence a process is taken for dead, and another takes up its work."""
POLL_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
SENDERS_AT_ONCE = 8
ATTEMPTS_UNSTORED = 10
"""How often an answer is tried that may not be stored, as its sender's data was just removed."""
STOP_SECONDS = 10.0
_Result = TypeVar("_Result")


Deliver = Callable[[Event, list[Reply]], Awaitable[None]]
"""Brings replies to the user. Raises RetryLaterError when that may succeed later; after any other
error it is not tried again."""


class Inbox:
    """Takes the events of one channel, has the assistant answer them, and delivers the answers."""

    def __init__(
        self, channel: str, engine: Engine, secret: bytes, converse: Converse, deliver: Deliver
    ) -> None:
        """Keep events in the database of `engine`, sealed with a key made of `secret`."""
        self._channel = channel
        self._engine = engine
        key = hmac.digest(secret, f"inbox:{channel}".encode(), "sha256")
        self._box = Fernet(base64.urlsafe_b64encode(key))
        self._converse = converse
        self._deliver = deliver
        # One thread: SQLite has one writer, and lets those who wait for it sleep too long.
        self._thread = ThreadPoolExecutor(1)
        self._worker = ""
        self._wake = asyncio.Event()
        self._working: dict[str, asyncio.Task[None]] = {}
        self._running: asyncio.Task[None] | None = None

    async def take(self, event: Event) -> bool:
        """Store an event; return False when it had come before.

        Of a message that is too long nothing is stored but where to say so. Raises
        DatabaseUnavailableError when nothing could be stored: the platform must send it again.
        """
        text = event.text.encode(errors="replace").decode()
        fits = len(text) <= LONGEST_MESSAGE
        session_id = _sha256(f"{self._channel}:{event.sender}")
        known = NewEvent(
            session_id=session_id,
            event_hash=_sha256(f"{session_id}:{event.id}"),
            event=self._seal(asdict(replace(event, text=text if fits else ""))),
            replies=None if fits else self._seal([{"text": TOO_LONG}]),
        )
        is_new = await self._store(
            lambda connection: inbox.add(connection, self._channel, known, datetime.now(UTC))
        )
        self._wake.set()
        return is_new

    async def start(self) -> None:
        """Begin to work on what comes, and on what an earlier process left."""
        self._worker = uuid.uuid4().hex
        self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish what is being worked on, and take up nothing more."""
        running, self._running = self._running, None
        self._wake.set()
        if running:
            await asyncio.wait({running}, timeout=STOP_SECONDS)
        for left in (running, *self._working.values()):
            if left:
                left.cancel()

    async def _run(self) -> None:
        while self._running or self._working:
            self._wake.clear()
            for stored in await self._surely(self._next):
                task = asyncio.create_task(self._work(stored))
                self._working[stored.event_hash] = task
                task.add_done_callback(partial(self._done, stored.event_hash))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), POLL_SECONDS)

    def _next(self, connection: Connection) -> list[StoredEvent]:
        """Keep what is being worked on our own; return what can be begun."""
        now = datetime.now(UTC)
        inbox.hold(connection, self._worker, self._working, now + LEASE)
        if undone := inbox.delete_before(connection, now - KEPT):
            logger.error("%d messages of users were given up after a day", undone)
        most = SENDERS_AT_ONCE - len(self._working) if self._running else 0
        return inbox.take_up(connection, self._channel, self._worker, now, now + LEASE, most)

    def _done(self, event_hash: str, task: asyncio.Task[None]) -> None:
        del self._working[event_hash]
        self._wake.set()
        if not task.cancelled() and (error := task.exception()):
            logger.error("%s: an event was left: %s", self._channel, type(error).__name__)

    async def _work(self, stored: StoredEvent) -> None:
        """Answer an event and deliver the answer, as far as that was not done yet."""
        try:
            event = Event(**self._open(stored.event))
            said: Messages | None = self._open(stored.replies) if stored.replies else None
        except InvalidToken:
            logger.error("%s: an event is sealed with another secret", self._channel)  # noqa: TRY400 - the trace tells nothing more
        else:
            if said is None:
                said = await self._answer(event, unsure=stored.begun)
                if not await self._surely(partial(self._keep, stored, said)):
                    return
            if not await self._bring(stored, event, said):
                return
        await self._surely(
            lambda connection: inbox.finish(connection, stored.event_hash, self._worker)
        )

    async def _answer(self, event: Event, *, unsure: bool) -> Messages:
        """Return what the assistant says to an event.

        Of an event that was begun before it cannot be known whether it had its effect: it is not
        sent again.
        """
        said = None if unsure else await self._ask(event.sender, event.text)
        if said is not None:
            return said
        return [{"text": UNSURE}, *(await self._ask(event.sender, WHERE_WE_ARE) or [])]

    async def _ask(self, sender: str, text: str) -> Messages | None:
        try:
            return await self._converse(sender, text)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user must be told
            logger.error("%s: a message was not answered: %s", self._channel, type(error).__name__)  # noqa: TRY400 - a trace could hold words of the user
            return None

    async def _bring(self, stored: StoredEvent, event: Event, said: Messages) -> bool:
        """Deliver what was said; return False when that is for later."""
        attempts = stored.attempts
        while True:
            try:
                await self._deliver(event, replies_in(said))
            except RetryLaterError as later:
                said = said[later.delivered :]
                wait = max(later.seconds, min(2.0 ** min(attempts, 10), LONGEST_WAIT_SECONDS))
            except Exception as error:  # noqa: BLE001 - one message must not hold up all others
                logger.error("%s: an answer was lost: %s", self._channel, type(error).__name__)  # noqa: TRY400 - idem
                return True
            else:
                return True
            attempts += 1
            if attempts == 1:
                logger.warning("%s is away: an answer waits", self._channel)
            if await self._surely(partial(self._postpone, stored, said, attempts, wait)):
                return False
            if attempts > ATTEMPTS_UNSTORED:
                return True
            await asyncio.sleep(wait)

    def _keep(self, stored: StoredEvent, said: Messages, connection: Connection) -> bool:
        """Keep what was said; return False when another process took over the event.

        An event whose sender's data was just removed is not there any more, and its answer is not
        stored again.
        """
        kept = inbox.save_replies(connection, stored.event_hash, self._worker, self._seal(said))
        return kept or not inbox.exists(connection, stored.event_hash)

    def _postpone(
        self,
        stored: StoredEvent,
        said: Messages,
        attempts: int,
        wait: float,
        connection: Connection,
    ) -> bool:
        """Let an answer wait in the database; return False when its event was removed."""
        until = datetime.now(UTC) + timedelta(seconds=wait)
        sealed = self._seal(said)
        inbox.postpone(connection, stored.event_hash, self._worker, sealed, attempts, until)
        return inbox.exists(connection, stored.event_hash)

    async def _store(self, work: Callable[[Connection], _Result]) -> _Result:
        """Do `work` in a transaction. Raises DatabaseUnavailableError when the database fails."""

        def do() -> _Result:
            with transaction(self._engine) as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._thread, do)

    async def _surely(self, work: Callable[[Connection], _Result]) -> _Result:
        """Do `work` in a transaction, as soon as the database lets us."""
        was_told = False
        while True:
            try:
                return await self._store(work)
            except DatabaseUnavailableError as error:
                if not was_told:
                    logger.error("%s waits for the database: %s", self._channel, error)  # noqa: TRY400 - a trace could hold words of the user
                was_told = True
                await asyncio.sleep(POLL_SECONDS)

    def _seal(self, content: object) -> str:
        return self._box.encrypt(json.dumps(content).encode()).decode()

    def _open(self, sealed: str) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self._box.decrypt(sealed.encode()))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()
