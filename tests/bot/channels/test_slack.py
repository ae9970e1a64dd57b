"""The Slack channel without Slack: off, and as its manifest says."""

import pytest
from ruamel.yaml import YAML

from bot.channels.slack import SlackChannel
from bot.channels.slack_events import message_in
from ebw.settings import ROOT, read_settings

SECRETS = {"EBW_SLACK_SIGNING_SECRET": "s", "EBW_SLACK_BOT_TOKEN": "xoxb"}


async def _never(_: object) -> None:
    raise AssertionError


def routes(environment: dict[str, str]) -> set[str]:
    """Return the addresses of the channel, with these settings."""
    channel = SlackChannel(read_settings(environment))
    return {route.uri for route in channel.blueprint(_never)._future_routes}


@pytest.fixture
def manifest() -> dict:
    """Give the manifest of the app."""
    return dict(YAML(typ="safe").load(ROOT / "deploy" / "slack" / "manifest.yml"))


def test_without_its_settings_there_is_no_channel() -> None:
    assert routes({}) == set()


def test_every_address_of_the_manifest_is_one_of_the_channel(
    manifest: dict, data_dir: object
) -> None:
    urls = {
        manifest["settings"]["event_subscriptions"]["request_url"],
        manifest["settings"]["interactivity"]["request_url"],
        manifest["features"]["slash_commands"][0]["url"],
    }
    given = routes({**SECRETS, "EBW_DATA_DIR": str(data_dir)})
    assert given == {"/", *(url.partition("/webhooks/slack")[2] for url in urls)}


def test_the_manifest_asks_for_what_is_used_and_no_more(manifest: dict) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    scopes = {"app_mention": "app_mentions:read", "message.im": "im:history"}
    needed = {scopes[event] for event in events if event in scopes}
    assert set(events) == {"app_home_opened", *scopes}
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == {*needed, "chat:write", "commands"}
    assert manifest["features"]["app_home"]["home_tab_enabled"]
    assert manifest["features"]["app_home"]["messages_tab_enabled"]
    assert not manifest["features"]["app_home"]["messages_tab_read_only_enabled"]
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert not manifest["settings"]["socket_mode_enabled"]
    assert [one["command"] for one in manifest["features"]["slash_commands"]] == ["/quickscan"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("<@UBOT> hallo", "hallo"),
        ("hallo <@UBOT>", "hallo"),
        ("vraag <@U2> of <@U3|jan> het", "vraag iemand of iemand het"),
        ("zie <https://a.nl/x?a=1&amp;b=2>", "zie https://a.nl/x?a=1&b=2"),
        ("zie <http://a.nl|a.nl> en <mailto:a@b.nl|a@b.nl>", "zie a.nl en a@b.nl"),
        ("in <#C1|beleid> voor <!here>", "in beleid voor here"),
        ("R&amp;D &lt;x&gt; &amp;lt;", "R&D <x> &lt;"),
        ("<@UBOT>", "/help"),
        ("", "/help"),
    ],
)
def test_slack_s_marks_are_read_as_a_person_reads_them(typed: str, meant: str) -> None:
    event = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.1", "text": typed}
    authorizations = [{"user_id": "UBOT"}]
    read = message_in({"event": event, "event_id": "Ev1", "authorizations": authorizations})
    assert read
    assert read.text == meant
