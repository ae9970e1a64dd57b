"""The chat at /chat: passes the widget's requests on to Rasa's web channel, and nothing else.

So a page has its chat at its own address, and Rasa itself need not be reachable from outside.
"""

import logging

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

LONGEST_BODY = 16_384
CHAT_LIMITS = httpx.Timeout(40, connect=3)
AWAY = {
    "error": "away",
    "text": "De assistent is even niet bereikbaar. Je bericht is niet verloren; probeer het zo "
    "nog een keer.",
}
TOO_LONG = {
    "error": "too_long",
    "text": "Dat bericht is te lang voor mij. Houd het onder de 2.000 tekens; ik heb er niets "
    "van bewaard.",
}
_TO_RASA = ("authorization", "content-type")
_TO_BROWSER = ("content-type", "retry-after")
_PREFLIGHT_SECONDS = 600

logger = logging.getLogger(__name__)


class _BodyTooLongError(Exception):
    """More was sent than a message can be."""


def chat_routes() -> list[Route]:
    """Return the routes of the chat."""
    return [
        Route("/chat/session", _pass_on, methods=["POST", "OPTIONS"]),
        Route("/chat/message", _pass_on, methods=["POST", "OPTIONS"]),
        Route("/chat/history", _pass_on, methods=["GET", "OPTIONS"]),
    ]


async def _pass_on(request: Request) -> Response:
    response = _preflight() if request.method == "OPTIONS" else await _ask_rasa(request)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Origin"
    origin = request.headers.get("origin", "")
    if origin in request.app.state.settings.web_origins:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _preflight() -> Response:
    return Response(
        status_code=204,
        headers={
            "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Max-Age": str(_PREFLIGHT_SECONDS),
        },
    )


async def _ask_rasa(request: Request) -> Response:
    try:
        body = await _read_body(request)
        answer = await request.app.state.channel.request(
            request.method,
            request.url.path.removeprefix("/chat"),
            content=body,
            headers=_headers_for_rasa(request),
        )
    except _BodyTooLongError:
        return JSONResponse(TOO_LONG, status_code=413)
    except httpx.HTTPError as error:
        logger.warning("Rasa did not answer: %s", type(error).__name__)
        return JSONResponse(AWAY, status_code=502)
    headers = {name: answer.headers[name] for name in _TO_BROWSER if name in answer.headers}
    return Response(answer.content, answer.status_code, headers)


async def _read_body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise _BodyTooLongError
    return body


def _headers_for_rasa(request: Request) -> dict[str, str]:
    headers = {name: request.headers[name] for name in _TO_RASA if name in request.headers}
    # uvicorn knows no address for who speaks from the proxy's own machine.
    headers["x-forwarded-for"] = (request.client and request.client.host) or ""
    origin = request.headers.get("origin")
    if origin is not None and not _is_own_page(request, origin):
        headers["origin"] = origin
    return headers


def _is_own_page(request: Request, origin: str) -> bool:
    """Tell whether a page of this server asks, so that the channel need not know its address."""
    public_url = request.app.state.settings.public_url
    host = request.headers.get("host", "")
    own = f"{request.url.scheme}://{host}"
    return origin == own or f"{public_url}/".startswith(f"{origin}/")
