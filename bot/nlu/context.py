"""What a message means, given what was just asked.

While a question of the quickscan is pending, most messages answer it: "het staat in het IVP" or
"theater hebben we niet" is then no question for knowledge. So everything that belongs to a scan is
weighed more heavily than the rest, and the answer that the first words give ("ja, …", "geen idee")
more heavily still. Concerns and emergencies lose no weight to answers.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.nlu.contract import FALLBACK
from knowledge.words import words_of

ANSWERS: Final = ("affirm", "deny", "partly", "dont_know")

_IN_A_SCAN: Final = frozenset(
    {
        *ANSWERS,
        "explain_question",
        "previous_question",
        "change_answer",
        "skip_question",
        "show_progress",
        "pause_quickscan",
        "restart_quickscan",
        "cancel",
        "delete_data",
        "help",
        "report_concern",
        "report_emergency",
    }
)
_DANGER: Final = frozenset({"report_concern", "report_emergency"})
"""When one of these is the likeliest reading, no "ja" before it makes it an answer."""
_DRASTIC: Final = frozenset({"cancel", "delete_data", "report_emergency", "restart_quickscan"})
_WHEN_IN_A_SCAN: Final = 2.5
_WHEN_OPENING: Final = 3.0
_LEAST: Final = 0.3
_OPENINGS: Final = {
    "partly": (
        "deels",
        "gedeeltelijk",
        "grotendeels",
        "ten dele",
        "voor een deel",
        "half",
        "ja en nee",
        "ja maar",
        "jawel maar",
    ),
    "dont_know": (
        "weet niet",
        "weet ik niet",
        "ik weet het niet",
        "geen idee",
        "geen flauw idee",
        "joost mag het weten",
    ),
    "deny": ("nee", "neen", "nope", "helaas niet", "nog niet", "zeker niet", "zeker weten niet"),
    "affirm": (
        *("ja", "jazeker", "jawel", "jep", "yep", "yes", "inderdaad", "klopt", "zeker"),
        *("prima", "akkoord", "dat is goed"),
    ),
}
_LONGEST_OPENING: Final = 4
_HEDGES: Final = frozenset(
    "maar hoewel al behalve alleen uitgezonderd soms niet geen deels half nog wel meestal vaak "
    "beetje enigszins nee ja juist toch".split()
)
"""Words by which a "ja" or "nee" may become another answer: "ja maar niet overal"."""
_EXCEPTIONS: Final = frozenset({"behalve", "uitgezonderd", "tenzij"})
_OPPOSED: Final = {
    "affirm": frozenset({"niet", "geen", "nee"}),
    "deny": frozenset({"wel", "ja", "jawel"}),
}
_NEAR: Final = 3
"""Words close behind a "ja" or "nee" that contradict it: "nee zeker wel"."""
_SIGHS: Final = frozenset(
    "tja tsja ja nou ach och hm hmm hmmm mm eh ehm euh uh oei oef poeh pff pfff pffff zucht "
    "lastig moeilijk moeilijke tjonge jeetje".split()
)
"""Words that on their own, or with each other, answer nothing."""
_LATIN: Final = re.compile("[a-z]")
_CODE: Final = re.compile(r"[{}]|<[a-z/!]", re.IGNORECASE)
_BARE: Final = 1
_SURE: Final = 0.5
_LEAST_OF_ANSWER: Final = 0.12
_MOST: Final = 0.5


def read_in_context(
    text: str, intent_ranking: Sequence[Mapping[str, Any]], *, pending: bool
) -> str:
    """Return the intent of `text`, given Rasa's ranking and whether a scan question is pending.

    Without a pending question this is the first intent of the ranking. The ranking is a sequence of
    `{"name", "confidence"}`, best first.
    """
    first = str(intent_ranking[0]["name"]) if intent_ranking else FALLBACK
    if not pending or not intent_ranking or _is_certain(intent_ranking[0]) or first in _DANGER:
        return first
    if _CODE.search(text) and leading_answer(text) is None:
        return FALLBACK  # a placeholder or markup, not something that a user says
    weighed = {
        str(row["name"]): float(row["confidence"]) * _weight(str(row["name"]), text)
        for row in intent_ranking
        if row["name"] != FALLBACK
    }
    if not weighed:
        return first
    best = max(weighed, key=lambda name: weighed[name])
    if best in ANSWERS:
        share = weighed[best] / sum(weighed.values())
        return _answer(best, text, intent_ranking, share)
    if best in _DRASTIC and best != first and _confidence(best, intent_ranking) < _LEAST:
        return first  # only likelier for being in a scan
    sure = _is_sure(best, text, intent_ranking)
    return best if sure and (first != FALLBACK or weighed[best] >= _LEAST) else FALLBACK


def leading_answer(text: str) -> str | None:
    """Return the answer that the first words of `text` give, or None when they give none."""
    opening = " ".join(word.folded for word in words_of(text)[:_LONGEST_OPENING])
    for intent, phrases in _OPENINGS.items():
        if any(opening == phrase or opening.startswith(f"{phrase} ") for phrase in phrases):
            return intent
    return None


def _answer(best: str, text: str, intent_ranking: Sequence[Mapping[str, Any]], share: float) -> str:
    """Return which answer `text` gives, or that it must be asked.

    A plain "ja, …" is yes. `share` is what the likeliest answer has of all readings: without such
    an opening it must be most of them, and there is no guessing at one word.
    """
    words = [word.folded for word in words_of(text)]
    opening = leading_answer(text)
    if opening in ("affirm", "deny") and not _HEDGES.intersection(words[1:]):
        return opening
    readable = [word for word in words if _LATIN.search(word)]
    if not readable and any(character.isalpha() for character in text):
        return FALLBACK  # another alphabet
    if opening is None and _SIGHS.issuperset(words):
        return FALLBACK
    if opening is None:
        sure = _is_sure(best, text, intent_ranking) and share >= _MOST
    else:
        sure = not _contradicts_itself(opening, best, words)
    return best if sure and _confidence(best, intent_ranking) >= _LEAST_OF_ANSWER else FALLBACK


def _contradicts_itself(opening: str, best: str, words: Sequence[str]) -> bool:
    """Tell whether a "ja" or "nee" is taken back by the rest: then the user is asked."""
    if opening not in _OPPOSED or best not in _OPPOSED:
        return False
    near = _OPPOSED[opening].intersection(words[1:_NEAR])
    return best != opening or bool(near or _EXCEPTIONS.intersection(words))


def _is_sure(best: str, text: str, intent_ranking: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a reading is more than a guess at one word, such as "{question}"."""
    readable = [word for word in words_of(text) if _LATIN.search(word.folded)]
    return len(readable) > _BARE or _confidence(best, intent_ranking) >= _SURE


def _confidence(intent: str, intent_ranking: Sequence[Mapping[str, Any]]) -> float:
    return max(float(row["confidence"]) for row in intent_ranking if row["name"] == intent)


def _weight(intent: str, text: str) -> float:
    """Return how much likelier `intent` becomes by the pending question and the opening words."""
    opens = intent in ANSWERS and leading_answer(text) == intent
    return (_WHEN_IN_A_SCAN if intent in _IN_A_SCAN else 1.0) * (_WHEN_OPENING if opens else 1.0)


def _is_certain(row: Mapping[str, Any]) -> bool:
    """Tell whether this reading comes from a button, not from words."""
    return float(row["confidence"]) >= 1.0
