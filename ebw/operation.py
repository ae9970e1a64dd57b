"""What our servers share in operation: who may see how they fare, and how many may come at once."""

import ipaddress
import resource
from collections.abc import Mapping

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def is_from_inside(address: str | None, headers: Mapping[str, str]) -> bool:
    """Tell whether a request comes from a private address, and not through a proxy."""
    if any(name in headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(address or "").is_private
    except ValueError:
        return False


def allow_many_connections() -> None:
    """Let this process have as many connections open as the system lets it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
