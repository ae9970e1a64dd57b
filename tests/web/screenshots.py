"""Makes the pictures of docs/screenshots: `python -m tests.web.screenshots`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from ebw.settings import ROOT
from tests.web.browser import Widget, chromium
from tests.web.conftest import BROWSER_ARGUMENTS
from tests.web.servers import WebAssistant

FOLDER = ROOT / "docs" / "screenshots"
DESKTOP = {"width": 1100, "height": 720}
PHONE = {"width": 360, "height": 720}
ANSWERS = ["Ja", "Deels", "Ja", "Nee", "Weet ik niet"]
LAST = 26


def main() -> None:
    """Start the assistant, do a scan, and take the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        WebAssistant(Path(folder), f"sqlite:///{folder}/ebw.db").served() as assistant,
    ):
        assistant.start_pages()
        _take_all(assistant)


def _take_all(assistant: WebAssistant) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        page = browser.new_page(viewport=DESKTOP)
        widget = Widget(page, assistant).visit()
        _take(page, "pagina")
        page.set_viewport_size(PHONE)
        _take(page, "pagina-telefoon")
        page.set_viewport_size(DESKTOP)
        widget.open().begin()
        widget.press("Ja")
        widget.wait_for_question(2)
        page.mouse.move(0, 0)
        _take(page, "widget")
        page.emulate_media(color_scheme="dark")
        _take(page, "widget-donker")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(PHONE)
        _take(page, "widget-telefoon")
        for number in range(2, LAST + 1):
            widget.wait_for_question(number)
            widget.press(ANSWERS[number % len(ANSWERS)])
        widget.finish()
        _take(page, "einde-telefoon")
        address = widget.log.get_by_role("link", name="Open je verslag").get_attribute("href")
        page.set_viewport_size(DESKTOP)
        page.goto(str(address))
        _take(page, "verslag")
        page.set_viewport_size(PHONE)
        _take(page, "verslag-telefoon")
        browser.close()


def _take(page: Page, name: str) -> None:
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
