import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from ebw.settings import settings
from storage import scans
from storage.database import reading, transaction
from tests.advice import requests_made
from tests.advice.mail_server import mail_server
from tests.builders import a_scan
from tests.conversations.servers import free_port
from web import timers
from web.app import make_app
from web.timers import Timer, running

OFTEN = 0.001
OTHER_ID = "99999999-2222-4333-8444-555555555555"


def run(timer: Timer, until: Callable[[], bool]) -> None:
    """Keep a timer going until something is so."""

    async def wait() -> None:
        async with running([timer], first_after=0):
            while not until():  # noqa: ASYNC110 - a thread does what is waited for
                await asyncio.sleep(OFTEN)

    asyncio.run(asyncio.wait_for(wait(), 10))


def test_the_work_is_done_again_and_again() -> None:
    done: list[int] = []
    run(Timer("work", OFTEN, lambda: done.append(1)), lambda: len(done) > 2)


def test_work_that_fails_is_told_without_a_word_of_its_content_and_done_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tried: list[int] = []

    def fail() -> None:
        tried.append(1)
        message = "Piet de Vries"
        raise ValueError(message)

    with caplog.at_level(logging.ERROR):
        run(Timer("work", OFTEN, fail), lambda: len(tried) > 2)
    assert "work failed: ValueError" in caplog.text
    assert "Piet" not in caplog.text
    assert "Traceback" not in caplog.text


def test_when_the_server_stops_the_timers_do() -> None:
    done: list[int] = []

    async def serve() -> None:
        async with running([Timer("work", OFTEN, lambda: done.append(1))], first_after=0):
            while not done:  # noqa: ASYNC110 - idem
                await asyncio.sleep(OFTEN)
        after = len(done)
        await asyncio.sleep(20 * OFTEN)
        assert len(done) == after

    asyncio.run(serve())


def test_the_pages_remove_what_was_kept_long_enough(
    database: Engine, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, over = (datetime.now(UTC) - timedelta(days=days) for days in (89, 91))
    with transaction() as connection:
        scans.add(connection, a_scan(updated_at=over))
        scans.add(connection, a_scan(id=OTHER_ID, updated_at=kept))
    monkeypatch.setattr(timers, "FIRST_AFTER_SECONDS", 0)
    with TestClient(make_app(settings())):
        deadline = time.monotonic() + 10
        while len(stored := _stored()) == 2 and time.monotonic() < deadline:
            time.sleep(OFTEN)
    assert stored == [OTHER_ID]


def test_the_pages_bring_a_request_for_advice_to_the_advisers(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("EBW_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("EBW_SMTP_PORT", str(port))
    monkeypatch.setenv("EBW_SMTP_TLS", "geen")
    monkeypatch.setenv("EBW_ADVICE_FROM", "ebw@example.nl")
    monkeypatch.setenv("EBW_ADVICE_TO", "advies@example.nl")
    settings.cache_clear()
    [number] = requests_made.stored(requests_made.a_request())
    monkeypatch.setattr(timers, "FIRST_AFTER_SECONDS", 0)
    with mail_server(port) as mailbox, TestClient(make_app(settings())):
        deadline = time.monotonic() + 10
        while not requests_made.found(number).delivered_at and time.monotonic() < deadline:
            time.sleep(OFTEN)
    assert [str(number) in message["Subject"] for message in mailbox.messages] == [True]


def _stored() -> list[str]:
    with reading() as connection:
        return [scan.id for scan in scans.find_all(connection)]
