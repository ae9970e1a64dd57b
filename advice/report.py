"""Requests written out: as a line, as text for an adviser, as data, as a table."""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from advice.delivery import essentials, is_undelivered
from advice.request import SPOKEN, Request
from quickscan.report import harmless

# How far the short conversation was is nobody's business once the request was sent.
_OF_THE_DRAFT = ("session_id", "put_again", "municipality_unsaid", "unclear", "shares_scan")


def list_line(request: Request) -> str:
    """Return a request in one line, without contact data."""
    by = f" door {request.claimed_by}" if request.claimed_by else ""
    told = [
        str(request.number),
        str(request.priority),
        f"{SPOKEN[request.status]}{by}",
        f"{request.submitted_at:%d-%m-%Y}",
        request.municipality.name if request.municipality else "gemeente niet gezegd",
        SPOKEN[request.support] if request.support else "",
        _delivery(request),
    ]
    return "  ".join(told)


def text_request(request: Request) -> str:
    """Return a request as text: a line for each thing that an adviser must know."""
    told = [*essentials(request), ("Bezorging", _delivery(request))]
    return "".join(f"{label}: {value}\n" for label, value in told)


def request_data(request: Request, *, contact: bool) -> dict[str, Any]:
    """Return a request as JSON has it; with contact data only when `contact` says so."""
    left_out = _OF_THE_DRAFT if contact else (*_OF_THE_DRAFT, "contact")
    told = {key: value for key, value in asdict(request).items() if key not in left_out}
    return {key: _plain(value) for key, value in told.items()}


def csv_report(requests: Iterable[Request], *, contact: bool) -> str:
    """Return one row per request, with a heading."""
    rows = [request_data(request, contact=contact) for request in requests]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([list(row) for row in rows[:1]])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _delivery(request: Request) -> str:
    if request.delivered_at:
        return f"bezorgd per {request.delivered_by}"
    return "niet bezorgd" if is_undelivered(request) else "opgepakt zonder bezorging"


def _plain(value: object) -> object:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    named = value["name"] if isinstance(value, dict) else value
    return harmless("" if named is None else str(named))
