"""Policy officers for Locust: each does quickscans through the proxy, as the widget would.

Runs in Locust's own virtual environment. EBW_LOAD_THINK=0 leaves out the thinking; the figures go
to the file EBW_LOAD_REPORT.
"""

import json
import math
import os
import random
from itertools import count
from pathlib import Path
from uuid import uuid4

import gevent
from locust import HttpUser, events, task
from locust.env import Environment
from locust.exception import RescheduleTask
from requests.adapters import HTTPAdapter

THINKS = os.environ.get("EBW_LOAD_THINK") != "0"
# Half of the answers come within ten seconds, one in twenty takes longer than half a minute.
THINK_MEDIAN_SECONDS = 10
THINK_SIGMA = 0.7
ASIDES = [
    "wat is een nulmeting?",
    "hoe evalueer ik een ouderinterventie?",
    "hoeveel nog",
    "wat doe je met mijn gegevens?",
    "uitleg",
]
CHOICES = ["Ja", "Deels", "Nee", "Weet ik niet"]
MOST_MESSAGES = 55  # of one session at full speed: more is refused, as it should be
_numbers = count(1)


class FromAddress(HTTPAdapter):
    """Connects from an address of its own: limits are per address, and hold here too."""

    def __init__(self, address: str) -> None:
        """Connect from `address`, one of this machine's own 127.x.y.z."""
        self._address = address
        super().__init__()

    def init_poolmanager(self, *arguments: object, **options: object) -> None:
        """Make the connections."""
        super().init_poolmanager(*arguments, **options, source_address=(self._address, 0))


class PolicyOfficer(HttpUser):
    """Does one quickscan after another; now and then asks something in between, or types."""

    def on_start(self) -> None:
        """Come from an address of one's own, some while after the others."""
        number = next(_numbers)
        self.client.mount("http://", FromAddress(f"127.1.{number // 250}.{number % 250 + 1}"))

    def wait_time(self) -> float:
        """Think between two scans."""
        return think()

    @task
    def do_a_scan(self) -> None:
        """Begin a session, and answer until the scan is done."""
        token = self._ask("/chat/session", {})["token"]
        self._headers = {"Authorization": f"Bearer {token}"}
        self._buttons: dict[str, str] = {}
        for opening in ("/start_quickscan", "Delft", "ja"):
            self._say(opening)
        for _ in range(MOST_MESSAGES):
            if "Klopt, rond af" in self._buttons:
                self._say(self._buttons["Klopt, rond af"])
                return
            choice = random.choice(CHOICES)
            what = random.choices(["button", "words", "aside"], [80, 10, 10])[0]
            typed = {"button": self._buttons.get(choice), "aside": random.choice(ASIDES)}
            self._say(typed.get(what) or choice.lower())

    def _say(self, text: str) -> None:
        answer = self._ask("/chat/message", {"message_id": uuid4().hex, "text": text})
        for message in answer["messages"]:
            offered = {button["title"]: button["payload"] for button in message.get("buttons", [])}
            self._buttons = offered or self._buttons
        if THINKS:
            gevent.sleep(think())

    def _ask(self, path: str, body: dict[str, str]) -> dict:
        headers = self._headers if path.endswith("message") else {}
        with self.client.post(path, json=body, headers=headers, catch_response=True) as response:
            if response.status_code != 200 or not response.text:
                response.failure(f"{response.status_code} {response.text[:100]}")
                raise RescheduleTask
            return response.json()


def think() -> float:
    """Return how long a user thinks, in seconds."""
    return random.lognormvariate(math.log(THINK_MEDIAN_SECONDS), THINK_SIGMA) if THINKS else 0.0


@events.quitting.add_listener
def report(environment: Environment, **_: object) -> None:
    """Write the figures of the messages."""
    messages = environment.stats.get("/chat/message", "POST")
    figures = {
        "messages": messages.num_requests,
        "errors": environment.stats.total.num_failures,
        "kinds_of_error": [error.to_name() for error in environment.stats.errors.values()],
        "messages_per_second": round(messages.total_rps, 2),
        "p50_ms": messages.get_response_time_percentile(0.5),
        "p95_ms": messages.get_response_time_percentile(0.95),
        "p99_ms": messages.get_response_time_percentile(0.99),
        "max_ms": round(messages.max_response_time),
    }
    Path(os.environ["EBW_LOAD_REPORT"]).write_text(json.dumps(figures))
