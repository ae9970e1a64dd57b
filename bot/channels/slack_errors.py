"""What Slack says when it does not do what was asked, and whether that passes."""

from http import HTTPStatus

from slack_sdk.errors import SlackApiError

_TEMPORARY = frozenset(
    {"fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable"}
)
_TO_BE_REPAIRED = frozenset(
    {"account_inactive", "invalid_auth", "missing_scope", "not_authed", "token_expired"}
    | {"token_revoked"}
)
"""Errors that go away when an administrator mends the app: the answers wait for it."""


def is_passing(error: SlackApiError) -> bool:
    """Tell whether the same may succeed later."""
    return _status(error) != HTTPStatus.OK or code_of(error) in _TEMPORARY | _TO_BE_REPAIRED


def code_of(error: SlackApiError) -> str:
    """Return what Slack calls the error; it holds nothing of what was sent."""
    data = getattr(error.response, "data", None)
    return str(data.get("error")) if isinstance(data, dict) else f"status {_status(error)}"


def seconds_to_wait(error: SlackApiError) -> float:
    """Return how long Slack asks us to wait."""
    told = str(error.response.headers.get("Retry-After"))
    return float(told) if told.isdecimal() else 0


def _status(error: SlackApiError) -> int:
    """Return the status of HTTP; an answer that is no JSON, a proxy's perhaps, is a failure."""
    return int(getattr(error.response, "status_code", 500))
