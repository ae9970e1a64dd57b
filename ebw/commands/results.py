"""`ebw results`: the stored quickscans."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from ebw.output import CommandError, add_json_option, as_json, write
from quickscan.outcome import result_of
from quickscan.report import csv_report, list_line, text_report
from quickscan.scan import Scan
from storage import scans
from storage.database import transaction


def add_to(groups: argparse._SubParsersAction) -> None:
    """Add the commands of this group."""
    actions = groups.add_parser("results", help="de bewaarde quickscans").add_subparsers(
        required=True, metavar="ACTIE"
    )
    listing = actions.add_parser("list", help="alle quickscans op een rij")
    listing.set_defaults(run=_list)
    add_json_option(listing)
    show = actions.add_parser("show", help="één quickscan")
    show.add_argument("id", metavar="ID", help="het nummer uit 'ebw results list'")
    show.add_argument("--format", choices=["text", "json"], default="text")
    show.add_argument("-o", "--output", type=Path, metavar="BESTAND")
    show.set_defaults(run=_show)
    add_json_option(show)
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
    with transaction() as connection:
        scan = scans.find(connection, options.id)
    if scan is None:
        message = f"Er is geen quickscan met nummer {options.id}."
        raise CommandError(message)
    as_text = options.format == "text" and not options.json
    write(text_report(scan) if as_text else as_json(result_of(scan)), options.output)


def _export(options: argparse.Namespace) -> None:
    stored = _stored_scans()
    as_csv = options.format == "csv" and not options.json
    write(csv_report(stored) if as_csv else _lines(stored), options.output)


def _lines(stored: Iterable[Scan]) -> str:
    return "".join(f"{as_json(result_of(scan), indent=None)}\n" for scan in stored)


def _stored_scans() -> list[Scan]:
    with transaction() as connection:
        return scans.find_all(connection)
