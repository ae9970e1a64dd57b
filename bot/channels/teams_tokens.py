"""Tokens of the Bot Framework: checking those that come in, getting those that go out.

The rules are those of "Authentication with the Bot Connector API" (learn.microsoft.com), for an
Azure bot of one tenant or with a managed identity.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import jwt

from ebw.settings_teams import TeamsSettings

logger = logging.getLogger(__name__)

CLOCK_SKEW_SECONDS = 300
KEYS_KEPT_SECONDS = 24 * 3600
KEYS_FETCHED_AT_MOST_EVERY_SECONDS = 10
RENEWED_BEFORE_END_SECONDS = 300


class RefusedTokenError(Exception):
    """The request does not come from the Bot Connector; the message says why, without content."""


class KeysAwayError(Exception):
    """Whether a token is real cannot be told: the keys of the Bot Connector cannot be had."""


class TokenAwayError(Exception):
    """Microsoft gives no token to answer with."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request: the service that answers go to, and the channels that it speaks for."""

    service_url: str
    channels: tuple[str, ...]


class IncomingTokens:
    """Checks the tokens of the Bot Connector, with its keys.

    These are fetched when the first token comes, daily, and when a token names another one; but
    never twice within some seconds.
    """

    def __init__(
        self,
        chosen: TeamsSettings,
        http: httpx.AsyncClient,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Check against the issuer and the app of `chosen`; `now` tells seconds."""
        self._chosen = chosen
        self._http = http
        self._now = now
        self._keys: dict[str, tuple[Any, tuple[str, ...]]] = {}
        self._fetched_at = float("-inf")
        self._fetching = asyncio.Lock()

    async def check(self, authorization: str) -> Caller:
        """Return who sent a request with this header.

        Raises RefusedTokenError when it is not the Bot Connector, and KeysAwayError.
        """
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            reason = "no bearer token"
            raise RefusedTokenError(reason)
        try:
            key, channels = await self._key(str(jwt.get_unverified_header(token).get("kid")))
            claims = jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                audience=self._chosen.app_id,
                issuer=self._chosen.issuer,
                leeway=CLOCK_SKEW_SECONDS,
                options={"require": ["exp", "iss", "aud"]},
            )
        except jwt.PyJWTError as error:
            raise RefusedTokenError(type(error).__name__) from error
        return Caller(str(claims.get("serviceurl")), channels)

    async def _key(self, key_id: str) -> tuple[Any, tuple[str, ...]]:
        async with self._fetching:
            age = self._now() - self._fetched_at
            is_unknown = key_id not in self._keys and age > KEYS_FETCHED_AT_MOST_EVERY_SECONDS
            if is_unknown or age > KEYS_KEPT_SECONDS:
                self._fetched_at = self._now()
                await self._fetch_keys()
        if not self._keys:
            raise KeysAwayError
        if key_id not in self._keys:
            reason = "unknown key"
            raise RefusedTokenError(reason)
        return self._keys[key_id]

    async def _fetch_keys(self) -> None:
        """Fetch the keys; those that we have stay when that fails."""
        try:
            metadata = (await self._http.get(self._chosen.openid_url)).raise_for_status().json()
            found = (await self._http.get(metadata["jwks_uri"])).raise_for_status().json()["keys"]
            self._keys = {
                key["kid"]: (jwt.PyJWK(key, "RS256").key, tuple(key.get("endorsements", ())))
                for key in found
                if key["kty"] == "RSA"
            }
        except (httpx.HTTPError, jwt.PyJWTError, ValueError, LookupError, TypeError) as error:
            logger.error("the keys of the Bot Connector were not had: %s", type(error).__name__)  # noqa: TRY400 - a trace tells no more


class OutgoingTokens:
    """Gives the token to answer with, and keeps it until it is nearly over."""

    def __init__(
        self,
        chosen: TeamsSettings,
        http: httpx.AsyncClient,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Get tokens for the app of `chosen`; `now` tells seconds since 1970."""
        self._chosen = chosen
        self._http = http
        self._now = now
        self._token = ""
        self._renew_at = 0.0
        self._fetching = asyncio.Lock()

    async def headers(self) -> dict[str, str]:
        """Return the header that an answer needs; the Playground asks for none.

        Raises TokenAwayError when there is no token to be had.
        """
        if self._chosen.playground:
            return {}
        async with self._fetching:
            if self._now() >= self._renew_at:
                await self._fetch()
        return {"Authorization": f"Bearer {self._token}"}

    def renew(self) -> None:
        """Get a new token for the next answer: this one was refused."""
        self._renew_at = 0.0

    async def _fetch(self) -> None:
        try:
            response = await self._http.send(self._request())
            given = response.raise_for_status().json()
            # App Service tells only when it ends; Microsoft Entra only how long it lasts.
            end = given.get("expires_on") or self._now() + float(given["expires_in"])
            self._token = str(given["access_token"])
            self._renew_at = float(end) - RENEWED_BEFORE_END_SECONDS
        except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
            raise TokenAwayError(type(error).__name__) from error

    def _request(self) -> httpx.Request:
        chosen = self._chosen
        if chosen.app_password:
            form = {
                "grant_type": "client_credentials",
                "client_id": chosen.app_id,
                "client_secret": chosen.app_password,
                "scope": f"{chosen.issuer}/.default",
            }
            return self._http.build_request("POST", chosen.token_url, data=form)
        header, version = {"Metadata": "true"}, "2018-02-01"
        if chosen.identity_header:
            header, version = {"X-IDENTITY-HEADER": chosen.identity_header}, "2019-08-01"
        asked = {"api-version": version, "resource": chosen.issuer, "client_id": chosen.app_id}
        return self._http.build_request("GET", chosen.token_url, params=asked, headers=header)
