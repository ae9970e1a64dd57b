"""`ebw run`: all processes of the Procfile together, from one terminal."""

import argparse

from ebw.running import start_all


def add_to(groups: argparse._SubParsersAction) -> None:
    """Add the command."""
    running = groups.add_parser("run", help="start de assistent")
    running.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    del options
    return start_all()
