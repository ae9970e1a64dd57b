"""`ebw db`: the database."""

import argparse
from pathlib import Path

from ebw.output import CommandError, add_json_option, as_json, write
from ebw.settings import settings
from knowledge.loading import load_all
from storage.backup import BackupError, back_up, restore
from storage.database import DatabaseUnavailableError, engine, reading
from storage.migrate import upgrade
from storage.statistics import scans_by_status


def add_to(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this group."""
    actions = groups.add_parser("db", help="de database").add_subparsers(
        required=True, metavar="ACTIE"
    )
    upgrading = actions.add_parser("upgrade", help="de database bijwerken")
    upgrading.set_defaults(run=_upgrade)
    add_json_option(upgrading)
    backing_up = actions.add_parser("backup", help="de hele database naar een nieuw bestand")
    backing_up.add_argument("file", type=Path, metavar="BESTAND")
    backing_up.set_defaults(run=_backup)
    add_json_option(backing_up)
    restoring = actions.add_parser("restore", help="de hele database terug uit een bestand")
    restoring.add_argument("file", type=Path, metavar="BESTAND")
    restoring.add_argument("--replace", action="store_true", help="ook als er al iets in staat")
    restoring.set_defaults(run=_restore)
    add_json_option(restoring)


def _upgrade(options: argparse.Namespace) -> None:
    upgrade(engine())
    load_all(engine())
    write(as_json({"upgraded": True}) if options.json else "De database is bijgewerkt.")


def _backup(options: argparse.Namespace) -> None:
    try:
        back_up(settings().database_url, options.file)
    except BackupError as error:
        raise CommandError(str(error)) from error
    told = f"De database staat in {options.file}. Daarin staan gegevens van gebruikers."
    write(as_json({"file": str(options.file)}) if options.json else told)


def _restore(options: argparse.Namespace) -> None:
    if not options.replace and _holds_scans():
        message = (
            "In deze database staan al scans. Met --replace komt de back-up ervoor in de plaats."
        )
        raise CommandError(message)
    try:
        restore(settings().database_url, options.file)
    except BackupError as error:
        raise CommandError(str(error)) from error
    told = "De database is teruggezet. Voer nu 'ebw db upgrade' en 'ebw privacy purge' uit."
    write(as_json({"restored": True}) if options.json else told)


def _holds_scans() -> bool:
    """Tell whether there is anything to lose; a database without tables has nothing."""
    try:
        with reading() as connection:
            return sum(scans_by_status(connection).values()) > 0
    except DatabaseUnavailableError:
        return False
