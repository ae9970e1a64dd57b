"""A user of the widget in a real browser."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from ebw.settings import ROOT
from quickscan.scan import Scan
from tests.web.servers import WebAssistant

AXE_VERSION = "4.10.2"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
WHOLE_SCAN = 26


class Widget:
    """The widget on a page, as a user sees it."""

    def __init__(self, page: Page, assistant: WebAssistant) -> None:
        """Look at the widget of `page`."""
        self.page = page
        self.assistant = assistant

    def visit(self) -> "Widget":
        """Go to the assistant's own page."""
        self.page.goto(f"{self.assistant.page}/")
        return self

    def open(self) -> "Widget":
        """Open the conversation."""
        self.page.get_by_role("button", name="Stel je vraag").click()
        return self

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log")

    @property
    def input(self) -> Locator:
        """Where a user types."""
        return self.page.get_by_role("textbox", name="Je bericht")

    @property
    def status(self) -> Locator:
        """Where the widget says how it stands."""
        return self.page.locator("ebw-assistent").get_by_role("status")

    def press(self, title: str) -> None:
        """Press the button of that title, among those on offer last."""
        self.offered(title).click()

    def offered(self, title: str) -> Locator:
        """Return the button of that title, among those on offer last."""
        return self.log.get_by_role("button", name=title, exact=True, disabled=False).last

    def say(self, text: str) -> None:
        """Type a message and send it."""
        self.input.fill(text)
        self.input.press("Enter")

    def wait_for_question(self, number: int) -> None:
        """Wait until a question is put."""
        self.page.get_by_text(f"Vraag {number} van {WHOLE_SCAN} ·").last.wait_for()
        self.offered("Ja").wait_for()

    def begin(self) -> None:
        """Begin a scan and come to its first question."""
        self.press("Quickscan starten")
        self.offered("Liever niet zeggen").wait_for()
        self.say("Delft")
        self.press("Ja")
        self.wait_for_question(1)

    def answer(self, first: int, last: int, title: str = "Ja") -> None:
        """Answer the questions `first` to `last`."""
        for number in range(first, last + 1):
            self.wait_for_question(number)
            self.press(title)

    def finish(self) -> None:
        """Close a scan of which every question was answered."""
        self.press("Klopt, rond af")
        self.log.get_by_role("link", name="Open je verslag").wait_for()

    def stored_scan(self) -> Scan | None:
        """Return this user's scan as it is stored."""
        kept = self.page.evaluate("JSON.stringify(Object.values(sessionStorage))")
        session_id = json.loads(json.loads(kept)[0])["token"].split(".")[0]
        return self.assistant.scan_of_session(session_id)

    def answered(self) -> dict[int, str]:
        """Return the stored answers by question."""
        scan = self.stored_scan()
        return {n: given.answer.value for n, given in scan.answers.items()} if scan else {}


def violations(page: Page) -> list[dict[str, Any]]:
    """Return what axe-core finds wrong with a page at WCAG 2.1 AA."""
    page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(
        """async (levels) => (await axe.run(document, { runOnly: levels })).violations
            .map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target.flat()) }))""",
        LEVELS,
    )
    return found


def chromium() -> str:
    """Return the path of the system's Chromium.

    Raises RuntimeError when there is none.
    """
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        message = "no Chromium: apt-get install chromium"
        raise RuntimeError(message)
    return found


@cache
def _axe() -> str:
    """Return axe-core, fetched from the package registry the first time."""
    folder = ROOT / "var" / "npm"
    script = Path(folder, "node_modules", "axe-core", "axe.min.js")
    if not script.exists():
        folder.mkdir(parents=True, exist_ok=True)
        package = f"axe-core@{AXE_VERSION}"
        subprocess.run(
            ["npm", "install", "--silent", "--no-save", "--prefix", str(folder), package],
            check=True,
        )
    return script.read_text()
