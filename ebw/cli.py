"""The `ebw` program."""

import argparse
import os
import sys
from collections.abc import Sequence

from ebw.commands import db, evaluation, knowledge, privacy, results, running
from ebw.output import CommandError
from ebw.settings import SettingsError
from knowledge.checking import ContentError
from storage.database import DatabaseUnavailableError

COMMANDS = (results, knowledge, evaluation, privacy, db, running)


def main() -> None:
    """Run the command line; exit with 1 when the command fails, 2 on wrong usage."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` name and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except (CommandError, ContentError, SettingsError) as error:
        message = str(error)
    except DatabaseUnavailableError as error:
        message = f"De database is niet te bereiken of niet te gebruiken: {error}."
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    sys.stderr.write(f"{message}\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ebw", description="Beheer van de EBW-assistent.")
    groups = parser.add_subparsers(required=True, metavar="ONDERDEEL")
    for module in COMMANDS:
        module.add_to(groups)
    return parser


if __name__ == "__main__":
    main()
