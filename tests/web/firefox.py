"""Firefox, driven by the protocol that it brings itself: Marionette (JSON over a local socket).

Playwright cannot start a Firefox of the system's packages, and Mozilla's own client brings sixteen
other packages. What a test needs of the protocol is little; its commands are those of WebDriver.
"""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tests.conversations.servers import HOST, POLL_SECONDS, kill_group

START_LIMIT_SECONDS = 60
PATIENCE_SECONDS = 15
PREFERENCES = {
    "marionette.port": 0,  # any that is free
    # Firefox may reach this machine, and nothing else: the proxy for the rest does not exist.
    "network.proxy.type": 1,
    "network.proxy.http": HOST,
    "network.proxy.http_port": 9,
    "network.proxy.ssl": HOST,
    "network.proxy.ssl_port": 9,
}
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Space": " ", "Tab": "\ue004"}

Element = dict[str, str]
Seen = TypeVar("Seen")


class Firefox:
    """A window of Firefox, as who sits before it uses it."""

    def __init__(self, connection: socket.socket) -> None:
        """Begin a session with the Firefox at the other end."""
        self._stream = connection.makefile("rwb")
        self._asked = 0
        self._receive()  # it introduces itself
        self.ask("WebDriver:NewSession")

    def ask(self, command: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        """Have a command carried out; return its result.

        Raises RuntimeError when Firefox refuses.
        """
        self._asked += 1
        message = json.dumps([0, self._asked, command, parameters]).encode()
        self._stream.write(b"%d:%s" % (len(message), message))
        self._stream.flush()
        _, _, refusal, result = self._receive()
        if refusal:
            reason = f"{command}: {refusal['error']}: {refusal['message']}"
            raise RuntimeError(reason)
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def visit(self, address: str) -> None:
        """Go to a page, and wait until it is there."""
        self.ask("WebDriver:Navigate", url=address)

    def reload(self) -> None:
        """Load the page anew."""
        self.ask("WebDriver:Refresh")

    def run(self, script: str, *arguments: object) -> Any:  # noqa: ANN401 - JSON
        """Run the body of a function in the page; return what it returns."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=arguments)

    def press(self, key: str) -> None:
        """Press a key."""
        value = KEYS[key]
        actions = [{"type": way, "value": value} for way in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": actions}
        self.ask("WebDriver:PerformActions", actions=[keyboard])

    def click(self, element: Element) -> None:
        """Click on an element with the mouse; refused when something lies over it."""
        self.ask("WebDriver:ElementClick", id=_id_of(element))

    def told(self, element: Element) -> tuple[str, str]:
        """Return the role and the name that a screen reader gets of an element."""
        role, name = (
            self.ask(f"WebDriver:GetComputed{what}", id=_id_of(element))
            for what in ("Role", "Label")
        )
        return role, name

    def go_to_newest_tab(self) -> None:
        """Look at the tab that was opened last."""
        newest = self.ask("WebDriver:GetWindowHandles")[-1]
        self.ask("WebDriver:SwitchToWindow", handle=newest)

    def _receive(self) -> Any:  # noqa: ANN401 - JSON
        length = b""
        while (digit := self._stream.read(1)) != b":":
            if not digit:
                message = "Firefox hung up"
                raise RuntimeError(message)
            length += digit
        return json.loads(self._stream.read(int(length)))


@contextmanager
def running_firefox(folder: Path) -> Iterator[Firefox]:
    """Give a Firefox without a screen, that keeps what it must in `folder`."""
    lines = [f"user_pref({json.dumps(n)}, {json.dumps(v)});\n" for n, v in PREFERENCES.items()]
    Path(folder, "user.js").write_text("".join(lines))
    command = [_program(), "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    with Path(folder, "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        port = wait_for(lambda: _port(folder), START_LIMIT_SECONDS)
        with socket.create_connection((HOST, port)) as connection:
            connection.settimeout(START_LIMIT_SECONDS)
            yield Firefox(connection)
    finally:
        kill_group(process)


def wait_for(look: Callable[[], Seen | None], seconds: float = PATIENCE_SECONDS) -> Seen:
    """Look until there is something to see; return it.

    Raises TimeoutError when there still is nothing after `seconds`.
    """
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(POLL_SECONDS)
    return seen


def _program() -> str:
    found = shutil.which("firefox-esr") or shutil.which("firefox")
    if not found:
        message = "no Firefox: apt-get install firefox-esr"
        raise RuntimeError(message)
    return found


def _port(folder: Path) -> int | None:
    """Return where Firefox listens, which it writes down once it does."""
    written = Path(folder, "MarionetteActivePort")
    return int(written.read_text() or 0) if written.exists() else None


def _id_of(element: Element) -> str:
    (reference,) = element.values()
    return reference
