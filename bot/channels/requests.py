"""Requests for advice as cards for advisers, in their own channel of a chat platform.

What is the same on every platform: what a card says, which buttons it has, and what they do. A
button is signed for the place where the card was put: anywhere else it does nothing.
"""

import asyncio
import hashlib
import hmac
import json
from contextlib import suppress
from enum import StrEnum
from typing import Any

from advice import desk
from advice.delivery import essentials
from advice.request import Request, Status
from bot.channels.events import Event
from bot.channels.replies import Converse, Messages, Reply, replies_in

HEADING = "Adviesverzoek {number}"
GONE = "Adviesverzoek {number} is er niet meer: de gegevens zijn verwijderd."
_PREFIX = "adviesverzoek"
_NUMBER, _CONTACT = "Nummer", "Contact"
_SHOWN = "request"


class Deed(StrEnum):
    """What an adviser does with a request."""

    CLAIM = "claim"
    CLOSE = "close"


TITLES = {Deed.CLAIM: "Ik pak dit op", Deed.CLOSE: "Afgerond"}
_WORK = {Deed.CLAIM: desk.claim, Deed.CLOSE: desk.close}
_OFFERED = {
    Status.NEW: (Deed.CLAIM, Deed.CLOSE),
    Status.CLAIMED: (Deed.CLOSE,),
    Status.CLOSED: (),
}


class RequestCards:
    """Makes the cards of one place, and does what is asked on them.

    A press goes through the channel's inbox as an event: its sender is the request, so that what is
    pressed on one is done in order, and its text tells what was pressed and by whom.
    """

    def __init__(self, secret: bytes, place: str) -> None:
        """Sign with `secret`; `place` is the advisers' channel, as nothing else is called."""
        self._secret = secret
        self._place = place

    def card(self, request: Request) -> Reply:
        """Return the card of a request, as it is now; of a closed one without contact data."""
        return replies_in(self._messages(request))[0]

    def event_in(
        self, payload: str, by: str, event_id: str, address: dict[str, Any]
    ) -> Event | None:
        """Return the event that `by` pressed a button with `payload`, on the card at `address`.

        None when the button is not of a card that was put here.
        """
        _, deed, number, proof = [*payload.split(":"), "", "", ""][:4]
        if not hmac.compare_digest(proof.encode(), self._proof(deed, number).encode()):
            return None
        text = json.dumps([deed, by[: desk.LONGEST_NAME]])
        return Event(event_id, f"{_PREFIX} {number}", text, address)

    def beside(self, converse: Converse) -> Converse:
        """Return a conversation that also answers what is pressed on cards, with the new card."""

        async def answer(sender: str, text: str) -> Messages:
            prefix, _, number = sender.partition(" ")
            if prefix != _PREFIX:
                return await converse(sender, text)
            return await asyncio.to_thread(self._work, int(number), text)

        return answer

    def _work(self, number: int, text: str) -> Messages:
        try:
            if not text.startswith("/"):  # else the inbox only asks how things are
                deed, by = json.loads(text)
                with suppress(desk.AlreadyClaimedError, desk.AlreadyClosedError):
                    _WORK[Deed(deed)](number, by)
            return self._messages(desk.find(number))
        except desk.UnknownRequestError:
            return [{"text": GONE.format(number=number), "custom": {_SHOWN: number}}]

    def _messages(self, request: Request) -> Messages:
        left_out = (_NUMBER, _CONTACT) if request.status is Status.CLOSED else (_NUMBER,)
        told = [f"{label}: {said}" for label, said in essentials(request) if label not in left_out]
        text = "\n".join([HEADING.format(number=request.number), *told])
        buttons = [
            {"title": TITLES[deed], "payload": self._payload(deed, request.number)}
            for deed in _OFFERED.get(request.status, ())
        ]
        return [{"text": text, "buttons": buttons, "custom": {_SHOWN: request.number}}]

    def _payload(self, deed: Deed, number: int) -> str:
        return f"{_PREFIX}:{deed}:{number}:{self._proof(deed, str(number))}"

    def _proof(self, deed: str, number: str) -> str:
        signed = json.dumps(["request card", self._place, deed, number]).encode()
        return hmac.new(self._secret, signed, hashlib.sha256).hexdigest()


def is_of_a_card(payload: object) -> bool:
    """Tell whether a button is of a card for advisers, or pretends to be."""
    return isinstance(payload, str) and payload.startswith(f"{_PREFIX}:")


def card_in(replies: list[Reply]) -> Reply | None:
    """Return the card among replies; None when the work on it failed."""
    return next((reply for reply in reversed(replies) if _SHOWN in reply.custom), None)
