"""Makes components of the NLU pipeline as Rasa does, without a whole model."""

from pathlib import Path
from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

Component = TypeVar("Component")

CONTEXT = ExecutionContext(GraphSchema({}))


def storage_in(folder: Path) -> ModelStorage:
    """Return an empty model storage in `folder`."""
    folder.mkdir(exist_ok=True)
    return LocalModelStorage.create(folder)


def made(
    kind: type[Component], storage: ModelStorage, config: dict[str, Any] | None = None
) -> Component:
    """Return a new component of `kind`, with its default settings and those in `config`."""
    defaults = getattr(kind, "get_default_config", dict)()
    settings = {**defaults, **(config or {})}
    component: Component = kind.create(settings, storage, Resource("it"), CONTEXT)  # type: ignore[attr-defined]
    return component


def loaded(
    kind: type[Component], storage: ModelStorage, config: dict[str, Any] | None = None
) -> Component:
    """Return the component of `kind` that was trained with `storage`."""
    defaults = getattr(kind, "get_default_config", dict)()
    settings = {**defaults, **(config or {})}
    component: Component = kind.load(settings, storage, Resource("it"), CONTEXT)  # type: ignore[attr-defined]
    return component


def examples(**texts: list[str]) -> TrainingData:
    """Return training data: each intent with its texts."""
    return TrainingData(
        [
            Message.build(text=text, intent=intent)
            for intent, written in texts.items()
            for text in written
        ]
    )


def typed(text: str) -> Message:
    """Return a message as the pipeline gets it from a channel."""
    return Message({"text": text})


def reading(message: Message) -> tuple[str | None, list[tuple[str, object]]]:
    """Return the intent and the entities that `message` was given."""
    intent = (message.get("intent") or {}).get("name")
    return intent, [(e["entity"], e["value"]) for e in message.get("entities") or []]
