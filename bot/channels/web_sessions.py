"""Sessions of the web channel: who may speak in a conversation, and who may read it back."""

import base64
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

LIFETIME = timedelta(hours=12)
ID_BYTES = 16
SECRET_BYTES = 32
_TOKEN = re.compile(r"([A-Za-z0-9_-]{22})\.(\d{1,12})\.([A-Za-z0-9_-]{43})")


class InvalidSessionError(Exception):
    """The token was not issued here, or is over."""


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation of one browser tab, under a random id of 128 bits."""

    id: str
    expires_at: datetime

    @property
    def stored_id(self) -> str:
        """Under which id its data is stored (contracts/interfaces.md, Identity)."""
        return hashlib.sha256(f"web:{self.id}".encode()).hexdigest()


class Sessions:
    """Issues tokens, and tells which session a token is of. Every server with the secret can."""

    def __init__(
        self, secret: bytes, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """Sign with `secret`; `now` tells the time."""
        self._secret = secret
        self._now = now

    def issue(self) -> tuple[Session, str]:
        """Return a new session, and the token with which its owner shows who they are."""
        session = Session(
            secrets.token_urlsafe(ID_BYTES), (self._now() + LIFETIME).replace(microsecond=0)
        )
        claim = f"{session.id}.{int(session.expires_at.timestamp())}"
        return session, f"{claim}.{self._sign(claim)}"

    def read(self, token: str) -> Session:
        """Return the session of `token`.

        Raises InvalidSessionError when it was not issued here, or is over.
        """
        match = _TOKEN.fullmatch(token)
        if match is None:
            raise InvalidSessionError
        session_id, expires, signature = match.groups()
        if not hmac.compare_digest(signature, self._sign(f"{session_id}.{expires}")):
            raise InvalidSessionError
        expires_at = datetime.fromtimestamp(int(expires), UTC)
        if expires_at <= self._now():
            raise InvalidSessionError
        return Session(session_id, expires_at)

    def seal(self, session: Session, text: str) -> str:
        """Make `text` unreadable but for who has the session's token."""
        return self._box(session).encrypt(text.encode()).decode()

    def unseal(self, session: Session, sealed: str) -> str:
        """Return the text that was sealed for this session.

        Raises InvalidSessionError when it was sealed for another, or with another secret.
        """
        try:
            return self._box(session).decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise InvalidSessionError from error

    def _sign(self, claim: str) -> str:
        return _urlsafe(self._digest("session", claim)).rstrip("=")

    def _box(self, session: Session) -> Fernet:
        return Fernet(_urlsafe(self._digest("reply", session.id)))

    def _digest(self, purpose: str, text: str) -> bytes:
        return hmac.digest(self._secret, f"{purpose}:{text}".encode(), "sha256")


def read_secret(chosen: str | None, data_dir: Path) -> bytes:
    """Return the secret that was chosen; without one, the secret of this installation.

    That is made once and kept in the data folder, readable by its owner only. Of servers that
    start at the same time, one makes it and the others take it.
    """
    if chosen:
        return chosen.encode()
    path = data_dir / "web_secret"
    with suppress(FileNotFoundError):
        return path.read_bytes()
    data_dir.mkdir(parents=True, exist_ok=True)
    draft = data_dir / f".web_secret.{secrets.token_hex(8)}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(SECRET_BYTES))
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_bytes()


def _urlsafe(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()
