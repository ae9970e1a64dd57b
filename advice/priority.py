"""Which priority a request gets, and why: the first rule that holds decides.

The rules look at when the advice is needed and at what kind it is; not at who asks. They are ours:
no source names a priority (domain/gaten.md, 6).
"""

from collections.abc import Callable
from dataclasses import dataclass

from advice.request import Priority, Request, Support, Urgency


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its name, what it says in Dutch, when it holds, and the priority it gives."""

    name: str
    says: str
    holds: Callable[[Request], bool]
    gives: Priority


RULES = (
    Rule(
        "binnen-een-week",
        "Het advies is binnen een week nodig.",
        lambda request: request.urgency is Urgency.WEEK,
        Priority.HIGH,
    ),
    Rule(
        "bijeenkomst-binnen-een-maand",
        "Een bijeenkomst of workshop binnen een maand moet nu worden voorbereid.",
        lambda request: (request.support, request.urgency) == (Support.MEETING, Urgency.MONTH),
        Priority.HIGH,
    ),
    Rule(
        "later-dan-een-maand",
        "Het advies is later dan over een maand nodig.",
        lambda request: request.urgency is Urgency.LATER,
        Priority.LOW,
    ),
    Rule(
        "overig",
        "Het advies is binnen een maand nodig, of de termijn is niet bekend.",
        lambda _: True,
        Priority.NORMAL,
    ),
)


def rule_for(request: Request) -> Rule:
    """Return the rule that decides on the priority of `request`."""
    return next(rule for rule in RULES if rule.holds(request))


def says(name: str | None) -> str:
    """Return what the rule of that name says; nothing when there is no such rule any more."""
    return next((rule.says for rule in RULES if rule.name == name), "")
