"""The settings of the e-mail that brings requests for advice to the advisers."""

import re
from dataclasses import dataclass, field

from ebw.environment import SettingsError, read_port, read_secret, read_words

TLS_PORTS = {"starttls": 587, "tls": 465, "geen": 25}
_ADDRESS = re.compile(r"[\w.+-]+@(?:[\w-]+\.)*[\w-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class AdviceSettings:
    """A mail server, and between whom the mail goes.

    `tls` is "starttls", "tls" (from the first byte), or "geen": only for a server on this machine
    or in a closed network.
    """

    host: str
    port: int
    tls: str
    user: str | None
    password: str | None = field(repr=False)
    sender: str
    receivers: tuple[str, ...]


def read_advice(environment: dict[str, str]) -> AdviceSettings | None:
    """Return where requests are mailed to; None when no server is set (EBW_SMTP_HOST).

    Raises SettingsError when something is missing or wrong.
    """
    host = environment.get("EBW_SMTP_HOST")
    if not host:
        return None
    tls = environment.get("EBW_SMTP_TLS") or "starttls"
    if tls not in TLS_PORTS:
        message = f"EBW_SMTP_TLS moet {', '.join(TLS_PORTS)} zijn, niet {tls!r}."
        raise SettingsError(message)
    user, password = environment.get("EBW_SMTP_USER"), read_secret(environment, "EBW_SMTP_PASSWORD")
    if bool(user) != bool(password):
        message = "Geef EBW_SMTP_USER en EBW_SMTP_PASSWORD allebei, of geen van beide."
        raise SettingsError(message)
    if user and tls == "geen":
        message = "Met EBW_SMTP_TLS=geen gaat het wachtwoord onversleuteld over het netwerk."
        raise SettingsError(message)
    return AdviceSettings(
        host=host,
        port=read_port(environment, "EBW_SMTP_PORT", TLS_PORTS[tls]),
        tls=tls,
        user=user,
        password=password,
        sender=_addresses(environment, "EBW_ADVICE_FROM")[0],
        receivers=_addresses(environment, "EBW_ADVICE_TO"),
    )


def _addresses(environment: dict[str, str], name: str) -> tuple[str, ...]:
    addresses = read_words(environment.get(name) or "")
    if not addresses or not all(map(_ADDRESS.fullmatch, addresses)):
        message = f"{name} moet een mailadres zijn, zoals advies@example.nl."
        raise SettingsError(message)
    return tuple(addresses)
