"""Answering a message of the web channel once: broken off halfway, and by two servers at a time."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.channels import web_turns
from bot.channels.replies import UNSURE, WHERE_WE_ARE
from bot.channels.web_sessions import Session, Sessions
from bot.channels.web_turns import WebTurns
from storage.web_turns import TURNS_KEPT

SESSIONS = Sessions(b"s" * 32)
CODE = "7KQF-2MXD-9R4T-B6HW"


class Assistant:
    """Stands for Rasa: remembers what reached it, and can break down."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.breaks_down = False

    async def converse(self, _sender: str, text: str) -> list[dict[str, Any]]:
        self.heard.append(text)
        await asyncio.sleep(0.05)
        if self.breaks_down:
            raise ConnectionError
        return [{"text": f"Gehoord: {text}. Je code is {CODE}"}]


@pytest.fixture
def assistant() -> Assistant:
    """Give what answers."""
    return Assistant()


@pytest.fixture
def turns(database: Engine, assistant: Assistant) -> WebTurns:
    """Give a server of the channel."""
    return WebTurns(database, SESSIONS, assistant.converse)


@pytest.fixture
def session() -> Session:
    """Give a new session."""
    return SESSIONS.issue()[0]


def test_two_servers_that_get_the_same_message_take_it_once(
    database: Engine, assistant: Assistant, session: Session
) -> None:
    servers = [WebTurns(database, SESSIONS, assistant.converse) for _ in range(2)]

    async def both() -> list[Any]:
        return await asyncio.gather(*(one.answer(session, "message-1", "ja") for one in servers))

    first, second = asyncio.run(both())
    assert first == second
    assert assistant.heard == ["ja"]


def test_a_message_that_broke_off_is_not_taken_again_but_shows_where_we_are(
    turns: WebTurns, assistant: Assistant, session: Session
) -> None:
    assistant.breaks_down = True
    with pytest.raises(ConnectionError):
        asyncio.run(turns.answer(session, "message-1", "ja"))
    assistant.breaks_down = False
    said = asyncio.run(turns.answer(session, "message-1", "ja"))
    assert said[0] == {"text": UNSURE}
    assert assistant.heard == ["ja", WHERE_WE_ARE]
    assert asyncio.run(turns.answer(session, "message-1", "ja")) == said


def test_a_server_that_stopped_halfway_is_given_up(
    turns: WebTurns, assistant: Assistant, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns._claim(session, "message-1")
    monkeypatch.setattr(web_turns, "ANSWER_LIMIT", timedelta(0))
    said = asyncio.run(turns.answer(session, "message-1", "ja"))
    assert said[0] == {"text": UNSURE}
    assert "ja" not in assistant.heard


def test_a_reply_cannot_be_read_in_the_database(
    turns: WebTurns, session: Session, database: Engine
) -> None:
    asyncio.run(turns.answer(session, "message-1", "een heel eigen verhaal"))
    with database.connect() as connection:
        stored = str(connection.exec_driver_sql("SELECT * FROM web_turns").fetchall())
    assert CODE not in stored
    assert "verhaal" not in stored
    assert session.id not in stored


def test_history_is_bounded(turns: WebTurns, session: Session) -> None:
    async def talk() -> None:
        turns._converse = _at_once
        for number in range(TURNS_KEPT + 5):
            await turns.answer(session, f"message-{number}", "/help")

    asyncio.run(talk())
    history = asyncio.run(turns.history(session))
    assert len(history) == TURNS_KEPT
    assert history[0]["message_id"] == "message-5"


def test_what_is_over_is_forgotten(
    turns: WebTurns, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(turns.answer(session, "message-1", "/help"))
    asyncio.run(turns.forget_old())
    assert len(asyncio.run(turns.history(session))) == 1
    monkeypatch.setattr(web_turns, "LIFETIME", timedelta(0))
    asyncio.run(turns.forget_old())
    assert asyncio.run(turns.history(session)) == []


async def _at_once(_sender: str, text: str) -> list[dict[str, Any]]:
    return [{"text": text}]
