"""Ends with what is wrong in a Compose file: `python scripts/lint_compose.py FILE`.

Read as the Compose specification has it, which allows a dependency or an address that is not there:
those are looked up here.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import compose_spec
import yaml


def faults(text: str) -> Iterator[str]:
    """Give what is wrong, in one line each."""
    given = yaml.safe_load(text)  # with its anchors and merges filled in
    try:
        compose_spec.PyCompose.from_json(json.dumps(given)).validate()
    except ValueError as error:
        yield str(error)
        return
    services = given["services"]
    networks = [service["networks"] for service in services.values()]
    addresses = {
        place["ipv4_address"]
        for named in networks
        if isinstance(named, dict)  # a list gives no addresses
        for place in named.values()
    }
    for name, service in services.items():
        for other in service.get("depends_on", ()):
            if other not in services:
                yield f"{name} depends on {other}, which is no service"
        for variable, value in service.get("environment", {}).items():
            for address in re.findall(r"(?:\d{1,3}\.){3}\d{1,3}", str(value)):
                if address not in addresses:
                    yield f"{name}: {variable} names {address}, which no service has"


if __name__ == "__main__":
    sys.exit("\n".join(faults(Path(sys.argv[1]).read_text(encoding="utf-8"))) or 0)
