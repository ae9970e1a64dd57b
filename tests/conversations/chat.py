"""A user in a conversation: types, presses buttons, and remembers what was acknowledged."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import uuid4

import httpx
from ruamel.yaml import YAML

from ebw.settings import ROOT
from quickscan.scan import Scan
from tests.conversations.servers import Assistant

Noted = tuple[str, str | None]
"""An acknowledged answer: which it is, and the reason."""


@dataclass(frozen=True)
class Reply:
    """What the assistant said in one turn: the messages of Rasa's REST channel."""

    messages: list[dict[str, Any]]

    @property
    def texts(self) -> list[str]:
        """The texts, one per message."""
        return [message["text"] for message in self.messages if "text" in message]

    @property
    def text(self) -> str:
        """All that was said."""
        return "\n".join(self.texts)

    @property
    def buttons(self) -> dict[str, str]:
        """The buttons on offer: title and payload."""
        return {
            button["title"]: button["payload"]
            for message in self.messages
            for button in message.get("buttons", [])
        }

    @property
    def questions(self) -> list[int]:
        """The numbers of the questions that were put: never more than one."""
        customs = [message.get("custom", {}) for message in self.messages]
        return [custom["question"]["number"] for custom in customs if "question" in custom]

    @property
    def question(self) -> int | None:
        """The number of the question that was put."""
        return self.questions[-1] if self.questions else None

    @property
    def noted(self) -> dict[int, Noted]:
        """The acknowledged answers, by question."""
        found = {}
        for place, message in enumerate(self.messages):
            if noted := message.get("custom", {}).get("noted"):
                said = _values("utter_noted_with_reason", self.messages[place - 1]["text"])
                found[noted["question"]] = (noted["answer"], said["reason"] if said else None)
        return found

    @property
    def code(self) -> str | None:
        """The resume code that was given."""
        told = self.values("utter_paused") or self.values("utter_completed")
        return told["code"] if told else None

    def says(self, response: str) -> bool:
        """Tell whether a response of domain.yml was said, in any of its wordings."""
        return self.values(response) is not None

    def values(self, response: str) -> dict[str, str] | None:
        """Return what a response of domain.yml was filled with; None when it was not said."""
        found = (_values(response, text) for text in self.texts)
        return next((values for values in found if values is not None), None)


@dataclass
class Chat:
    """The conversation of one sender."""

    assistant: Assistant
    sender: str = field(default_factory=lambda: f"test-{uuid4()}")
    buttons: dict[str, str] = field(default_factory=dict)
    noted: dict[int, Noted] = field(default_factory=dict)
    transcript: list[str] = field(default_factory=list)

    def say(self, text: str) -> Reply:
        """Send a message; return what comes back."""
        reply = self.send({"sender": self.sender, "message": text})
        self.transcript += [f"U: {text[:200]}", f"A: {reply.text} {list(reply.buttons)}"]
        self.buttons = reply.buttons or self.buttons
        self.noted |= reply.noted
        return reply

    def press(self, title: str) -> Reply:
        """Press the button of that title, among those on offer last."""
        assert title in self.buttons, f"no button {title!r} among {list(self.buttons)}"
        return self.say(self.buttons[title])

    def send(self, body: dict[str, Any]) -> Reply:
        """Send a body to the REST channel; return what comes back."""
        self.assistant.sent.append(str(body.get("message")))
        response = self.assistant.client.post(self.assistant.webhook, json=body)
        assert response.status_code == httpx.codes.OK, response.text
        return Reply(response.json())

    def start(self, municipality: str = "Delft", approach: str = "Ja") -> Reply:
        """Begin a scan and come to its first question."""
        self.say("/start_quickscan")
        self.say(municipality)
        return self.press(approach)

    def start_at(self, number: int) -> Reply:
        """Begin a scan and come to a question, with a ja to those before it."""
        reply = self.start()
        while reply.question != number:
            reply = self.press("Ja")
        return reply

    def answer_all(self, title: str = "Ja") -> Reply:
        """Press one answer from the first question to the last."""
        reply = self.start()
        while reply.question:
            reply = self.press(title)
        return reply

    def stored(self) -> dict[int, Noted]:
        """Return the stored answers of the scan that the sender worked on last."""
        scan = self.assistant.scan_of(self.sender)
        return stored_answers(scan) if scan else {}


def stored_answers(scan: Scan) -> dict[int, Noted]:
    """Return a scan's answers as they would have been acknowledged."""
    return {
        number: (given.answer.value, given.explanation) for number, given in scan.answers.items()
    }


def _values(response: str, text: str) -> dict[str, str] | None:
    found = (pattern.fullmatch(text) for pattern in _patterns(response))
    return next((match.groupdict() for match in found if match), None)


@cache
def _patterns(response: str) -> list[re.Pattern[str]]:
    return [_pattern(variant["text"]) for variant in _responses()[response]]


def _pattern(wording: str) -> re.Pattern[str]:
    """Make a pattern of a response's wording, with a group for what is filled in."""
    parts = re.split(r"\{(\w+)\}", wording.strip())
    plain = [re.escape(part) for part in parts[::2]]
    filled = [f"(?P<{name}>.*?)" for name in parts[1::2]] + [""]
    both = [part for pair in zip(plain, filled, strict=True) for part in pair]
    return re.compile("".join(both), re.DOTALL)


@cache
def _responses() -> dict[str, list[dict[str, str]]]:
    return dict(YAML(typ="safe").load(ROOT / "domain.yml")["responses"])
