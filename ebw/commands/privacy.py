"""`ebw privacy`: personal data."""

import argparse
import re
import sys

from ebw.output import CommandError, add_json_option, as_json, write
from privacy.redact import redact
from storage import scans
from storage.database import transaction

_SESSION_ID = re.compile(r"[0-9a-f]{64}")


def add_to(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this group."""
    actions = groups.add_parser("privacy", help="persoonsgegevens").add_subparsers(
        required=True, metavar="ACTIE"
    )
    redacting = actions.add_parser("redact", help="haalt persoonsgegevens uit elke regel invoer")
    redacting.set_defaults(run=_redact)
    add_json_option(redacting)
    deleting = actions.add_parser("delete", help="verwijdert alles van één sessie")
    deleting.add_argument("--session", required=True, metavar="ID")
    deleting.set_defaults(run=_delete)
    add_json_option(deleting)


def _redact(options: argparse.Namespace) -> None:
    for line in sys.stdin:
        text = redact(line.rstrip("\n")).text
        write(as_json({"text": text}, indent=None) if options.json else text)


def _delete(options: argparse.Namespace) -> None:
    if not _SESSION_ID.fullmatch(options.session):
        message = "Een sessie-ID bestaat uit 64 tekens: cijfers en de letters a tot en met f."
        raise CommandError(message)
    with transaction() as connection:
        count = scans.delete_of_session(connection, options.session)
    deleted = f"Verwijderd: {count} quickscan{'s' if count != 1 else ''}."
    write(as_json({"deleted_scans": count}) if options.json else deleted)
