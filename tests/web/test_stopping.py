"""Asked to stop, each server first finishes the message at hand."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from ebw.settings import ROOT
from storage import scans
from storage.database import reading
from tests.conversations.chat import Chat, stored_answers
from tests.conversations.servers import START_LIMIT_SECONDS
from tests.conversations.test_faults import _locked
from tests.web.servers import WebAssistant
from tests.web.test_channel import Visitor

Say = Callable[[str], list[dict[str, Any]]]
AT_WORK_SECONDS = 1.0
STOP_LIMIT_SECONDS = 30


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebAssistant]:
    """Give an assistant of these tests alone, not started yet."""
    folder = tmp_path_factory.mktemp("stopping")
    made = WebAssistant(folder, f"sqlite:///{folder / 'ebw.db'}")
    made.prepare()
    yield made
    made.stop()
    made.engine.dispose()


def stop_while_answering(
    assistant: WebAssistant, process: subprocess.Popen[bytes], *, through_pages: bool = True
) -> list[int]:
    """Ask a process to stop while an answer is stored; return which questions were acknowledged."""
    say = _begin_on_page(assistant) if through_pages else _begin_on_rest(assistant)
    with ThreadPoolExecutor(1) as pool:
        with _locked(assistant):  # so that storing takes as long as this block does
            waiting = pool.submit(say, "deels, dit is het bericht")
            time.sleep(AT_WORK_SECONDS)
            process.send_signal(signal.SIGTERM)
            time.sleep(AT_WORK_SECONDS)
        customs = [message.get("custom") or {} for message in waiting.result()]
    return [custom["noted"]["question"] for custom in customs if "noted" in custom]


def _begin_on_page(assistant: WebAssistant) -> Say:
    visitor = Visitor(httpx.Client(base_url=f"{assistant.page}/chat", timeout=60)).start()
    visitor.begin()
    return lambda text: visitor.send(text).json()["messages"]


def _begin_on_rest(assistant: WebAssistant) -> Say:
    """Begin where nothing but the action server writes: it is sure to be at work."""
    chat = Chat(assistant)
    chat.start()
    return lambda text: chat.say(text).messages


def newest_answers(assistant: WebAssistant) -> dict[int, tuple[str, str | None]]:
    """Return the stored answers of the scan that was worked on last."""
    with reading(assistant.engine) as connection:
        return stored_answers(scans.find_all(connection)[-1])


@pytest.mark.parametrize("name", ["web", "rasa", "actions"])
def test_a_server_that_is_asked_to_stop_finishes_the_message_at_hand(
    assistant: WebAssistant, name: str
) -> None:
    try:
        assistant.start()
        assistant.start_pages()
        process = assistant.running.pop(name)
        told = stop_while_answering(assistant, process, through_pages=name == "web")
        assert told == [1]
        assert process.wait(STOP_LIMIT_SECONDS) == 0
    finally:
        assistant.stop()
    assert newest_answers(assistant) == {1: ("deels", "dit is het bericht")}


def test_all_of_it_stops_in_such_an_order_that_the_message_at_hand_is_answered(
    assistant: WebAssistant,
) -> None:
    with assistant.log_file("web").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ebw", "run"],
            cwd=ROOT,
            env=assistant.environment,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_until_ready(assistant)
        assert stop_while_answering(assistant, process) == [1]
        assert process.wait(STOP_LIMIT_SECONDS) == 0
    finally:
        process.kill()
        process.wait()
    assert newest_answers(assistant) == {1: ("deels", "dit is het bericht")}


def _wait_until_ready(assistant: WebAssistant) -> None:
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{assistant.page}/ready", timeout=5).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    pytest.fail("it was not ready in time")
