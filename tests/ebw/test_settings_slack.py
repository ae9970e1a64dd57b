from pathlib import Path

import pytest

from ebw.environment import SettingsError
from ebw.settings_slack import read_slack

SECRETS = {"EBW_SLACK_SIGNING_SECRET": "geheim", "EBW_SLACK_BOT_TOKEN": "xoxb-geheim"}


def test_without_secrets_the_channel_is_off() -> None:
    assert read_slack({}) is None


def test_the_address_is_slack_s_own_unless_another_is_given() -> None:
    chosen = read_slack(SECRETS)
    assert chosen
    assert chosen.api_url == "https://slack.com/api/"
    local = read_slack({**SECRETS, "EBW_SLACK_API_URL": "http://127.0.0.1:9/api/"})
    assert local
    assert local.api_url == "http://127.0.0.1:9/api/"


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("xoxb-uit-bestand\n")
    names = {"EBW_SLACK_SIGNING_SECRET": "geheim", "EBW_SLACK_BOT_TOKEN_FILE": str(file)}
    chosen = read_slack(names)
    assert chosen
    assert chosen.bot_token == "xoxb-uit-bestand"  # noqa: S105 - of this test


@pytest.mark.parametrize("missing", list(SECRETS))
def test_half_of_the_settings_is_told(missing: str) -> None:
    half = {name: value for name, value in SECRETS.items() if name != missing}
    with pytest.raises(SettingsError, match=missing):
        read_slack(half)


@pytest.mark.parametrize("url", ["http://slack.com/api/", "ftp://127.0.0.1/", "slack.com"])
def test_an_address_that_is_not_safe_is_told(url: str) -> None:
    with pytest.raises(SettingsError, match="https://"):
        read_slack({**SECRETS, "EBW_SLACK_API_URL": url})


def test_the_secrets_are_not_shown() -> None:
    assert "geheim" not in repr(read_slack(SECRETS))


def test_the_advisers_channel_is_named_by_its_id() -> None:
    chosen = read_slack({**SECRETS, "EBW_ADVICE_SLACK_CHANNEL": "C0123ABCD"})
    assert chosen
    assert chosen.advice_channel == "C0123ABCD"


@pytest.mark.parametrize("channel", ["#adviseurs", "U0123ABCD", "C0123/../x"])
def test_what_is_no_channel_is_told(channel: str) -> None:
    with pytest.raises(SettingsError, match="EBW_ADVICE_SLACK_CHANNEL"):
        read_slack({**SECRETS, "EBW_ADVICE_SLACK_CHANNEL": channel})


def test_an_advisers_channel_without_the_app_is_told() -> None:
    with pytest.raises(SettingsError, match="EBW_SLACK_BOT_TOKEN"):
        read_slack({"EBW_ADVICE_SLACK_CHANNEL": "C0123ABCD"})


def test_slack_s_methods_are_below_its_address_however_that_was_written() -> None:
    chosen = read_slack({**SECRETS, "EBW_SLACK_API_URL": "https://slack.example.nl/api"})
    assert chosen
    assert chosen.api_url == "https://slack.example.nl/api/"
