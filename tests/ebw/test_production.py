import subprocess
import sys
from pathlib import Path

import pytest

from ebw.environment import SettingsError
from ebw.production import CREDENTIALS, refuse_insecure
from ebw.settings import ROOT, read_settings

SECRET = "geheim-" * 6
PROGRAMS = [["-m", "web"], ["-m", "bot.actions"], ["-m", "bot"], ["-m", "ebw", "run"]]


@pytest.fixture
def safe(tmp_path: Path) -> dict[str, str]:
    """Give an environment that is safe enough for production."""
    data = tmp_path / "var"
    data.mkdir(mode=0o700)
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    return {
        "EBW_ENVIRONMENT": "production",
        "EBW_DATA_DIR": str(data),
        "EBW_PUBLIC_URL": "https://assistent.example.nl",
        "EBW_WEB_ORIGINS": "https://www.example.nl",
        "EBW_WEB_SECRET_FILE": str(secret),
    }


def what_is_wrong(environment: dict[str, str], credentials: Path = CREDENTIALS) -> list[str]:
    """Return what is told to be unsafe about these settings."""
    try:
        refuse_insecure(read_settings(environment), environment, credentials)
    except SettingsError as refusal:
        first, *rest = str(refusal).splitlines()
        assert first.startswith("Zo is de assistent niet veilig voor gebruik")
        return rest
    return []


def test_a_safe_set_up_may_start(safe: dict[str, str]) -> None:
    assert what_is_wrong(safe) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.9", "localhost"])
def test_listening_where_only_a_proxy_can_come_is_safe(safe: dict[str, str], host: str) -> None:
    assert what_is_wrong(safe | {"EBW_HOST": host}) == []


def test_a_postgresql_on_a_private_network_or_encrypted_is_safe(safe: dict[str, str]) -> None:
    for url in ("postgresql://ebw:w@10.0.0.5/ebw", "postgresql://ebw@8.8.8.8/e?sslmode=require"):
        assert what_is_wrong(safe | {"EBW_DATABASE_URL": url}) == []


UNSAFE = [
    ({"EBW_HOST": "0.0.0.0"}, "EBW_HOST is '0.0.0.0'"),
    ({"EBW_HOST": "::"}, "EBW_HOST is '::'"),
    ({"EBW_HOST": "8.8.8.8"}, "EBW_HOST is '8.8.8.8'"),
    ({"EBW_HOST": "bestaat-niet.invalid"}, "EBW_HOST"),
    ({"EBW_PUBLIC_URL": "http://assistent.example.nl"}, "EBW_PUBLIC_URL"),
    ({"EBW_PUBLIC_URL": ""}, "EBW_PUBLIC_URL"),
    ({"EBW_WEB_ORIGINS": "https://a.example.nl http://b.example.nl"}, "'http://b.example.nl'"),
    ({"EBW_TRUSTED_PROXIES": "127.0.0.1 *"}, "EBW_TRUSTED_PROXIES noemt '*'"),
    ({"EBW_TRUSTED_PROXIES": "0.0.0.0"}, "EBW_TRUSTED_PROXIES"),
    ({"EBW_WEB_SECRET_FILE": ""}, "EBW_WEB_SECRET (of EBW_WEB_SECRET_FILE) ontbreekt"),
    ({"EBW_TEAMS_PLAYGROUND": "1"}, "EBW_TEAMS_PLAYGROUND"),
    (
        {
            "EBW_SMTP_HOST": "8.8.8.8",
            "EBW_SMTP_TLS": "geen",
            "EBW_ADVICE_FROM": "a@example.nl",
            "EBW_ADVICE_TO": "b@example.nl",
        },
        "EBW_SMTP_TLS",
    ),
    ({"EBW_DATABASE_URL": "postgresql://ebw:wachtwoord@8.8.8.8/ebw"}, "EBW_DATABASE_URL"),
    ({"EBW_REDIS_URL": "redis://:wachtwoord@8.8.8.8/0"}, "EBW_REDIS_URL"),
    ({"EBW_EVENT_BROKER_URL": "redis://:wachtwoord@8.8.8.8/0"}, "EBW_EVENT_BROKER_URL"),
]


