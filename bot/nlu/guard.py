"""The component at the front of the pipeline: what is not let in as a message."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.contract import FALLBACK
from bot.nlu.payload import PREFIX, Payload, read_payload
from knowledge.vocabulary import load_vocabulary

LONGEST_MESSAGE = 2000
"""Characters; a longer text is not a message to this assistant."""


def is_settled(message: Message) -> bool:
    """Tell whether the guard has already decided what `message` means."""
    return bool((message.get(INTENT) or {}).get("name"))


def is_readable(text: str) -> bool:
    """Tell whether `text` is a message at all: not too long, with a letter or a digit in it."""
    return len(text) <= LONGEST_MESSAGE and any(char.isalnum() for char in text)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class MessageGuard(GraphComponent):
    """Settles button payloads and unreadable messages; leaves all others to what follows.

    Rasa's own payload handler runs last, on any text that starts with "/". A payload that may not
    pass therefore loses its text as well as its meaning.
    """

    def __init__(self) -> None:
        """Read which values the entities can have."""
        vocabulary = load_vocabulary()
        self._fixed_values = {entity: vocabulary.values(entity) for entity in vocabulary.terms}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003 - Rasa's signature
        model_storage: ModelStorage,  # noqa: ARG003 - Rasa's signature
        resource: Resource,  # noqa: ARG003 - Rasa's signature
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's signature
    ) -> "MessageGuard":
        """Make the component (Rasa's constructor)."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Settle what can be settled without understanding language."""
        for message in messages:
            self._guard(message)
        return messages

    def _guard(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        start = text[: LONGEST_MESSAGE + 1].lstrip()
        if start.startswith(PREFIX):
            payload = read_payload(text, self._fixed_values) if is_readable(text) else None
            _settle(message, payload)
        elif not is_readable(text):
            _settle(message, None)


def _settle(message: Message, payload: Payload | None) -> None:
    intent = {"name": payload.intent if payload else FALLBACK, "confidence": 1.0}
    message.set(TEXT, payload.canonical if payload else "", add_to_output=True)
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent], add_to_output=True)
    message.set(ENTITIES, [], add_to_output=True)
