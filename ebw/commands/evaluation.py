"""`ebw eval`: measuring on the evaluation sets."""

import argparse
from pathlib import Path

from ebw.output import CommandError, add_json_option, as_json, write
from ebw.settings import settings


def add_to(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this group."""
    actions = groups.add_parser("eval", help="meten op de evaluatiesets").add_subparsers(
        required=True, metavar="SOORT"
    )
    for name, what, run in (
        ("nlu", "het begrijpen van berichten", _nlu),
        ("search", "het zoeken in de inhoud", _search),
        ("privacy", "het verwijderen van persoonsgegevens", _privacy),
    ):
        action = actions.add_parser(name, help=what)
        action.add_argument("file", type=Path, metavar="BESTAND")
        action.set_defaults(run=run)
        add_json_option(action)


def _nlu(options: argparse.Namespace) -> None:
    from bot.nlu.evaluate import evaluate_nlu  # only needed here
    from bot.rasa_tuning import quiet_logging

    messages, model = _existing(options.file), settings().model_dir
    if not list(model.glob("*.tar.gz")):
        message = "Er is geen getraind model. 'make train' maakt het."
        raise CommandError(message)
    quiet_logging()
    _report(evaluate_nlu(messages, model), options)


def _search(options: argparse.Namespace) -> None:
    from knowledge.evaluate import evaluate_search  # only needed here

    _report(evaluate_search(_existing(options.file)), options)


def _privacy(options: argparse.Namespace) -> None:
    from privacy.evaluate import evaluate_privacy  # only needed here

    _report(evaluate_privacy(_existing(options.file)), options)


def _existing(path: Path) -> Path:
    if not path.is_file():
        message = f"Het bestand {path} is er niet."
        raise CommandError(message)
    return path


def _report(figures: dict[str, object], options: argparse.Namespace) -> None:
    if options.json:
        write(as_json(figures))
        return
    plain = {name: value for name, value in figures.items() if isinstance(value, int | float)}
    write("\n".join(f"{name:<24}{value:.3f}" for name, value in plain.items()))
