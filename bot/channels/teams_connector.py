"""Sending to Teams: the requests to the Bot Connector (its REST reference, learn.microsoft.com)."""

import logging
from typing import Any
from urllib.parse import quote

import httpx

from bot.channels.events import RetryLaterError
from bot.channels.teams_cards import Activity
from bot.channels.teams_tokens import OutgoingTokens, TokenAwayError

logger = logging.getLogger(__name__)

TIMEOUT = httpx.Timeout(15.0, connect=5.0)
_TYPING_TIMEOUT = httpx.Timeout(2.0)
_LONGEST_WAIT_SECONDS = 600
# "Optimize your bot with rate limiting in Teams": besides 429, also 412 is to be tried again.
_AWAY = frozenset({408, 412, 429})


class RefusedByTeamsError(Exception):
    """Teams does not want this message, now or later."""


class Connector:
    """Brings activities to the conversation that an address tells."""

    def __init__(self, http: httpx.AsyncClient, tokens: OutgoingTokens) -> None:
        """Send over `http`, with the token that `tokens` gives."""
        self._http = http
        self._tokens = tokens

    async def send(self, address: dict[str, Any], activity: Activity) -> None:
        """Say something in a conversation, as the answer to a message and a user if there are any.

        Raises RetryLaterError when Teams is away, and RefusedByTeamsError.
        """
        reply_to = address.get("reply_to")
        path = f"/{quote(reply_to, safe='')}" if reply_to else ""
        await self._request("POST", path, address, activity)

    async def update(self, address: dict[str, Any], message: str, activity: Activity) -> None:
        """Put something else in the place of a message; raises as `send` does."""
        await self._request("PUT", f"/{quote(message, safe='')}", address, activity)

    async def show_typing(self, address: dict[str, Any]) -> None:
        """Show that an answer is on its way; no harm is done when that fails."""
        try:
            await self._request("POST", "", address, {"type": "typing"}, _TYPING_TIMEOUT)
        except (RetryLaterError, RefusedByTeamsError) as error:
            logger.info("typing was not shown: %s", type(error).__name__)

    async def _request(
        self,
        method: str,
        path: str,
        address: dict[str, Any],
        activity: Activity,
        timeout: httpx.Timeout = TIMEOUT,  # noqa: ASYNC109 - httpx counts it
    ) -> None:
        conversation = quote(address["conversation"], safe="")
        service = address["service_url"].rstrip("/")
        body = {
            **activity,
            "from": {"id": address["bot"]},
            **({"recipient": {"id": address["user"]}} if "user" in address else {}),
            "conversation": {"id": address["conversation"]},
            **({"replyToId": address["reply_to"]} if address.get("reply_to") else {}),
        }
        try:
            response = await self._http.request(
                method,
                f"{service}/v3/conversations/{conversation}/activities{path}",
                json=body,
                headers=await self._tokens.headers(),
                timeout=timeout,
            )
        except TokenAwayError as error:
            logger.error("Microsoft gives no token for Teams: %s", error)  # noqa: TRY400 - a trace tells no more
            raise RetryLaterError from error
        except httpx.HTTPError as error:
            raise RetryLaterError from error
        self._check(response)

    def _check(self, response: httpx.Response) -> None:
        """Raise when the message was not taken."""
        if response.is_success:
            return
        status = response.status_code
        if status == httpx.codes.UNAUTHORIZED:
            self._tokens.renew()
        elif status not in _AWAY and status < httpx.codes.INTERNAL_SERVER_ERROR:
            logger.error("Teams refused a message, with status %d", status)
            raise RefusedByTeamsError
        raise RetryLaterError(_wait(response.headers.get("retry-after", "")))


def _wait(retry_after: str) -> float:
    """Return the seconds that Teams asks us to wait."""
    return min(float(retry_after), _LONGEST_WAIT_SECONDS) if retry_after.isdecimal() else 0
