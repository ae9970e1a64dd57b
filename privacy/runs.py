"""Runs of words that could be the name of a person: "Fatima el Idrissi", "J. de Vries", "hamza".

This only says where a name could be; evidence.py weighs whether it is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from privacy.context import context
from privacy.dutch import is_listed
from privacy.lexicon import lexicon, read_words
from privacy.message import FIRST_NAMES, Message, Part
from privacy.text import Kind, Token

_MOST_PARTICLES = 3
_MOST_WORDS = 6
_FAR = 4
"""How many particles may stand between a name and the word that announces it."""
_TER = frozenset({"te", "ten", "ter"})
_INNER = _TER | {"in", "op"}
"""Prepositions inside surnames in lower case: "op den akker", "ter steege"."""
_ARABIC = frozenset("el ait ibn abu bint ould".split())
"""Particles that are no Dutch words: a surname begins with them, whatever stands before."""
_BEFORE_A_NAME = frozenset(".\"'“‘")  # noqa: RUF001 - typographic quotes
_PLACING = frozenset({"in", "te", "uit"})
_VERB_ENDINGS = tuple(
    "wt kt pt lt gt jt ft mt dt ert eerd end ing lijk isch iche heid tie ties den ten".split()
)
_BEFORE_SURNAMES = FIRST_NAMES | {Part.INITIALS, Part.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens `start` to `end` (exclusive) that can be one name.

    `places` are the tokens that are no particles such as "van der"; `parts` has what each of
    those can be.
    """

    start: int
    end: int
    places: tuple[int, ...]
    parts: tuple[Part, ...]

    @property
    def particles(self) -> bool:
        """Whether there are particles in the run."""
        return len(self.places) < self.end - self.start


