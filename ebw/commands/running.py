"""`ebw run` and `ebw chat`: the assistant from one terminal, with or without its pages."""

import argparse

from ebw.chat import chat
from ebw.running import start_all


def add_to(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    running = groups.add_parser("run", help="start de assistent")
    running.set_defaults(run=_run)
    chatting = groups.add_parser("chat", help="praat met de assistent in de terminal")
    chatting.set_defaults(run=_chat)


def _run(options: argparse.Namespace) -> int:
    del options
    return start_all()


def _chat(options: argparse.Namespace) -> None:
    del options
    chat()
