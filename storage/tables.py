"""The tables. A change here needs a migration in storage/migrations/versions."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    },
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC that knows its zone, also on SQLite, which keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ANN401, ARG002
        """Turn the moment into UTC before it is stored."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ANN401, ARG002
        """Give a stored moment its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


questionnaires = Table(
    "questionnaires",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", String(16), primary_key=True),
    Column("content", JSON, nullable=False, comment="as in knowledge/content/quickscan.yml"),
    Column("checksum", String(64), nullable=False),
    Column("is_current", Boolean, nullable=False),
    Column("loaded_at", Moment, nullable=False),
)

scans = Table(
    "scans",
    metadata,
    Column("id", String(36), primary_key=True, comment="UUID"),
    Column("session_id", String(64), nullable=False, comment="SHA-256 of channel:sender"),
    Column("channel", String(32), nullable=False),
    Column("questionnaire_id", String(64), nullable=False),
    Column("questionnaire_version", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("mode", String(20), nullable=False),
    Column("municipality_code", String(6)),
    Column("municipality_name", String(64)),
    Column("stage", String(16), nullable=False, comment="what is being asked"),
    Column("position", Integer, nullable=False, comment="the question that is or was asked last"),
    Column("return_to", Integer, comment="where to go on after a change"),
    Column("open_round", String(16), nullable=False),
    Column("confirming", String(16), comment="a question put in between, such as: restart?"),
    Column("unclear", Integer, nullable=False, comment="unclear answers in a row"),
    Column("reopened_from", String(36), ForeignKey("scans.id", ondelete="SET NULL")),
    Column("shared_for_benchmark", Boolean, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("completed_at", Moment),
    Index("ix_scans_session_id_updated_at", "session_id", "updated_at"),
)

answers = Table(
    "answers",
    metadata,
    Column("scan_id", ForeignKey("scans.id", ondelete="CASCADE"), primary_key=True),
    Column("question", Integer, primary_key=True, autoincrement=False),
    Column("answer", String(16), nullable=False),
    Column("explanation", Text, comment="the user's reason, personal data removed"),
    Column("answered_at", Moment, nullable=False),
)

resume_codes = Table(
    "resume_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True, comment="SHA-256; the code is not kept"),
    Column("scan_id", ForeignKey("scans.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
)

resume_attempts = Table(
    "resume_attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", String(64), nullable=False),
    Column("attempted_at", Moment, nullable=False),
    Index("ix_resume_attempts_session_id_attempted_at", "session_id", "attempted_at"),
)

trackers = Table(
    "trackers",
    metadata,
    Column("conversation", String(64), primary_key=True, comment="SHA-256 of the sender id"),
    Column(
        "session_id", String(64), nullable=False, index=True, comment="SHA-256 of channel:sender"
    ),
    Column("slots", JSON, nullable=False),
    Column("updated_at", Moment, nullable=False, index=True),
)

items = Table(
    "items",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("position", Integer, nullable=False, comment="the order of the content files"),
    Column("content", JSON, nullable=False, comment="as in knowledge/content/<subject>.yml"),
)

item_loads = Table(
    "item_loads",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False, comment="always 1"),
    Column("checksum", String(64), nullable=False, comment="of all items and search words"),
    Column("search_words", JSON, nullable=False, comment="as in zoekwoorden.yml"),
    Column("loaded_at", Moment, nullable=False),
)

web_turns = Table(
    "web_turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", String(64), nullable=False, comment="SHA-256 of channel:sender"),
    Column("message_id", String(64), nullable=False, comment="the browser's; random"),
    Column("claimed_at", Moment, nullable=False, index=True),
    Column("reply", Text, comment="readable only with the session's own token"),
    Index("ix_web_turns_session_id_message_id", "session_id", "message_id", unique=True),
)

report_links = Table(
    "report_links",
    metadata,
    Column("token_hash", String(64), primary_key=True, comment="SHA-256; the token is not kept"),
    Column("scan_id", ForeignKey("scans.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

checklist_runs = Table(
    "checklist_runs",
    metadata,
    Column("id", String(36), primary_key=True, comment="UUID"),
    Column("session_id", String(64), nullable=False, comment="SHA-256 of channel:sender"),
    Column("channel", String(32), nullable=False),
    Column("checklist", JSON, nullable=False, comment="the list as it was when the run began"),
    Column("intervention", String(32)),
    Column("evaluation_type", String(32)),
    Column("status", String(16), nullable=False),
    Column("position", Integer, nullable=False, comment="the point that is or was asked last"),
    Column("open_round", Boolean, nullable=False, comment="the open points are put once more"),
    Column("unclear", Integer, nullable=False, comment="unclear answers in a row"),
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("completed_at", Moment),
    Index("ix_checklist_runs_session_id_status", "session_id", "status"),
)

checklist_verdicts = Table(
    "checklist_verdicts",
    metadata,
    Column("run_id", ForeignKey("checklist_runs.id", ondelete="CASCADE"), primary_key=True),
    Column("point", Integer, primary_key=True, autoincrement=False),
    Column("verdict", String(16), nullable=False),
    Column("remark", Text, comment="the user's remark, personal data removed"),
    Column("given_at", Moment, nullable=False),
)

checklist_codes = Table(
    "checklist_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True, comment="SHA-256; the code is not kept"),
    Column(
        "run_id", ForeignKey("checklist_runs.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("created_at", Moment, nullable=False),
)

plans = Table(
    "plans",
    metadata,
    Column("id", String(36), primary_key=True, comment="UUID"),
    Column(
        "session_id", String(64), nullable=False, index=True, comment="SHA-256 of channel:sender"
    ),
    Column("channel", String(32), nullable=False),
    Column("intervention", String(32), nullable=False),
    Column("evaluation_type", String(32), nullable=False),
    Column("content", JSON, nullable=False, comment="as evaluation.plan.as_data gives it"),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

channel_events = Table(
    "channel_events",
    metadata,
    Column("id", Integer, primary_key=True, comment="in the order in which they came"),
    Column("channel", String(32), nullable=False),
    Column(
        "session_id", String(64), nullable=False, index=True, comment="SHA-256 of channel:sender"
    ),
    Column("event_hash", String(64), nullable=False, index=True, unique=True),
    Column("taken_at", Moment, nullable=False, index=True),
    Column("event", Text, comment="readable only with the installation's secret; none when done"),
    Column("replies", Text, comment="idem; what is still to be delivered"),
    Column("begun", Boolean, nullable=False, comment="may have reached the assistant"),
    Column("worker", String(32), comment="which process is working on it"),
    Column("free_at", Moment, index=True, comment="when another may take it up; none when done"),
    Column("attempts", Integer, nullable=False, comment="at delivering"),
)

advice_requests = Table(
    "advice_requests",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="random"),
    Column("session_id", String(64), nullable=False, comment="SHA-256 of channel:sender"),
    Column("channel", String(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("municipality_code", String(6)),
    Column("municipality_name", String(64)),
    Column("subject", Text, comment="the user's own words, personal data removed"),
    Column("themes", JSON, nullable=False, comment="of the quickscan"),
    Column("interventions", JSON, nullable=False),
    Column("support", String(32)),
    Column("urgency", String(16)),
    Column("consented_at", Moment, comment="when the user agreed to `contact` being kept"),
    Column("contact", Text, comment="the one place where contact data stands"),
    Column("scan_id", ForeignKey("scans.id", ondelete="SET NULL"), index=True),
    Column("shares_scan", Boolean, comment="whether the scan may go along; none: not asked yet"),
    Column("priority", String(16)),
    Column("rule", String(64), comment="what gave the priority: advice/priority.py"),
    Column("put_again", String(16), comment="a question that is asked once more"),
    Column("municipality_unsaid", Boolean, nullable=False),
    Column("unclear", Integer, nullable=False, comment="unclear answers in a row"),
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("submitted_at", Moment),
    Column("claimed_at", Moment),
    Column("claimed_by", String(100)),
    Column("closed_at", Moment, index=True),
    Column("closed_by", String(100)),
    Column("delivered_at", Moment),
    Column("delivered_by", String(32), comment="the route along which it went"),
    Column("attempts", Integer, nullable=False, comment="at delivering"),
    Column("next_attempt_at", Moment),
    Index("ix_advice_requests_session_id_status", "session_id", "status"),
    Index("ix_advice_requests_status_next_attempt_at", "status", "next_attempt_at"),
)
