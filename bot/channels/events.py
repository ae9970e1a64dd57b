"""What comes in at a chat channel, and the error of a platform that takes nothing now."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """One message or click of a user on a platform.

    `id` is the platform's own, or what identifies the event; `sender` is Rasa's sender id, which
    keeps personal, group and thread conversations apart; `text` is what goes to Rasa: words, or a
    button's payload; `address` is JSON: all that `deliver` needs to answer.
    """

    id: str
    sender: str
    text: str
    address: dict[str, Any]


class RetryLaterError(Exception):
    """The platform is away or wants us to wait; what was not delivered is tried again."""

    def __init__(self, seconds: float = 0, delivered: int = 0) -> None:
        """Say how long to wait at least, and how many of the replies did arrive."""
        super().__init__(seconds, delivered)
        self.seconds = seconds
        self.delivered = delivered
