"""Reading what a user types when asked for support, a term, or a way to be reached."""

import re
from datetime import date, timedelta

from advice.request import Support, Urgency

_SUPPORT = {
    Support.MEETING: r"bijeenkomst\w*|workshop\w*|\w*sessie\w*|presentatie\w*|lezing|studiedag",
    Support.EVALUATION: r"\w*evaluatie\w*|ge[eë]valueer\w*|evalue\w+",
    Support.PLAN: r"plan van aanpak|pva|onderbouw\w*",
    Support.DEVELOPMENT: r"door\s?ontwikkel\w*|verder ontwikkel\w*|verbeter\w*|vernieuw\w*",
    Support.EXPLANATION: r"uitleg\w*|toolkit\w*",
    Support.OTHER: r"^\W*(?:iets )?anders\W*$|^\W*geen van",
}
_NUMBERS = {"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "paar": 3}
_DAYS = {"dag": 1, "week": 7, "weken": 7, "maand": 30, "kwartaal": 91, "jaar": 365}
_SPAN = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(dag|week|weken|maand|kwartaal|jaar)(?:en)?\b",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "maart|mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_WRITTEN_DATE = re.compile(
    rf"\b(?:(\d{{1,2}})\s+)?(?:{'|'.join(f'({month})' for month in _MONTHS)})[a-z]*\b",
    re.IGNORECASE,
)
_FIGURES_DATE = re.compile(r"\b(\d{1,2})[-/](\d{1,2})\b")
_WORDS = (  # the first that fits
    (
        Urgency.LATER,
        r"(?:geen|niet) (?:haast|spoed|dringend|urgent|nodig)|maakt niet uit|na de zomer|"
        r"(?:dit|volgend|komend|een) (?:kwartaal|jaar|half ?jaar)",
    ),
    (
        Urgency.WEEK,
        r"vandaag|morgen|overmorgen|(?:deze|volgende|komende) week|spoed|dringend|urgent|"
        r"zo snel mogelijk|zsm|asap|met haast",
    ),
    (Urgency.MONTH, r"(?:deze|volgende|komende) maand|eind(?:e)? van de maand"),
    (Urgency.LATER, r"later|rustig"),
)
_WEEK, _MONTH = timedelta(days=7), timedelta(days=31)

_EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}\b", re.IGNORECASE
)
_PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+|00)31[\s.-]?(?:\(0\))?|\(?0)\)?(?:[\s().-]{0,2}\d){9}(?!\d)"
)
_PRIVATE = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|msn|icloud|me|yahoo|ziggo|kpnmail|planet|hetnet|"
    r"home|xs4all|upcmail|casema|proton|protonmail|gmx)\.[a-z.]+$",
    re.IGNORECASE,
)


def support_in(text: str) -> Support | None:
    """Return the kind of support that `text` names; a meeting goes before what it is about.

    None when it names none, or more than one.
    """
    named = [kind for kind, form in _SUPPORT.items() if _has(form, text)]
    if Support.MEETING in named:
        return Support.MEETING
    return named[0] if len(named) == 1 else None


def urgency_in(text: str, today: date) -> Urgency | None:
    """Return when the advice is needed, by `text`; None when it does not say."""
    days = _days_in(text, today)
    if days is not None:
        return Urgency.WEEK if days <= _WEEK else Urgency.MONTH if days <= _MONTH else Urgency.LATER
    return next((urgency for urgency, form in _WORDS if _has(form, text)), None)


def contact_in(text: str) -> str | None:
    """Return the e-mail address or telephone number in `text`, both when it has both, or None."""
    emails = [found.group() for found in _EMAIL.finditer(text)]
    phones = ["0" + re.sub(r"\D", "", found.group())[-9:] for found in _PHONE.finditer(text)]
    return ", ".join([*emails[:1], *phones[:1]]) or None


def is_private(contact: str) -> bool:
    """Tell whether all of a contact is an e-mail address that no employer gives out."""
    return bool(_PRIVATE.search(contact)) and ", " not in contact


def masked(contact: str) -> str:
    """Return a contact as its owner recognises it and nobody else can use it: "j…@delft.nl"."""
    return ", ".join(map(_mask, contact.split(", ")))


def _mask(one: str) -> str:
    name, at, domain = one.partition("@")
    return f"{name[0]}…@{domain}" if at else f"…{one[-3:]}"


def _days_in(text: str, today: date) -> timedelta | None:
    """Return how long it is until the date, or the end of the span, that `text` names."""
    if span := _SPAN.search(text):
        number, unit = span.group(1).lower(), span.group(2).lower()
        return timedelta(days=(_NUMBERS.get(number) or int(number)) * _DAYS[unit])
    if figures := _FIGURES_DATE.search(text):
        return _until(int(figures.group(1)), int(figures.group(2)), today)
    if written := _WRITTEN_DATE.search(text):
        month = next(n for n in range(1, 13) if written.group(n + 1))
        in_this_month = month == today.month and not written.group(1)
        return _MONTH if in_this_month else _until(int(written.group(1) or 1), month, today)
    return None


def _until(day: int, month: int, today: date) -> timedelta | None:
    """Return how long it is until the first such day from today; None when there is no such day."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found - today
    return None


def _has(form: str, text: str) -> bool:
    return (
        re.search(rf"\b(?:{form})\b" if "^" not in form else form, text, re.IGNORECASE) is not None
    )
