"""`ebw db`: the database."""

import argparse

from ebw.output import add_json_option, as_json, write
from knowledge.loading import load_all
from storage.database import engine
from storage.migrate import upgrade


def add_to(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this group."""
    actions = groups.add_parser("db", help="de database").add_subparsers(
        required=True, metavar="ACTIE"
    )
    upgrading = actions.add_parser("upgrade", help="de database bijwerken")
    upgrading.set_defaults(run=_upgrade)
    add_json_option(upgrading)


def _upgrade(options: argparse.Namespace) -> None:
    upgrade(engine())
    load_all(engine())
    write(as_json({"upgraded": True}) if options.json else "De database is bijgewerkt.")
