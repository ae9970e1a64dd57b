"""The component that knows Dutch word forms: a real spaCy model or the built-in pipeline."""

import json
import logging
from functools import cache
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.lemmas import (
    BUILT_IN,
    PACKAGE,
    Lemmatizer,
    SpacyLemmatizer,
    TableLemmatizer,
    available_pipeline,
    lemma_table,
)
from bot.nlu.sources import fingerprint
from knowledge.words import words_of

LEMMAS = "dutch_lemmas"
"""The message property that holds the lemmas."""

logger = logging.getLogger(__name__)


class OtherPipelineError(RasaException):
    """The model was trained with another Dutch pipeline than the one that is installed here."""

    def __init__(self, trained: str, here: str, model: str) -> None:
        """Say what the model needs, what there is, and how to get out of it."""
        super().__init__(
            f"This model was trained with the Dutch pipeline '{trained}', but here it would run "
            f"with '{here}'. Train it again (`rasa train`)"
            + (f", or get {model} with `make nlu-model`." if here == BUILT_IN else ".")
        )


@cache
def announce(pipeline: str, model: str) -> None:
    """Log, once for each process, which Dutch pipeline is in use."""
    if pipeline == BUILT_IN:
        logger.warning("Dutch: built-in pipeline (%s is not installed)", model)
    else:
        logger.warning("Dutch: spaCy pipeline %s", pipeline)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class DutchSpacy(GraphComponent):
    """Adds the lemmas of its words to each message, for the components that follow."""

    def __init__(self, model: str, storage: ModelStorage, resource: Resource) -> None:
        """Make the component; `train` or `load` gives it its lemmatizer."""
        self._model = model
        self._storage = storage
        self._resource = resource
        self._lemmatizer: Lemmatizer = TableLemmatizer({})

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: `model`, the name of the spaCy package to look for."""
        return {"model": PACKAGE}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Tell Rasa's cache what else the outcome of training depends on."""
        return fingerprint(config.get("model", PACKAGE))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's signature
    ) -> "DutchSpacy":
        """Make the component (Rasa's constructor)."""
        return cls(config["model"], model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,  # noqa: ANN401, ARG003 - Rasa's signature
    ) -> "DutchSpacy":
        """Load a trained component; raises `OtherPipelineError` when it cannot run here."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            stored = json.loads((folder / "dutch.json").read_text(encoding="utf-8"))
        component._use(stored["pipeline"], stored["lemmas"])  # noqa: SLF001 - its own class
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Choose the pipeline, and store the choice and the word forms that matter."""
        pipeline = available_pipeline(self._model)
        table = lemma_table(_words(training_data)) if pipeline == BUILT_IN else {}
        stored = json.dumps({"pipeline": pipeline, "lemmas": table}, ensure_ascii=False)
        with self._storage.write_to(self._resource) as folder:
            (folder / "dutch.json").write_text(stored, encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the lemmas to each training example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the lemmas to each message that has text."""
        for message in messages:
            if message.get(TEXT):
                message.set(LEMMAS, self._lemmatizer.lemmas(message.get(TEXT)))
        return messages

    def _use(self, pipeline: str, table: dict[str, str]) -> None:
        here = available_pipeline(self._model)
        if pipeline != here:
            raise OtherPipelineError(pipeline, here, self._model)
        announce(pipeline, self._model)
        if pipeline == BUILT_IN:
            self._lemmatizer = TableLemmatizer(table)
        else:
            self._lemmatizer = SpacyLemmatizer(self._model)


def _words(training_data: TrainingData) -> set[str]:
    texts = (example.get(TEXT) or "" for example in training_data.training_examples)
    return {word.folded for text in texts for word in words_of(text)}
