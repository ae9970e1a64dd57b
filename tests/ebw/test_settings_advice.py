from pathlib import Path

import pytest

from ebw.environment import SettingsError
from ebw.settings_advice import read_advice

COMPLETE = {
    "EBW_SMTP_HOST": "mail.example.nl",
    "EBW_ADVICE_FROM": "ebw@example.nl",
    "EBW_ADVICE_TO": "advies@example.nl, wacht@example.nl",
}


def test_without_a_host_nothing_is_mailed() -> None:
    assert read_advice({"EBW_ADVICE_TO": "advies@example.nl"}) is None


@pytest.mark.parametrize(("tls", "port"), [("", 587), ("tls", 465), ("geen", 25)])
def test_the_port_follows_from_the_kind_of_tls(tls: str, port: int) -> None:
    chosen = read_advice({**COMPLETE, "EBW_SMTP_TLS": tls})
    assert (chosen.port, chosen.tls) == (port, tls or "starttls")
    assert chosen.receivers == ("advies@example.nl", "wacht@example.nl")
    assert read_advice({**COMPLETE, "EBW_SMTP_PORT": "2525"}).port == 2525


def test_the_password_may_stand_in_a_file_and_is_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "wachtwoord"
    file.write_text("heel-geheim\n")
    user = {"EBW_SMTP_USER": "ebw", "EBW_SMTP_PASSWORD_FILE": str(file)}
    chosen = read_advice({**COMPLETE, **user})
    assert (chosen.user, chosen.password) == ("ebw", "heel-geheim")
    assert "heel-geheim" not in repr(chosen)


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"EBW_SMTP_TLS": "ssl"}, "EBW_SMTP_TLS"),
        ({"EBW_SMTP_PORT": "0"}, "EBW_SMTP_PORT"),
        ({"EBW_ADVICE_FROM": ""}, "EBW_ADVICE_FROM"),
        ({"EBW_ADVICE_TO": "geen adres"}, "EBW_ADVICE_TO"),
        ({"EBW_ADVICE_TO": "a@b.nl\nBcc: c@d.nl"}, "EBW_ADVICE_TO"),
        ({"EBW_SMTP_USER": "ebw"}, "EBW_SMTP_PASSWORD"),
        (
            {"EBW_SMTP_USER": "u", "EBW_SMTP_PASSWORD": "p", "EBW_SMTP_TLS": "geen"},
            "EBW_SMTP_TLS",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_refused_by_name(changes: dict[str, str], names: str) -> None:
    with pytest.raises(SettingsError, match=names):
        read_advice({**COMPLETE, **changes})
