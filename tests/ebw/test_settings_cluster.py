import pytest

from ebw.environment import SettingsError
from ebw.settings import read_settings


def test_by_itself_a_server_finds_the_others_on_its_own_machine() -> None:
    chosen = read_settings({"EBW_RASA_PORT": "7005", "EBW_ACTIONS_PORT": "7055"})
    assert chosen.web_channel_url == "http://127.0.0.1:7005/webhooks/web"
    assert chosen.actions_url == "http://127.0.0.1:7055/webhook"
    assert chosen.cluster.redis_url is None


def test_addresses_of_other_machines_go_first() -> None:
    chosen = read_settings(
        {"EBW_RASA_URL": "http://rasa:5005/", "EBW_ACTIONS_URL": "http://actions:5055/webhook"}
    )
    assert chosen.web_channel_url == "http://rasa:5005/webhooks/web"
    assert chosen.actions_url == "http://actions:5055/webhook"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EBW_REDIS_URL", "http://redis"),
        ("EBW_EVENT_BROKER_URL", "localhost:6379"),
        ("EBW_RASA_URL", "rasa:5005"),
        ("EBW_ACTIONS_URL", "http://a b"),
    ],
)
def test_an_address_that_cannot_be_one_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({name: value})


def test_a_password_in_an_address_is_not_shown() -> None:
    chosen = read_settings({"EBW_REDIS_URL": "redis://:geheim@redis/0"})
    assert "geheim" not in repr(chosen)
