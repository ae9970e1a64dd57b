"""Rasa's REST channel, for local use and tests, that refuses what is no message."""

from typing import Any

from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.exceptions import InvalidUsage
from sanic.request import Request

from bot.channels.conversation import OnMessage
from ebw.settings import settings

NO_MESSAGE = 'Stuur JSON: {"sender": "…", "message": "…"}, allebei tekst.'


class CheckedRestInput(RestInput):
    """Takes `{"sender", "message"}`, both text; anything else gets status 400 and a clear word.

    Left alone, Rasa answers such a body with an internal error, or with silence, and writes it to
    its log with a stack trace. Which channel a message came by is not for the sender to say: it is
    part of whose conversation it is (contracts/interfaces.md, Identity).
    """

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """Return the routes; in production there are none: anyone can say to be any sender."""
        if settings().production:
            return Blueprint("ebw_no_rest_channel")
        routes: Blueprint = super().blueprint(on_new_message)
        return routes

    async def _extract_sender(self, req: Request) -> str:
        """Return the sender; called before anything else is read of the request.

        Raises InvalidUsage, which becomes status 400, when the body is no message.
        """
        body = req.json
        if not isinstance(body, dict) or not _is_message(body):
            raise InvalidUsage(NO_MESSAGE)
        return str(body["sender"])

    def _extract_input_channel(self, req: Request) -> str:
        del req
        return str(self.name())


def _is_message(body: dict[str, Any]) -> bool:
    sender, text = body.get("sender"), body.get("message")
    metadata = body.get("metadata")
    return (
        isinstance(sender, str)
        and bool(sender)
        and isinstance(text, str)
        and (metadata is None or isinstance(metadata, dict))
    )
