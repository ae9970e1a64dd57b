"""What is said while a request for advice is made: which response, with which buttons."""

import json
from collections.abc import Callable

from advice.intake import Intake, Step
from advice.reading import masked
from advice.request import SPOKEN, Request, Support, Urgency
from ebw.settings import settings

Say = Callable[..., None]
Button = tuple[str, str, str | None]

_YES_OR_NO: tuple[Button, ...] = (("Ja", "affirm", None), ("Nee", "deny", None))
_BUTTONS: dict[Step, tuple[Button, ...]] = {
    Step.MUNICIPALITY: (("Liever niet zeggen", "skip_question", None),),
    Step.SUPPORT: tuple((SPOKEN[kind], "inform", kind) for kind in Support),
    Step.URGENCY: tuple((SPOKEN[urgency], "inform", urgency) for urgency in Urgency),
    Step.CONSENT: _YES_OR_NO,
    Step.SCAN: _YES_OR_NO,
    Step.CONFIRM: (
        ("Ja, verstuur", "affirm", None),
        ("Iets wijzigen", "change_answer", None),
        ("Stoppen", "cancel", None),
    ),
}
DROP_BUTTONS: tuple[Button, ...] = (
    ("Ja, gooi weg", "cancel", None),
    ("Nee, ga verder", "resume_quickscan", None),
)
_SCAN = {
    True: " De uitkomst van je quickscan gaat mee.",
    False: " De uitkomst van je quickscan gaat niet mee.",
    None: "",
}
_A_YEAR = 365


def ask_step(say: Say, intake: Intake) -> None:
    """Ask what the request waits for."""
    step, request = intake.step, intake.request
    say(
        f"utter_advice_ask_{step.name.lower()}",
        buttons_of(intake, _BUTTONS.get(step, ())),
        custom={"advice": {"step": step.value}},
        kept=kept(),
        **_told(request),
    )


def ask_which(say: Say, intake: Intake, names: list[str]) -> None:
    """Ask which of the municipalities with this name is meant."""
    buttons = [
        {"title": name, "payload": _payload("inform", municipality=name, ask=intake.ask)}
        for name in names
    ]
    say("utter_which_municipality", buttons)


def ask_change(say: Say, intake: Intake) -> None:
    """Ask which answer is to be changed."""
    offered = tuple((step.value.capitalize(), "change_answer", step) for step in intake.changeable)
    say("utter_advice_ask_change", buttons_of(intake, offered))


def tell_known(say: Say, request: Request) -> None:
    """Say what of the request is known before anything was asked, if anything is."""
    told = _told(request)
    known = {
        "Gemeente": request.municipality and told["municipality"],
        "Onderwerp": request.subject,
        "Hulp": request.support and told["support"],
    }
    lines = [f"{label}: {value}" for label, value in known.items() if value]
    if lines:
        say("utter_advice_known", known="\n".join(lines))


def tell_sent(say: Say, request: Request) -> None:
    """Say that the request was stored, under which number, and what happens with it."""
    say(
        "utter_advice_sent",
        custom={"advice": {"number": request.number}},
        number=request.number,
        contact=masked(request.contact or ""),
        kept=kept(),
    )


def kept() -> str:
    """Return how long a request is kept after it was closed."""
    days = settings().retention.request.days
    return "een jaar" if days == _A_YEAR else f"{days} dagen"


def _told(request: Request) -> dict[str, str]:
    """Return what the summary says; contact data masked, as a channel may store what is said."""
    return {
        "municipality": request.municipality.name if request.municipality else "niet gezegd",
        "subject": request.subject or "",
        "support": SPOKEN[request.support] if request.support else "",
        "urgency": SPOKEN[request.urgency] if request.urgency else "",
        "contact": masked(request.contact) if request.contact else "",
        "scan": _SCAN[request.shares_scan] if request.scan_id else "",
    }


def buttons_of(intake: Intake, buttons: tuple[Button, ...]) -> list[dict[str, str]]:
    """Make buttons that only work as long as this question is asked."""
    return [
        {"title": title, "payload": _payload(intent, ask=_asked(intake, choice))}
        for title, intent, choice in buttons
    ]


def _asked(intake: Intake, choice: str | None) -> str:
    return f"{intake.ask}#{choice}" if choice else intake.ask


def _payload(intent: str, **entities: str) -> str:
    return f"/{intent}{json.dumps(entities, ensure_ascii=False)}"
