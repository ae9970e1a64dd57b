"""`ebw knowledge`: checking the content and bringing it into use."""

import argparse
from dataclasses import asdict

from ebw.output import add_json_option, as_json, write
from knowledge.loading import check_all, load_all
from storage.database import engine


def add_to(groups: argparse._SubParsersAction) -> None:
    """Add the commands of this group."""
    actions = groups.add_parser("knowledge", help="de inhoud").add_subparsers(
        required=True, metavar="ACTIE"
    )
    check = actions.add_parser("check", help="de inhoud op fouten nakijken")
    check.set_defaults(run=_check)
    add_json_option(check)
    load = actions.add_parser("load", help="de inhoud in gebruik nemen")
    load.set_defaults(run=_load)
    add_json_option(load)


def _check(options: argparse.Namespace) -> int:
    faults = check_all()
    if options.json:
        write(as_json([asdict(fault) for fault in faults]))
    else:
        write("\n".join(map(str, faults)) or "Geen fouten gevonden.")
    return 1 if faults else 0


def _load(options: argparse.Namespace) -> None:
    load_all(engine())
    write(as_json({"loaded": True}) if options.json else "De inhoud is in gebruik.")