@pytest.mark.parametrize(("changed", "told"), UNSAFE)
def test_what_is_not_safe_is_refused_by_name(
    safe: dict[str, str], changed: dict[str, str], told: str
) -> None:
    (line,) = what_is_wrong(safe | changed)
    assert told in line
    assert "wachtwoord" not in line
    assert what_is_wrong(safe | changed | {"EBW_ENVIRONMENT": "development"}) == []


def test_everything_that_is_wrong_is_told_at_once(safe: dict[str, str]) -> None:
    wrong = what_is_wrong({**safe, "EBW_HOST": "0.0.0.0", "EBW_PUBLIC_URL": "http://x.nl"})
    assert [line[:10] for line in wrong] == ["- EBW_HOST", "- EBW_PUBL"]


@pytest.mark.parametrize("channel", ["rest", "socketio", "rasa", "my.own.Channel"])
def test_a_channel_that_checks_nobody_is_refused(
    safe: dict[str, str], tmp_path: Path, channel: str
) -> None:
    credentials = tmp_path / "credentials.yml"
    credentials.write_text(f"bot.channels.web.WebChannel:\n# uitleg:\n{channel}:\n  token: x\n")
    (line,) = what_is_wrong(safe, credentials)
    assert repr(channel) in line


@pytest.mark.parametrize("what", ["secret", "var", "var/ebw.db"])
def test_a_file_that_anyone_can_read_is_refused(
    safe: dict[str, str], tmp_path: Path, everyone_comes_here: None, what: str
) -> None:
    (tmp_path / "var" / "ebw.db").touch()
    (tmp_path / what).chmod(0o755)
    if what == "var/ebw.db":  # in a closed folder it is closed
        assert what_is_wrong(safe) == []
        (tmp_path / "var").chmod(0o711)
    wrong = what_is_wrong(safe)
    assert f"chmod o-rwx {tmp_path / what}" in "\n".join(wrong)


@pytest.fixture
def everyone_comes_here(tmp_path: Path) -> None:
    """Open the folders above the test's own, which pytest keeps closed."""
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(0o755)


def test_an_environment_that_is_neither_is_refused() -> None:
    with pytest.raises(SettingsError, match="EBW_ENVIRONMENT"):
        read_settings({"EBW_ENVIRONMENT": "prod"})


@pytest.mark.parametrize("program", PROGRAMS, ids=" ".join)
def test_no_process_starts_with_unsafe_settings(safe: dict[str, str], program: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env={**safe, "PATH": "/usr/bin:/bin", "EBW_HOST": "0.0.0.0", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "- EBW_HOST is '0.0.0.0'" in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_do_not_show_their_secrets(safe: dict[str, str], tmp_path: Path) -> None:
    secrets = {
        "EBW_DATABASE_URL": "postgresql://ebw:wachtwoord-1@db/ebw",
        "EBW_SLACK_SIGNING_SECRET": "wachtwoord-2",
        "EBW_SLACK_BOT_TOKEN": "wachtwoord-3",
        "EBW_TEAMS_APP_ID": "11111111-1111-1111-1111-111111111111",
        "EBW_TEAMS_TENANT_ID": "22222222-2222-2222-2222-222222222222",
        "EBW_TEAMS_APP_PASSWORD": "wachtwoord-4",
        "IDENTITY_HEADER": "wachtwoord-5",
        "EBW_REDIS_URL": "redis://:wachtwoord-7@redis/0",
        "EBW_EVENT_BROKER_URL": "rediss://:wachtwoord-8@redis/1",
        "EBW_SMTP_HOST": "localhost",
        "EBW_SMTP_USER": "ebw",
        "EBW_SMTP_PASSWORD": "wachtwoord-6",
        "EBW_ADVICE_FROM": "a@example.nl",
        "EBW_ADVICE_TO": "b@example.nl",
    }
    shown = repr(read_settings(safe | secrets))
    assert "wachtwoord" not in shown
    assert SECRET not in shown
    assert str(tmp_path) in shown


@pytest.mark.parametrize("name", ["EBW_REDIS_URL", "EBW_EVENT_BROKER_URL"])
def test_redis_over_the_internet_must_be_encrypted(safe: dict[str, str], name: str) -> None:
    assert what_is_wrong({**safe, name: "redis://8.8.8.8/0"}) != []
    assert what_is_wrong({**safe, name: "rediss://8.8.8.8/0"}) == []
    assert what_is_wrong({**safe, name: "redis://10.0.0.5/0"}) == []
