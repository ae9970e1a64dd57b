from pathlib import Path

import pytest

from ebw.settings import ROOT, SettingsError, read_settings, settings

PORTS = ("EBW_WEB_PORT", "EBW_RASA_PORT", "EBW_ACTIONS_PORT")


def test_without_any_setting_everything_runs_on_this_machine() -> None:
    chosen = read_settings({})
    assert chosen.data_dir == ROOT / "var"
    assert chosen.database_url == f"sqlite:///{ROOT / 'var' / 'ebw.db'}"
    assert chosen.host == "127.0.0.1"
    assert (chosen.web_port, chosen.rasa_port, chosen.actions_port) == (8000, 5005, 5055)


def test_every_place_and_port_can_be_chosen(tmp_path: Path) -> None:
    chosen = read_settings(
        {
            "EBW_DATA_DIR": str(tmp_path),
            "EBW_DATABASE_URL": "postgresql://db/ebw",
            "EBW_HOST": "0.0.0.0",
            "EBW_WEB_PORT": "1",
            "EBW_RASA_PORT": "65535",
            "EBW_ACTIONS_PORT": "15055",
        }
    )
    assert chosen.data_dir == tmp_path
    assert chosen.database_url == "postgresql://db/ebw"
    assert chosen.host == "0.0.0.0"
    assert (chosen.web_port, chosen.rasa_port, chosen.actions_port) == (1, 65535, 15055)


def test_an_empty_setting_counts_as_not_set() -> None:
    names = (*PORTS, "EBW_DATA_DIR", "EBW_DATABASE_URL", "EBW_HOST")
    assert read_settings(dict.fromkeys(names, "")) == read_settings({})


def test_the_database_and_the_model_follow_the_data_folder(tmp_path: Path) -> None:
    chosen = read_settings({"EBW_DATA_DIR": str(tmp_path / "elders")})
    assert chosen.database_url == f"sqlite:///{tmp_path / 'elders' / 'ebw.db'}"
    assert chosen.model_dir == tmp_path / "elders" / "models"


def test_a_relative_data_folder_does_not_depend_on_where_one_stands_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings({"EBW_DATA_DIR": "var"}).data_dir == tmp_path.resolve() / "var"


def test_rasa_calls_the_action_server_where_it_listens() -> None:
    chosen = read_settings({"EBW_HOST": "10.0.0.1", "EBW_ACTIONS_PORT": "6000"})
    assert chosen.actions_url == "http://10.0.0.1:6000/webhook"


@pytest.mark.parametrize("name", PORTS)
@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80.5", "1e3", " ", "²"])
def test_a_port_that_is_none_is_refused_in_one_line_that_names_it(name: str, text: str) -> None:
    with pytest.raises(SettingsError) as failure:
        read_settings({name: text})
    message = str(failure.value)
    assert message.startswith(f"{name} moet een poortnummer zijn")
    assert repr(text) in message
    assert "\n" not in message


def test_the_settings_of_a_process_are_read_once(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = settings()
    assert first.data_dir == data_dir
    monkeypatch.setenv("EBW_RASA_PORT", "1234")
    assert settings() is first


def test_settings_cannot_be_changed_while_running() -> None:
    chosen = read_settings({})
    with pytest.raises(AttributeError):
        chosen.host = "0.0.0.0"


def test_the_web_settings_have_defaults_for_this_machine() -> None:
    chosen = read_settings({"EBW_WEB_PORT": "8123"})
    assert chosen.public_url == "http://127.0.0.1:8123"
    assert (chosen.web_origins, chosen.web_secret) == (frozenset(), None)
    assert "127.0.0.1" in chosen.trusted_proxies


def test_the_web_settings_can_be_chosen() -> None:
    chosen = read_settings(
        {
            "EBW_PUBLIC_URL": "https://ebw.example.nl/assistent/",
            "EBW_WEB_ORIGINS": "https://www.example.nl, https://intern.example.nl:8443",
            "EBW_WEB_SECRET": "s" * 32,
            "EBW_TRUSTED_PROXIES": "10.0.0.1 10.0.0.2",
        }
    )
    assert chosen.public_url == "https://ebw.example.nl/assistent"
    assert chosen.web_origins == {"https://www.example.nl", "https://intern.example.nl:8443"}
    assert chosen.web_secret == "s" * 32
    assert chosen.trusted_proxies == {"10.0.0.1", "10.0.0.2"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("EBW_PUBLIC_URL", "ebw.example.nl"),
        ("EBW_PUBLIC_URL", "javascript:alert(1)"),
        ("EBW_WEB_ORIGINS", "*"),
        ("EBW_WEB_ORIGINS", "https://www.example.nl/pad"),
        ("EBW_WEB_ORIGINS", "https://www.example.nl, example.nl"),
        ("EBW_WEB_SECRET", "s" * 31),
    ],
)
def test_a_web_setting_that_cannot_be_used_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({name: text})


def test_a_secret_is_not_repeated_in_the_message_about_it() -> None:
    with pytest.raises(SettingsError) as failure:
        read_settings({"EBW_WEB_SECRET": "te-kort-geheim"})
    assert "te-kort-geheim" not in str(failure.value)
