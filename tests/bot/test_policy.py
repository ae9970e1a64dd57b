from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.actions.topics import NOT_SURE, Topic
from bot.policy import APOLOGY, NeverSilentPolicy
from ebw.settings import ROOT

DOMAIN = Domain.load(str(ROOT / "domain.yml"))
SAID = UserUttered("ja", {"name": "affirm"})
ACTED = ActionExecuted("action_record_answer")
REPLIED = BotUttered("Genoteerd.")
LISTENED = ActionExecuted("action_listen")

Predict = Callable[..., str | None]


@pytest.fixture
def policy(tmp_path: Path) -> NeverSilentPolicy:
    """Give the policy as Rasa makes it."""
    return NeverSilentPolicy.load(
        NeverSilentPolicy.get_default_config(),
        LocalModelStorage.create(tmp_path),
        Resource("never_silent"),
        ExecutionContext(GraphSchema({})),
    )


@pytest.fixture
def predict(policy: NeverSilentPolicy) -> Predict:
    """Give a function that returns which action the policy chooses after some events, if any."""

    def after(*events: Event) -> str | None:
        tracker = DialogueStateTracker.from_events("gesprek", list(events), DOMAIN.slots)
        prediction = policy.predict_action_probabilities(tracker, DOMAIN)
        best = prediction.max_confidence
        if best == 0.0:
            return None
        return str(DOMAIN.action_names_or_texts[prediction.probabilities.index(best)])

    return after


def test_it_leaves_the_choice_of_an_action_to_the_rules(predict: Predict) -> None:
    assert predict(LISTENED, SAID) is None
    assert predict() is None


def test_it_keeps_out_of_a_turn_in_which_something_was_said(predict: Predict) -> None:
    assert predict(LISTENED, SAID, ACTED, REPLIED) is None
    assert predict(LISTENED, SAID, ACTED, REPLIED, SlotSet("misunderstandings", 0)) is None


def test_after_a_silent_action_it_apologises(predict: Predict) -> None:
    assert predict(LISTENED, SAID, ACTED) == APOLOGY


def test_with_the_apology_it_notes_that_nobody_knows_what_was_stored(
    policy: NeverSilentPolicy,
) -> None:
    topic = asdict(Topic(intervention="theater"))
    events = [SlotSet("topic", topic), LISTENED, SAID, ACTED]
    tracker = DialogueStateTracker.from_events("gesprek", events, DOMAIN.slots)
    [noted] = policy.predict_action_probabilities(tracker, DOMAIN).optional_events
    assert noted == SlotSet("topic", {**topic, "asking": NOT_SURE})


def test_words_of_an_earlier_turn_do_not_count(predict: Predict) -> None:
    assert predict(LISTENED, SAID, ACTED, REPLIED, LISTENED, SAID, ACTED) == APOLOGY


def test_after_the_apology_it_listens(predict: Predict) -> None:
    apologised = ActionExecuted(APOLOGY)
    assert predict(LISTENED, SAID, ACTED, apologised) == "action_listen"
    assert predict(LISTENED, SAID, ACTED, apologised, REPLIED) == "action_listen"


def test_its_apology_is_a_response_of_the_domain() -> None:
    assert APOLOGY in DOMAIN.responses


def test_it_goes_before_the_rules_which_would_just_go_on_listening() -> None:
    rules = RulePolicy.get_default_config()["priority"]
    assert NeverSilentPolicy.get_default_config()["priority"] > rules


def test_it_learns_nothing(policy: NeverSilentPolicy) -> None:
    assert policy.train([], DOMAIN) == Resource("never_silent")
