"""The settings for several servers: what they share, and where they find each other."""

import re
from dataclasses import dataclass, field

from ebw.environment import SettingsError, read_secret

_HTTP = re.compile(r"https?://[\w.-]+(?::\d{1,5})?(?:/[\w./-]*)?")


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """All are None where one machine runs one of each server.

    `redis_url` is where the Rasa servers agree on who works a conversation; `events_url` is where
    analytics reads what happened, without a word of it (bot/event_stream.py).
    """

    redis_url: str | None = field(repr=False)  # may have a password in it
    events_url: str | None = field(repr=False)
    rasa_url: str | None
    actions_url: str | None


def read_cluster(environment: dict[str, str]) -> ClusterSettings:
    """Return the settings of a set-up with several servers.

    Raises SettingsError when an address is not one of Redis or of the web.
    """
    return ClusterSettings(
        redis_url=_redis_url(environment, "EBW_REDIS_URL"),
        events_url=_redis_url(environment, "EBW_EVENT_BROKER_URL"),
        rasa_url=_http_url(environment, "EBW_RASA_URL"),
        actions_url=_http_url(environment, "EBW_ACTIONS_URL"),
    )


def _redis_url(environment: dict[str, str], name: str) -> str | None:
    url = read_secret(environment, name)
    if url and not url.startswith(("redis://", "rediss://")):
        message = f"{name} moet met redis:// of rediss:// beginnen."
        raise SettingsError(message)
    return url


def _http_url(environment: dict[str, str], name: str) -> str | None:
    url = environment.get(name)
    if url and not _HTTP.fullmatch(url):
        message = f"{name} moet een webadres zijn, zoals http://10.0.0.5:5005, niet {url!r}."
        raise SettingsError(message)
    return url.rstrip("/") if url else None
