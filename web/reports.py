"""The report of a completed quickscan, at an address that cannot be guessed."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quickscan.outcome import result_of
from quickscan.report import csv_report
from quickscan.report_links import is_token, token_hash
from quickscan.scan import Scan
from storage import report_links, scans
from storage.database import reading
from web.report_page import content_of, report_page
from web.security import content_security_policy

PRIVATE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": content_security_policy("'none'"),
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
"""A report is for who has its link: not for search engines, caches or other sites."""


def report_routes() -> list[Route]:
    """Return the routes of the reports."""
    return [
        Route("/resultaat/{token}", _show),
        Route("/resultaat/{token}/{file}", _download),
    ]


def _show(request: Request) -> Response:
    scan = _scan_of(request.path_params["token"])
    page = report_page(scan, address=f"/resultaat/{request.path_params['token']}")
    return Response(page, media_type="text/html", headers=PRIVATE)


def _download(request: Request) -> Response:
    wanted = DOWNLOADS.get(request.path_params["file"])
    if wanted is None:
        raise HTTPException(404)
    make, media_type = wanted
    scan = _scan_of(request.path_params["token"])
    name = f"quickscan-{scan.started_at:%Y-%m-%d}.{request.path_params['file'].rpartition('.')[2]}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(make(scan), media_type=media_type, headers={**PRIVATE, **disposition})


def _scan_of(token: str) -> Scan:
    """Return the scan that a link shows; not found is all that a wrong link tells."""
    if not is_token(token):
        raise HTTPException(404, headers=PRIVATE)
    with reading() as connection:
        scan_id = report_links.find_scan_id(connection, token_hash(token), datetime.now(UTC))
        scan = scans.find(connection, scan_id) if scan_id else None
    if scan is None:
        raise HTTPException(404, headers=PRIVATE)
    return scan


def _json(scan: Scan) -> bytes:
    return json.dumps(result_of(scan), ensure_ascii=False, indent=2).encode()


def _csv(scan: Scan) -> bytes:
    return csv_report([scan]).encode("utf-8-sig")


# The makers of documents cost 15 MB: loaded when the first is asked for.


def _docx(scan: Scan) -> bytes:
    from quickscan.report_docx import docx_report

    return docx_report(content_of(scan))


def _pdf(scan: Scan) -> bytes:
    from quickscan.report_pdf import pdf_report

    return pdf_report(content_of(scan))


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOWNLOADS: dict[str, tuple[Callable[[Scan], bytes], str]] = {
    "verslag.json": (_json, "application/json"),
    "verslag.pdf": (_pdf, "application/pdf"),
    "verslag.docx": (_docx, DOCX),
    "verslag.csv": (_csv, "text/csv; charset=utf-8"),
}
"""The files of a report: what makes them, and their media type."""
