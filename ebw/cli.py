"""The `ebw` program."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from ebw.commands import db, evaluation, knowledge, plans, privacy, requests, results, running
from ebw.environment import SettingsError
from ebw.output import CommandError
from knowledge.checking import ContentError
from storage.database import DatabaseUnavailableError, NothingLoadedError

COMMANDS = (results, plans, requests, knowledge, evaluation, privacy, db, running)
STOPPED_BY_USER = 130
DATABASE_UNAVAILABLE = (
    "De database is niet te bereiken of niet te gebruiken. Kijk of ze draait, of EBW_DATABASE_URL "
    "klopt, en of 'ebw db upgrade' is uitgevoerd."
)
NOTHING_LOADED = "Er is nog geen inhoud in gebruik. Voer 'ebw knowledge load' uit."


class Parser(argparse.ArgumentParser):
    """Reads the command line; says in Dutch when it is wrong."""

    def error(self, message: str) -> NoReturn:
        """End with status 2 and how the command is used; argparse's own message is English."""
        del message
        usage = self.format_usage().replace("usage:", "Gebruik:", 1)
        more = f"Meer uitleg: {self.prog} --help"
        self.exit(2, f"Zo is dit commando niet te gebruiken. {usage}{more}\n")


def main() -> None:
    """Run the command line; exit with 1 when the command fails, 2 on wrong usage."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` name and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        status = int(options.run(options) or 0)
        sys.stdout.flush()
    except (CommandError, ContentError, SettingsError) as error:
        message = str(error)
    except DatabaseUnavailableError:
        message = DATABASE_UNAVAILABLE
    except NothingLoadedError:
        message = NOTHING_LOADED
    except KeyboardInterrupt:
        return STOPPED_BY_USER
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    else:
        return status
    sys.stderr.write(f"{message}\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="ebw", description="Beheer van de EBW-assistent.")
    groups = parser.add_subparsers(required=True, metavar="ONDERDEEL")
    for module in COMMANDS:
        module.add_to(groups)
    return parser


if __name__ == "__main__":
    main()
