"""Lemmas of Dutch words: from a real spaCy model when there is one, otherwise from a table.

The table comes from spaCy's own Dutch pipeline, `spacy.blank("nl")` with the look-up lemmatizer of
`spacy-lookups-data`, and holds the inflected forms of the words in the training data. A look-up
needs no more than that, so a trained model with a table does not import spaCy when it is served:
that would cost 1.7 seconds of start-up and 135 MB for the same lemmas.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from knowledge.words import fold, words_of

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGE = "nl_core_news_sm"
"""spaCy's trained Dutch pipeline, the one to look for."""

BUILT_IN = "built-in"
"""Name of the pipeline that is put together from package-index parts."""

_NOT_NEEDED_FOR_LEMMAS = ("parser", "ner")


class Lemmatizer(Protocol):
    """Gives the folded lemmas of the words in a text, in order."""

    def lemmas(self, text: str) -> list[str]:
        """Return one lemma for each word in `text`."""


class TableLemmatizer:
    """Looks each word up in a table from folded form to folded lemma."""

    def __init__(self, table: Mapping[str, str]) -> None:
        """Use `table`; a word that is not in it is its own lemma."""
        self.table = table

    def lemmas(self, text: str) -> list[str]:
        """Return one lemma for each word in `text`."""
        return [self.table.get(word.folded, word.folded) for word in words_of(text)]


class SpacyLemmatizer:
    """Asks a trained spaCy pipeline."""

    def __init__(self, name: str) -> None:
        """Load the installed pipeline package `name`, without the parts that lemmas do not need."""
        import spacy

        self._nlp: Language = spacy.load(name, exclude=_NOT_NEEDED_FOR_LEMMAS)

    def lemmas(self, text: str) -> list[str]:
        """Return one lemma for each token in `text` that has a letter or a digit."""
        return [
            fold(token.lemma_ or token.text)
            for token in self._nlp(text)
            if any(char.isalnum() for char in token.text)
        ]


def available_pipeline(name: str) -> str:
    """Return `name` and its version when that spaCy package is installed, else `BUILT_IN`."""
    if find_spec(name) is None:
        return BUILT_IN
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name


def lemma_table(words: Iterable[str]) -> dict[str, str]:
    """Return form → lemma for all Dutch forms of the folded `words`, where the two differ."""
    table = {fold(form): fold(lemma) for form, lemma in _all_lemmas().items()}
    wanted = {table.get(word, word) for word in words}
    return {
        form: lemma for form, lemma in sorted(table.items()) if lemma in wanted and form != lemma
    }


def dutch_words() -> frozenset[str]:
    """Return the folded Dutch words, in all their forms, that spaCy's look-up table knows."""
    lemmas = _all_lemmas()
    return frozenset(fold(word) for pair in lemmas.items() for word in pair)


@cache
def _all_lemmas() -> dict[str, str]:
    """Return the lemma of every lower-case form, as spaCy's Dutch look-up lemmatizer gives it."""
    import spacy
    import srsly
    from spacy.tokens import Doc
    from spacy_lookups_data import nl  # type: ignore[import-untyped]

    nlp = spacy.blank("nl")
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.initialize()
    forms = sorted(
        form for form in srsly.read_gzip_json(f"{nl['lemma_lookup']}.gz") if form[:1].islower()
    )
    return {token.text: token.lemma_ for token in lemmatizer(Doc(nlp.vocab, words=forms))}
