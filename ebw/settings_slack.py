"""The settings of the Slack channel: who we are to Slack, and where Slack is."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ebw.environment import SettingsError, read_secret

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """An app of one workspace: with `signing_secret` Slack signs, with `bot_token` we speak."""

    signing_secret: str = field(repr=False)
    bot_token: str = field(repr=False)
    api_url: str


def read_slack(environment: dict[str, str]) -> SlackSettings | None:
    """Return the settings of the channel; None when it is off.

    Raises SettingsError when one of both secrets is missing, or Slack's address is not safe.
    """
    signing_secret = read_secret(environment, "EBW_SLACK_SIGNING_SECRET")
    bot_token = read_secret(environment, "EBW_SLACK_BOT_TOKEN")
    if not signing_secret and not bot_token:
        return None
    if not signing_secret or not bot_token:
        message = "Slack heeft EBW_SLACK_SIGNING_SECRET en EBW_SLACK_BOT_TOKEN allebei nodig."
        raise SettingsError(message)
    api_url = environment.get("EBW_SLACK_API_URL") or "https://slack.com/api/"
    parts = urlsplit(api_url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        message = f"EBW_SLACK_API_URL moet met https:// beginnen, niet {api_url!r}."
        raise SettingsError(message)
    return SlackSettings(signing_secret, bot_token, api_url)
