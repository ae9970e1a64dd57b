"""The settings: read from the environment once, in one place."""

import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ebw.environment import SHORTEST_SECRET, SettingsError, read_port, read_secret, read_words
from ebw.settings_advice import AdviceSettings, read_advice
from ebw.settings_cluster import ClusterSettings, read_cluster
from ebw.settings_retention import RetentionSettings, read_retention
from ebw.settings_slack import SlackSettings, read_slack
from ebw.settings_teams import TeamsSettings, read_teams

ROOT = Path(__file__).resolve().parent.parent

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?")
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[\w./~-]*)?")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things live and listen.

    Every field has an environment variable `EBW_<FIELD>`; contracts/interfaces.md names them.
    `production` is set by EBW_ENVIRONMENT: what must hold then stands in ebw/production.py.
    """

    production: bool
    data_dir: Path
    database_url: str = field(repr=False)  # may have a password in it
    host: str
    web_port: int
    rasa_port: int
    actions_port: int
    public_url: str
    web_origins: frozenset[str]
    web_secret: str | None = field(repr=False)
    trusted_proxies: frozenset[str]
    retention: RetentionSettings
    teams: TeamsSettings | None
    slack: SlackSettings | None
    advice: AdviceSettings | None
    cluster: ClusterSettings

    @property
    def model_dir(self) -> Path:
        """The folder with the trained model."""
        return self.data_dir / "models"

    @property
    def actions_url(self) -> str:
        """Where Rasa calls the action server."""
        return self.cluster.actions_url or f"http://{self.host}:{self.actions_port}/webhook"

    @property
    def rasa_url(self) -> str:
        """Where the web pages reach Rasa."""
        return self.cluster.rasa_url or f"http://{self.host}:{self.rasa_port}"

    @property
    def web_channel_url(self) -> str:
        """Where the web pages reach the channel of the widget."""
        return f"{self.rasa_url}/webhooks/web"


def read_settings(environment: dict[str, str]) -> Settings:
    """Return the settings in `environment`, with defaults for what is not set.

    Raises SettingsError when one cannot be used, such as a port that is no number from 1 to 65535,
    an address that is not one of the web, or a secret that is too short to be one.
    """
    web_port = read_port(environment, "EBW_WEB_PORT", 8000)
    data_dir = Path(environment.get("EBW_DATA_DIR") or ROOT / "var").resolve()
    host = environment.get("EBW_HOST") or "127.0.0.1"
    return Settings(
        production=_is_production(environment, "EBW_ENVIRONMENT"),
        data_dir=data_dir,
        database_url=(
            read_secret(environment, "EBW_DATABASE_URL") or f"sqlite:///{data_dir / 'ebw.db'}"
        ),
        host=host,
        web_port=web_port,
        rasa_port=read_port(environment, "EBW_RASA_PORT", 5005),
        actions_port=read_port(environment, "EBW_ACTIONS_PORT", 5055),
        public_url=_public_url(environment, f"http://127.0.0.1:{web_port}"),
        web_origins=frozenset(_origins(environment, "EBW_WEB_ORIGINS")),
        web_secret=read_secret(environment, "EBW_WEB_SECRET", SHORTEST_SECRET),
        trusted_proxies=frozenset(
            read_words(environment.get("EBW_TRUSTED_PROXIES") or "127.0.0.1 ::1")
        ),
        retention=read_retention(environment),
        teams=read_teams(environment, host),
        slack=read_slack(environment),
        advice=read_advice(environment),
        cluster=read_cluster(environment),
    )


@cache
def settings() -> Settings:
    """Return the settings of this process."""
    return read_settings(dict(os.environ))


def _is_production(environment: dict[str, str], name: str) -> bool:
    chosen = environment.get(name) or "development"
    if chosen not in ("development", "production"):
        message = f"{name} is 'development' of 'production', niet {chosen!r}."
        raise SettingsError(message)
    return chosen == "production"


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
