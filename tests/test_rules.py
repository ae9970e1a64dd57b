"""The dialogue: the rules agree with the actions and the contract, and Rasa follows them."""

import importlib
import os
import pkgutil
import re
import subprocess
import sys
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import bot.actions
from bot.actions.turn_action import TurnAction
from bot.nlu.contract import FALLBACK, PUBLIC_INTENTS
from ebw.settings import ROOT, settings

RULES = ROOT / "bot" / "data" / "stories.yml"
STORIES = ROOT / "tests" / "stories"
CONTRACT = ROOT.parent / "shared" / "contracts" / "nlu.md"
# Rasa does not let an action that nothing was said by be the end of a turn (bot/policy.py).
APOLOGY = "utter_action_server_away"


def test_every_rule_leads_from_intents_to_one_action() -> None:
    for rule in _rules():
        first, *others = rule["steps"]
        assert _intents_of(first), rule["rule"]
        assert [list(step) for step in others] == [["action"]], rule["rule"]


def test_every_intent_has_one_rule() -> None:
    named = [intent for rule in _rules() for intent in _intents_of(rule["steps"][0])]
    assert sorted(named) == sorted(_intents_of_domain())


def test_a_rule_leads_to_the_action_that_answers_the_intent() -> None:
    answering = {intent: action.action_name for intent, action in _actions_by_intent().items()}
    assert _action_by_intent() == answering


def test_the_domain_names_the_actions_that_there_are() -> None:
    in_between = (TurnAction.by_intent_in_checklist, TurnAction.by_intent_in_advice)
    actions = [*_actions_by_intent().values(), *(a for some in in_between for a in some.values())]
    assert set(_domain()["actions"]) == {action.action_name for action in actions}


def test_the_domain_names_the_intents_that_may_come_from_outside() -> None:
    assert _intents_of_domain() == PUBLIC_INTENTS | {FALLBACK}


def test_the_domain_names_every_intent_of_the_contract() -> None:
    if not CONTRACT.exists():
        warnings.warn(f"{CONTRACT} is not there: the intents were not compared", stacklevel=1)
        return
    in_contract = _intents_of_contract(CONTRACT.read_text(encoding="utf-8"))
    assert len(in_contract) > 30
    assert in_contract <= _intents_of_domain()


def test_every_rule_has_a_story_that_comes_by_all_its_intents() -> None:
    told = {story["story"]: _turns_of(story) for story in _stories()}
    assert told == {
        rule["rule"]: [
            (intent, rule["steps"][1]["action"]) for intent in _intents_of(rule["steps"][0])
        ]
        for rule in _rules()
    }


def test_rasa_understands_and_follows_every_story(tmp_path: Path) -> None:
    """Run `rasa test core --e2e`: what is typed is understood, and the right action follows."""
    models = sorted(settings().model_dir.glob("*.tar.gz"))
    assert models, f"no trained model in {settings().model_dir}: run 'make train' first"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "rasa", "test", "core", "--e2e"),
            *("--model", models[-1], "--stories", STORIES, "--out", tmp_path / "results"),
            "--fail-on-prediction-errors",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr[-2000:]}"
    report = YAML(typ="safe").load(tmp_path / "results" / "story_report.json")
    assert set(_action_by_intent().values()) <= set(report)
    assert report["accuracy"] == 1.0


@pytest.mark.parametrize("response", ["utter_not_stored", APOLOGY])
def test_a_failure_is_told_in_more_than_silence(response: str) -> None:
    assert all(variant["text"].strip() for variant in _domain()["responses"][response])


@cache
def _actions_by_intent() -> dict[str, type[TurnAction]]:
    for module in pkgutil.iter_modules(bot.actions.__path__):
        if module.name != "__main__":
            importlib.import_module(f"bot.actions.{module.name}")
    return TurnAction.by_intent


def _action_by_intent() -> dict[str, str]:
    return {
        intent: rule["steps"][1]["action"]
        for rule in _rules()
        for intent in _intents_of(rule["steps"][0])
    }


def _intents_of(step: dict[str, Any]) -> list[str]:
    return [choice["intent"] for choice in step.get("or", [step]) if "intent" in choice]


def _turns_of(story: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the intents of a story, each with the action that follows."""
    steps = story["steps"]
    assert [step.get("action") for step in steps[2::3]] == [APOLOGY] * (len(steps) // 3)
    pairs = zip(steps[::3], steps[1::3], strict=True)
    return [(asked["intent"], done["action"]) for asked, done in pairs]


def _intents_of_contract(text: str) -> set[str]:
    """Return the names in the first column of the table under "Intents"."""
    table = text.partition("## Intents")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def _intents_of_domain() -> set[str]:
    return {name for intent in _domain()["intents"] for name in intent}


def _rules() -> list[dict[str, Any]]:
    return list(_read(RULES)["rules"])


def _stories() -> list[dict[str, Any]]:
    return [story for path in sorted(STORIES.glob("*.yml")) for story in _read(path)["stories"]]


def _domain() -> dict[str, Any]:
    return _read(ROOT / "domain.yml")


@cache
def _read(path: Path) -> dict[str, Any]:
    return dict(YAML(typ="safe").load(path))
