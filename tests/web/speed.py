"""How fast the widget, the report page and the PDF are: `python -m tests.web.speed`.

Prints what was measured beside the bars of the project; ends with 1 when one is missed.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

from tests.web.browser import WHOLE_SCAN, Widget, chromium
from tests.web.conftest import BROWSER_ARGUMENTS
from tests.web.servers import WebAssistant

ROUNDS = 10
BARS = {
    "widget ready after its script, ms": 300,
    "answer shown after the reply, ms": 100,
    "report page, kB": 50,
    "PDF, ms": 1000,
}
READY = """() => performance.getEntriesByName('ebw-ready')[0].startTime
    - performance.getEntriesByType('resource').find((one) => one.name.endsWith('/widget.js'))
        .responseEnd"""
SHOWN = """() => {
    const sent = performance.getEntriesByType('resource')
        .filter((one) => one.name.endsWith('/chat/message')).slice(1);
    const shown = performance.getEntriesByName('ebw-reply-shown').slice(1);
    return shown.map((one, place) => one.startTime - sent[place].responseEnd);
}"""
"""Without the first reply: for that one, the session is asked for before."""


def main() -> int:
    """Start the assistant, measure, and print."""
    with (
        tempfile.TemporaryDirectory() as folder,
        WebAssistant(Path(folder), f"sqlite:///{folder}/ebw.db").served() as assistant,
    ):
        assistant.start_pages()
        figures = _measure(assistant)
    missed = 0
    for name, values in figures.items():
        median, longest = statistics.median(values), max(values)
        met = longest <= BARS[name]
        missed += not met
        told = f"median {median:7.1f}, longest {longest:7.1f} of {len(values):>2}"
        print(f"{name:<36}{told}  (at most {BARS[name]}){'' if met else '  MISSED'}")
    return 1 if missed else 0


def _measure(assistant: WebAssistant) -> dict[str, list[float]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        ready = [_ready(browser.new_page(), assistant) for _ in range(ROUNDS)]
        page = browser.new_page()
        address = _finished_scan(page, assistant)
        shown = page.evaluate(SHOWN)
        browser.close()
    size = len(httpx.get(address).content) / 1000
    pdf = [_milliseconds(f"{address}/verslag.pdf") for _ in range(ROUNDS)]
    return dict(zip(BARS, (ready, shown, [size], pdf), strict=True))


def _ready(page: Page, assistant: WebAssistant) -> float:
    Widget(page, assistant).visit()
    seconds: float = page.evaluate(READY)
    page.close()
    return seconds


def _finished_scan(page: Page, assistant: WebAssistant) -> str:
    """Do a scan in which every question gets the longest part of a report; return its address."""
    widget = Widget(page, assistant).visit().open()
    widget.begin()
    widget.answer(1, WHOLE_SCAN, "Nee")
    widget.finish()
    return str(widget.log.get_by_role("link", name="Open je verslag").get_attribute("href"))


def _milliseconds(address: str) -> float:
    began = time.perf_counter()
    httpx.get(address).raise_for_status()
    return 1e3 * (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
