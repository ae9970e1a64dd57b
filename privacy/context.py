"""The words around a name that tell it is one, or that it is the name of a thing."""

from collections.abc import Mapping
from functools import cache

from privacy.dutch import is_dutch
from privacy.lexicon import lexicon, lines_of
from privacy.text import fold

THING = -4.0
"""Points for the name of a thing: a school, a programme, a paper."""
_PERSONAL = frozenset(
    "hij zij ze hem haar bang boos verliefd bekeerd getrouwd gescheiden veroordeeld aangehouden "
    "opgepakt".split()
)
_THINGS = tuple(
    "wijk buurt straat plein laan school college zaal huis moskee stichting fonds prijs kade "
    "singel gracht plantsoen project aanpak model methode lyceum gymnasium centrum foundation "
    "team werk pilot groep avond week dag".split()
)
_PEOPLES = tuple("stanen ianen anezen inezen iers ieten landse aanse ische landers anen".split())


@cache
def context(*titles: str) -> frozenset[str]:
    """Return the folded words of the sections `titles` of data/context.txt."""
    return frozenset[str]().union(*(_sections()[title] for title in titles))


@cache
def _sections() -> Mapping[str, frozenset[str]]:
    sections: dict[str, frozenset[str]] = {}
    title = ""
    for line in lines_of("context"):
        if line.startswith("["):
            title = line.strip("[] ")
            sections[title] = frozenset()
        else:
            sections[title] |= frozenset(fold(line).split())
    return sections


def points_of(word: str, points: Mapping[str, float]) -> float:
    """Return the most that `points`, by section, gives to a folded word; 0 when it is in none."""
    return max((value for title, value in points.items() if word in context(title)), default=0.0)


def names_a_thing(word: str) -> bool:
    """Tell whether a word ends as a street, a school or a people does: "Hassan-pilot".

    A second piece with a capital is a second surname, if it is no such ending: "Haven-Lont".
    """
    head, hyphen, tail = fold(word).rpartition("-")
    lists = lexicon()
    if not hyphen:
        return tail.endswith(_THINGS + _PEOPLES) and tail not in lists.surnames
    if word[-len(tail) :].istitle() and word[0].isupper():
        return tail.endswith(_THINGS + _PEOPLES)
    personal = head in lists.first_names or head in lists.surnames or tail in lists.surnames
    return is_dutch(tail) and not personal and head not in context("particle")


@cache
def about_persons() -> frozenset[str]:
    """Return the words that make it likely that a message is about a person."""
    return _PERSONAL | context("relation", "role")
