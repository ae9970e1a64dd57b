"""One message of a user, as the actions see it."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

from bot.actions.follow_ups import asks_more, moment_in
from bot.actions.speech import CHOICE, MISUNDERSTANDINGS, TOPIC
from bot.actions.topics import Topic

KNOWLEDGE_ASK = "kennis:"
LIST_ASK = "lijst:"
PLAN_ASK = "plan:"
GUIDED = {"intervention", "moment", "evaluation_type"}  # what the evaluation guide asks for
_FREE_ASKS = (KNOWLEDGE_ASK, LIST_ASK, PLAN_ASK)  # buttons that can be pressed at any moment
# A number that no question has is no question number to Rasa, but must be answered as one.
_OUT_OF_RANGE = re.compile(
    r"\bvraag\s+(?:nummer\s+|nr\.?\s*)?(-\d{1,9}|0{1,9}|\d{3,9})\b", re.IGNORECASE
)
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a user, as Rasa understood it.

    `text` is what may be read of it; `sent` is what came in, also when that was not let through.
    """

    session_id: str
    channel: str
    text: str
    sent: str
    intent: str
    ranking: list[dict[str, Any]]
    entities: dict[str, Any]
    slots: dict[str, Any]

    @property
    def ask(self) -> str | None:
        """The asking that a pressed button belongs to; None for any other message."""
        asked = str(self.entities.get("ask") or "")
        return None if asked.startswith(_FREE_ASKS) else asked.split(CHOICE)[0] or None

    @property
    def choice(self) -> str | None:
        """What a pressed button says beside its intent, such as "nvt"."""
        return str(self.entities.get("ask") or "").partition(CHOICE)[2] or None

    @property
    def knowledge_ask(self) -> tuple[str, int] | None:
        """The item and the page of it that a pressed button, or a typed "meer", asks for."""
        asked = str(self.entities.get("ask") or "")
        if not asked and self.asks_more:
            asked = f"{KNOWLEDGE_ASK}{self.topic.more}"
        parts = asked.removeprefix(KNOWLEDGE_ASK).split(":")
        is_one = asked.startswith(KNOWLEDGE_ASK) and len(parts) == 2 and parts[1].isdecimal()  # noqa: PLR2004
        return (parts[0], max(int(parts[1]), 1)) if is_one else None

    @property
    def asks_more(self) -> bool:
        """Tell whether the rest of the last answer is asked for, and there is more."""
        return self.topic.more is not None and asks_more(self.text)

    @property
    def answers_guide(self) -> bool:
        """Tell whether the turn says what the evaluation guide is asking for."""
        return self.topic.evaluating and bool(GUIDED & self.entities.keys())

    @property
    def misunderstandings(self) -> int:
        """How many messages in a row were not understood."""
        return int(self.slots.get(MISUNDERSTANDINGS) or 0)

    @property
    def topic(self) -> Topic:
        """What the conversation about knowledge is about."""
        return Topic.of_slot(self.slots.get(TOPIC))

    @property
    def is_button(self) -> bool:
        """Tell a pressed button from a typed message."""
        return self.text.startswith("/")

    @property
    def question_number(self) -> int | None:
        """The number of the question that the message names; there may be no such question."""
        if written := _OUT_OF_RANGE.search(self.text):
            return int(written.group(1))
        number = self.entities.get("question_number")
        return number if isinstance(number, int) else None


def read_turn(tracker: Tracker) -> Turn:
    """Make a turn of the tracker's latest message."""
    message = tracker.latest_message
    channel = tracker.get_latest_input_channel() or "rest"
    slots = {name: tracker.get_slot(name) for name in (MISUNDERSTANDINGS, TOPIC)}
    entities = {entity["entity"]: entity["value"] for entity in message.get("entities") or []}
    moment = moment_in(message.get("text") or "")
    if moment and Topic.of_slot(slots[TOPIC]).asks_moment:
        entities = {"moment": moment, **entities}
    return Turn(
        session_id=session_id_of(channel, tracker.sender_id),
        channel=channel,
        text=_storable(message.get("text") or ""),
        sent=_sent_text(tracker),
        intent=(message.get("intent") or {}).get("name") or "nlu_fallback",
        ranking=message.get("intent_ranking") or [],
        entities=entities,
        slots=slots,
    )


def session_id_of(channel: str, sender_id: str) -> str:
    """Return the id under which a session's data is stored (contracts/interfaces.md, Identity)."""
    return hashlib.sha256(f"{channel}:{sender_id}".encode()).hexdigest()


def _sent_text(tracker: Tracker) -> str:
    """Return the latest message before the guard of the pipeline emptied what may not pass."""
    said = (event["text"] for event in reversed(tracker.events) if event["event"] == "user")
    return str(next(said, None) or "")


def _storable(text: str) -> str:
    """Leave out what no database can hold: NUL, and halves of a character."""
    return _UNSTORABLE.sub("", text)
