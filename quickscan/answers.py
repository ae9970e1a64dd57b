"""Reading a typed answer: which of the answers it is, and the reason that comes with it."""

import re

from quickscan.scan import Answer

MAX_REASON_LENGTH = 1_000

_OPENINGS = {
    Answer.YES: r"(?:volmondig |gewoon |uiteraard |zeker )?"
    r"(?:ja+|jawel|jazeker|jep|yes|yep|joa|jup)",
    Answer.NO: r"(?:helaas |gewoon )?(?:nee+|neen|nope|nou nee|nein|no)",
    Answer.PARTLY: r"(?:ja en nee|half om half|half half|half|deels|gedeeltelijk|ten dele|"
    r"voor een deel|een beetje|beetje|enigszins|min of meer|soms)",
    Answer.UNKNOWN: r"(?:dat )?(?:weet ik(?: het)?(?: echt| nog| even| zo)? ?niet|weet niet|"
    r"(?:ik heb )?geen (?:flauw )?idee|onbekend|geen zicht op)",
}
_FILLER = re.compile(
    r"^(?:hoor|zeker|wel|dat|is|klopt|zo|inderdaad|helaas|nog|niet|eigenlijk|echt|helemaal|"
    r"absoluut|denk|ik|het|dan|maar|eens|prima|graag|doe|goed|dank|je|u|aub|svp|bij|ons|en|"
    r"totaal|een|beetje|geen|idee|weet|ook|er|hebben|we|wij|ja|nee|deels)$"
)
# "bij vraag vijf moet het …": which question an answer is for is no part of its reason.
_REFERENCE = (
    r"(?P<reference>(?:bij |op |voor )?(?:de )?(?:vraag|nummer|nr\.?)\s+[\w-]+[\s,:.-]*"
    r"(?:(?:moet|mag|is|wordt|zet|maak|het|dat|toch|op|naar) )*)?"
)
_NAMED = re.compile(r"\b(ja|nee|neen|deels|weet (?:ik )?(?:het )?niet|weet niet)\b", re.IGNORECASE)
# "ja, zie vraag 4": the reason points to another question; the answer is to the one at hand.
_POINTING = re.compile(
    r"\b(?:zie|zoals|(?:net|het|de)?zelfde als|net als|net zo als)\s+(?:ook\s+)?"
    r"(?:(?:bij|op|in)\s+)?(?:de\s+)?vraag\b",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"\b(?:want|omdat|aangezien)\b\s+(.+)", re.IGNORECASE | re.DOTALL)


def reason_in(text: str, answer: Answer) -> str | None:
    """Return the reason in `text`, an answer of a user, or None when it only answers.

    "deels, alleen voor jihadisme" gives "alleen voor jihadisme"; "ja hoor" gives None.
    """
    whole = " ".join(text.split())
    opening = _OPENINGS.get(answer)
    answering = rf"{_REFERENCE}{opening}(?![\w-])(?(reference)(?: zijn| worden)?)[\s,.:;!\u2013-]*"
    match = re.match(answering, whole, re.IGNORECASE) if opening else None
    reason = whole[match.end() :] if match else whole
    words = re.findall(r"[\w'-]+", reason.lower())
    if not words or all(_FILLER.match(word) for word in words):
        return None
    return reason[:MAX_REASON_LENGTH].strip() or None


def points_to_question(text: str) -> bool:
    """Tell whether `text` only points to another question: "deels, net als bij vraag 3"."""
    return bool(_POINTING.search(" ".join(text.split())))


def answer_named_in(text: str) -> Answer | None:
    """Return the answer that a wish to change one names: "vraag 5 moet nee zijn" gives NO.

    None when it names no answer, or more than one.
    """
    named = {_named_answer(word) for word in _NAMED.findall(text)}
    return named.pop() if len(named) == 1 else None


def reason_for_change(text: str) -> str | None:
    """Return what follows "want" or "omdat" in a wish to change an answer."""
    match = _BECAUSE.search(" ".join(text.split()))
    return match.group(1)[:MAX_REASON_LENGTH] if match else None


def _named_answer(word: str) -> Answer:
    lowered = word.lower()
    if lowered.startswith("nee"):
        return Answer.NO
    if lowered.startswith("weet"):
        return Answer.UNKNOWN
    return Answer(lowered)
