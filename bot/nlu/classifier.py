"""The intent classifier of the pipeline."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.dutch import LEMMAS
from bot.nlu.entity_rules import EntityRules
from bot.nlu.features import views_of
from bot.nlu.guard import is_settled
from bot.nlu.linear import LinearModel, Settings, train
from knowledge.municipalities import municipalities
from knowledge.vocabulary import load_vocabulary

_RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Ranks the intents of a message with a linear model over several views of it."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource
    ) -> None:
        """Make the component; `train` or `load` gives it its model."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._rules = EntityRules(load_vocabulary(), municipalities())
        self._model: LinearModel | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: weight of each view, the SVM's C, the seed."""
        return {
            "weights": {"pieces": 1.0, "lemmas": 1.0, "hints": 0.5},
            "penalty": 0.5,
            "seed": 20261121,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's signature
    ) -> "LinearIntentClassifier":
        """Make the component (Rasa's constructor)."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,  # noqa: ANN401, ARG003 - Rasa's signature
    ) -> "LinearIntentClassifier":
        """Load a trained component."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            component._model = LinearModel.load(folder)  # noqa: SLF001 - its own class
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the examples that have an intent, and store the model."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        settings = Settings(
            weights=self._config["weights"],
            penalty=self._config["penalty"],
            seed=self._config["seed"],
        )
        labels = [example.get(INTENT) for example in examples]
        model = train([self._views(example) for example in examples], labels, settings)
        with self._storage.write_to(self._resource) as folder:
            model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add intent and ranking to each message that the guard left open."""
        for message in messages:
            if message.get(TEXT) and not is_settled(message):
                self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        if self._model is None:
            return
        chances = self._model.probabilities(self._views(message))
        best = chances.argsort()[::-1][:_RANKED]
        ranking = [
            {"name": self._model.labels[place], "confidence": float(chances[place])}
            for place in best
        ]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)

    def _views(self, message: Message) -> dict[str, list[str]]:
        return views_of(message.get(TEXT), message.get(LEMMAS) or [], self._rules)
