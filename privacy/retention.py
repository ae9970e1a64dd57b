"""Removing what was kept long enough: each kind of data has a period in the settings."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.engine import Engine

from ebw.settings_retention import RetentionSettings
from storage import tables
from storage.database import transaction
from storage.removal import delete_before, erase_removed

if TYPE_CHECKING:
    from sqlalchemy import Column

    from storage.tables import Moment

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows that are kept as long as `period` says, counted from the moment in `since`.

    `unless` is a column that must not be filled in: a row where it is, is of another kind.
    """

    title: str
    period: Callable[[RetentionSettings], timedelta]
    since: "Column[Moment]"
    unless: "Column[Moment] | None" = None


KINDS = {
    "conversations": Kind(
        "Gesprekken", lambda kept: kept.conversation, tables.trackers.c.updated_at
    ),
    "web_turns": Kind(
        "Berichten op de website", lambda kept: kept.conversation, tables.web_turns.c.claimed_at
    ),
    "channel_events": Kind(
        "Berichten in chatkanalen", lambda kept: kept.conversation, tables.channel_events.c.taken_at
    ),
    "wrong_codes": Kind(
        "Foute codes", lambda kept: kept.conversation, tables.resume_attempts.c.attempted_at
    ),
    "unfinished_scans": Kind(
        "Quickscans die niet af zijn",
        lambda kept: kept.unfinished,
        tables.scans.c.updated_at,
        unless=tables.scans.c.completed_at,
    ),
    "unfinished_checklists": Kind(
        "Checklists die niet af zijn",
        lambda kept: kept.unfinished,
        tables.checklist_runs.c.updated_at,
        unless=tables.checklist_runs.c.completed_at,
    ),
    "completed_scans": Kind(
        "Afgeronde quickscans", lambda kept: kept.completed, tables.scans.c.completed_at
    ),
    "completed_checklists": Kind(
        "Afgeronde checklists", lambda kept: kept.completed, tables.checklist_runs.c.completed_at
    ),
    "plans": Kind("Evaluatieplannen", lambda kept: kept.completed, tables.plans.c.updated_at),
    "unfinished_requests": Kind(
        "Aanvragen die niet verstuurd zijn",
        lambda kept: kept.conversation,  # contact data may be in it, and nobody was asked to use it
        tables.advice_requests.c.updated_at,
        unless=tables.advice_requests.c.submitted_at,
    ),
    "forgotten_requests": Kind(
        "Aanvragen die bleven liggen",
        lambda kept: kept.request,
        tables.advice_requests.c.updated_at,
        unless=tables.advice_requests.c.closed_at,
    ),
    "closed_requests": Kind(
        "Afgehandelde aanvragen", lambda kept: kept.request, tables.advice_requests.c.closed_at
    ),
    "report_links": Kind(
        "Verlopen links naar een verslag", lambda _: timedelta(), tables.report_links.c.expires_at
    ),
}
"""What hangs on a row (answers, codes, verdicts, links) goes with it."""


def purge(bind: Engine, kept: RetentionSettings, now: datetime) -> dict[str, int]:
    """Remove what was kept longer than `kept` says; return how much of each kind.

    Each kind is removed in a transaction of its own. Doing it again, or twice at once, does no
    harm. Raises DatabaseUnavailableError when the database fails; the kinds before are gone then.
    """
    counts = {}
    for name, kind in KINDS.items():
        with transaction(bind) as connection:
            moment = now - kind.period(kept)
            counts[name] = delete_before(connection, kind.since, moment, unless=kind.unless)
    removed = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
    logger.info("removed what was kept long enough: %s", removed or "nothing")
    if not erase_removed(bind):
        logger.warning("the log of SQLite could not be emptied: it is being read")
    return counts
