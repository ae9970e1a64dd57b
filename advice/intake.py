"""The short conversation that makes a request: what is asked next, and what an answer does.

Only what is missing is asked. `back` and `ask_again` put a question again; then the conversation
goes on with what is still missing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from advice.reading import contact_in, is_private, support_in, urgency_in
from advice.request import Request, Support, Urgency
from privacy.redact import redact
from quickscan.scan import Municipality

LONGEST_SUBJECT = 500
_FEWEST_WORDS = 3
_NAMES_SUBJECT = re.compile(r"\bover \w+ \w+", re.IGNORECASE)


class Step(StrEnum):
    """What is asked, in this order."""

    MUNICIPALITY = "gemeente"
    SUBJECT = "onderwerp"
    SUPPORT = "hulp"
    URGENCY = "termijn"
    CONSENT = "toestemming"
    CONTACT = "contact"
    SCAN = "quickscan"
    CONFIRM = "bevestiging"


class Taken(StrEnum):
    """What came of an answer."""

    GOES_ON = "goes_on"
    UNCLEAR = "unclear"
    WHICH_MUNICIPALITY = "which_municipality"
    PRIVATE_ADDRESS = "private_address"
    REDACTED = "redacted"
    NO_CONSENT = "no_consent"
    REFUSED = "refused"
    CHANGES = "changes"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Said:
    """What a user says: the words, and what the dialogue understood of them.

    `agrees` is a yes or a no. `passes` leaves the question open. `choice` is what a button says.
    `themes` are those that the words are about.
    """

    text: str
    at: datetime
    choice: str | None = None
    agrees: bool | None = None
    passes: bool = False
    municipalities: tuple[Municipality, ...] = ()
    interventions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(slots=True)
class Intake:
    """A request that is being made; everything that is known of it is in `request`."""

    request: Request

    @property
    def step(self) -> Step:
        """What is asked: a question put again, or else the first of which nothing is known."""
        if self.request.put_again:
            return Step(self.request.put_again)
        return next(step for step in self.steps if not _KNOWN[step](self.request))

    @property
    def steps(self) -> list[Step]:
        """What is asked in all; of a quickscan only when there is one."""
        return [step for step in Step if step is not Step.SCAN or self.request.scan_id]

    @property
    def ask(self) -> str:
        """Identify what is being asked, so that a button of an earlier asking is known as stale."""
        return f"advies{self.request.number}-{self.step}"

    @property
    def changeable(self) -> list[Step]:
        """What was answered and can still be changed; consent is taken back by stopping."""
        fixed = (Step.CONSENT, Step.CONFIRM)
        return [step for step in self.steps if step not in fixed and _KNOWN[step](self.request)]

    def changes_in(self, text: str) -> Step | None:
        """Return which answer `text` is about: "nee, de gemeente klopt niet"."""
        words = text.lower().split()
        return next((s for s in self.changeable if any(w.startswith(s) for w in words)), None)

    def begin(self, said: Said) -> None:
        """Take what the message that asks for advice says by itself."""
        if len(said.municipalities) == 1:
            self.request.municipality = said.municipalities[0]
        if said.interventions or _NAMES_SUBJECT.search(said.text):
            _take_subject(self.request, said)
        self.request.support = support_in(said.text)

    def take(self, said: Said) -> Taken:
        """Take an answer to what is asked; an unclear one changes nothing."""
        taken = _TAKES[self.step](self.request, said)
        if taken is Taken.UNCLEAR:
            self.request.unclear += 1
        elif taken in (Taken.GOES_ON, Taken.REDACTED):
            self.request.unclear, self.request.put_again = 0, None
        return taken

    def back(self) -> bool:
        """Put the question before; return whether there is one."""
        place = self.steps.index(self.step)
        if place:
            self.ask_again(self.steps[place - 1])
        return bool(place)

    def ask_again(self, step: Step) -> None:
        """Put a question again; what was answered stays until it is answered anew."""
        self.request.put_again, self.request.unclear = step.value, 0


def _take_municipality(request: Request, said: Said) -> Taken:
    if len(said.municipalities) > 1:
        return Taken.WHICH_MUNICIPALITY
    if not said.municipalities and not said.passes and said.agrees is not False:
        return Taken.UNCLEAR
    request.municipality = next(iter(said.municipalities), None)
    request.municipality_unsaid = not said.municipalities
    return Taken.GOES_ON


def _take_subject(request: Request, said: Said) -> Taken:
    words = redact(" ".join(said.text.split()))  # all of it: a number cut in two is not recognised
    says_enough = said.interventions or len(words.text.split()) >= _FEWEST_WORDS
    if not (says_enough or (request.unclear and words.text)):  # said twice, a word will do
        return Taken.UNCLEAR
    request.subject = words.text[:LONGEST_SUBJECT]
    request.interventions, request.themes = said.interventions, said.themes
    return Taken.REDACTED if words.kinds else Taken.GOES_ON


def _take_support(request: Request, said: Said) -> Taken:
    named = Support(said.choice) if said.choice in tuple(Support) else support_in(said.text)
    kind = named or (Support.OTHER if said.passes else None)
    request.support = kind or request.support
    return Taken.GOES_ON if kind else Taken.UNCLEAR


def _take_urgency(request: Request, said: Said) -> Taken:
    chosen = Urgency(said.choice) if said.choice in tuple(Urgency) else None
    read = chosen or urgency_in(said.text, said.at.date())
    urgency = read or (Urgency.UNKNOWN if said.passes else None)
    request.urgency = urgency or request.urgency
    return Taken.GOES_ON if urgency else Taken.UNCLEAR


def _take_consent(request: Request, said: Said) -> Taken:
    """Take a yes; an address alone is no yes, and is not kept."""
    if said.agrees is False:
        return Taken.REFUSED
    gives = contact_in(said.text)
    if not said.agrees:
        return Taken.NO_CONSENT if gives else Taken.UNCLEAR
    request.consented_at = said.at
    return _take_contact(request, said) if gives else Taken.GOES_ON


def _take_contact(request: Request, said: Said) -> Taken:
    contact = contact_in(said.text)
    if contact is None:
        return Taken.UNCLEAR
    if is_private(contact):
        return Taken.PRIVATE_ADDRESS
    request.contact = contact
    return Taken.GOES_ON


def _take_scan(request: Request, said: Said) -> Taken:
    if said.agrees is None:
        return Taken.UNCLEAR
    request.shares_scan = said.agrees
    return Taken.GOES_ON


def _take_confirmation(_: Request, said: Said) -> Taken:
    if said.agrees:
        return Taken.CONFIRMED
    return Taken.UNCLEAR if said.agrees is None else Taken.CHANGES


_KNOWN: dict[Step, Callable[[Request], object]] = {
    Step.MUNICIPALITY: lambda request: request.municipality or request.municipality_unsaid,
    Step.SUBJECT: lambda request: request.subject,
    Step.SUPPORT: lambda request: request.support,
    Step.URGENCY: lambda request: request.urgency,
    Step.CONSENT: lambda request: request.consented_at,
    Step.CONTACT: lambda request: request.contact,
    Step.SCAN: lambda request: request.shares_scan is not None,
    Step.CONFIRM: lambda _: False,
}
_TAKES: dict[Step, Callable[[Request, Said], Taken]] = {
    Step.MUNICIPALITY: _take_municipality,
    Step.SUBJECT: _take_subject,
    Step.SUPPORT: _take_support,
    Step.URGENCY: _take_urgency,
    Step.CONSENT: _take_consent,
    Step.CONTACT: _take_contact,
    Step.SCAN: _take_scan,
    Step.CONFIRM: _take_confirmation,
}
