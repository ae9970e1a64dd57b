"""What a text is about, as weighted tokens: the same for what is searched and for a question.

A token is a stem ("ouder"), a pair of neighbouring stems ("hoe lang") or a group of search words
("#budget"). Stems and pairs say what was written, a group what may be meant by it: it lets "wat
kost dat" find what is written about a budget.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.stemming import stem
from knowledge.terms import TermFinder
from knowledge.vocabulary import Vocabulary
from knowledge.words import BREAK, Word, breaks_between, words_of

Tokens = Mapping[str, float]

GROUP_WEIGHT = 1.3
PART_WEIGHT = 0.5
PAIR_WEIGHT = 1.4

_SHORTEST_PART = 4
_SHORTEST_WITH_TYPO = 5
_LONG_ENOUGH_FOR_TWO_TYPOS = 9
_LONGEST_PHRASE = 4
_REMEMBERED = 20_000
_LINKS = ("", "s", "-")
# Words that begin other words without being a part that says what they are about.
_PREFIXES = frozenset(
    "aan achter beneden binnen boven buiten door groot hoog hoofd klein lang mede onder ongelijk "
    "over samen tegen terug tussen vast voor voort waar daar weer zonder".split()
)
# Words that say nothing by themselves, nor beside another word.
_FILLERS = frozenset(
    "de het een en of in op te ten ter van voor met aan bij dat die dit deze er dan als om ook is "
    "zijn je ik we ons onze mijn jullie".split()
)
# Words that say how one asks, or to whom, and not about what.
_ASKING = frozenset(
    "betekenis betekent betekenen betekend begrip begrippen definitie definities omschrijving "
    "omschrijf omschrijven omschrijft uitleg uitleggen uitlegt leg legt term woord woorden "
    "afkorting voluit verklaar toelichten vraag vraagje svp aub hoi hallo goedemorgen "
    "goedemiddag beste bedankt dank alvast".split()
)
# Words that say something only beside another word: "hoe lang", "nog niet".
STOP_WORDS = (
    _FILLERS
    | _ASKING
    | frozenset(
        "nog al maar was waren ben bent wordt worden word werd heb hebt heeft hebben had "
        "hadden kunt zou zouden mogen moeten wil wilt willen zal zullen jij u wij ze zij hij "
        "me mij hun hen zo zich wel niet geen nou even eigenlijk graag echt heel gewoon dus "
        "toch men iets iemand daar daarvan daarover daarmee hier hiervan hiervoor hoe wat "
        "welke welk ga gaan gaat doe doen doet over naar uit tot door weet weten wist zo'n "
        "mee af toe erover ervan ermee ervoor erbij erop waarvan waarover waarmee waarvoor "
        "waarop alle alles allemaal ander andere elk elke ieder iedere zelfs want omdat "
        "terwijl zodat voordat nadat totdat toen nu hem haar dergelijke zoiets".split()
    )
)


def folded_words(text: str) -> list[str]:
    """Return the folded words of `text` in order."""
    return [word.folded for word in words_of(text)]


class Analyzer:
    """Turns texts into tokens; knows the words of the collection that is searched."""

    def __init__(self, groups: Mapping[str, Sequence[str]], vocabulary: Vocabulary) -> None:
        """Prepare the search words in `groups` and the terms of `vocabulary`."""
        self._terms = TermFinder(vocabulary)
        self._phrases = _phrases(groups)
        self._words = {
            word
            for name, members in groups.items()
            for member in (name, *members)
            for word in folded_words(member)
        }
        self._known = {word for phrase in self._phrases for word in phrase}
        self._by_initial: dict[str, list[str]] = {}
        self._parts = lru_cache(maxsize=_REMEMBERED)(self._split)
        self._corrected = lru_cache(maxsize=_REMEMBERED)(self._nearest)

    def learn(self, words: Iterable[str]) -> None:
        """Take `words` for known: as parts of compounds, and to compare typing errors with."""
        self._words.update(words)
        self._known |= {stem(word) for word in self._words}
        self._by_initial = {}
        for known in sorted(self._words):
            self._by_initial.setdefault(known[0], []).append(known)
        self._parts.cache_clear()
        self._corrected.cache_clear()

    def tokens(self, words: Sequence[str]) -> Tokens:
        """Return the tokens of a text with the folded words `words`, and their weights."""
        stems = [self._corrected(word) for word in words]
        found: dict[str, float] = {}
        for token, weight in chain(
            self._of_words(words, stems),
            _pairs(words, stems),
            self._of_phrases(words, stems),
        ):
            found[token] = max(found.get(token, 0.0), weight)
        return found

    def values(self, text: str) -> frozenset[tuple[str, str]]:
        """Return the entities that `text` names, each with its canonical value."""
        found = self._terms.find(_joined(text, words_of(text)), weak=True)
        return frozenset((term.entity, term.value) for term in found)

    def _of_words(self, words: Sequence[str], stems: list[str]) -> Iterator[tuple[str, float]]:
        for word, base in zip(words, stems, strict=True):
            if word not in STOP_WORDS:
                yield from self._parts(word, base)

    def _of_phrases(self, words: Sequence[str], stems: list[str]) -> Iterator[tuple[str, float]]:
        for place in range(len(stems)):
            for length in range(1, min(_LONGEST_PHRASE, len(stems) - place) + 1):
                if length == 1 and words[place] in STOP_WORDS:
                    continue
                for group in self._phrases.get(tuple(stems[place : place + length]), ()):
                    yield f"#{group}", GROUP_WEIGHT

    def _split(self, word: str, base: str) -> list[tuple[str, float]]:
        """Return the stem of a word, and of the parts of a compound."""
        parts = self._known_parts(word)
        groups = [f"#{group}" for part in parts for group in self._phrases.get((part,), ())]
        return [
            (base, 1.0),
            *((part, PART_WEIGHT) for part in parts),
            *((group, GROUP_WEIGHT * PART_WEIGHT) for group in groups),
        ]

    def _known_parts(self, word: str) -> tuple[str, ...]:
        """Return the stems of the two words that `word` is made of, when both are known."""
        for place in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            left, right = word[:place], word[place:]
            if right not in self._words or left in _PREFIXES:
                continue
            for link in _LINKS:
                if left.endswith(link) and self._is_first_part(left.removesuffix(link)):
                    return (stem(left.removesuffix(link)), stem(right))
        return ()

    def _is_first_part(self, left: str) -> bool:
        return len(left) >= _SHORTEST_PART and left not in _PREFIXES and left in self._words

    def _nearest(self, word: str) -> str:
        """Return the stem of `word`, or of the known word that it is a misspelling of."""
        base = stem(word)
        if base in self._known or len(word) < _SHORTEST_WITH_TYPO or not word.isalpha():
            return base
        if self._known_parts(word):
            return base
        most = 2 if len(word) >= _LONG_ENOUGH_FOR_TWO_TYPOS else 1
        near = process.extractOne(
            word, self._by_initial.get(word[0], ()), scorer=OSA.distance, score_cutoff=most
        )
        return stem(near[0]) if near else base


def _pairs(words: Sequence[str], stems: Sequence[str]) -> Iterator[tuple[str, float]]:
    telling = [base for word, base in zip(words, stems, strict=True) if word not in _FILLERS]
    for left, right in pairwise(telling):
        yield f"{left} {right}", PAIR_WEIGHT


def _phrases(groups: Mapping[str, Sequence[str]]) -> dict[tuple[str, ...], list[str]]:
    """Return the groups to which each phrase belongs, by the stems of its words."""
    phrases: dict[tuple[str, ...], list[str]] = {}
    for group, members in groups.items():
        for member in (group, *members):
            stems = tuple(stem(word) for word in folded_words(member))
            phrases.setdefault(stems, []).append(group)
    return phrases


def _joined(text: str, words: list[Word]) -> str:
    """Return the folded words with single spaces, and a break where a clause ends."""
    pieces: list[str] = []
    for place, word in enumerate(words):
        if place and breaks_between(text, words[place - 1], word):
            pieces.append(BREAK)
        pieces.append(word.folded)
    return " ".join(pieces)
