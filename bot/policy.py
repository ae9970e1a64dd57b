"""A policy that keeps a turn from ending in silence."""

from typing import Any

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.actions.topics import NOT_SURE, Topic

APOLOGY = "utter_action_server_away"
TOPIC = "topic"
PRIORITY = 7  # above RulePolicy, which would just go on listening


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False
)
class NeverSilentPolicy(Policy):
    """Says that an answer could not be stored when the action server gave no reply.

    Rasa logs a failed action and goes on as if it had said something; the user would be left
    with no acknowledgement, and no word about it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the configuration: the place among policies."""
        return {"priority": PRIORITY}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: TrackerFeaturizer | None = None,
    ) -> None:
        """Take what Rasa gives every policy."""
        super().__init__(config, model_storage, resource, execution_context, featurizer)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: object,
    ) -> GraphComponent:
        """Return the policy; nothing of it is stored in a model."""
        return cls(config, model_storage, resource, execution_context)

    def train(
        self,
        training_trackers: list[TrackerWithCachedStates],
        domain: Domain,
        **_: object,
    ) -> Resource:
        """Learn nothing."""
        del training_trackers, domain
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        **_: object,
    ) -> PolicyPrediction:
        """Choose the apology after a silent action, and listening after the apology."""
        turn = _events_of_turn(tracker)
        done = [event.action_name for event in turn if isinstance(event, ActionExecuted)]
        spoken = any(isinstance(event, BotUttered) for event in turn)
        probabilities = self._default_predictions(domain)
        events: list[Event] = []
        if done and done[-1] == APOLOGY:
            probabilities[domain.index_for_action(ACTION_LISTEN_NAME)] = 1.0
        elif done and not spoken:
            probabilities[domain.index_for_action(APOLOGY)] = 1.0
            topic = Topic.of_slot(tracker.get_slot(TOPIC)).asking_for(NOT_SURE)
            events = [SlotSet(TOPIC, topic.as_slot())]  # bot/actions/meaning.py
        return self._prediction(probabilities, optional_events=events)


def _events_of_turn(tracker: DialogueStateTracker) -> list[Event]:
    """Return what happened since the user's latest message."""
    turn: list[Event] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return turn[::-1]
        turn.append(event)
    return []
