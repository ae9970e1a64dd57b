"""The running assistant with its pages, once per test run; and browsers to visit it with."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.web.browser import Widget, chromium
from tests.web.servers import WebAssistant

BROWSER_ARGUMENTS = [
    "--no-sandbox",  # the tests may run as root, in a container
    # The other website is made up, so that it counts as public; the assistant here is local.
    "--disable-features=LocalNetworkAccessChecks",
]
PATIENCE_MS = 15_000


@pytest.fixture(scope="session")
def web_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebAssistant]:
    """Give the running assistant with its pages, on SQLite."""
    folder = tmp_path_factory.mktemp("web")
    with WebAssistant(folder, f"sqlite:///{folder / 'ebw.db'}").served() as assistant:
        assistant.start_pages()
        yield assistant


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a real Chromium; only as long as needed: with it, no test can run an event loop."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a browser window of this test alone; an error in a script fails the test."""
    opened = browser.new_context(viewport={"width": 1280, "height": 800})
    opened.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    opened.on("weberror", lambda error: errors.append(str(error.error)))
    yield opened
    opened.close()
    assert errors == []


@pytest.fixture
def new_widget(context: BrowserContext, web_assistant: WebAssistant) -> Callable[[], Widget]:
    """Give a way to visit the page in a new tab."""
    return lambda: Widget(context.new_page(), web_assistant).visit()


@pytest.fixture
def widget(new_widget: Callable[[], Widget]) -> Widget:
    """Give the widget on the assistant's own page."""
    return new_widget()
