"""domain.yml, the rules and the actions name the same things."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import bot.actions
from advice.intake import Step
from bot.actions.turn_action import TurnAction
from ebw.settings import ROOT
from quickscan.scan import Confirming, Stage

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RULES = yaml.safe_load((ROOT / "bot" / "data" / "stories.yml").read_text(encoding="utf-8"))["rules"]
_RESPONSE = re.compile(r'"(utter_\w+)"')

for _module in pkgutil.iter_modules(bot.actions.__path__):
    if _module.name != "__main__":
        importlib.import_module(f"bot.actions.{_module.name}")

ACTIONS = {
    action.action_name: action for action in TurnAction.__subclasses__() if action.action_name
}


def intents() -> set[str]:
    """Return the intents of the domain."""
    return {next(iter(entry)) if isinstance(entry, dict) else entry for entry in DOMAIN["intents"]}


def ruled() -> Iterator[tuple[str, str]]:
    """Give each intent that a rule begins with, and the action that follows."""
    for rule in RULES:
        first, second = rule["steps"]
        for step in first.get("or", [first]):
            yield step["intent"], second["action"]


def test_every_intent_has_one_rule_that_leads_to_the_action_that_answers_it() -> None:
    rules = list(ruled())
    assert len(rules) == len(dict(rules)), "an intent has two rules"
    assert dict(rules) == {
        intent: action.action_name for intent, action in TurnAction.by_intent.items()
    }
    assert set(dict(rules)) == intents()


def test_the_domain_names_the_actions_that_there_are() -> None:
    assert set(DOMAIN["actions"]) == set(ACTIONS)


def used_responses() -> set[str]:
    """Return the responses that the code names, and those whose names it puts together."""
    source = "".join(path.read_text() for path in Path(bot.actions.__file__).parent.glob("*.py"))
    composed = {f"utter_explain_{ask}" for ask in (*Stage, *Confirming)} - {
        "utter_explain_question",
        "utter_explain_done",
    }
    composed |= {f"utter_advice_ask_{step.name.lower()}" for step in Step}
    answering = ACTIONS["action_reply_and_return"]
    replies = {f"utter_{intent}" for intent in (*answering.intents, *answering.intents_in_context)}
    in_scan = {
        f"utter_{intent}_in_{pending}"
        for intent in ("greet", "help")
        for pending in ("scan", "checklist", "advice")
    }
    away = {"utter_action_server_away"}
    return set(_RESPONSE.findall(source)) | composed | replies | in_scan | away


def test_every_response_that_is_said_exists_and_every_one_that_exists_is_said() -> None:
    assert used_responses() == set(DOMAIN["responses"])


@pytest.mark.parametrize("name", sorted(DOMAIN["responses"]))
def test_all_wordings_of_a_response_need_the_same_values(name: str) -> None:
    needed = [
        set(re.findall(r"\{(\w+)\}", wording["text"])) for wording in DOMAIN["responses"][name]
    ]
    assert all(names == needed[0] for names in needed)
