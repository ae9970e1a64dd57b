"""The Dutch municipalities, and recognising one in a text.

Official names come from content/gemeenten.csv (CBS codes, 2023), other names and the names that are
ordinary words as well from content/vocabulary.yml.
"""

import csv
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.vocabulary import CONTENT, Vocabulary, load_vocabulary
from knowledge.words import BREAK, Word, breaks_between, words_of

MUNICIPALITIES_FILE = CONTENT / "gemeenten.csv"

_MOST_WORDS = 6
_BEGINNING = 3
_SHORTEST_FOR_TYPO = 5
_SHORTEST_ANNOUNCED = 4  # after "gemeente" it must be a name
_LONG_ENOUGH_FOR_TWO_TYPOS = 9
_ANNOUNCING = frozenset({"gemeente", "gemeentes", "gem", "gemeenten"})
_PLACING = frozenset({"in", "uit", "te", "namens", "regio", "stad", "rond"})
_LINKING = _PLACING | {"van", "voor", "bij", "naar", "met", "en", "richting", "scan", "quickscan"}
_AFTER_A_PLACE = frozenset(
    {BREAK, "en", "is", "zijn", "hebben", "doen", "werken", "gaan", "hier", "willen", "wil"}
)
_NEVER_BARE = frozenset({"best", "buren", "huizen", "houten", "losser", "putten", "wierden"})
_FILLERS = frozenset(
    "gemeente gem de het dat is wij we zijn ben ik werk werken voor in uit van bij stad namens "
    "hallo hoi dag graag denk onze mijn met als ambtenaar team doe maar nou gewoon ja scan "
    "quickscan dit natuurlijk gaat om over beste hier wonen zitten zit alvast".split()
)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality: CBS code ("GM0503"), official name, safety region ("VR15")."""

    code: str
    name: str
    safety_region: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text (end exclusive) that names a municipality.

    `names` are the official names it can stand for: more than one when it is ambiguous.
    """

    start: int
    end: int
    names: tuple[str, ...]

    @property
    def name(self) -> str | None:
        """The official name, or None when the mention is ambiguous."""
        return self.names[0] if len(self.names) == 1 else None


@dataclass(frozen=True, slots=True)
class Recognition:
    """The outcome of looking for the one municipality that a message is about."""

    candidates: tuple[str, ...]

    @property
    def unique(self) -> str | None:
        """The official name, or None when there is none or more than one."""
        return self.candidates[0] if len(self.candidates) == 1 else None

    @property
    def ambiguous(self) -> bool:
        """Whether the message can mean more than one municipality."""
        return len(self.candidates) > 1


