"""Finding the entities of contracts/nlu.md in a message, by rules and look-ups.

Interventions, kinds of evaluation, moments and kinds of content come from the vocabulary;
municipalities from the list of municipalities; question numbers from their own rules.
"""

from collections.abc import Collection
from dataclasses import dataclass

from bot.nlu.numbers import question_numbers
from bot.nlu.spelling import SpellingHelp
from bot.nlu.terms import Found, TermFinder, spelled_words
from knowledge.municipalities import Municipalities
from knowledge.vocabulary import Vocabulary
from knowledge.words import BREAK, Word, breaks_between, words_of

_ABOUT_A_PLACE_IN_THE_SCAN = frozenset(
    {
        "partly",
        "pause_quickscan",
        "resume_quickscan",
        "show_progress",
        "previous_question",
        "skip_question",
        "cancel",
        "change_answer",
        "show_result",
        "report_concern",
        "report_emergency",
        "greet",
        "goodbye",
        "thank",
    }
)
_PLAIN_MOMENT_WORDS = frozenset({"vooraf", "achteraf", "na afloop", "van tevoren", "tevoren"})
_THANKS_IN_ADVANCE = ("alvast", "bedankt", "dank")


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity: its name, canonical value and place in the text (end exclusive)."""

    name: str
    value: str | int
    start: int
    end: int


class EntityRules:
    """Finds the entities in a message."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        municipalities: Municipalities,
        ordinary: Collection[str] = (),
    ) -> None:
        """Prepare the rules; `ordinary` are Dutch words that are never a misspelt term."""
        self._terms = TermFinder(vocabulary)
        self._municipalities = municipalities
        self._ordinary = frozenset(ordinary)
        self.spelling = SpellingHelp(spelled_words(vocabulary), ordinary)

    def find(self, text: str, intent: str | None = None) -> list[Entity]:
        """Return the entities in `text`, in order.

        `intent` is what the message is thought to mean: it decides whether "halverwege" is a phase
        of an intervention or a place in the quickscan, and whether a bare number is a question.
        """
        words = words_of(text)
        entities = [
            *self._from_terms(text, words, intent),
            *self._municipalities_in(text, intent),
            *_numbers_in(text, words, intent),
        ]
        return sorted(entities, key=lambda entity: (entity.start, entity.end))

    def _from_terms(self, text: str, words: list[Word], intent: str | None) -> list[Entity]:
        joined, starts = _join(text, words, self.spelling)
        found = [term for term in self._terms.find(joined) if _is_meant(term, joined, intent)]
        places = {start: word for start, word in starts}
        return [
            Entity(
                term.entity,
                term.value,
                places[term.start].start,
                _last_word(starts, term.end).end,
            )
            for term in found
        ]

    def _municipalities_in(self, text: str, intent: str | None) -> list[Entity]:
        mentions = self._municipalities.mentions(text, self._ordinary)
        found = [
            Entity("municipality", mention.name, mention.start, mention.end)
            for mention in mentions
            if mention.name is not None
        ]
        if not found and not mentions and intent == "inform":
            name = self._municipalities.recognise(text).unique
            return [Entity("municipality", name, 0, len(text))] if name else []
        return found


def _join(
    text: str, words: list[Word], spelling: SpellingHelp
) -> tuple[str, list[tuple[int, Word]]]:
    """Return the corrected words with single spaces, and where in it each word starts."""
    pieces: list[str] = []
    starts: list[tuple[int, Word]] = []
    length = 0
    for place, word in enumerate(words):
        if place and breaks_between(text, words[place - 1], word):
            pieces.append(BREAK)
            length += len(BREAK) + 1
        starts.append((length, word))
        read = spelling.read(word.folded)
        pieces.append(read)
        length += len(read) + 1
    return " ".join(pieces), starts


def _last_word(starts: list[tuple[int, Word]], end: int) -> Word:
    return next(word for start, word in reversed(starts) if start < end)


def _is_meant(term: Found, joined: str, intent: str | None) -> bool:
    """Tell whether a moment is a phase of an intervention; other terms always count."""
    if term.entity != "moment":
        return True
    said = joined[term.start : term.end]
    around = joined[max(0, term.start - 8) : term.end + 10].split()
    if said == "vooraf" and any(word in _THANKS_IN_ADVANCE for word in around):
        return False
    if joined[term.end :].lstrip().startswith("gezien"):
        return False
    return intent not in _ABOUT_A_PLACE_IN_THE_SCAN or said in _PLAIN_MOMENT_WORDS


def _numbers_in(text: str, words: list[Word], intent: str | None) -> list[Entity]:
    with_breaks: list[str] = []
    origin: list[Word | None] = []
    for place, word in enumerate(words):
        if place and breaks_between(text, words[place - 1], word):
            with_breaks.append(BREAK)
            origin.append(None)
        with_breaks.append(word.folded)
        origin.append(word)
    entities = []
    for numbered in question_numbers(with_breaks, intent):
        word_found = origin[numbered.place]
        if word_found is not None:
            entities.append(
                Entity("question_number", numbered.number, word_found.start, word_found.end)
            )
    return entities
