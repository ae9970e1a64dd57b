"""`ebw results`: the stored quickscans."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from ebw.output import CommandError, add_json_option, as_json, write, write_bytes
from quickscan.outcome import result_of
from quickscan.report import csv_report, list_line, text_report
from quickscan.scan import Scan
from storage import report_links, scans
from storage.database import reading, transaction

FORMATS = ("text", "json", "html", "pdf", "docx")


def add_to(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this group."""
    actions = groups.add_parser("results", help="de bewaarde quickscans").add_subparsers(
        required=True, metavar="ACTIE"
    )
    listing = actions.add_parser("list", help="alle quickscans op een rij")
    listing.set_defaults(run=_list)
    add_json_option(listing)
    show = actions.add_parser("show", help="één quickscan")
    show.add_argument("id", metavar="ID", help="het nummer uit 'ebw results list'")
    show.add_argument("--format", choices=FORMATS, default="text")
    show.add_argument("-o", "--output", type=Path, metavar="BESTAND")
    show.set_defaults(run=_show)
    add_json_option(show)
    revoking = actions.add_parser("revoke", help="trekt de links naar het verslag van een scan in")
    revoking.add_argument("id", metavar="ID", help="het nummer uit 'ebw results list'")
    revoking.set_defaults(run=_revoke)
    add_json_option(revoking)
    export = actions.add_parser("export", help="alle quickscans naar een bestand")
    export.add_argument("--format", choices=["jsonl", "csv"], default="jsonl")
    export.add_argument("-o", "--output", type=Path, metavar="BESTAND")
    export.set_defaults(run=_export)
    add_json_option(export)


def _list(options: argparse.Namespace) -> None:
    stored = _stored_scans()
    if options.json:
        write(as_json([result_of(scan) for scan in stored]))
    else:
        write("\n".join(map(list_line, stored)) or "Er zijn nog geen quickscans.")


def _show(options: argparse.Namespace) -> None:
    scan = _stored_scan(options.id)
    chosen = "json" if options.json else options.format
    if chosen == "text":
        write(text_report(scan), options.output)
    elif chosen == "json":
        write(as_json(result_of(scan)), options.output)
    else:
        write_bytes(_file(scan, chosen), options.output)


def _file(scan: Scan, chosen: str) -> bytes:
    # Their packages take a while to load, and the other commands do without.
    from quickscan.report_docx import docx_report
    from quickscan.report_pdf import pdf_report
    from web.report_page import content_of, report_page

    if chosen == "html":
        return report_page(scan).encode()
    return (docx_report if chosen == "docx" else pdf_report)(content_of(scan))


def _revoke(options: argparse.Namespace) -> None:
    scan = _stored_scan(options.id)
    with transaction() as connection:
        count = report_links.revoke(connection, scan.id)
    revoked = f"Ingetrokken: {count} link{'s' if count != 1 else ''}."
    write(as_json({"revoked_links": count}) if options.json else revoked)


def _export(options: argparse.Namespace) -> None:
    stored = _stored_scans()
    as_csv = options.format == "csv" and not options.json
    write(csv_report(stored) if as_csv else _lines(stored), options.output)


def _lines(stored: Iterable[Scan]) -> str:
    return "".join(f"{as_json(result_of(scan), indent=None)}\n" for scan in stored)


def _stored_scan(scan_id: str) -> Scan:
    with reading() as connection:
        scan = scans.find(connection, scan_id)
    if scan is None:
        message = f"Er is geen quickscan met nummer {scan_id}."
        raise CommandError(message)
    return scan


def _stored_scans() -> list[Scan]:
    with reading() as connection:
        return scans.find_all(connection)
