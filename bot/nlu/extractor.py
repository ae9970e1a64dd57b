"""The entity extractor of the pipeline: rules and look-ups made from the knowledge content."""

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.entity_rules import Entity, EntityRules
from bot.nlu.lemmas import PACKAGE
from bot.nlu.ordinary import ordinary_words
from bot.nlu.sources import fingerprint
from knowledge.municipalities import municipalities
from knowledge.vocabulary import load_vocabulary


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class FieldEntityExtractor(GraphComponent):
    """Finds the entities of the field, after the intent is known.

    "Training" it means finding the ordinary Dutch words that look like a misspelt term.
    """

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        """Make the component; `load` gives it its rules."""
        self._storage = storage
        self._resource = resource
        self._rules = EntityRules(load_vocabulary(), municipalities())

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 - Rasa's signature
        """Tell Rasa's cache what else the outcome of training depends on."""
        return fingerprint(PACKAGE)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003 - Rasa's signature
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's signature
    ) -> "FieldEntityExtractor":
        """Make the component (Rasa's constructor)."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,  # noqa: ANN401, ARG003 - Rasa's signature
    ) -> "FieldEntityExtractor":
        """Load a trained component."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            ordinary = json.loads((folder / "ordinary.json").read_text(encoding="utf-8"))
        component._rules = EntityRules(load_vocabulary(), municipalities(), ordinary)  # noqa: SLF001 - its own class
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Store the ordinary words that spelling help must leave alone."""
        ordinary = sorted(ordinary_words(training_data.nlu_examples))
        with self._storage.write_to(self._resource) as folder:
            text = json.dumps(ordinary, ensure_ascii=False)
            (folder / "ordinary.json").write_text(text, encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities to each message that the guard left open."""
        for message in messages:
            if message.get(TEXT) and message.get(ENTITIES) is None:
                intent = (message.get(INTENT) or {}).get("name")
                found = self._rules.find(message.get(TEXT), intent)
                message.set(
                    ENTITIES, [self._as_rasa(entity) for entity in found], add_to_output=True
                )
        return messages

    def _as_rasa(self, entity: Entity) -> dict[str, Any]:
        return {
            "entity": entity.name,
            "value": entity.value,
            "start": entity.start,
            "end": entity.end,
            "extractor": type(self).__name__,
        }
