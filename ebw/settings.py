"""The settings: read from the environment once, in one place."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HIGHEST_PORT = 65_535


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

    @property
    def model_dir(self) -> Path:
        """The folder with the trained model."""
        return self.data_dir / "models"

    @property
    def actions_url(self) -> str:
        """Where Rasa calls the action server."""
        return f"http://{self.host}:{self.actions_port}/webhook"


class SettingsError(Exception):
    """A setting has a value that cannot be used; the message says which, in Dutch."""


def read_settings(environment: dict[str, str]) -> Settings:
    """Return the settings in `environment`, with defaults for what is not set.

    Raises SettingsError when a port is not a number from 1 to 65535.
    """
    data_dir = Path(environment.get("EBW_DATA_DIR") or ROOT / "var").resolve()
    return Settings(
        data_dir=data_dir,
        database_url=environment.get("EBW_DATABASE_URL") or f"sqlite:///{data_dir / 'ebw.db'}",
        host=environment.get("EBW_HOST") or "127.0.0.1",
        web_port=_port(environment, "EBW_WEB_PORT", 8000),
        rasa_port=_port(environment, "EBW_RASA_PORT", 5005),
        actions_port=_port(environment, "EBW_ACTIONS_PORT", 5055),
    )


@cache
def settings() -> Settings:
    """Return the settings of this process."""
    return read_settings(dict(os.environ))


def _port(environment: dict[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= HIGHEST_PORT:
        message = (
            f"{name} moet een poortnummer zijn van 1 tot en met {HIGHEST_PORT}, niet {text!r}."
        )
        raise SettingsError(message)
    return int(text)
