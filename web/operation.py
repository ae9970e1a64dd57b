"""What tells an operator how the pages and the assistant fare. Not for outside."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ebw.operation import is_from_inside
from storage.database import DatabaseUnavailableError, check_reachable, engine, reading
from storage.statistics import requests_waiting, scans_by_status, scans_left_at

LEFT_AFTER = timedelta(days=1)
LIMIT_SECONDS = 3.0

Serve = Callable[[Request], Awaitable[Response]]


def operation_routes() -> list[Route]:
    """Return the routes; they answer only who asks directly, from this machine or network."""
    return [
        Route("/ready", _inside(_ready)),
        Route("/metrics", _inside(_metrics)),
    ]


def _inside(serve: Serve) -> Serve:
    async def serve_inside(request: Request) -> Response:
        address = request.client.host if request.client else None
        if not is_from_inside(address, request.headers):
            return Response(status_code=404)
        return await serve(request)

    return serve_inside


async def _ready(request: Request) -> Response:
    """Tell whether the database answers, and Rasa with its model and its actions."""
    parts = {"database": await run_in_threadpool(_database_answers), **await _rasa(request)}
    return JSONResponse(parts, 200 if all(parts.values()) else 503)


async def _metrics(_request: Request) -> Response:
    content = await run_in_threadpool(generate_latest, _REGISTRY)
    return Response(content, media_type=CONTENT_TYPE_LATEST)


async def _rasa(request: Request) -> dict[str, bool]:
    try:
        url = f"{request.app.state.settings.rasa_url}/ready"
        answer = await request.app.state.channel.get(url, timeout=LIMIT_SECONDS)
        parts = answer.json()
        return {"rasa": True, "model": parts["model"], "actions": parts["actions"]}
    except (httpx.HTTPError, ValueError, KeyError):
        return {"rasa": False}


def _database_answers() -> bool:
    try:
        check_reachable(engine())
    except DatabaseUnavailableError:
        return False
    return True


class _Stored:
    """Counts what is stored whenever it is asked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        up = GaugeMetricFamily("ebw_database_up", "Whether the database answers")
        status = GaugeMetricFamily("ebw_scans", "Quickscans, by status", labels=["status"])
        left = GaugeMetricFamily(
            "ebw_scans_left", "Quickscans untouched for a day, by question", labels=["question"]
        )
        waiting = GaugeMetricFamily("ebw_requests_waiting", "Requests for advice that wait")
        try:
            with reading() as connection:
                for name, count in scans_by_status(connection).items():
                    status.add_metric([name], count)
                before = datetime.now(UTC) - LEFT_AFTER
                for question, count in scans_left_at(connection, before).items():
                    left.add_metric([str(question)], count)
                waiting.add_metric([], requests_waiting(connection))
            up.add_metric([], 1)
        except DatabaseUnavailableError:
            up.add_metric([], 0)
        yield from (up, status, left, waiting)


_REGISTRY = CollectorRegistry()
_REGISTRY.register(_Stored())