def read_municipalities(path: Path = MUNICIPALITIES_FILE) -> tuple[Municipality, ...]:
    """Return all municipalities in `path`, a CSV file with code, name and safety_region."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(Municipality(**row) for row in csv.DictReader(lines))


@cache
def municipalities() -> "Municipalities":
    """Return the recogniser for all municipalities, made once."""
    return Municipalities(read_municipalities(), load_vocabulary())


class Municipalities:
    """Recognises municipalities by official name, other names, and names with a typing error."""

    def __init__(self, known: Iterable[Municipality], vocabulary: Vocabulary) -> None:
        """Prepare the look-up tables for `known` and the other names in `vocabulary`."""
        self._common = {_key(words_of(_bare(name))) for name in vocabulary.common_word_names}
        names: defaultdict[str, set[str]] = defaultdict(set)
        for municipality in known:
            names[_key(words_of(municipality.name))].add(municipality.name)
            names[_key(words_of(_bare(municipality.name)))].add(municipality.name)
            for spoken in vocabulary.spoken_names.get(municipality.name, ()):
                names[_key(words_of(spoken))].add(municipality.name)
        self._names = {key: tuple(sorted(found)) for key, found in names.items()}
        self._typo_targets = [
            key for key in self._names if len(key) >= _SHORTEST_FOR_TYPO and key not in self._common
        ]
        self._beginnings = {key[:_BEGINNING] for key in self._names}

    @property
    def spelled_names(self) -> frozenset[str]:
        """The folded names, without spaces, that a misspelt word is compared with."""
        return frozenset(self._typo_targets)

    def mentions(self, text: str, ordinary: Container[str] = ()) -> list[Mention]:
        """Return the municipalities named in running text, in order.

        A name that is an ordinary word too ("best", "buren") counts only where the context shows
        a place. `ordinary` holds folded words that are never a misspelt municipality.
        """
        words = words_of(text)
        return list(self._scan(text, words, ordinary))

    def recognise(self, message: str) -> Recognition:
        """Read a message that is expected to name a municipality, as an answer to that question.

        Then "Best" or "in buren" counts, and so does a name with one or two typing errors.
        """
        words = words_of(message)
        content = [word for word in words if word.folded not in _FILLERS]
        for candidate in (words, content):
            if exact := self._names.get(_key(candidate)):
                return Recognition(exact)
        if found := {name for mention in self.mentions(message) for name in mention.names}:
            return Recognition(tuple(sorted(found)))
        if not content:
            return Recognition(())
        announced = any(word.folded in _ANNOUNCING for word in words)
        shortest = _SHORTEST_ANNOUNCED if announced else _SHORTEST_FOR_TYPO
        return Recognition(self._nearest(_key(content), self._typo_targets, shortest))

    def _scan(self, text: str, words: list[Word], ordinary: Container[str]) -> Iterator[Mention]:
        place = 0
        while place < len(words):
            length, names = self._longest(words, place)
            if not self._counts(text, words, place, length):
                length, names = 1, self._misspelt(words, place, ordinary)
            if names:
                yield Mention(words[place].start, words[place + length - 1].end, names)
            place += max(length, 1)

    def _longest(self, words: list[Word], place: int) -> tuple[int, tuple[str, ...]]:
        most = min(_MOST_WORDS, len(words) - place)
        if _key(words[place : place + most])[:_BEGINNING] not in self._beginnings:
            return 0, ()
        for length in range(most, 0, -1):
            if names := self._names.get(_key(words[place : place + length])):
                return length, names
        return 0, ()

    def _counts(self, text: str, words: list[Word], place: int, length: int) -> bool:
        """Tell whether the name at `place` is meant as a place."""
        if length == 0:
            return False
        word = words[place]
        if length > 1 or word.folded not in self._common:
            return True
        before = words[place - 1].folded if place else BREAK
        if before in _ANNOUNCING:
            return True
        if place and breaks_between(text, words[place - 1], word):
            before = BREAK
        if text[word.start].isupper() and not text.isupper():
            return before != BREAK or _introduces_itself(words, place)
        if word.folded in _NEVER_BARE:
            return False
        after = _word_after(text, words, place)
        return before in _PLACING or (before in _LINKING and after in _AFTER_A_PLACE)

    def _misspelt(self, words: list[Word], place: int, ordinary: Container[str]) -> tuple[str, ...]:
        word = words[place].folded
        before = words[place - 1].folded if place else ""
        if before not in _ANNOUNCING | _PLACING or word in ordinary or word in self._common:
            return ()
        return self._nearest(word, self._typo_targets)

    def _nearest(
        self, key: str, targets: Sequence[str], shortest: int = _SHORTEST_FOR_TYPO
    ) -> tuple[str, ...]:
        """Return the names nearest to `key` within the typing errors its length allows."""
        if len(key) < shortest:
            return ()
        most = 2 if len(key) >= _LONG_ENOUGH_FOR_TWO_TYPOS else 1
        near = process.extract(key, targets, scorer=OSA.distance, score_cutoff=most, limit=5)
        if not near:
            return ()
        least = near[0][1]
        return tuple(
            sorted({n for target, off, _ in near if off == least for n in self._names[target]})
        )


def _introduces_itself(words: list[Word], place: int) -> bool:
    """Tell whether a name at the start is followed by "hier": "Leiden hier, wij willen …"."""
    return place == 0 and len(words) > 1 and words[1].folded == "hier"


def _word_after(text: str, words: list[Word], place: int) -> str:
    if place + 1 == len(words) or breaks_between(text, words[place], words[place + 1]):
        return BREAK
    return words[place + 1].folded


def _bare(name: str) -> str:
    """Return `name` without the province between brackets: "Bergen (L.)" → "Bergen"."""
    return name.split(" (")[0]


def _key(words: Sequence[Word]) -> str:
    """Return what stays of a name when spaces, hyphens and small words are left out."""
    folded = [word.folded.replace("'", "") for word in words]
    folded = ["de" if word == "den" else word for word in folded]
    joined = [word for word in folded if word != "en"]
    for left, right in pairwise(range(len(joined))):
        if (joined[left], joined[right]) == ("a", "d"):
            joined[left], joined[right] = "aan", "de"
    return "".join("aande" if word == "ad" else word for word in joined)
