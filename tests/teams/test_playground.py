"""Microsoft's own Playground, in a browser, against the running assistant."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from ebw.settings import ROOT
from ebw.teams_playground import NOT_RUNNING
from tests.conversations.servers import (
    POLL_SECONDS,
    START_LIMIT_SECONDS,
    Assistant,
    free_port,
    kill_group,
)
from tests.web.browser import chromium

PATIENCE_MS = 20_000


@dataclass
class PlaygroundAssistant(Assistant):
    """The two servers of the conversation, that let the Playground in."""

    @property
    def environment(self) -> dict[str, str]:
        """What the servers must know to be this copy."""
        return {**super().environment, "EBW_TEAMS_PLAYGROUND": "1"}

    @property
    def endpoint(self) -> str:
        """Where the Playground sends what users do."""
        return f"{self.webhook.removesuffix('rest/webhook')}teams/api/messages"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlaygroundAssistant]:
    """Give the running assistant."""
    folder = tmp_path_factory.mktemp("playground")
    with PlaygroundAssistant(folder, f"sqlite:///{folder / 'ebw.db'}").served() as started:
        yield started


@pytest.fixture(scope="module")
def playground(assistant: PlaygroundAssistant) -> Iterator[str]:
    """Give the address of the Playground, as `make teams` starts it."""
    port = free_port()
    program = subprocess.Popen(
        [sys.executable, "-m", "ebw.teams_playground"],
        cwd=ROOT,
        env={**assistant.environment, "EBW_TEAMS_PLAYGROUND_PORT": str(port), "BROWSER": "none"},
        start_new_session=True,
    )
    address = f"http://localhost:{port}/"
    deadline = time.monotonic() + START_LIMIT_SECONDS
    try:
        while not _answers(address):
            assert program.poll() is None
            assert time.monotonic() < deadline
            time.sleep(POLL_SECONDS)
        yield address
    finally:
        kill_group(program)


@pytest.fixture(scope="module")
def page(playground: str) -> Iterator[Page]:
    """Give the Playground in a real browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        opened.set_default_timeout(PATIENCE_MS)
        opened.goto(playground)
        yield opened
        browser.close()


def _answers(address: str) -> bool:
    try:
        return httpx.get(address).is_success
    except httpx.HTTPError:
        return False


def _say(page: Page, text: str) -> None:
    box = page.get_by_role("textbox").last
    box.fill(text)
    box.press("Enter")


def _click(page: Page, title: str) -> None:
    page.get_by_role("button", name=title, exact=True).last.click()


def test_a_quickscan_is_done_by_clicks_on_cards(page: Page) -> None:
    expect(page.get_by_role("button", name="Wat kun je?")).to_have_count(1)
    _click(page, "Quickscan starten")
    page.get_by_role("button", name="Liever niet zeggen").wait_for()
    _say(page, "Delft")
    _click(page, "Ja")
    page.get_by_text("Vraag 1 van 26 · Visie").first.wait_for()
    _click(page, "Deels")
    page.get_by_text("Gekozen: Deels").first.wait_for()
    page.get_by_text("Vraag 2 van 26 · Visie").first.wait_for()
    for title in ("Ja", "Deels", "Nee", "Weet ik niet", "Uitleg"):
        expect(page.get_by_role("button", name=title, exact=True)).to_have_count(1)
    _say(page, "nee, alleen **jongerenwerk** en <b>ouders</b>")
    noted = re.compile(r"^Genoteerd bij vraag 2.* alleen \*\*jongerenwerk\*\* en <b>ouders</b>")
    page.get_by_text(noted).first.wait_for()
    page.get_by_text("Vraag 3 van 26").first.wait_for()


def test_that_nothing_is_checked_is_said_at_the_start(assistant: PlaygroundAssistant) -> None:
    told = [line for line in assistant.log().splitlines() if "Playground" in line]
    assert len(told) == 1
    assert "WITHOUT a token" in told[0]


@pytest.mark.parametrize(
    ("headers", "change"),
    [
        ({"X-Forwarded-For": "203.0.113.7"}, {}),
        ({"Forwarded": "for=203.0.113.7"}, {}),
        ({"Origin": "https://example.nl"}, {}),
        ({}, {"serviceUrl": "https://example.nl/_connector"}),
    ],
)
def test_without_a_token_only_this_machine_is_let_in_and_answered(
    assistant: PlaygroundAssistant, headers: dict[str, str], change: dict[str, Any]
) -> None:
    activity = {
        "type": "message",
        "id": "1",
        "channelId": "msteams",
        "serviceUrl": "http://localhost:1/_connector",
        "from": {"id": "u"},
        "recipient": {"id": "b"},
        "conversation": {"id": "c"},
        "text": "help",
    }
    response = assistant.client.post(
        assistant.endpoint, json={**activity, **change}, headers=headers
    )
    assert response.status_code == 403


def test_without_an_assistant_that_lets_it_in_one_line_says_what_to_do() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ebw.teams_playground"],
        cwd=ROOT,
        env={**os.environ, "EBW_RASA_PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.strip()) == (1, NOT_RUNNING)
