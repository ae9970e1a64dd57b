"""Finding the entities of contracts/nlu.md in a message, by rules and look-ups.

Interventions, kinds of evaluation, moments and kinds of content come from the vocabulary;
municipalities from the list of municipalities; question numbers from their own rules.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.nlu.question_numbers import question_numbers
from bot.nlu.spelling import SpellingHelp
from knowledge.municipalities import Municipalities
from knowledge.terms import Found, TermFinder, spelled_words
from knowledge.vocabulary import Vocabulary
from knowledge.words import BREAK, Word, breaks_between, words_of

_ABOUT_AN_INTERVENTION = frozenset(
    {
        "evaluate_intervention",
        "find_knowledge",
        "inform",
        "ask_definition",
        "ask_offer",
        "start_checklist",
        "thank",
        "request_advice",
    }
)
_ANSWERS = frozenset({"affirm", "deny", "partly", "dont_know", "cancel"})
_NOT_ABOUT_A_PHASE = frozenset(
    {
        "ask_privacy",
        "bot_challenge",
        "change_answer",
        "delete_data",
        "help",
        "pause_quickscan",
        "previous_question",
        "resume_quickscan",
        "restart_quickscan",
        "show_progress",
        "show_result",
        "skip_question",
        "report_concern",
        "report_emergency",
    }
)
_AFTER_A_BARE_TIJDENS = frozenset({BREAK, "en", "of", "evalueren", "evaluatie"})
_ELLIPSIS = re.compile(r"-(?=,| +(?:en|of|én)\b)")  # "plan- en procesevaluatie"
_THANKS_IN_ADVANCE = frozenset({"alvast", "bedankt", "dank"})


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
        *,
        corrects: bool = True,
    ) -> None:
        """Prepare the rules; `ordinary` are Dutch words that are never a misspelt term.

        Without `corrects` every word is taken as it was typed.
        """
        self._terms = TermFinder(vocabulary)
        self._municipalities = municipalities
        self._ordinary = frozenset(ordinary)
        self.spelling = SpellingHelp(spelled_words(vocabulary) if corrects else (), ordinary)

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
        found = [term for term in self._terms_in(joined, intent) if _is_meant(term, joined, intent)]
        places = dict(starts)
        return [
            Entity(
                term.entity,
                term.value,
                places[term.start].start,
                _last_word(starts, term.end).end,
            )
            for term in found
        ]

    def _terms_in(self, joined: str, intent: str | None) -> list[Found]:
        """Return the terms in `joined`, the weak ones only when it is about an intervention."""
        if intent in _ABOUT_AN_INTERVENTION:
            return self._terms.find(joined, weak=True)
        strong = self._terms.find(joined, weak=False)
        if intent in _ANSWERS and any(term.entity == "intervention" for term in strong):
            moments = [t for t in self._terms.find(joined, weak=True) if t.entity == "moment"]
            return [term for term in strong if term.entity != "moment"] + moments
        return strong

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
        read = spelling.read(word.folded) + "-" * bool(_ELLIPSIS.match(text, word.end))
        pieces.append(read)
        length += len(read) + 1
    return " ".join(pieces), starts


def _last_word(starts: list[tuple[int, Word]], end: int) -> Word:
    return next(word for start, word in reversed(starts) if start < end)


def _is_meant(term: Found, joined: str, intent: str | None) -> bool:
    """Tell whether a moment is a phase of an intervention; other terms always count."""
    if term.entity != "moment":
        return True
    if intent in _NOT_ABOUT_A_PHASE:
        return False
    said = joined[term.start : term.end]
    after = joined[term.end :].split()[:1] or [BREAK]
    if said == "tijdens":
        return after[0] in _AFTER_A_BARE_TIJDENS
    before = joined[: term.start].split()[-1:]
    return after[0] != "gezien" and not _THANKS_IN_ADVANCE.intersection(before + after)


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
