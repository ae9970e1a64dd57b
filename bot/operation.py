"""What tells an operator how Rasa fares: alive, ready, and its figures. Not for outside."""

import asyncio
from typing import Any

import httpx
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sanic import Blueprint, Sanic
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw
from sqlalchemy.engine import Engine

from bot.metrics import measured
from ebw.operation import is_from_inside
from ebw.settings import Settings
from storage.database import DatabaseUnavailableError, check_reachable, make_engine

LIMIT_SECONDS = 2.0


def operation_routes(chosen: Settings) -> Blueprint:
    """Return the routes; they answer only who asks directly, from this machine or network."""
    routes = Blueprint("ebw_operation")
    routes.middleware(_refuse_outside, "request")
    engine = make_engine(chosen.database_url, durable=False)

    @routes.get("/health")
    async def health(_request: Request) -> HTTPResponse:
        return json({"status": "ok"})

    @routes.get("/ready")
    async def ready(request: Request) -> HTTPResponse:
        parts = {
            "database": await asyncio.to_thread(_takes_work, engine),
            "model": request.app.ctx.agent.is_ready(),
            "actions": await _is_up(chosen.actions_url.replace("/webhook", "/health")),
        }
        return json(parts, status=200 if all(parts.values()) else 503)

    @routes.get("/metrics")
    async def metrics(_request: Request) -> HTTPResponse:
        return raw(generate_latest(), content_type=CONTENT_TYPE_LATEST)

    return routes


async def _refuse_outside(request: Request) -> None:
    if not is_from_inside(request.ip, request.headers):
        raise NotFound


async def measure_messages(app: Sanic, _loop: object) -> None:
    """Have every message measured, through whatever channel it comes."""
    agent: Any = app.ctx.agent
    agent.handle_message = measured(agent.handle_message)


def _takes_work(engine: Engine) -> bool:
    try:
        check_reachable(engine)
    except DatabaseUnavailableError:
        return False
    return True


async def _is_up(url: str) -> bool:
    try:
        async with httpx.AsyncClient(timeout=LIMIT_SECONDS) as client:
            return (await client.get(url)).is_success
    except httpx.HTTPError:
        return False
