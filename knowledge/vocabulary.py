"""The field's words: which words name which canonical value (content/vocabulary.yml).

This is the single home of entity synonyms. The assistant's entity extractor and its spelling help
are made from it, and the search may use it to widen a query.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content"
VOCABULARY_FILE = CONTENT / "vocabulary.yml"

_LISTS = "lijsten"
_SPOKEN_NAMES = "gemeentenamen"
_COMMON_WORD_NAMES = "gemeenten_die_ook_een_woord_zijn"
_ENTITIES = ("intervention", "evaluation_type", "moment", "content_kind")


class VocabularyError(ValueError):
    """The vocabulary file does not have the shape it should have."""

    def __init__(self, path: Path, where: str, problem: str) -> None:
        """Say in which file, at which field, what is wrong."""
        super().__init__(f"{path.name}: {where}: {problem}")


@dataclass(frozen=True)
class Vocabulary:
    """What content/vocabulary.yml says.

    `terms` maps entity → canonical value → terms; `lists` holds the word lists that terms refer to
    between braces; `spoken_names` maps a municipality's official name to other names for it;
    `common_word_names` are the official names that are ordinary Dutch words as well.
    """

    terms: Mapping[str, Mapping[str, tuple[str, ...]]]
    lists: Mapping[str, tuple[str, ...]]
    spoken_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    common_word_names: frozenset[str] = frozenset()

    def values(self, entity: str) -> tuple[str, ...]:
        """Return the canonical values of `entity`, empty when it has no fixed values."""
        return tuple(self.terms.get(entity, {}))


def load_vocabulary(path: Path = VOCABULARY_FILE) -> Vocabulary:
    """Read and check the vocabulary at `path`.

    Raises `VocabularyError` that names the file and the field when something is missing or of the
    wrong type, or when a term refers to a list that is not there.
    """
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise VocabularyError(path, "bestand", "hier hoort een lijst met velden")
    vocabulary = Vocabulary(
        terms={entity: _string_lists(path, raw, entity) for entity in _ENTITIES},
        lists=_string_lists(path, raw, _LISTS),
        spoken_names=_string_lists(path, raw, _SPOKEN_NAMES),
        common_word_names=frozenset(
            _strings(path, raw.get(_COMMON_WORD_NAMES), _COMMON_WORD_NAMES)
        ),
    )
    _check_list_names(path, vocabulary)
    return vocabulary


def _string_lists(path: Path, raw: Mapping[str, Any], name: str) -> dict[str, tuple[str, ...]]:
    section = raw.get(name)
    if not isinstance(section, dict):
        raise VocabularyError(path, name, "dit onderdeel ontbreekt of heeft geen velden")
    return {str(key): _strings(path, terms, f"{name}.{key}") for key, terms in section.items()}


def _strings(path: Path, terms: object, where: str) -> tuple[str, ...]:
    if not isinstance(terms, list) or not terms:
        raise VocabularyError(path, where, "hier hoort een lijst met minstens één term")
    for term in terms:
        if not isinstance(term, str) or not term.strip():
            raise VocabularyError(
                path, where, f"'{term}' is geen tekst; zet er aanhalingstekens om"
            )
    return tuple(terms)


def _check_list_names(path: Path, vocabulary: Vocabulary) -> None:
    for entity, values in vocabulary.terms.items():
        for value, terms in values.items():
            for term in terms:
                for name in referred_lists(term):
                    if name not in vocabulary.lists:
                        raise VocabularyError(path, f"{entity}.{value}", f"geen lijst '{name}'")


def referred_lists(term: str) -> list[str]:
    """Return the names between braces in `term`: the word lists it refers to."""
    return [part.split("}")[0] for part in term.split("{")[1:]]
