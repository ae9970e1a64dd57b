"""Reading typed verdicts that are no answer of the quickscan: n.v.t., later."""

import re

from checklists.course import Verdict

_NOT_APPLICABLE = re.compile(
    r"^(?:dat |dit |is |geldt )*(?:n\.?\s?v\.?\s?t\b\.?|niet van toepassing|"
    r"niet (?:relevant|aan de orde)|(?:geldt )?(?:hier )?niet voor ons\b)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"^(?:(?:dat|dit|die|doe|doen|komt|kom|ik|we|wij|zoek|zoeken|bekijk|bekijken|maar|nog|ik er|"
    r"terug op)\s+)*later(?:\s+(?:nog|wel|uit|op terug|uitzoeken|bekijken|maar|graag))*[.\s]*$|"
    r"^(?:dat |dit )?(?:zoek|zoeken|ga|gaan|moet|moeten)(?: (?:ik|we|wij))? (?:dat |dit |het )?"
    r"(?:nog )?(?:uit(?:zoeken)?|na(?:vragen)?|navraag)\b.*$",
    re.IGNORECASE,
)


def verdict_in(text: str) -> Verdict | None:
    """Return the verdict that only a checklist knows, when `text` gives one.

    "n.v.t." gives NOT_APPLICABLE, "zoek ik later uit" gives LATER; "ja" and "pauze" give None.
    """
    whole = " ".join(text.split())
    if _NOT_APPLICABLE.match(whole):
        return Verdict.NOT_APPLICABLE
    return Verdict.LATER if _LATER.match(whole) else None


def remark_with(text: str) -> str | None:
    """Return what follows "n.v.t." in a verdict: "nvt, wij hebben geen theater"."""
    rest = _NOT_APPLICABLE.sub("", " ".join(text.split()), count=1).strip(" ,.:;-")
    return rest or None
