"""The web pages as an ASGI app: the page with the widget, its files, the chat, the reports."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ebw.settings import Settings
from ebw.settings_retention import spoken
from web import timers
from web.chat import CHAT_LIMITS, chat_routes
from web.operation import operation_routes
from web.pages import page
from web.reports import report_routes
from web.security import SecurityHeaders

STATIC = Path(__file__).parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
STATIC_SECONDS = 300
SMALLEST_TO_COMPRESS = 1_000

Serve = Callable[[Request], Awaitable[Response]]


def make_app(chosen: Settings) -> Starlette:
    """Return the app for these settings."""

    @asynccontextmanager
    async def with_client(app: Starlette) -> AsyncIterator[None]:
        async with (
            httpx.AsyncClient(base_url=chosen.web_channel_url, timeout=CHAT_LIMITS) as client,
            timers.running(timers.TIMERS, timers.FIRST_AFTER_SECONDS),
        ):
            app.state.channel = client
            yield

    app = Starlette(
        routes=[
            Route("/", _start),
            Route("/privacy", _privacy),
            Route("/health", _health),
            Route("/widget.js", _static_file("widget.js", anywhere=True)),
            Route("/page.css", _static_file("page.css")),
            Route("/report.css", _static_file("report.css")),
            Route("/favicon.ico", _static_file("icon.svg")),
            *chat_routes(),
            *report_routes(),
            *operation_routes(),
        ],
        middleware=[
            Middleware(SecurityHeaders, chosen=chosen),
            Middleware(GZipMiddleware, minimum_size=SMALLEST_TO_COMPRESS),
        ],
        exception_handlers={404: _not_found, 405: _wrong_method, 500: _failed},
        lifespan=with_client,
    )
    app.state.settings = chosen
    return app


async def _start(_request: Request) -> Response:
    return page("start.html")


async def _privacy(request: Request) -> Response:
    kept = request.app.state.settings.retention
    periods = {name: spoken(period) for name, period in asdict(kept).items()}
    return page("privacy.html", status=200, **periods)


async def _health(_request: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _not_found(_request: Request, _error: Exception) -> Response:
    return page("not_found.html", status=404)


async def _wrong_method(_request: Request, _error: Exception) -> Response:
    return page("not_found.html", status=405)


async def _failed(_request: Request, _error: Exception) -> Response:
    return page("failed.html", status=500)


def _static_file(name: str, *, anywhere: bool = False) -> Serve:
    """Return what serves a file of web/static, read once; `anywhere`: to other sites too."""
    content = (STATIC / name).read_bytes()
    headers = {
        "Cache-Control": f"public, max-age={STATIC_SECONDS}",
        "ETag": f'"{sha256(content).hexdigest()[:32]}"',
        "Cross-Origin-Resource-Policy": "cross-origin" if anywhere else "same-origin",
    }

    async def serve(request: Request) -> Response:
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type=TYPES[Path(name).suffix])

    return serve
