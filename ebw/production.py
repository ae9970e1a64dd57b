"""What must hold where real users come: otherwise nothing starts (EBW_ENVIRONMENT=production).

SQLite is allowed: on one machine every answer is as safe there as in PostgreSQL, and one machine is
what a small municipality has. Several servers cannot share its file, and need PostgreSQL.
"""

import ipaddress
import os
import re
import socket
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url

from ebw.environment import SettingsError
from ebw.settings import ROOT, Settings, settings

CREDENTIALS = ROOT / "credentials.yml"
_CHANNEL = re.compile(r"^([\w.]+):", re.MULTILINE)
_SAFE_CHANNELS = "bot.channels."
_ENCRYPTED = {"require", "verify-ca", "verify-full"}
_OTHERS = 0o007


def settings_to_serve_with() -> Settings:
    """Return the settings of this process; end it, saying why, when it cannot serve with them."""
    try:
        chosen = settings()
        refuse_insecure(chosen, os.environ)
    except SettingsError as error:
        sys.exit(str(error))
    return chosen


def refuse_insecure(
    chosen: Settings, environment: Mapping[str, str], credentials: Path = CREDENTIALS
) -> None:
    """Raise SettingsError, with a list in Dutch of all that is wrong, for a production set-up."""
    if not chosen.production:
        return
    wrong = [
        *_about_addresses(chosen),
        *_about_connections(chosen),
        *_about_secrets(chosen, environment),
    ]
    wrong += [
        f"credentials.yml noemt het kanaal {name!r}: dat controleert niet wie er spreekt."
        for name in _CHANNEL.findall(credentials.read_text(encoding="utf-8"))
        if not name.startswith(_SAFE_CHANNELS)
    ]
    if wrong:
        lines = "\n".join(f"- {line}" for line in wrong)
        message = f"Zo is de assistent niet veilig voor gebruik (EBW_ENVIRONMENT):\n{lines}"
        raise SettingsError(message)


def _about_addresses(chosen: Settings) -> Iterator[str]:
    if not _is_private(chosen.host):
        yield (
            f"EBW_HOST is {chosen.host!r}: luister op 127.0.0.1 of in een besloten netwerk, "
            "achter een proxy met TLS."
        )
    if not chosen.public_url.startswith("https:"):
        yield f"EBW_PUBLIC_URL is {chosen.public_url!r}: dat moet met https:// beginnen."
    for origin in sorted(chosen.web_origins):
        if not origin.startswith("https:"):
            yield f"EBW_WEB_ORIGINS noemt {origin!r}: dat moet met https:// beginnen."
    for proxy in sorted(chosen.trusted_proxies):
        if not _is_address(proxy):
            yield f"EBW_TRUSTED_PROXIES noemt {proxy!r}: geef het adres van je eigen proxy."


def _about_connections(chosen: Settings) -> Iterator[str]:
    if chosen.teams and chosen.teams.playground:
        yield "EBW_TEAMS_PLAYGROUND staat aan: dan komen berichten zonder controle binnen."
    if chosen.advice and chosen.advice.tls == "geen" and not _is_private(chosen.advice.host):
        yield "EBW_SMTP_TLS is 'geen': aanvragen gaan dan onversleuteld over het internet."
    database = make_url(chosen.database_url)
    is_encrypted = database.query.get("sslmode") in _ENCRYPTED
    if database.host and not is_encrypted and not _is_private(database.host):
        yield "EBW_DATABASE_URL gaat over het internet: zet er ?sslmode=verify-full achter."
    cluster = chosen.cluster
    names = {"EBW_REDIS_URL": cluster.redis_url, "EBW_EVENT_BROKER_URL": cluster.events_url}
    for name, url in names.items():
        parts = urlsplit(url or "")
        if parts.scheme == "redis" and not _is_private(parts.hostname or ""):
            yield f"{name} gaat over het internet: gebruik rediss://."


def _about_secrets(chosen: Settings, environment: Mapping[str, str]) -> Iterator[str]:
    if not chosen.web_secret:
        yield "EBW_WEB_SECRET (of EBW_WEB_SECRET_FILE) ontbreekt."
    files = {name: path for name, path in environment.items() if re.match(r"EBW_\w+_FILE$", name)}
    readable = [*files.values(), *_database_files(chosen), str(chosen.data_dir)]
    for path in sorted({path for path in readable if path and _is_open(Path(path))}):
        yield f"Iedereen op deze machine kan bij {path}: voer uit: chmod o-rwx {path}"


def _database_files(chosen: Settings) -> list[str]:
    database = make_url(chosen.database_url)
    is_file = database.get_backend_name() == "sqlite" and database.database
    return [str(database.database)] if is_file else []


def _is_open(path: Path) -> bool:
    """Tell whether any user of the machine may use this; what lies in a closed folder is closed."""
    if not path.exists() or not path.stat().st_mode & _OTHERS:
        return False
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)


def _is_private(host: str) -> bool:
    """Tell whether a name or address is of this machine or of a private network."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    addresses = [ipaddress.ip_address(address.partition("%")[0]) for address in found]
    return all(address.is_private and not address.is_unspecified for address in addresses)


def _is_address(text: str) -> bool:
    try:
        return not ipaddress.ip_address(text).is_unspecified
    except ValueError:
        return False
