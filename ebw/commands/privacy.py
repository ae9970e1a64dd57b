"""`ebw privacy`: personal data."""

import argparse
import re
import sys
from datetime import UTC, datetime

from ebw.output import CommandError, add_json_option, as_json, write
from ebw.settings import settings
from privacy.redact import redact
from privacy.retention import KINDS, purge
from storage.database import engine, transaction
from storage.removal import delete_of_session, erase_removed

_SESSION_ID = re.compile(r"[0-9a-f]{64}")


def add_to(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this group."""
    actions = groups.add_parser("privacy", help="persoonsgegevens").add_subparsers(
        required=True, metavar="ACTIE"
    )
    redacting = actions.add_parser("redact", help="haalt persoonsgegevens uit elke regel invoer")
    redacting.set_defaults(run=_redact)
    add_json_option(redacting)
    purging = actions.add_parser("purge", help="verwijdert wat lang genoeg bewaard is")
    purging.set_defaults(run=_purge)
    add_json_option(purging)
    deleting = actions.add_parser("delete", help="verwijdert alles van één sessie")
    deleting.add_argument("--session", required=True, metavar="ID")
    deleting.set_defaults(run=_delete)
    add_json_option(deleting)


def _redact(options: argparse.Namespace) -> None:
    for line in sys.stdin:
        text = redact(line.rstrip("\n")).text
        write(as_json({"text": text}, indent=None) if options.json else text)


def _purge(options: argparse.Namespace) -> None:
    counts = purge(engine(), settings().retention, datetime.now(UTC))
    lines = [f"{KINDS[name].title}: {count}" for name, count in counts.items()]
    write(as_json(counts) if options.json else "\n".join(["Verwijderd:", *lines]))


def _delete(options: argparse.Namespace) -> None:
    if not _SESSION_ID.fullmatch(options.session):
        message = "Een sessie-ID bestaat uit 64 tekens: cijfers en de letters a tot en met f."
        raise CommandError(message)
    with transaction() as connection:
        counts = delete_of_session(connection, options.session)
    erase_removed(engine())
    scans = counts["scans"]
    told = f"{scans} quickscan{'s' if scans != 1 else ''}, en {sum(counts.values()) - scans} andere"
    deleted = {"deleted_scans": scans, "deleted": counts}
    write(as_json(deleted) if options.json else f"Verwijderd: {told} gegevens van deze sessie.")
