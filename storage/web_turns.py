"""Turns of the web channel: which message was answered with what.

A message that comes twice must not be taken twice, also when two servers share the work; and the
browser gets the conversation back after a page load. The reply is sealed by the channel: without
the session's own token nobody can read it here.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from storage.tables import web_turns

TURNS_KEPT = 200


@dataclass(frozen=True, slots=True)
class WebTurn:
    """A message of a session that is or was being answered; `reply` is sealed, None until then."""

    session_id: str
    message_id: str
    claimed_at: datetime
    reply: str | None


def claim(connection: Connection, session_id: str, message_id: str, at: datetime) -> bool:
    """Note that a message is going to be answered; return False when it already was noted."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(web_turns).values(
        session_id=session_id, message_id=message_id, claimed_at=at
    )
    return bool(connection.execute(statement.on_conflict_do_nothing()).rowcount)


def claim_again(connection: Connection, turn: WebTurn, at: datetime) -> bool:
    """Take over a message whose answer never came; return False when another was first."""
    statement = update(web_turns).where(
        *_is(turn.session_id, turn.message_id),
        web_turns.c.claimed_at == turn.claimed_at,
        web_turns.c.reply.is_(None),
    )
    return bool(connection.execute(statement.values(claimed_at=at)).rowcount)


def unclaim(connection: Connection, session_id: str, message_id: str) -> None:
    """Forget a message that nothing was done with: it can be sent again."""
    unanswered = web_turns.c.reply.is_(None)
    connection.execute(delete(web_turns).where(*_is(session_id, message_id), unanswered))


def find(connection: Connection, session_id: str, message_id: str) -> WebTurn | None:
    """Return the turn of a message, if the session sent it."""
    statement = select(web_turns).where(*_is(session_id, message_id))
    row = connection.execute(statement).fetchone()
    return _turn(row) if row else None


def save_reply(connection: Connection, session_id: str, message_id: str, reply: str) -> None:
    """Keep the sealed reply to a message; nothing when the session was deleted meanwhile."""
    statement = update(web_turns).where(*_is(session_id, message_id))
    connection.execute(statement.values(reply=reply))
    _forget_oldest(connection, session_id)


def newest_of_session(connection: Connection, session_id: str, most: int) -> list[WebTurn]:
    """Return the newest turns of a session, `most` at most, the oldest of them first."""
    of_this = select(web_turns).where(web_turns.c.session_id == session_id)
    rows = connection.execute(of_this.order_by(web_turns.c.id.desc()).limit(most)).fetchall()
    return [_turn(row) for row in reversed(rows)]


def delete_before(connection: Connection, moment: datetime) -> int:
    """Remove the turns of sessions that are over; return how many there were."""
    gone = connection.execute(delete(web_turns).where(web_turns.c.claimed_at < moment))
    return int(gone.rowcount)


def _forget_oldest(connection: Connection, session_id: str) -> None:
    of_this = web_turns.c.session_id == session_id
    newest = select(web_turns.c.id).where(of_this).order_by(web_turns.c.id.desc())
    oldest_kept = connection.execute(newest.offset(TURNS_KEPT - 1).limit(1)).scalar_one_or_none()
    if oldest_kept is not None:
        connection.execute(delete(web_turns).where(of_this, web_turns.c.id < oldest_kept))


def _is(session_id: str, message_id: str) -> tuple[object, object]:
    return (web_turns.c.session_id == session_id, web_turns.c.message_id == message_id)


def _turn(row: Row) -> WebTurn:
    return WebTurn(row.session_id, row.message_id, row.claimed_at, row.reply)
