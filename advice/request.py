"""A request for advice: what an adviser of ESS must know to take it up, and how it stands."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from quickscan.scan import Municipality


class Status(StrEnum):
    """How far a request is; a draft is still being asked for."""

    DRAFT = "draft"
    NEW = "new"
    CLAIMED = "claimed"
    CLOSED = "closed"


class Support(StrEnum):
    """The kinds of support that ESS offers (seed 001; [ADVIES], [ESS-GEM])."""

    EXPLANATION = "uitleg_toolkit"
    PLAN = "plan_onderbouwen"
    EVALUATION = "evaluatie_opzetten"
    DEVELOPMENT = "doorontwikkelen"
    MEETING = "bijeenkomst"
    OTHER = "anders"


class Urgency(StrEnum):
    """When the advice is needed."""

    WEEK = "week"
    MONTH = "maand"
    LATER = "later"
    UNKNOWN = "onbekend"


class Priority(StrEnum):
    """In what order requests are taken up; advice/priority.py has the rules."""

    HIGH = "hoog"
    NORMAL = "gewoon"
    LOW = "laag"


SPOKEN: dict[StrEnum, str] = {
    Status.DRAFT: "nog niet verstuurd",
    Status.NEW: "nieuw",
    Status.CLAIMED: "opgepakt",
    Status.CLOSED: "afgesloten",
    Support.EXPLANATION: "Uitleg over de toolkit",
    Support.PLAN: "Plan van aanpak onderbouwen",
    Support.EVALUATION: "Evaluatie opzetten",
    Support.DEVELOPMENT: "Doorontwikkelen",
    Support.MEETING: "Bijeenkomst of workshop",
    Support.OTHER: "Iets anders",
    Urgency.WEEK: "Binnen een week",
    Urgency.MONTH: "Binnen een maand",
    Urgency.LATER: "Later",
    Urgency.UNKNOWN: "Weet ik niet",
}
"""How a value is called in Dutch, on buttons and to advisers."""


@dataclass(slots=True)
class Request:
    """A request for advice.

    `subject` is in the user's own words, without personal data. `contact` is a work e-mail address
    or a telephone number, given after consent, and stands nowhere else. `scan_id` is the quickscan
    that may go along. `rule` names what gave the priority.
    """

    number: int
    session_id: str
    channel: str
    started_at: datetime
    updated_at: datetime
    status: Status = Status.DRAFT
    municipality: Municipality | None = None
    subject: str | None = None
    themes: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    support: Support | None = None
    urgency: Urgency | None = None
    consented_at: datetime | None = None
    contact: str | None = field(default=None, repr=False)
    scan_id: str | None = None
    shares_scan: bool | None = None
    priority: Priority | None = None
    rule: str | None = None
    # While it is a draft: a question put again, that the municipality stays unsaid, unclear answers
    put_again: str | None = None
    municipality_unsaid: bool = False
    unclear: int = 0
    submitted_at: datetime | None = None
    claimed_at: datetime | None = None
    claimed_by: str | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    # Bringing it to an adviser: when and along which route that was done, or when to try next
    delivered_at: datetime | None = None
    delivered_by: str | None = None
    attempts: int = 0
    next_attempt_at: datetime | None = None
