"""Requests for advice in the advisers' channel of Teams: put there, and what is pressed on them."""

import asyncio

import httpx

from advice.delivery import UndeliverableError
from advice.request import Request
from bot.channels.events import Event, RetryLaterError
from bot.channels.replies import Reply
from bot.channels.requests import RequestCards
from bot.channels.teams_activities import Incoming
from bot.channels.teams_cards import Activity, Cards
from bot.channels.teams_connector import TIMEOUT, Connector, RefusedByTeamsError
from bot.channels.teams_tokens import OutgoingTokens
from ebw.settings_teams import AdviceConversation, TeamsSettings

_IN_THREAD = ";messageid="


class TeamsRoute:
    """Puts a request in the advisers' channel."""

    name = "Teams"

    def __init__(self, chosen: TeamsSettings, place: AdviceConversation, secret: bytes) -> None:
        """Take who the bot is from the settings, and the channel from `place`."""
        self._chosen = chosen
        self._place = place
        self._cards = Cards(secret)
        self._requests = cards_of(place, secret)

    def deliver(self, request: Request) -> None:
        """Send the card; raises UndeliverableError when Teams does not take it."""
        activity = activity_of(self._cards, self._requests.card(request))
        try:
            asyncio.run(self._send(activity))
        except (RetryLaterError, RefusedByTeamsError) as error:
            raise UndeliverableError(type(error).__name__) from None

    async def _send(self, activity: Activity) -> None:
        address = {
            "service_url": self._place.service_url,
            "conversation": self._place.id,
            "bot": f"28:{self._chosen.app_id}",  # how Teams calls a bot
        }
        async with httpx.AsyncClient(timeout=TIMEOUT) as http:
            await Connector(http, OutgoingTokens(self._chosen, http)).send(address, activity)


def cards_of(place: AdviceConversation | None, secret: bytes) -> RequestCards:
    """Return the cards of the advisers' channel, if there is one."""
    return RequestCards(secret, f"teams {place.id if place else ''}")


def activity_of(cards: Cards, card: Reply) -> Activity:
    """Return a card as a message of Teams."""
    (activity,) = cards.messages(card, "request")
    return activity


def press_in(
    incoming: Incoming, cards: RequestCards, place: AdviceConversation | None
) -> Event | None:
    """Return what was pressed on a card in the advisers' channel; None when that is elsewhere.

    `incoming` has the value of a card's button. It is told apart by its own id: a card that could
    not be changed can be pressed again.
    """
    content = incoming.content
    card, press = content.get("replyToId"), content.get("id")
    is_there = place is not None and incoming.conversation.partition(_IN_THREAD)[0] == place.id
    is_press = content["type"] == "message" and isinstance(card, str) and isinstance(press, str)
    if not is_there or not is_press:
        return None
    address = {
        "service_url": incoming.service_url,
        "conversation": incoming.conversation,
        "bot": incoming.bot,
        "card": card,
    }
    by = str(content["from"].get("name") or "").strip() or incoming.user
    return cards.event_in(content["value"]["payload"], by, str(press), address)
