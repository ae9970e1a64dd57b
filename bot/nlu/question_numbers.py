"""The number of a quickscan question in a message: "vraag 12", "de vijfde", "nr. 9".

A number counts as a question number when the words around it say so ("vraag", "nummer"), or when
the message is about an answer or a place in the scan and the number is not a count ("twee keer",
"26 vragen"). A message that is nothing but a number counts too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.nlu.numerals import ORDINALS, misspelt_number, number_of
from knowledge.words import BREAK

_ABOUT_THE_SCAN: Final = frozenset(
    "change_answer previous_question resume_quickscan explain_question skip_question "
    "pause_quickscan show_progress show_result start_quickscan".split()
)
_ABOUT_ONE_QUESTION: Final = frozenset({"change_answer", "skip_question"})
_ANSWERS: Final = frozenset("affirm deny partly dont_know".split())

_NAMES_A_QUESTION: Final = frozenset("vraag vragen vraagnummer vr nr nummer no question".split())
_ARTICLES: Final = frozenset("de het nr nummer no".split())
_POINTS_AT: Final = frozenset(
    "bij op naar van vanaf tot is maak zet draai verander wijzig open doe aan over antwoord met "
    "pas al edit wis schrap sloeg spijt vulde na wat".split()
)
_POINTS_AT_IN_ANSWER: Final = frozenset("bij op".split())
_ANSWERED_BY: Final = frozenset(
    f"{BREAK} is ja nee deels half gedeeltelijk weet onbekend ook wel niet geen zeg heb "
    "moet ben".split()
)
_COUNTED: Final = frozenset(
    "keer maal jaar jaren maand maanden week weken dag dagen uur minuten minuut seconden kwart "
    "januari februari maart april mei juni juli augustus september oktober november december "
    "procent fte euro x van derde stuks "
    "mensen personen man mannen vrouwen kinderen jongeren leerlingen leden partijen partners "
    "collega's collegas gemeenten scholen organisaties wijken kernen interventies projecten "
    "trainingen groepen gesprekken bijeenkomsten sessies antwoorden punten stappen lessen thema "
    "themas thema's soorten kanten woorden zinnen dingen scans andere tellen".split()
)
_AROUND_A_BARE_NUMBER: Final = frozenset(
    "de het vraag nr nummer no graag ik denk was geloof die over dan maar doe ja dus volgens mij "
    "dacht ongeveer rond misschien zeg".split()
)
_LEADS_TO_AN_AMOUNT: Final = frozenset("van tot met ongeveer in".split())
_JOINS_NUMBERS: Final = frozenset(f"{BREAK} en de of bij vraag ook".split())

_GLUED = re.compile(r"(?:v|vr|vraag|nr|q)(\d{1,2})[a-z]*")
_THIRD = 3
_FEW_WORDS = 3
_SHORT_MESSAGE = 8


@dataclass(frozen=True, slots=True)
class Numbered:
    """A question number found: which number, and which word of the message says it."""

    number: int
    place: int


def question_numbers(words: Sequence[str], intent: str | None) -> list[Numbered]:
    """Return the question numbers in `words` (folded, with `BREAK` where a clause ends).

    `intent` is what the message is thought to mean.
    """
    found: list[Numbered] = []
    for place in range(len(words)):
        number = _Number(words, place).question(intent, found)
        if number is not None:
            found.append(Numbered(number, place))
    return found


@dataclass(frozen=True)
class _Number:
    """The word at a place in a message, looked at as the number of a question."""

    words: Sequence[str]
    place: int

    def question(self, intent: str | None, found: Sequence[Numbered]) -> int | None:
        """Return the question number that this word says here, or None."""
        word = self.words[self.place]
        if glued := _GLUED.fullmatch(word):
            return int(glued[1]) or None
        named = self._names_question()
        number = number_of(word) or (misspelt_number(word) if named else None)
        if number is None or self._is_count() or not self._is_one_or_more(intent):
            return None
        meant = named or self._is_alone() or self._fits(intent, found)
        return number if meant else None

    def _fits(self, intent: str | None, found: Sequence[Numbered]) -> bool:
        """Tell whether what the message means makes this number a question's."""
        if intent in _ANSWERS:
            return self._is_answered()
        if intent in _ABOUT_ONE_QUESTION or self._names_topic(intent):
            return True
        return intent in _ABOUT_THE_SCAN and (
            self._pointer() in _POINTS_AT or self._continues(found) or self._is_nth()
        )

    def _next(self) -> str:
        return self.words[self.place + 1] if self.place + 1 < len(self.words) else BREAK

    def _before(self) -> str:
        return self.words[self.place - 1] if self.place else BREAK

    def _back(self) -> Iterator[str]:
        """Give the words before this one, nearest first, articles left out."""
        for word in reversed(self.words[max(0, self.place - _FEW_WORDS) : self.place]):
            if word == BREAK:
                return
            if word not in _ARTICLES:
                yield word

    def _pointer(self) -> str:
        return next((word for word in self._back() if word not in _NAMES_A_QUESTION), BREAK)

    def _names_question(self) -> bool:
        """Tell whether "vraag" or "nummer" goes with it: "vraag 5", "de vijfde vraag"."""
        if self._before() in _NAMES_A_QUESTION or next(self._back(), "") in _NAMES_A_QUESTION:
            return True
        return self._next() == "vraag" and not self.words[self.place].isdigit()

    def _is_count(self) -> bool:
        """Tell whether the number says how many: "twee keer", "26 vragen", "van de 26"."""
        following = self._next()
        if following in _COUNTED or following.endswith("vragen"):
            return True
        if number_of(following) and following != "een":
            return True
        of_the = list(self.words[max(0, self.place - 2) : self.place]) == ["van", "de"]
        return of_the and self.words[self.place].isdigit()

    def _is_one_or_more(self, intent: str | None) -> bool:
        """Tell "een" the article and "eerste" of anything from question one."""
        word, following = self.words[self.place], self._next()
        if word == "een":
            return self._is_alone() or (following == BREAK and self._before() in _NAMES_A_QUESTION)
        if word == "eerste":
            return intent == "change_answer" or (
                intent in {*_ABOUT_THE_SCAN, "inform"} and following in {"vraag", BREAK}
            )
        return True

    def _is_alone(self) -> bool:
        """Tell whether the message says nothing but this number, small words left aside."""
        others = [*self.words[: self.place], *self.words[self.place + 1 :]]
        known = _AROUND_A_BARE_NUMBER | {BREAK}
        return len(self.words) <= _SHORT_MESSAGE and all(word in known for word in others)

    def _is_answered(self) -> bool:
        """Tell whether an answer is given to this number: "8: onbekend", "nee op 25"."""
        word = self.words[self.place]
        opens = all(before in _ARTICLES for before in self.words[: self.place])
        pointed = self._pointer() in _POINTS_AT_IN_ANSWER and (word.isdigit() or word in ORDINALS)
        return (opens or pointed) and self._next() in _ANSWERED_BY

    def _names_topic(self, intent: str | None) -> bool:
        """Tell whether the question is given by number and topic: "25, communicatie"."""
        at_an_end = self.place in {0, len(self.words) - 1}
        return intent == "inform" and at_an_end and self._before() not in _LEADS_TO_AN_AMOUNT

    def _is_nth(self) -> bool:
        """Tell whether this is an ordinal that stands alone: "de twaalfde is me niet helder"."""
        return self._before() == "de" and ORDINALS.get(self.words[self.place], 0) > _THIRD

    def _continues(self, found: Sequence[Numbered]) -> bool:
        """Tell whether this number goes on with a row: "de vijfde, de negende en de 18e"."""
        if not found:
            return False
        between = self.words[found[-1].place + 1 : self.place]
        return len(between) <= _FEW_WORDS and set(between) <= _JOINS_NUMBERS
