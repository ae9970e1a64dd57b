"""Links to reports: a report is shown to whoever has its link, until that is over or revoked."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from storage.tables import report_links


def add(
    connection: Connection, scan_id: str, token_hash: str, at: datetime, expires_at: datetime
) -> None:
    """Store a link to the report of a scan."""
    connection.execute(
        insert(report_links).values(
            token_hash=token_hash, scan_id=scan_id, created_at=at, expires_at=expires_at
        )
    )


def find_scan_id(connection: Connection, token_hash: str, at: datetime) -> str | None:
    """Return the id of the scan that a link is for, if the link is known and not over."""
    statement = select(report_links.c.scan_id).where(
        report_links.c.token_hash == token_hash, report_links.c.expires_at > at
    )
    found: str | None = connection.execute(statement).scalar_one_or_none()
    return found


def revoke(connection: Connection, scan_id: str) -> int:
    """Remove every link to the report of a scan; return how many there were."""
    gone = connection.execute(delete(report_links).where(report_links.c.scan_id == scan_id))
    return int(gone.rowcount)
