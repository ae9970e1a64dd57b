"""Alembic runs this to bring a database to the current schema."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from storage.tables import Moment, metadata


def render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:  # noqa: ANN401 - Alembic's signature
    """Write our own column type as the plain one it stands for: migrations must not import code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


connection: sa.engine.Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_item=render_item,
    transactional_ddl=True,
)
context.run_migrations()
