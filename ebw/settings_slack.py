"""The settings of the Slack channel: who we are to Slack, and where Slack is."""

import re
from dataclasses import dataclass, field

from ebw.environment import SettingsError, read_address, read_secret

_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """An app of one workspace: with `signing_secret` Slack signs, with `bot_token` we speak.

    `advice_channel` is where requests for advice go, and the only place where they are taken up.
    """

    signing_secret: str = field(repr=False)
    bot_token: str = field(repr=False)
    api_url: str
    advice_channel: str | None = None


def read_slack(environment: dict[str, str]) -> SlackSettings | None:
    """Return the settings of the channel; None when it is off.

    Raises SettingsError when one of both secrets is missing, Slack's address is not safe, or the
    advisers' channel is none.
    """
    signing_secret = read_secret(environment, "EBW_SLACK_SIGNING_SECRET")
    bot_token = read_secret(environment, "EBW_SLACK_BOT_TOKEN")
    advice_channel = environment.get("EBW_ADVICE_SLACK_CHANNEL") or None
    if not signing_secret and not bot_token and not advice_channel:
        return None
    if not signing_secret or not bot_token:
        message = "Slack heeft EBW_SLACK_SIGNING_SECRET en EBW_SLACK_BOT_TOKEN allebei nodig."
        raise SettingsError(message)
    if advice_channel and not _CHANNEL.fullmatch(advice_channel):
        message = "EBW_ADVICE_SLACK_CHANNEL moet het id van een kanaal zijn, zoals C0123ABCD."
        raise SettingsError(message)
    api_url = read_address(environment, "EBW_SLACK_API_URL", "https://slack.com/api/")
    return SlackSettings(signing_secret, bot_token, api_url.rstrip("/") + "/", advice_channel)
