"""Is this run of words the name of a person? Weighs the words themselves and those around them.

A run with at least THRESHOLD points is a name. The weights were set by hand on the messages in
tests/privacy/messages.yml: a clear first name is enough by itself, an unknown word with a capital
needs a neighbour such as "leerling" before it, an unknown word in lower case needs "zijn zus".
"""

from privacy.context import THING, about_persons, names_a_thing
from privacy.lexicon import lexicon
from privacy.message import FIRST_NAMES, Message, Part
from privacy.runs import Run, has_the_shape_of_a_name
from privacy.words_after import points_after
from privacy.words_before import points_before

THRESHOLD = 2.5

_CAPITAL = {
    Part.FIRST: 3.0,
    Part.WORDY_FIRST: 2.25,
    Part.SURNAME: 1.5,
    Part.WORDY_SURNAME: 1.0,
    Part.UNKNOWN: 1.25,
    Part.INITIALS: 1.25,
    Part.WORD: 0.0,
}
_AT_THE_START = {
    Part.FIRST: 3.0,
    Part.WORDY_FIRST: 1.0,
    Part.SURNAME: 1.5,
    Part.WORDY_SURNAME: 0.0,
    Part.UNKNOWN: 1.0,
    Part.INITIALS: 1.25,
    Part.WORD: -0.5,
}
_LOWER_CASE = {
    Part.FIRST: 2.5,
    Part.WORDY_FIRST: 0.75,
    Part.SURNAME: 1.0,
    Part.WORDY_SURNAME: -0.5,
    Part.UNKNOWN: 0.0,
    Part.INITIALS: 0.0,
    Part.WORD: -5.0,
}
_MORE_INITIALS = 0.75
_ORDINARY_WORD = -1.0
_INITIALS_AND_SURNAME = 2.5
_INITIALS_AND_NAME = 2.0
_FIRST_AND_SURNAME = 2.0
_COMPLETE = 1.5
_BOTH_UNKNOWN = 1.75
_ARTICLE_IN_FRONT = -2.0
_ABOUT_A_PERSON = 0.5
_ABOUT_A_PERSON_IF_UNKNOWN = 0.75
_ABOUT_THINGS_IF_UNKNOWN = -0.75

_ABOUT_THINGS = frozenset(
    "evaluatie evalueren evalueer partner partners aanbod organisaties subsidie effect effecten "
    "rapport moskeeen stichting project projecten programma programmas interventie interventies "
    "voorstelling voorstellingen training trainingen cursus methode methodiek aanpak pilot "
    "campagne lespakket instrument bureau platform organisatie vereniging model aanbieder "
    "uitvoerder offerte onderzoek quickscan".split()
)
_LAST = frozenset({Part.SURNAME, Part.WORDY_SURNAME, Part.UNKNOWN, Part.INITIALS})


def weigh(run: Run, message: Message) -> float:
    """Return the points for `run` in `message`."""
    around = points_before(run, message) + points_after(run, message)
    first = message.tokens[run.places[0]]
    if run.parts[0] is Part.UNKNOWN and not first.capital:
        # Most such words are typing errors: only a clear neighbour makes one a name.
        whole = _BOTH_UNKNOWN if len(run.parts) > 1 else 0.0
        whole += _LOWER_CASE[Part.SURNAME] if run.parts[-1] is Part.SURNAME else 0.0
        return around + whole if has_the_shape_of_a_name(first.folded) else 0.0
    return _words(run, message) + _structure(run, message) + around + _subject(run, message)


def _words(run: Run, message: Message) -> float:
    """Return the points of the strongest word, less something for each ordinary one."""
    tokens = [message.tokens[place] for place in run.places]
    if any(names_a_thing(token.text) for token in tokens):
        return THING
    strongest = max(
        (_LOWER_CASE if not token.capital else _AT_THE_START if token.opens else _CAPITAL)[part]
        for token, part in zip(tokens, run.parts, strict=True)
    )
    if run.parts[0] is Part.INITIALS and tokens[0].text.count(".") > 1:
        strongest += _MORE_INITIALS
    return strongest + _ORDINARY_WORD * run.parts.count(Part.WORD)


def _structure(run: Run, message: Message) -> float:
    """Return the points for looking like a whole name."""
    listed = any(part is not Part.WORD for part in run.parts)
    if len(run.parts) == 1 and not (run.particles and listed):
        return 0.0
    first, last = run.parts[0], run.parts[-1]
    surnames = lexicon().surnames
    if first is Part.INITIALS:
        whole = run.particles or message.folded(run.places[-1]) in surnames
        return _INITIALS_AND_SURNAME if whole else _INITIALS_AND_NAME
    if run.start < run.places[0] and first in FIRST_NAMES:
        if message.folded(run.places[0]) not in surnames:
            return _ARTICLE_IN_FRONT  # "Al Amal": an organisation
    elif first in FIRST_NAMES and run.particles and message.folded(run.places[-1]) in surnames:
        return _FIRST_AND_SURNAME
    if first in FIRST_NAMES or run.particles:
        return _COMPLETE if listed else 0.0
    return _BOTH_UNKNOWN if last in _LAST else 0.0


def _subject(run: Run, message: Message) -> float:
    """Return the points for what the message is about: a person, or programmes and partners."""
    unknown = all(part in (Part.UNKNOWN, Part.WORD) for part in run.parts)
    if message.words & about_persons():
        return _ABOUT_A_PERSON_IF_UNKNOWN if unknown else _ABOUT_A_PERSON
    return _ABOUT_THINGS_IF_UNKNOWN if unknown and message.words & _ABOUT_THINGS else 0.0
