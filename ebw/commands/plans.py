"""`ebw plans`: the stored evaluation plans."""

import argparse
from pathlib import Path

from ebw.output import CommandError, add_json_option, as_json, write
from evaluation.report import list_line, plan_data, text_plan
from storage import plans
from storage.database import reading


def add_to(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this group."""
    actions = groups.add_parser("plans", help="de bewaarde evaluatieplannen").add_subparsers(
        required=True, metavar="ACTIE"
    )
    listing = actions.add_parser("list", help="alle evaluatieplannen op een rij")
    listing.set_defaults(run=_list)
    add_json_option(listing)
    show = actions.add_parser("show", help="één evaluatieplan")
    show.add_argument("id", metavar="ID", help="het nummer uit 'ebw plans list'")
    show.add_argument("--format", choices=["text", "json"], default="text")
    show.add_argument("-o", "--output", type=Path, metavar="BESTAND")
    show.set_defaults(run=_show)
    add_json_option(show)


def _list(options: argparse.Namespace) -> None:
    with reading() as connection:
        stored = plans.find_all(connection)
    if options.json:
        write(as_json([plan_data(plan) for plan in stored]))
    else:
        write("\n".join(map(list_line, stored)) or "Er zijn nog geen evaluatieplannen.")


def _show(options: argparse.Namespace) -> None:
    with reading() as connection:
        plan = plans.find(connection, options.id)
    if plan is None:
        message = f"Er is geen evaluatieplan met nummer {options.id}."
        raise CommandError(message)
    as_text = options.format == "text" and not options.json
    write(text_plan(plan) if as_text else as_json(plan_data(plan)), options.output)
