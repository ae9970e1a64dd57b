"""Users that talk to a bot over HTTP, and how long it takes to answer them."""

import http.client
import json
import statistics
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

QUESTIONS = 26
HELLOS_PER_USER = 29
PARSES = 60
_JSON = {"Content-Type": "application/json"}


@dataclass
class Timings:
    """Seconds per message, and per question where the message answered one."""

    seconds: list[float] = field(default_factory=list)
    by_question: dict[int, list[float]] = field(default_factory=dict)
    messages: int = 0
    elapsed: float = 0.0

    def add(self, other: "Timings") -> None:
        """Take over the timings of another user or round."""
        self.seconds += other.seconds
        self.messages += other.messages
        for question, seconds in other.by_question.items():
            self.by_question.setdefault(question, []).extend(seconds)

    def report(self) -> dict[str, float]:
        """Return p50, p95 and the longest in milliseconds, and messages per second."""
        ordered = sorted(self.seconds)
        return {
            "p50_ms": 1e3 * statistics.median(ordered),
            "p95_ms": 1e3 * ordered[int(len(ordered) * 0.95)],
            "max_ms": 1e3 * ordered[-1],
            "messages_per_second": self.messages / self.elapsed,
        }


class User:
    """One user with a connection of its own."""

    def __init__(self, port: int) -> None:
        """Connect to the bot on `port`."""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._sender = uuid.uuid4().hex

    def say(self, text: str) -> list[dict[str, Any]]:
        """Say something; return the replies.

        Raises RuntimeError when there is none: an unanswered message is not a fast one.
        """
        replies: list[dict[str, Any]] = self._post(
            "/webhooks/rest/webhook", {"sender": self._sender, "message": text}
        )
        if not replies:
            message = f"no reply to {text!r}"
            raise RuntimeError(message)
        return replies

    def parse(self, text: str) -> None:
        """Have a message understood, without a reply."""
        self._post("/model/parse", {"text": text})

    def _post(self, path: str, body: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
        self._connection.request("POST", path, json.dumps(body), _JSON)
        return json.loads(self._connection.getresponse().read())


def greet_many_times(port: int) -> Timings:
    """Say hello to the starter bot, as often as a quickscan has messages."""
    user, timings = User(port), Timings()
    for _ in range(HELLOS_PER_USER):
        timings.seconds.append(_timed(lambda: user.say("hello")))
    timings.messages = HELLOS_PER_USER
    return timings


def do_a_quickscan(port: int) -> Timings:
    """Answer all questions by button, each answer committed before the next question comes."""
    user, timings = User(port), Timings()
    for opening in ("/start_quickscan", "/skip_question"):
        user.say(opening)
    replies = user.say("ja")
    for question in range(1, QUESTIONS + 1):
        buttons = [reply["buttons"] for reply in replies if reply.get("buttons")][-1]
        payload = buttons[question % 4]["payload"]
        began = time.perf_counter()
        replies = user.say(payload)
        seconds = time.perf_counter() - began
        timings.seconds.append(seconds)
        timings.by_question[question] = [seconds]
    timings.messages = QUESTIONS + 3
    return timings


def together(users: int, does: Callable[[int], Timings], port: int) -> Timings:
    """Let `users` do the same at once; return their timings together."""
    whole = Timings()
    began = time.perf_counter()
    with ThreadPoolExecutor(users) as pool:
        for timings in pool.map(lambda _: does(port), range(users)):
            whole.add(timings)
    whole.elapsed = time.perf_counter() - began
    return whole


def parse_ms(port: int, texts: list[str]) -> float:
    """Return the median time in ms in which the bot on `port` understands a message."""
    user = User(port)
    user.parse(texts[0])
    times = [_timed(lambda text=text: user.parse(text)) for text in texts * (PARSES // len(texts))]
    return 1e3 * statistics.median(times)


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
