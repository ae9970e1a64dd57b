"""Starts Microsoft's Agents Playground against the running assistant: `make teams`.

The Playground is Microsoft's own (npm, its own licence: for trying out only) and is not part of
this project; it is fetched once, into var/npm.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from ebw.environment import SettingsError, read_port
from ebw.output import CommandError
from ebw.settings import ROOT, settings

PLAYGROUND = "@microsoft/m365agentsplayground"
VERSION = "0.2.28"
NOT_RUNNING = (
    "De assistent draait niet, of laat de Playground niet toe. Start in een ander venster: "
    "EBW_TEAMS_PLAYGROUND=1 make run"
)


def npm_package(name: str, version: str) -> Path:
    """Return the folder of a package of npm; it is fetched the first time.

    Raises CommandError when there is no npm, or the package cannot be had.
    """
    folder = ROOT / "var" / "npm" / f"{name.rpartition('/')[2]}-{version}"
    package = folder / "node_modules" / name
    if not (package / "package.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        options = ["--silent", "--no-save", "--prefix", str(folder)]
        try:
            subprocess.run(["npm", "install", *options, f"{name}@{version}"], check=True)  # noqa: S603, S607 - a fixed package
        except (OSError, subprocess.CalledProcessError) as error:
            message = f"{name} is niet op te halen. Is npm er (apt-get install npm), en internet?"
            raise CommandError(message) from error
    return package


def playground_command(channel_url: str, port: int) -> list[str]:
    """Return how the Playground is started, for the channel at `channel_url`.

    It tells Microsoft nothing of its use.
    """
    script = npm_package(PLAYGROUND, VERSION) / "cli.js"
    where = ["--app-endpoint", f"{channel_url}/api/messages", "--port", str(port)]
    return ["node", str(script), "start", *where, "--channel-id", "msteams", "--dt", "true"]


def main() -> None:
    """Start the Playground in the place of this program; exit with 1 when that cannot be."""
    try:
        command = _command()
    except (CommandError, SettingsError) as error:
        sys.exit(str(error))
    os.chdir(ROOT / "var")  # it writes a log where it is started
    os.execvp(command[0], command)  # noqa: S606 - no shell is needed


def _command() -> list[str]:
    chosen = settings()
    url = f"http://{chosen.host}:{chosen.rasa_port}/webhooks/teams"
    if not _lets_in(url):
        raise CommandError(NOT_RUNNING)
    port = read_port(dict(os.environ), "EBW_TEAMS_PLAYGROUND_PORT", 56150)
    sys.stderr.write(f"De Playground komt op http://localhost:{port}/ (stoppen met Ctrl-C).\n")
    return playground_command(url, port)


def _lets_in(url: str) -> bool:
    try:
        with urlopen(f"{url}/", timeout=2) as response:  # noqa: S310 - our own address
            return bool(json.load(response)["playground"])
    except (URLError, OSError, ValueError, LookupError):
        return False


if __name__ == "__main__":
    main()
