"""The inbox: what was taken is answered once, in order, whatever breaks down."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.channels import inbox as module
from bot.channels.events import Event, RetryLaterError
from bot.channels.inbox import Inbox
from bot.channels.replies import TOO_LONG, UNSURE, WHERE_WE_ARE, Reply
from storage import tables
from storage.database import DatabaseUnavailableError, make_engine, transaction
from storage.removal import delete_of_session

SECRET = b"s" * 32
LIMIT_SECONDS = 20


class Assistant:
    """Stands for Rasa: remembers what reached it, and can break down or hang."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.breaks_down = False
        self.hangs = False
        self.seconds = 0.01
        self.at_once: set[str] = set()
        self.most_at_once = 0

    async def converse(self, sender: str, text: str) -> list[dict[str, Any]]:
        self.heard.append((sender, text))
        assert sender not in self.at_once, "two messages of one sender at a time"
        self.at_once.add(sender)
        self.most_at_once = max(self.most_at_once, len(self.at_once))
        await asyncio.sleep(LIMIT_SECONDS if self.hangs else self.seconds)
        self.at_once.discard(sender)
        if self.breaks_down:
            message = f"over {text}"
            raise ConnectionError(message)
        return [{"text": f"Gehoord: {text}"}, {"text": "Verder?"}]

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.heard]


class Platform:
    """Stands for Slack or Teams: remembers what was delivered, and can be away."""

    def __init__(self) -> None:
        self.delivered: list[tuple[str, str]] = []
        self.troubles: list[Exception] = []
        self.before: Callable[[], None] = lambda: None
        self.hangs = False

    async def deliver(self, event: Event, replies: list[Reply]) -> None:
        self.before()
        for number, reply in enumerate(replies):
            if self.troubles and number == len(replies) - 1:
                trouble = self.troubles.pop(0)
                if isinstance(trouble, RetryLaterError):
                    trouble.delivered = number
                raise trouble
            if self.hangs:
                await asyncio.sleep(LIMIT_SECONDS)
            self.delivered.append((event.address["to"], reply.text))

    def to(self, sender: str) -> list[str]:
        return [text for to, text in self.delivered if to == sender]


@pytest.fixture
def assistant() -> Assistant:
    """Give what answers."""
    return Assistant()


@pytest.fixture
def platform() -> Platform:
    """Give where answers are delivered."""
    return Platform()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give both databases in turn: processes that share one work differently on each."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nothing longer than a test needs."""
    monkeypatch.setattr(module, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(module, "LONGEST_WAIT_SECONDS", 0.1)


@pytest.fixture
def new_inbox(database: Engine, assistant: Assistant, platform: Platform) -> Callable[[], Inbox]:
    """Give a way to make an inbox, as every process has one."""
    return lambda: Inbox("slack", database, SECRET, assistant.converse, platform.deliver)


def event(text: str, sender: str = "iemand", number: int = 1) -> Event:
    """Return a message of a sender."""
    return Event(f"{text[:9]}-{number}", sender, text, {"to": sender})


def open_events(database: Engine) -> list[Any]:
    """Return the events that are not done."""
    with database.connect() as connection:
        rows = connection.execute(select(tables.channel_events)).fetchall()
    return [row for row in rows if row.free_at is not None]


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(LIMIT_SECONDS):
        while not condition():  # noqa: ASYNC110 - anything can be waited for
            await asyncio.sleep(0.01)


async def work(inbox: Inbox, database: Engine) -> None:
    """Have an inbox work until nothing is left to do."""
    if inbox._running is None:
        await inbox.start()
    await until(lambda: not open_events(database))
    await inbox.stop()


async def kill(inbox: Inbox) -> None:
    """End an inbox as a power cut would: nothing is finished."""
    tasks = [inbox._running, *inbox._working.values()]
    for task in tasks:
        if task:
            task.cancel()
    await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)


