from pathlib import Path

import pytest

from ebw.environment import SettingsError
from ebw.settings import read_settings
from ebw.settings_teams import TeamsSettings, read_teams

HERE = "127.0.0.1"
APP = "11111111-2222-3333-4444-555555555555"
TENANT = "99999999-8888-7777-6666-555555555555"
WITH_SECRET = {
    "EBW_TEAMS_APP_ID": APP,
    "EBW_TEAMS_TENANT_ID": TENANT,
    "EBW_TEAMS_APP_PASSWORD": "geheim",
}
WITH_IDENTITY = {
    "EBW_TEAMS_APP_ID": APP,
    "EBW_TEAMS_TENANT_ID": TENANT,
    "EBW_TEAMS_MANAGED_IDENTITY": "1",
}
ADVISERS = "19:a-b_1@thread.tacv2"
PLAYGROUND = {"EBW_TEAMS_PLAYGROUND": "1"}


def _read(environment: dict[str, str], host: str = HERE) -> TeamsSettings:
    found = read_teams(environment, host)
    assert found
    return found


@pytest.mark.parametrize("environment", [{}, {"EBW_TEAMS_APP_ID": ""}])
def test_without_an_app_the_channel_is_off(environment: dict[str, str]) -> None:
    assert read_settings(environment).teams is None


def test_an_app_and_its_secret_are_enough_and_the_rest_is_microsofts() -> None:
    chosen = _read(WITH_SECRET)
    assert (chosen.app_id, chosen.tenant_id, chosen.app_password) == (APP, TENANT, "geheim")
    assert chosen.token_url == f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
    assert chosen.issuer == "https://api.botframework.com"
    assert chosen.openid_url.startswith("https://login.botframework.com/")
    assert chosen.may_answer("https://smba.trafficmanager.net/emea/")
    assert not chosen.playground


def test_the_secret_can_stand_in_a_file_and_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "geheim"
    file.write_text("uit een bestand\n")
    named = {"EBW_TEAMS_APP_PASSWORD": "", "EBW_TEAMS_APP_PASSWORD_FILE": str(file)}
    chosen = _read({**WITH_SECRET, **named})
    assert chosen.app_password == "uit een bestand"  # noqa: S105 - of this test
    assert "bestand" not in repr(chosen)


def test_a_managed_identity_needs_no_secret() -> None:
    chosen = _read({**WITH_IDENTITY, "IDENTITY_ENDPOINT": "http://10.0.0.1/msi"})
    assert (chosen.app_password, chosen.token_url) == (None, "http://10.0.0.1/msi")


def test_every_endpoint_can_be_chosen() -> None:
    chosen = _read(
        {
            **WITH_SECRET,
            "EBW_TEAMS_ISSUER": "https://api.botframework.us",
            "EBW_TEAMS_OPENID_URL": "https://login.botframework.azure.us/openid",
            "EBW_TEAMS_TOKEN_URL": "https://login.microsoftonline.us/token",
            "EBW_TEAMS_SERVICE_URLS": "https://smba.infra.example/ https://smba.example:8443",
        }
    )
    assert chosen.issuer == "https://api.botframework.us"
    assert chosen.openid_url == "https://login.botframework.azure.us/openid"
    assert chosen.token_url == "https://login.microsoftonline.us/token"  # noqa: S105 - an address
    assert chosen.may_answer("https://smba.infra.example/amer/")
    assert chosen.may_answer("https://smba.example:8443")


@pytest.mark.parametrize(
    "url",
    [
        "http://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net.example.nl/",
        "https://smba.trafficmanager.net@example.nl/",
        "https://example.nl/smba.trafficmanager.net",
        "https://smba.trafficmanager.net:8443/",
        "https://127.0.0.1/",
        "",
    ],
)
def test_other_services_are_not_answered(url: str) -> None:
    assert not _read(WITH_SECRET).may_answer(url)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"EBW_TEAMS_APP_ID": "x"}, "EBW_TEAMS_APP_ID"),
        ({"EBW_TEAMS_TENANT_ID": ""}, "EBW_TEAMS_TENANT_ID"),
        ({"EBW_TEAMS_TENANT_ID": "delft.nl"}, "EBW_TEAMS_TENANT_ID"),
        ({"EBW_TEAMS_APP_PASSWORD": ""}, "EBW_TEAMS_MANAGED_IDENTITY"),
        ({"EBW_TEAMS_MANAGED_IDENTITY": "1"}, "EBW_TEAMS_APP_PASSWORD"),
        ({"EBW_TEAMS_SERVICE_URLS": "http://smba.example"}, "EBW_TEAMS_SERVICE_URLS"),
        ({"EBW_TEAMS_OPENID_URL": "login.example"}, "EBW_TEAMS_OPENID_URL"),
        ({"EBW_TEAMS_TOKEN_URL": "ftp://login.example"}, "EBW_TEAMS_TOKEN_URL"),
    ],
)
def test_what_is_missing_or_wrong_is_named(change: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_teams({**WITH_SECRET, **change}, HERE)


# The advisers' channel


def test_the_advisers_channel_is_named_by_its_id_and_reached_in_europe() -> None:
    chosen = _read({**WITH_SECRET, "EBW_ADVICE_TEAMS_CONVERSATION": ADVISERS})
    assert chosen.advice
    assert chosen.advice.id == ADVISERS
    assert chosen.advice.service_url == "https://smba.trafficmanager.net/emea/"


def test_without_an_advisers_channel_requests_do_not_go_to_teams() -> None:
    assert _read(WITH_SECRET).advice is None


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"EBW_ADVICE_TEAMS_CONVERSATION": "Adviseurs"}, "EBW_ADVICE_TEAMS_CONVERSATION"),
        ({"EBW_ADVICE_TEAMS_CONVERSATION": f"{ADVISERS}/x"}, "EBW_ADVICE_TEAMS_CONVERSATION"),
        ({"EBW_ADVICE_TEAMS_SERVICE_URL": "https://example.nl"}, "EBW_ADVICE_TEAMS_SERVICE_URL"),
        ({"EBW_ADVICE_TEAMS_SERVICE_URL": "http://x.nl"}, "EBW_ADVICE_TEAMS_SERVICE_URL"),
        ({"EBW_TEAMS_APP_ID": ""}, "EBW_TEAMS_APP_ID"),
    ],
)
def test_an_advisers_channel_that_cannot_be_reached_is_named(
    change: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=named):
        read_teams({**WITH_SECRET, "EBW_ADVICE_TEAMS_CONVERSATION": ADVISERS, **change}, HERE)


# The Playground


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_the_playground_is_let_in_on_this_machine_and_answered_there(host: str) -> None:
    chosen = _read(PLAYGROUND, host)
    assert chosen.playground
    assert chosen.may_answer("http://localhost:56150/_connector")
    assert not chosen.may_answer("http://localhost.example.nl/")


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.1", "assistent.example.nl", "::"])
def test_the_playground_is_refused_on_a_server_that_others_can_reach(host: str) -> None:
    with pytest.raises(SettingsError, match="EBW_TEAMS_PLAYGROUND"):
        read_settings({**PLAYGROUND, "EBW_HOST": host})


def test_the_playground_and_a_real_app_do_not_go_together() -> None:
    with pytest.raises(SettingsError, match="EBW_TEAMS_PLAYGROUND"):
        read_teams({**WITH_SECRET, **PLAYGROUND}, HERE)


@pytest.mark.parametrize("value", ["", "0", "nee"])
def test_the_playground_is_let_in_only_when_that_was_asked(value: str) -> None:
    assert read_teams({"EBW_TEAMS_PLAYGROUND": value}, HERE) is None
