"""The clock is set back or forward: what was stored counts, and nobody waits for the past."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.channels import web_turns as turns_module
from bot.channels.replies import UNSURE, Messages
from bot.channels.web_sessions import Session, Sessions
from bot.channels.web_turns import WebTurns
from quickscan import session as session_module
from quickscan.scan import Answer, Mode
from quickscan.session import scan_session
from storage import web_turns
from storage.database import transaction
from tests.builders import SESSION, given

JUMPS = [timedelta(hours=-3), timedelta(hours=3), timedelta(days=-400), timedelta(days=400)]


def jump(monkeypatch: pytest.MonkeyPatch, module: object, by: timedelta) -> None:
    """Set the clock of a module."""

    class Jumped(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) + by

    monkeypatch.setattr(module, "datetime", Jumped)


@pytest.mark.parametrize("by", JUMPS)
def test_a_scan_goes_on_with_its_answers_after_a_jump(
    database: Engine, monkeypatch: pytest.MonkeyPatch, by: timedelta
) -> None:
    _begin()
    _answer(1)
    jump(monkeypatch, session_module, by)
    _answer(2)
    with scan_session(SESSION, "web") as session:
        assert session.scan
        assert sorted(session.scan.answers) == [1, 2]


@pytest.mark.parametrize("by", JUMPS)
def test_a_scan_begun_after_a_jump_is_the_one_that_is_answered(
    database: Engine, monkeypatch: pytest.MonkeyPatch, by: timedelta
) -> None:
    _begin()
    _answer(1)
    jump(monkeypatch, session_module, by)
    begun = _begin()
    _answer(1)
    with scan_session(SESSION, "web") as session:
        assert session.scan
        assert session.scan.id == begun


@pytest.mark.parametrize("by", JUMPS)
def test_a_message_that_broke_off_before_a_jump_is_not_waited_for(
    database: Engine, monkeypatch: pytest.MonkeyPatch, by: timedelta
) -> None:
    async def converse(_sender: str, _text: str) -> Messages:
        return [{"text": "Hier zijn we."}]

    session = Session("s" * 22, datetime.now(UTC) + timedelta(hours=1))
    with transaction(database) as connection:
        web_turns.claim(connection, session.stored_id, "bericht-1", datetime.now(UTC))
    jump(monkeypatch, turns_module, by)
    turns = WebTurns(database, Sessions(b"x" * 32), converse)
    said = asyncio.run(asyncio.wait_for(turns.answer(session, "bericht-1", "ja"), 10))
    assert said[0]["text"] == UNSURE


def _begin() -> str:
    with scan_session(SESSION, "web") as session:
        scan = session.start()
        scan.set_municipality(None)
        scan.set_mode(Mode.EXISTING_APPROACH)
        return scan.id


def _answer(number: int) -> None:
    with scan_session(SESSION, "web") as session:
        assert session.scan
        session.scan.answer(number, given(Answer.YES))
