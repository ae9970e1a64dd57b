"""`ebw requests`: the requests for advice, for advisers."""

import argparse
from collections.abc import Callable
from pathlib import Path

from advice import desk
from advice.report import csv_report, list_line, request_data, text_request
from advice.request import Request
from ebw.output import CommandError, add_json_option, as_json, write


def add_to(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this group."""
    actions = groups.add_parser("requests", help="de adviesverzoeken").add_subparsers(
        required=True, metavar="ACTIE"
    )
    listing = actions.add_parser("list", help="alle adviesverzoeken op een rij")
    listing.add_argument("--waiting", action="store_true", help="alleen wat nog niemand oppakte")
    listing.set_defaults(run=_list)
    add_json_option(listing)
    show = actions.add_parser("show", help="één adviesverzoek, met de contactgegevens")
    _add_number(show)
    show.add_argument("-o", "--output", type=Path, metavar="BESTAND")
    show.set_defaults(run=_show)
    add_json_option(show)
    for name, told, work in (
        ("claim", "pakt een adviesverzoek op", desk.claim),
        ("close", "sluit een adviesverzoek af", desk.close),
    ):
        changing = actions.add_parser(name, help=told)
        _add_number(changing)
        changing.add_argument("--by", required=True, metavar="NAAM", help="wie het doet")
        changing.set_defaults(run=_change, work=work)
        add_json_option(changing)
    export = actions.add_parser("export", help="alle adviesverzoeken naar een bestand")
    export.add_argument("--format", choices=["jsonl", "csv"], default="jsonl")
    export.add_argument("--contact", action="store_true", help="ook de contactgegevens")
    export.add_argument("-o", "--output", type=Path, metavar="BESTAND")
    export.set_defaults(run=_export)
    add_json_option(export)


def _add_number(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=int, metavar="NUMMER", help="uit 'ebw requests list'")


def _list(options: argparse.Namespace) -> None:
    stored = desk.waiting() if options.waiting else desk.listing()
    if options.json:
        write(as_json([request_data(request, contact=False) for request in stored]))
    else:
        write("\n".join(map(list_line, stored)) or "Er zijn geen adviesverzoeken.")


def _show(options: argparse.Namespace) -> None:
    request = _worked(desk.find, options.number)
    data = request_data(request, contact=True)
    write(as_json(data) if options.json else text_request(request), options.output)


def _change(options: argparse.Namespace) -> None:
    if not options.by.strip():
        message = "Zeg met --by wie het doet."
        raise CommandError(message)
    request = _worked(options.work, options.number, options.by)
    data = request_data(request, contact=False)
    write(as_json(data) if options.json else list_line(request))


def _export(options: argparse.Namespace) -> None:
    stored = desk.listing()
    if options.format == "csv" and not options.json:
        write(csv_report(stored, contact=options.contact), options.output)
        return
    rows = [request_data(request, contact=options.contact) for request in stored]
    write("".join(f"{as_json(row, indent=None)}\n" for row in rows), options.output)


def _worked(work: Callable[..., Request], number: int, *by: str) -> Request:
    """Return what `work` does with a request; raises CommandError when it cannot be done."""
    try:
        return work(number, *by)
    except desk.UnknownRequestError:
        message = f"Er is geen adviesverzoek met nummer {number}."
    except desk.AlreadyClosedError:
        message = f"Adviesverzoek {number} is al afgesloten."
    except desk.AlreadyClaimedError as error:
        message = f"Adviesverzoek {number} is al opgepakt door {error}."
    raise CommandError(message)
