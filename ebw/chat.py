"""The conversation in a terminal: `make chat`."""

import json
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from ebw.output import CommandError
from ebw.running import check_ready, health_urls, is_up, process_environment
from ebw.settings import ROOT, Settings, settings

MODULES = ("bot.actions", "bot")
REPLY_LIMIT_SECONDS = 60
STOP_LIMIT_SECONDS = 10
POLL_SECONDS = 0.2
NOT_IN_PRODUCTION = "In productie (EBW_ENVIRONMENT) is er geen gesprek in de terminal."


def chat() -> None:
    """Talk with the assistant until the input ends; start it when it does not run yet.

    Raises CommandError when it cannot be started, or stops answering.
    """
    chosen = settings()
    if chosen.production:
        raise CommandError(NOT_IN_PRODUCTION)
    with _assistant(chosen):
        print("Typ wat je wilt, of het nummer van een keuze. Stoppen met Ctrl-D.\n", flush=True)
        sender = uuid.uuid4().hex
        choices = _show(_say(chosen, "/greet", sender))
        while (typed := _read()) is not None:
            choices = _show(_say(chosen, choices.get(typed, typed), sender))


@contextmanager
def _assistant(chosen: Settings) -> Iterator[None]:
    """Have the assistant running for as long as the block lasts."""
    if is_up(health_urls(chosen)["Rasa"]):
        yield
        return
    check_ready(chosen)
    processes = [
        subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=process_environment(chosen),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for module in MODULES
    ]
    try:
        _wait(chosen, processes)
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(STOP_LIMIT_SECONDS)


def _wait(chosen: Settings, processes: list[subprocess.Popen[bytes]]) -> None:
    print("De assistent start; dat duurt een paar tellen …", flush=True)
    while not is_up(health_urls(chosen)["Rasa"]):
        if any(process.poll() is not None for process in processes):
            message = "De assistent start niet. 'make run' laat zien waarom."
            raise CommandError(message)
        time.sleep(POLL_SECONDS)


def _say(chosen: Settings, message: str, sender: str) -> list[dict[str, Any]]:
    body = json.dumps({"sender": sender, "message": message}).encode()
    url = f"http://{chosen.host}:{chosen.rasa_port}/webhooks/rest/webhook"
    request = Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 - our own address
    try:
        with urlopen(request, timeout=REPLY_LIMIT_SECONDS) as reply:  # noqa: S310
            replies: list[dict[str, Any]] = json.load(reply)
    except (URLError, OSError) as error:
        message = "De assistent antwoordt niet meer."
        raise CommandError(message) from error
    return replies


def _show(replies: list[dict[str, Any]]) -> dict[str, str]:
    """Print the replies; return which number stands for which choice."""
    choices: dict[str, str] = {}
    for reply in replies:
        if "text" in reply:
            print(reply["text"])
        buttons = reply.get("buttons", [])
        choices = {str(n): button["payload"] for n, button in enumerate(buttons, 1)} or choices
        if buttons:
            print("  ".join(f"[{n}] {button['title']}" for n, button in enumerate(buttons, 1)))
    print(flush=True)
    return choices


def _read() -> str | None:
    try:
        return input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        print()
        return None
