"""Is this an ordinary Dutch word? A word that is not can be an unknown name."""

import gzip
from functools import cache, lru_cache
from importlib.resources import files

from privacy.lexicon import read_words

LONGEST_NAME = 12  # longer words are nearly all compounds: no need to hold them in memory
_MOST_ACCENTS = 2  # each takes a byte more
_TABLES = ("nl_lemma_lookup", "nl_lemma_index")
_ENDINGS = tuple("tjes jes tje je ende end eren ere en er e s t n".split())
_SHORTEST_STEM = 4
_SHORTEST_PART = 4
_SHORTEST_COMPOUND = 9
_ACCENTS = str.maketrans("éëèêïîöôóüûúáàäâçñ", "eeeeiiooouuuaaaacn")
_LINKS = ("", "s", "e", "en")


@cache
def word_list() -> frozenset[bytes]:
    """Return the Dutch words of up to 12 letters in spaCy's look-up tables, without accents.

    The tables (package spacy-lookups-data, MIT) lack function words: data/words.txt adds those.
    Takes 0.15 s; bytes take half the memory and half the time of strings.
    """
    words = {word.encode() for word in read_words("words")}
    for table in _TABLES:
        packed = (files("spacy_lookups_data") / "data" / f"{table}.json.gz").read_bytes()
        # Every second piece between quotes is a string of the JSON file: parsing it takes longer.
        quoted = gzip.decompress(packed).split(b'"')[1::2]
        short = [word for word in quoted if len(word) <= LONGEST_NAME + _MOST_ACCENTS]
        accented = [
            word.decode().translate(_ACCENTS).encode() for word in short if not word.isascii()
        ]
        words.update(word for word in short + accented if word.isalpha())
    return frozenset(words)


@lru_cache(maxsize=20_000)
def is_dutch(folded: str) -> bool:
    """Tell whether a folded word is in the word list, an inflection of one there, or a compound."""
    return is_listed(folded) or _is_inflected(folded) or is_compound(folded)


def is_listed(folded: str) -> bool:
    """Tell whether a folded word is in the list as it is."""
    return folded.encode() in word_list()


def _is_inflected(folded: str) -> bool:
    for ending in _ENDINGS:
        stem = folded.removesuffix(ending)
        if stem == folded or len(stem) < _SHORTEST_STEM - (ending in ("e", "en")):
            continue
        if any(is_listed(form) for form in _spellings(stem)):
            return True
    return False


def _spellings(stem: str) -> tuple[str, ...]:
    """Return how a stem without its ending may be written: "witt" → "wit", "rod" → "rood"."""
    undoubled = stem[:-1] if stem[-1] == stem[-2] else stem
    lengthened = stem[:-1] + stem[-2] + stem[-1] if stem[-2] in "aeou" else stem
    return stem, undoubled, lengthened, stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])


def is_compound(folded: str) -> bool:
    """Tell whether a folded word is two listed words: "wijk" + "agent", "stad" + "s" + "deel"."""
    if len(folded) < _SHORTEST_COMPOUND:
        return False
    for cut in range(_SHORTEST_PART, len(folded) - _SHORTEST_PART + 1):
        tail = folded[cut:]
        if not (is_listed(tail) or _is_inflected(tail)):
            continue
        heads = [folded[:cut].removesuffix(link) for link in _LINKS if folded[:cut].endswith(link)]
        if any(
            is_listed(head) or (len(head) > LONGEST_NAME and is_compound(head)) for head in heads
        ):
            return True
    return False
