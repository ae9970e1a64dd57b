"""The settings: read from the environment once, in one place."""

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ebw.environment import SHORTEST_SECRET, SettingsError, read_port, read_secret, read_words

ROOT = Path(__file__).resolve().parent.parent

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?")
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[\w./~-]*)?")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things live and listen.

    Every field has an environment variable `EBW_<FIELD>`; contracts/interfaces.md names them.
    """

    data_dir: Path
    database_url: str
    host: str
    web_port: int
    rasa_port: int
    actions_port: int
    public_url: str
    web_origins: frozenset[str]
    web_secret: str | None
    trusted_proxies: frozenset[str]

    @property
    def model_dir(self) -> Path:
        """The folder with the trained model."""
        return self.data_dir / "models"

    @property
    def actions_url(self) -> str:
        """Where Rasa calls the action server."""
        return f"http://{self.host}:{self.actions_port}/webhook"

    @property
    def web_channel_url(self) -> str:
        """Where the web pages reach the channel of the widget."""
        return f"http://{self.host}:{self.rasa_port}/webhooks/web"


def read_settings(environment: dict[str, str]) -> Settings:
    """Return the settings in `environment`, with defaults for what is not set.

    Raises SettingsError when a port is not a number from 1 to 65535, an address is not one of the
    web, or the secret is too short to be one.
    """
    web_port = read_port(environment, "EBW_WEB_PORT", 8000)
    data_dir = Path(environment.get("EBW_DATA_DIR") or ROOT / "var").resolve()
    return Settings(
        data_dir=data_dir,
        database_url=environment.get("EBW_DATABASE_URL") or f"sqlite:///{data_dir / 'ebw.db'}",
        host=environment.get("EBW_HOST") or "127.0.0.1",
        web_port=web_port,
        rasa_port=read_port(environment, "EBW_RASA_PORT", 5005),
        actions_port=read_port(environment, "EBW_ACTIONS_PORT", 5055),
        public_url=_public_url(environment, f"http://127.0.0.1:{web_port}"),
        web_origins=frozenset(_origins(environment, "EBW_WEB_ORIGINS")),
        web_secret=read_secret(environment, "EBW_WEB_SECRET", SHORTEST_SECRET),
        trusted_proxies=frozenset(
            read_words(environment.get("EBW_TRUSTED_PROXIES") or "127.0.0.1 ::1")
        ),
    )


@cache
def settings() -> Settings:
    """Return the settings of this process."""
    return read_settings(dict(os.environ))


def _public_url(environment: dict[str, str], default: str) -> str:
    name = "EBW_PUBLIC_URL"
    url = (environment.get(name) or default).rstrip("/")
    if not _WEB_ADDRESS.fullmatch(url):
        message = (
            f"{name} moet een webadres zijn, zoals https://assistent.example.nl, niet {url!r}."
        )
        raise SettingsError(message)
    return url


def _origins(environment: dict[str, str], name: str) -> list[str]:
    """Return the origins of sites that may have the widget: scheme, host and port, no path."""
    origins = read_words(environment.get(name) or "")
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            message = f"{name} noemt {origin!r}; zo hoort het: https://www.example.nl"
            raise SettingsError(message)
    return origins
