"""Answering a message of the web channel once, however often and wherever it arrives."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from rasa.core.lock_store import LockError
from sqlalchemy.engine import Engine

from bot.channels.replies import UNSURE, WHERE_WE_ARE, Converse, Messages
from bot.channels.web_sessions import LIFETIME, Session, Sessions
from bot.nlu.contract import PUBLIC_INTENTS
from storage import web_turns
from storage.database import reading, transaction
from storage.web_turns import WebTurn

ANSWER_LIMIT = timedelta(seconds=10)
"""After how long an answer is taken not to come: its server was killed. Should it still be at work,
the lock of the conversation makes the second one wait, and then tell where we are."""
POLL_SECONDS = 0.1
TURNS_WITH_BUTTONS = 10
"""How far back a pressed button is looked for."""


class StillBusyError(Exception):
    """Another server is still answering this message; it can be asked for again."""


class WebTurns:
    """Answers messages, and remembers what was said.

    Of what a user sends, only the title of a pressed button is kept, or a bare command such as
    `/help`, which the widget's own first buttons send; typed words are not.
    """

    def __init__(self, engine: Engine, sessions: Sessions, converse: Converse) -> None:
        """Keep turns in the database of `engine`, sealed by `sessions`; ask `converse`."""
        self._engine = engine
        self._sessions = sessions
        self._converse = converse

    async def answer(self, session: Session, message_id: str, text: str) -> Messages:
        """Return the reply to a message; a message that was answered before gets the same.

        Raises StillBusyError when it is being answered and that takes long, and
        DatabaseUnavailableError when the database fails.
        """
        if await asyncio.to_thread(self._claim, session, message_id):
            return await self._answer_now(session, message_id, text, [])
        turn = await self._wait_for_reply(session, message_id)
        if turn is None:
            return await self.answer(session, message_id, text)
        if turn.reply is not None:
            return self._open(session, turn)["said"]  # type: ignore[no-any-return]
        if not await asyncio.to_thread(self._claim_again, turn):
            raise StillBusyError
        # Whether the message had its effect cannot be known: it is not sent again.
        return await self._answer_now(session, message_id, WHERE_WE_ARE, [{"text": UNSURE}])

    async def history(self, session: Session) -> list[dict[str, Any]]:
        """Return the turns of a session, the oldest first: what was chosen, and what was said."""
        turns = await asyncio.to_thread(self._turns, session, web_turns.TURNS_KEPT)
        return [self._open(session, turn) for turn in turns if turn.reply is not None]

    async def forget_old(self) -> None:
        """Remove the turns of sessions that are over."""
        await asyncio.to_thread(self._forget, datetime.now(UTC) - LIFETIME)

    async def _answer_now(
        self, session: Session, message_id: str, text: str, before: Messages
    ) -> Messages:
        chosen = await asyncio.to_thread(self._title_of, session, text)
        try:
            said = before + await self._converse(session.id, text)
        except LockError:
            await asyncio.to_thread(self._unclaim, session, message_id)
            raise
        except Exception:
            await asyncio.to_thread(self._give_up, session, message_id)
            raise
        turn = {
            "message_id": message_id,
            "chosen": None if before else chosen,
            "command": text if not before and text.removeprefix("/") in PUBLIC_INTENTS else None,
            "said": said,
        }
        sealed = self._sessions.seal(session, json.dumps(turn, ensure_ascii=False))
        await asyncio.to_thread(self._save, session, message_id, sealed)
        return said

    async def _wait_for_reply(self, session: Session, message_id: str) -> WebTurn | None:
        """Wait for the server that is answering; give up when it must have stopped."""
        while True:
            turn = await asyncio.to_thread(self._find, session, message_id)
            over = turn is None or turn.reply is not None
            # A claim of the future is one from before the clock was set back.
            if over or abs(datetime.now(UTC) - turn.claimed_at) > ANSWER_LIMIT:  # type: ignore[union-attr]
                return turn
            await asyncio.sleep(POLL_SECONDS)

    def _open(self, session: Session, turn: WebTurn) -> dict[str, Any]:
        return dict(json.loads(self._sessions.unseal(session, turn.reply or "")))

    def _title_of(self, session: Session, text: str) -> str | None:
        """Return the title of the button that sends `text`, if one was on offer in the session."""
        if not text.startswith("/"):
            return None
        for turn in reversed(self._turns(session, TURNS_WITH_BUTTONS)):
            if turn.reply is None:
                continue
            for message in self._open(session, turn)["said"]:
                for button in message.get("buttons", []):
                    if button["payload"] == text:
                        return str(button["title"])
        return None

    def _claim(self, session: Session, message_id: str) -> bool:
        with transaction(self._engine) as connection:
            return web_turns.claim(connection, session.stored_id, message_id, datetime.now(UTC))

    def _claim_again(self, turn: WebTurn) -> bool:
        with transaction(self._engine) as connection:
            return web_turns.claim_again(connection, turn, datetime.now(UTC))

    def _give_up(self, session: Session, message_id: str) -> None:
        """Let the next attempt at this message not wait for an answer that will not come."""
        long_ago = datetime.now(UTC) - 2 * ANSWER_LIMIT
        turn = self._find(session, message_id)
        if turn is not None:
            with transaction(self._engine) as connection:
                web_turns.claim_again(connection, turn, long_ago)

    def _unclaim(self, session: Session, message_id: str) -> None:
        with transaction(self._engine) as connection:
            web_turns.unclaim(connection, session.stored_id, message_id)

    def _find(self, session: Session, message_id: str) -> WebTurn | None:
        with reading(self._engine) as connection:
            return web_turns.find(connection, session.stored_id, message_id)

    def _turns(self, session: Session, most: int) -> list[WebTurn]:
        with reading(self._engine) as connection:
            return web_turns.newest_of_session(connection, session.stored_id, most)

    def _save(self, session: Session, message_id: str, sealed: str) -> None:
        with transaction(self._engine) as connection:
            web_turns.save_reply(connection, session.stored_id, message_id, sealed)

    def _forget(self, moment: datetime) -> None:
        with transaction(self._engine) as connection:
            web_turns.delete_before(connection, moment)
