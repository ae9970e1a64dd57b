"""Whose conversation a tracker is, so that it can be removed with the rest of a session."""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change; what is remembered for an hour at most is forgotten."""
    op.execute(sa.text("DELETE FROM trackers"))
    with op.batch_alter_table("trackers") as batch:
        batch.add_column(
            sa.Column(
                "session_id",
                sa.String(length=64),
                nullable=False,
                comment="SHA-256 of channel:sender",
            )
        )
        batch.create_index(batch.f("ix_trackers_session_id"), ["session_id"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("trackers") as batch:
        batch.drop_index(batch.f("ix_trackers_session_id"))
        batch.drop_column("session_id")
