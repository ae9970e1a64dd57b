"""A conversation with the actions alone: a real database and `rasa_sdk`, but no understanding.

A test says what a message means; the action that answers this intent is the one of the rules.
"""

import asyncio
import json
import re
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import advice, answering, checklist_start, course, moving, replies
from bot.actions.turn import session_id_of
from bot.actions.turn_action import TurnAction
from ebw.settings import ROOT
from quickscan.scan import Scan
from storage import scans
from storage.database import transaction

# Loading them registers their actions.
ROOMS = (advice, answering, checklist_start, course, moving, replies)
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
_PAYLOAD = re.compile(r"/(?P<intent>\w+)(?P<entities>\{.*\})?")
_PLACE = re.compile(r"\{(\w+)\}")


class Conversation:
    """A user who talks with the actions; `heard` is what the last message was answered with."""

    def __init__(self, sender: str = "ambtenaar", channel: str = "rest") -> None:
        self.sender, self.channel = sender, channel
        self.slots: dict[str, Any] = {"misunderstandings": 0}
        self.heard: list[dict[str, Any]] = []

    @property
    def responses(self) -> list[str]:
        """The names of the responses that were said."""
        return [message["response"] for message in self.heard]

    @property
    def text(self) -> str:
        """What was said, in the first wording of each response."""
        return "\n".join(map(_worded, self.heard))

    @property
    def buttons(self) -> list[str]:
        """The titles of the buttons under the last message."""
        return [button["title"] for button in self.heard[-1]["buttons"]]

    @property
    def question(self) -> int | None:
        """The number of the quickscan question that was put last."""
        put = [
            message["custom"]["question"]
            for message in self.heard
            if "question" in message["custom"]
        ]
        return put[-1]["number"] if put else None

    @property
    def scan(self) -> Scan | None:
        """The scan that is stored for this user."""
        with transaction() as connection:
            return scans.latest_of_session(connection, session_id_of(self.channel, self.sender))

    @property
    def answers(self) -> dict[int, str]:
        """The answers that are stored for this user."""
        return {
            n: str(given.answer) for n, given in (self.scan.answers if self.scan else {}).items()
        }

    def say(self, text: str, intent: str, *, ranking: Any = None, **entities: Any) -> list[str]:  # noqa: ANN401 - as Rasa gives them
        """Say `text`, which Rasa takes for `intent`; return which responses come back."""
        return self._send(text, intent, ranking or [{"name": intent, "confidence": 0.9}], entities)

    def press(self, title: str) -> list[str]:
        """Press a button of the last messages."""
        return self.send_payload(self.payload_of(title))

    def payload_of(self, title: str) -> str:
        """Return what a button of the last messages sends."""
        buttons = [button for message in self.heard for button in message["buttons"]]
        return str(next(b["payload"] for b in reversed(buttons) if b["title"] == title))

    def send_payload(self, payload: str) -> list[str]:
        """Send what a button sends; it may be one of long ago."""
        form = _PAYLOAD.fullmatch(payload)
        entities = json.loads(form["entities"] or "{}")
        return self._send(
            payload, form["intent"], [{"name": form["intent"], "confidence": 1.0}], entities
        )

    def begin(self, *answers: str) -> None:
        """Begin a scan without a municipality and press these answers."""
        self.say("start de quickscan", "start_quickscan")
        self.press("Liever niet zeggen")
        self.press("Ja")
        for answer in answers:
            self.press(answer)

    def _send(
        self, text: str, intent: str, ranking: list[dict[str, Any]], entities: dict[str, Any]
    ) -> list[str]:
        message = {
            "text": text,
            "intent": {"name": intent},
            "intent_ranking": ranking,
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
        }
        event = {"event": "user", "text": text, "input_channel": self.channel}
        tracker = Tracker(self.sender, self.slots, message, [event], False, None, {}, None)  # noqa: FBT003 - rasa_sdk's signature
        dispatcher = CollectingDispatcher()
        action = TurnAction.by_intent[intent]()
        for event in asyncio.run(action.run(dispatcher, tracker, {})):
            assert event["event"] == "slot"
            self.slots[event["name"]] = event["value"]
        self.heard = dispatcher.messages
        assert self.heard, "the assistant must never stay silent"
        self.text  # noqa: B018 - every response must exist, with all its places filled in
        return self.responses


def _worded(message: dict[str, Any]) -> str:
    wordings = DOMAIN["responses"][message["response"]]
    filled = [
        _PLACE.sub(lambda place: str(message[place.group(1)]), wording["text"])
        for wording in wordings
    ]
    return filled[0]
