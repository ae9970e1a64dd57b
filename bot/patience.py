"""A request to Rasa that comes drop by drop is ended in time.

Sanic counts from the last byte that came: who sends one every few seconds may go on for ever.
"""

import asyncio

from sanic.exceptions import RequestTimeout
from sanic.http import Stage
from sanic.server import HttpProtocol

PATIENCE_SECONDS = 10.0


class ImpatientProtocol(HttpProtocol):
    """Speaks HTTP, and ends a request that is not whole ten seconds after its first byte."""

    __slots__ = ("_deadline",)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a request."""
        self._deadline: asyncio.TimerHandle | None = None
        super().connection_made(transport)  # type: ignore[no-untyped-call]

    def data_received(self, data: bytes) -> None:
        """Take a part of a request; the first part says when it must be whole."""
        if self._deadline is None or self._begins_request():
            self._stop_waiting()
            self._deadline = self.loop.call_later(PATIENCE_SECONDS, self._end_when_not_whole)
        super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        super().connection_lost(exc)  # type: ignore[no-untyped-call]

    def _begins_request(self) -> bool:
        """Tell whether the request before it on this connection, if any, was answered."""
        return self._http is None or self._http.stage is Stage.IDLE

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _end_when_not_whole(self) -> None:
        self._deadline = None
        http = self._http
        if http is None or self._task is None:
            return
        reads_body = http.stage is Stage.HANDLER and http.request_body
        if http.stage is Stage.REQUEST or reads_body:
            http.exception = RequestTimeout("Request Timeout")
            http.request_body = None  # Sanic would first wait for the rest of it
            self._task.cancel()