@contextmanager
def lease_over(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the time of the process that was killed be over at once."""
    with monkeypatch.context() as patch:
        patch.setattr(module, "LEASE", timedelta(0))
        yield


def test_messages_of_a_sender_are_answered_in_order_and_senders_side_by_side(
    database: Engine, new_inbox: Callable[[], Inbox], assistant: Assistant, platform: Platform
) -> None:
    senders = [f"sender-{number}" for number in range(5)]
    assistant.seconds = 0.2

    async def talk() -> None:
        inbox = new_inbox()
        await inbox.start()
        for text in ("een", "twee", "drie"):
            for sender in senders:
                assert await inbox.take(event(text, sender))
        await work(inbox, database)

    asyncio.run(talk())
    for sender in senders:
        heard = [text for text in platform.to(sender) if text != "Verder?"]
        assert heard == ["Gehoord: een", "Gehoord: twee", "Gehoord: drie"]
    assert assistant.most_at_once > 1


def test_a_message_that_the_platform_sends_again_is_answered_once(
    database: Engine, new_inbox: Callable[[], Inbox], assistant: Assistant
) -> None:
    async def talk() -> list[bool]:
        inbox = new_inbox()
        taken = [await inbox.take(event("ja")) for _ in range(2)]
        await work(inbox, database)
        return [*taken, await inbox.take(event("ja"))]

    assert asyncio.run(talk()) == [True, False, False]
    assert assistant.texts == ["ja"]


def test_two_processes_share_the_work_and_a_sender_is_worked_by_one_at_a_time(
    database: Engine, new_inbox: Callable[[], Inbox], assistant: Assistant
) -> None:
    async def talk() -> None:
        inboxes = [new_inbox(), new_inbox()]
        for inbox in inboxes:
            await inbox.start()
        for number in range(10):
            await inboxes[number % 2].take(event("ja", number=number))
        await until(lambda: not open_events(database))
        for inbox in inboxes:
            await inbox.stop()

    asyncio.run(talk())
    assert assistant.texts == ["ja"] * 10


def test_an_answer_that_takes_long_is_not_begun_on_by_another_process(
    database: Engine,
    new_inbox: Callable[[], Inbox],
    assistant: Assistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LEASE", timedelta(seconds=0.5))
    assistant.seconds = 1.5

    async def talk() -> None:
        inboxes = [new_inbox(), new_inbox()]
        await inboxes[0].take(event("ja"))
        for inbox in inboxes:
            await inbox.start()
        await until(lambda: not open_events(database))
        for inbox in inboxes:
            await inbox.stop()

    asyncio.run(talk())
    assert assistant.texts == ["ja"]


def test_what_was_taken_by_a_process_that_was_killed_is_answered_by_the_next(
    database: Engine, new_inbox: Callable[[], Inbox], platform: Platform
) -> None:
    async def talk() -> None:
        await new_inbox().take(event("ja"))
        await work(new_inbox(), database)

    asyncio.run(talk())
    assert platform.to("iemand") == ["Gehoord: ja", "Verder?"]


def test_what_may_have_reached_the_assistant_is_not_sent_again_but_shows_where_we_are(
    database: Engine,
    new_inbox: Callable[[], Inbox],
    assistant: Assistant,
    platform: Platform,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def talk() -> None:
        assistant.hangs = True
        first = new_inbox()
        await first.take(event("ja"))
        with lease_over(monkeypatch):
            await first.start()
            await until(lambda: bool(assistant.heard))
            await kill(first)
        assistant.hangs = False
        assistant.at_once.clear()
        await work(new_inbox(), database)

    asyncio.run(talk())
    assert assistant.texts == ["ja", WHERE_WE_ARE]
    assert platform.to("iemand")[:2] == [UNSURE, f"Gehoord: {WHERE_WE_ARE}"]


def test_what_was_answered_but_not_delivered_is_delivered(
    database: Engine,
    new_inbox: Callable[[], Inbox],
    assistant: Assistant,
    platform: Platform,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def talk() -> None:
        platform.hangs = True
        first = new_inbox()
        await first.take(event("ja"))
        with lease_over(monkeypatch):
            await first.start()
            await until(lambda: bool(assistant.heard and open_events(database)[0].replies))
            await kill(first)
        platform.hangs = False
        await work(new_inbox(), database)

    asyncio.run(talk())
    assert assistant.texts == ["ja"]
    assert platform.to("iemand") == ["Gehoord: ja", "Verder?"]


def test_a_platform_that_is_away_loses_and_doubles_nothing_and_keeps_the_order(
    database: Engine, new_inbox: Callable[[], Inbox], platform: Platform
) -> None:
    platform.troubles = [RetryLaterError(), RetryLaterError(0.1), RetryLaterError()]

    async def talk() -> None:
        inbox = new_inbox()
        for text in ("een", "twee"):
            await inbox.take(event(text))
        await work(inbox, database)

    asyncio.run(talk())
    assert platform.to("iemand") == ["Gehoord: een", "Verder?", "Gehoord: twee", "Verder?"]


def test_the_time_that_a_platform_asks_for_is_waited(
    database: Engine, new_inbox: Callable[[], Inbox], platform: Platform
) -> None:
    platform.troubles = [RetryLaterError(3600)]

    async def talk() -> None:
        inbox = new_inbox()
        await inbox.take(event("ja"))
        await inbox.start()
        await until(lambda: not platform.troubles and open_events(database)[0].worker is None)
        await inbox.stop()

    asyncio.run(talk())
    (waiting,) = open_events(database)
    assert waiting.free_at - waiting.taken_at > timedelta(minutes=59)
    assert waiting.attempts == 1


def test_waiting_grows_to_a_limit_and_never_fails(
    database: Engine, new_inbox: Callable[[], Inbox], platform: Platform
) -> None:
    platform.troubles = [RetryLaterError()]

    async def talk() -> None:
        inbox = new_inbox()
        await inbox.take(event("ja"))
        with transaction() as connection:
            connection.execute(tables.channel_events.update().values(attempts=5_000))
        await work(inbox, database)

    asyncio.run(talk())
    assert platform.to("iemand") == ["Gehoord: ja", "Verder?"]


def test_an_answer_that_can_never_be_delivered_does_not_hold_up_the_next(
    database: Engine, new_inbox: Callable[[], Inbox], platform: Platform
) -> None:
    platform.troubles = [ValueError()]

    async def talk() -> None:
        inbox = new_inbox()
        for text in ("een", "twee"):
            await inbox.take(event(text))
        await work(inbox, database)

    asyncio.run(talk())
    assert platform.to("iemand")[-2:] == ["Gehoord: twee", "Verder?"]


def test_when_the_assistant_breaks_down_the_user_is_told(
    database: Engine, new_inbox: Callable[[], Inbox], assistant: Assistant, platform: Platform
) -> None:
    assistant.breaks_down = True

    async def talk() -> None:
        inbox = new_inbox()
        await inbox.take(event("ja"))
        await work(inbox, database)

    asyncio.run(talk())
    assert platform.to("iemand") == [UNSURE]
    assert assistant.texts == ["ja", WHERE_WE_ARE]


def test_a_message_that_is_too_long_is_not_stored_and_gets_a_friendly_answer(
    database: Engine, new_inbox: Callable[[], Inbox], assistant: Assistant, platform: Platform
) -> None:
    async def talk() -> None:
        inbox = new_inbox()
        await inbox.take(event("a" * 2_001))
        assert len(open_events(database)[0].event) < 1_000
        await work(inbox, database)

    asyncio.run(talk())
    assert platform.to("iemand") == [TOO_LONG]
    assert assistant.heard == []


def test_half_a_character_breaks_nothing(
    database: Engine, new_inbox: Callable[[], Inbox], assistant: Assistant
) -> None:
    async def talk() -> None:
        inbox = new_inbox()
        await inbox.take(event("a\ud800"))
        await work(inbox, database)

    asyncio.run(talk())
    assert assistant.texts == ["a?"]


def test_a_user_who_removes_all_data_gets_the_answer_though_nothing_of_it_is_stored(
    database: Engine,
    new_inbox: Callable[[], Inbox],
    assistant: Assistant,
    platform: Platform,
) -> None:
    session = sha256(b"slack:iemand").hexdigest()
    platform.troubles = [RetryLaterError()]

    async def converse(sender: str, text: str) -> list[dict[str, Any]]:
        with transaction() as connection:
            delete_of_session(connection, session)
        return [{"text": "Alles is verwijderd."}]

    async def talk() -> None:
        assistant.converse = converse  # type: ignore[method-assign]
        inbox = new_inbox()
        await inbox.take(event("ja"))
        await inbox.start()
        await until(lambda: bool(platform.delivered))
        await inbox.stop()

    asyncio.run(talk())
    assert platform.to("iemand") == ["Alles is verwijderd."]
    with database.connect() as connection:
        assert connection.execute(select(tables.channel_events)).fetchall() == []


def test_nothing_in_the_database_or_the_log_tells_who_said_what(
    database: Engine,
    new_inbox: Callable[[], Inbox],
    assistant: Assistant,
    platform: Platform,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    assistant.breaks_down = True
    platform.troubles = [RetryLaterError(), ValueError("een heel eigen verhaal")]
    stored: list[str] = []

    def look() -> None:
        with database.connect() as connection:
            stored.append(str(connection.execute(select(tables.channel_events)).fetchall()))

    platform.before = look

    async def talk() -> None:
        inbox = new_inbox()
        await inbox.take(event("een heel eigen verhaal"))
        look()
        await work(inbox, database)
        look()

    asyncio.run(talk())
    assert "is away" in caplog.text
    for telling in ("verhaal", "iemand", UNSURE[:20]):
        assert telling not in str(stored) + caplog.text


def test_what_another_secret_sealed_holds_nothing_up(
    database: Engine, new_inbox: Callable[[], Inbox], assistant: Assistant, platform: Platform
) -> None:
    async def talk() -> None:
        other = Inbox("slack", database, b"o" * 32, assistant.converse, platform.deliver)
        await other.take(event("een"))
        inbox = new_inbox()
        await inbox.take(event("twee"))
        await work(inbox, database)

    asyncio.run(talk())
    assert assistant.texts == ["twee"]


def test_what_is_not_delivered_after_a_day_is_given_up(
    database: Engine,
    new_inbox: Callable[[], Inbox],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(module, "KEPT", timedelta(0))

    async def talk() -> None:
        inbox = new_inbox()
        await inbox.take(event("ja"))
        await work(inbox, database)

    asyncio.run(talk())
    assert "given up after a day" in caplog.text


def test_stopping_finishes_the_message_at_hand_and_leaves_the_next(
    database: Engine, new_inbox: Callable[[], Inbox], assistant: Assistant, platform: Platform
) -> None:
    async def talk() -> None:
        inbox = new_inbox()
        for text in ("een", "twee"):
            await inbox.take(event(text))
        await inbox.start()
        await until(lambda: bool(assistant.heard))
        await inbox.stop()

    asyncio.run(talk())
    assert platform.to("iemand") == ["Gehoord: een", "Verder?"]
    assert len(open_events(database)) == 1


def test_without_a_database_nothing_is_taken(assistant: Assistant, platform: Platform) -> None:
    away = make_engine("postgresql://127.0.0.1:1/ebw")
    inbox = Inbox("slack", away, SECRET, assistant.converse, platform.deliver)
    with pytest.raises(DatabaseUnavailableError):
        asyncio.run(inbox.take(event("ja")))


def test_a_database_that_is_away_for_a_moment_stops_nothing(  # noqa: PLR0913 - fixtures
    database: Engine,
    new_inbox: Callable[[], Inbox],
    assistant: Assistant,
    platform: Platform,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    refusals = iter(["take up", "save", "save"])
    real = module.transaction

    def refuse(engine: Engine) -> Any:  # noqa: ANN401 - a context manager
        if assistant.heard and next(refusals, None):
            message = "it is away"
            raise DatabaseUnavailableError(message)
        return real(engine)

    async def talk() -> None:
        inbox = new_inbox()
        await inbox.take(event("ja"))
        monkeypatch.setattr(module, "transaction", refuse)
        await work(inbox, database)

    asyncio.run(talk())
    assert assistant.texts == ["ja"]
    assert platform.to("iemand") == ["Gehoord: ja", "Verder?"]
    assert "waits for the database" in caplog.text