class Runs:
    """The runs in one message."""

    def __init__(self, message: Message) -> None:
        """Prepare to read `message`."""
        self._message = message
        self._particles = context("particle")
        self._name_particles = context("particle") - context("place_preposition")
        self._never = context("role", "relation", "persons", "thing", "title", "naming")

    def find(self, free: list[bool]) -> Iterator[Run]:
        """Yield the runs among the `free` tokens, from left to right, without overlap."""
        place = 0
        while place < len(self._message.tokens):
            run = self._run_from(place) if free[place] and self._can_start(place) else None
            if run and all(free[run.start : run.end]):
                yield run
                place = run.end
            else:
                place += 1

    def _can_start(self, place: int) -> bool:
        """Tell whether a name can begin here, by the word and the one that announces it."""
        token, part = self._message.tokens[place], self._message.parts[place]
        if token.folded in self._particles and part is not Part.FIRST:
            return self._particle_can_start(place)
        if place in self._message.kept.loose:
            if self._message.folded(place - 1) in context("relation"):
                return True  # "zijn broer Delft", not "zijn voogd van Nidos"
            return self._announcing(place) in context("title", "naming")
        if part is Part.WORD:
            announcing = context("title", "naming", "relation", "role")
            return token.capital and not token.opens and self._announcing(place) in announcing
        return True

    def _particle_can_start(self, place: int) -> bool:
        """Tell whether a surname can begin here: "Van der Meer zegt", "docent de Wit"."""
        token = self._message.tokens[place]
        if token.folded not in self._name_particles and token.capital:
            return not token.opens  # "mevrouw Ten Brink"
        if token.folded not in self._name_particles and not self._is_ter(place):
            return False
        if token.capital or token.folded in _ARABIC:
            return True
        announcing = self._announcing(place)
        if announcing in context("role"):  # "docent de Wit", not "vrijwilliger van Humanitas"
            return self._message.folded(place + 1) in self._name_particles | lexicon().surnames
        return announcing in context("title")

    def _is_ter(self, place: int) -> bool:
        """Tell whether this begins a surname as "ter Steege", not "ter observatie"."""
        tokens = self._message.tokens
        return tokens[place].folded in _TER and any(
            token.capital for token in tokens[place + 1 : place + 2]
        )

    def _announcing(self, place: int) -> str:
        """Return the word before `place`, past particles and the point of an abbreviation."""
        near = place - 1
        while near > max(0, place - _FAR) and (
            self._message.folded(near) in self._name_particles | _BEFORE_A_NAME
        ):
            near -= 1
        return self._message.folded(near)

    def _run_from(self, start: int) -> Run | None:
        """Return the longest run that begins at `start`, or None when no name can begin there."""
        places: list[int] = []
        end = start
        while end < len(self._message.tokens) and len(places) < _MOST_WORDS:
            skip = self._particles_at(end, inside=bool(places))
            place = end + skip
            if not self._fits(place, places, after_particle=skip > 0):
                break
            places.append(place)
            end = place + 1
            if self._message.folded(place).endswith("'s"):
                break
        parts = tuple(self._message.parts[place] for place in places)
        return Run(start, end, tuple(places), parts) if parts else None

    def _particles_at(self, start: int, *, inside: bool) -> int:
        """Return how many particles stand at `start` before a word of a name."""
        tokens = self._message.tokens
        place = start
        while place < len(tokens) and place - start < _MOST_PARTICLES:
            begins = not inside and place == start
            if not self._is_particle(tokens[place], begins=begins):
                break
            if not begins and not self._message.adjoins(place):
                break
            if begins and self._message.parts[place] is Part.FIRST:
                break  # "Ben Ali", "Abu Hafs"
            place += 1
        more = place < len(tokens) and (place == start or self._message.adjoins(place))
        return place - start if more else 0

    def _is_particle(self, token: Token, *, begins: bool) -> bool:
        if token.capital or begins:
            return token.folded in self._particles
        return token.folded in self._name_particles | _INNER

    def _fits(self, place: int, places: list[int], *, after_particle: bool) -> bool:
        """Tell whether the token at `place` can be the next word of a name with `places`."""
        before = self._message.parts[places[-1]] if places else None
        if not self._may_stand(place, inside=before is not None):
            return False
        if self._message.parts[place] is Part.INITIALS:
            return before in FIRST_NAMES or (
                not after_particle and (before is None or before in _BEFORE_SURNAMES)
            )  # "Jeffrey de K."
        if place in self._message.kept.loose and (before or after_particle):
            return self._loose_fits(place, before)
        if self._message.tokens[place].capital:
            return self._capital_fits(place, before, after_particle=after_particle)
        return self._lower_fits(place, before, after_particle=after_particle)

    def _may_stand(self, place: int, *, inside: bool) -> bool:
        """Tell whether the token at `place` can be in a name at all."""
        token = self._message.tokens[place]
        return (
            place not in self._message.kept.firm
            and token.kind in (Kind.WORD, Kind.INITIALS)
            and token.folded not in self._never
            and (not inside or self._message.adjoins(place))
        )

    def _loose_fits(self, place: int, before: Part | None) -> bool:
        """Tell whether a place, or a surname that mostly stays, belongs to this name."""
        token = self._message.tokens[place]
        if before is None:
            return self._announcing(place - 1) in context("title")
        if self._message.folded(place - 1) in _PLACING:
            return False  # "van der Valk in Vianen"
        listed = token.folded in lexicon().surnames
        return token.capital and (listed or before is Part.INITIALS)

    def _capital_fits(self, place: int, before: Part | None, *, after_particle: bool) -> bool:
        token = self._message.tokens[place]
        if self._message.parts[place] is not Part.WORD:
            return True
        if len(token.text) == 1:
            return before in _BEFORE_SURNAMES  # "Mohammed B"
        if token.folded in read_words("words") or token.text.isupper() or "-" in token.text:
            return False
        if after_particle and before:
            return before is Part.INITIALS or not is_listed(token.folded)
        return True

    def _lower_fits(self, place: int, before: Part | None, *, after_particle: bool) -> bool:
        token, part = self._message.tokens[place], self._message.parts[place]
        if before is None:
            in_title_case = after_particle and self._message.tokens[place - 1].capital
            return part is not Part.WORD and not in_title_case  # "De roos is"
        if token.folded in context("function_word"):
            return False  # "fatima van haar"
        if part is Part.UNKNOWN:
            of_a_thing = after_particle and self._message.folded(place - 1) == "het"
            shaped = has_the_shape_of_a_name(token.folded)
            return before in _BEFORE_SURNAMES and shaped and not of_a_thing
        listed = token.folded in lexicon().surnames
        if after_particle:
            return listed  # "jan de groot"
        return part in (Part.FIRST, Part.SURNAME) or (listed and before is Part.FIRST)


def has_the_shape_of_a_name(folded: str) -> bool:
    """Tell whether a word in no list does not end as a Dutch verb or noun does."""
    return not folded.endswith(_VERB_ENDINGS)
