"""The unguessable part of a report's address."""

import hashlib
import re
import secrets
from datetime import timedelta

TOKEN_BYTES = 24
LINK_LIFETIME = timedelta(days=730)
"""As long as a completed result is kept."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def new_token() -> str:
    """Return a new token of 192 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def is_token(text: str) -> bool:
    """Tell whether `text` has the form of a token."""
    return bool(_TOKEN.fullmatch(text))


def token_hash(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def report_address(public_url: str, token: str) -> str:
    """Return the address of the report."""
    return f"{public_url}/resultaat/{token}"
