"""What a trained component depends on besides its configuration and the training data.

Rasa keeps the outcome of training in a cache and takes it from there when neither those nor the
source of the component's own class changed. Our components rest on other modules and on the
knowledge content as well; without this, a changed word list would not reach the model.
"""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import knowledge
from bot.nlu.lemmas import available_pipeline

_HERE = Path(__file__).parent
_KNOWLEDGE = Path(knowledge.__file__).parent
_SOURCES = (
    *sorted(_HERE.glob("*.py")),
    *sorted(_HERE.glob("*.yml")),
    *(_KNOWLEDGE / f"{name}.py" for name in ("municipalities", "terms", "vocabulary", "words")),
    *(_KNOWLEDGE / "content" / name for name in ("vocabulary.yml", "gemeenten.csv")),
)


def fingerprint(model: str, sources: Iterable[Path] = _SOURCES) -> str:
    """Return a text that changes with the sources, and with the spaCy package `model` here."""
    digest = sha256(available_pipeline(model).encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()
