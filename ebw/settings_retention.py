"""How long each kind of data is kept; docs/privacy.md tells what falls under which."""

from dataclasses import dataclass
from datetime import timedelta

from ebw.environment import SettingsError

LONGEST_DAYS = 3_650
DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """A period for each kind of data, counted from when it was last used or ended.

    Each is set by `EBW_RETENTION_<KIND>_DAYS`.
    """

    conversation: timedelta
    unfinished: timedelta
    completed: timedelta
    request: timedelta


def spoken(period: timedelta) -> str:
    """Return a period in Dutch words: "2 jaar", "90 dagen", "1 dag"."""
    if period.days % DAYS_A_YEAR == 0:
        return f"{period.days // DAYS_A_YEAR} jaar"
    return f"{period.days} dag{'en' if period.days > 1 else ''}"


def read_retention(environment: dict[str, str]) -> RetentionSettings:
    """Return the periods in `environment`, with those of issue 7 for what is not set.

    Raises SettingsError when one is not a number of days from 1 to 3650.
    """
    return RetentionSettings(
        conversation=_days(environment, "EBW_RETENTION_CONVERSATION_DAYS", 14),
        unfinished=_days(environment, "EBW_RETENTION_UNFINISHED_DAYS", 90),
        completed=_days(environment, "EBW_RETENTION_COMPLETED_DAYS", 730),
        request=_days(environment, "EBW_RETENTION_REQUEST_DAYS", 365),
    )


def _days(environment: dict[str, str], name: str, default: int) -> timedelta:
    text = environment.get(name) or str(default)
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= LONGEST_DAYS:
        message = (
            f"{name} moet een aantal dagen zijn van 1 tot en met {LONGEST_DAYS}, niet {text!r}."
        )
        raise SettingsError(message)
    return timedelta(days=int(text))
