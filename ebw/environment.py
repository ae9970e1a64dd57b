"""Reading a setting from the environment: a port, an address, a list, a secret."""

from pathlib import Path
from urllib.parse import urlsplit

HIGHEST_PORT = 65_535
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SHORTEST_SECRET = 32


class SettingsError(Exception):
    """A setting has a value that cannot be used; the message says which, in Dutch."""


def read_port(environment: dict[str, str], name: str, default: int) -> int:
    """Return the port that `name` gives, or `default`.

    Raises SettingsError when it is not a number from 1 to 65535.
    """
    text = environment.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= HIGHEST_PORT:
        message = (
            f"{name} moet een poortnummer zijn van 1 tot en met {HIGHEST_PORT}, niet {text!r}."
        )
        raise SettingsError(message)
    return int(text)


def read_address(environment: dict[str, str], name: str, default: str) -> str:
    """Return the one address that `name` gives, or `default`; raises as `read_addresses` does."""
    addresses = read_addresses(environment, name, default)
    if len(addresses) != 1:
        message = f"{name} moet één adres zijn."
        raise SettingsError(message)
    return addresses[0]


def read_addresses(environment: dict[str, str], name: str, default: str) -> list[str]:
    """Return the addresses of APIs that `name` gives, or `default`: https, or on this machine.

    Raises SettingsError when what is sent there could be read on the way, or one is no address.
    """
    addresses = read_words(environment.get(name) or default)
    for address in addresses:
        if not _is_safe(address):
            message = f"{name} moet met https:// beginnen, niet {address!r}."
            raise SettingsError(message)
    return addresses


def read_secret(environment: dict[str, str], name: str, shortest: int = 1) -> str | None:
    """Return a secret: the value of `name`, or what stands in the file that `name`_FILE names.

    Raises SettingsError when it is shorter than `shortest`, or the file cannot be read.
    """
    secret = environment.get(name) or _content_of(environment, f"{name}_FILE")
    if secret and len(secret) < shortest:
        message = f"{name} moet minstens {shortest} tekens lang zijn."
        raise SettingsError(message)
    return secret


def read_words(text: str) -> list[str]:
    """Return the parts of a list that is written with commas or spaces."""
    return text.replace(",", " ").split()


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    is_local = parts.scheme == "http" and parts.hostname in LOOPBACK
    return has_host and (parts.scheme == "https" or is_local)


def _content_of(environment: dict[str, str], name: str) -> str | None:
    path = environment.get(name)
    if not path:
        return None
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{name} noemt een bestand dat niet te lezen is."
        raise SettingsError(message) from error
