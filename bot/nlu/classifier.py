"""The intent classifier of the pipeline."""

import json
import random
from collections.abc import Collection
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.contract import OUT_OF_SCOPE
from bot.nlu.dutch import LEMMAS
from bot.nlu.entity_rules import EntityRules
from bot.nlu.features import views_of
from bot.nlu.guard import is_settled
from bot.nlu.lemmas import PACKAGE
from bot.nlu.model import IntentModel, Settings, train
from bot.nlu.noise import hurried
from bot.nlu.ordinary import ordinary_words
from bot.nlu.sources import fingerprint
from bot.nlu.weighing import Floats
from knowledge.municipalities import municipalities
from knowledge.vocabulary import load_vocabulary
from knowledge.words import words_of

_RANKED = 10
_ORDINARY = "ordinary.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FieldIntentClassifier(GraphComponent, IntentClassifier):
    """Ranks the intents of a message with a model over several views of it."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """Make the component; `train` or `load` gives it its model."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._use_rules(())
        self._model: IntentModel | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings (`bot.nlu.model.Settings`); docs/nlu.md says how they were chosen."""
        return {
            "weights": {
                "pieces": 1.0,
                "lemmas": 1.0,
                "entities": 0.6,
                "concepts": 0.6,
                "pairs": 0.3,
                "opening": 0.3,
                "shape": 0.2,
            },
            "caution": {"out_of_scope": 1.8, "report_emergency": 3.5, "report_concern": 2.2},
            "sharpness": [3.7, 1.35],
            "penalty": 0.5,
            "network_share": 0.5,
            "epochs": 12,
            "seed": 20261121,
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 - Rasa's signature
        """Tell Rasa's cache what else the outcome of training depends on."""
        return fingerprint(PACKAGE)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's signature
    ) -> "FieldIntentClassifier":
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
    ) -> "FieldIntentClassifier":
        """Load a trained component."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            ordinary = json.loads((folder / _ORDINARY).read_text(encoding="utf-8"))
            component._model = IntentModel.load(folder)  # noqa: SLF001 - its own class
        component._use_rules(ordinary)  # noqa: SLF001 - its own class
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the examples that have an intent, and store the model."""
        ordinary = sorted(ordinary_words(training_data.nlu_examples))
        self._use_rules(ordinary)
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        settings = Settings(**{name: self._config[name] for name in self.get_default_config()})
        chance = random.Random(settings.seed)  # noqa: S311 - typing errors, not secrets
        model = train(
            [self._views(example.get(TEXT), example.get(LEMMAS)) for example in examples],
            [example.get(INTENT) for example in examples],
            [self._views(*hurried(e.get(TEXT), e.get(LEMMAS), chance)) for e in examples],
            settings,
        )
        with self._storage.write_to(self._resource) as folder:
            model.save(folder)
            text = json.dumps(ordinary, ensure_ascii=False)
            (folder / _ORDINARY).write_text(text, encoding="utf-8")
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
        chances = self._chances(self._model, message.get(TEXT), message.get(LEMMAS) or [])
        best = chances.argsort()[::-1][:_RANKED]
        ranking = [
            {"name": self._model.labels[place], "confidence": float(chances[place])}
            for place in best
        ]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)

    def _chances(self, model: IntentModel, text: str, lemmas: list[str]) -> Floats:
        """Return the probability of each intent, spelling help taken into account.

        Spelling help may only make clearer what is in scope: a message that is out of scope as it
        was typed stays so.
        """
        as_typed = model.probabilities(views_of(text, lemmas, self._literal_rules))
        out_of_scope = model.labels[int(as_typed.argmax())] == OUT_OF_SCOPE
        if out_of_scope or not self._rules.spelling.changes(w.folded for w in words_of(text)):
            return as_typed
        return model.probabilities(views_of(text, lemmas, self._rules))

    def _views(self, text: str, lemmas: list[str]) -> dict[str, list[str]]:
        return views_of(text, lemmas, self._rules)

    def _use_rules(self, ordinary: Collection[str]) -> None:
        vocabulary = load_vocabulary()
        self._rules = EntityRules(vocabulary, municipalities(), ordinary)
        self._literal_rules = EntityRules(vocabulary, municipalities(), ordinary, corrects=False)
