"""What Alembic runs: apply the steps on the connection it is given."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum

from storage import schema_parts, schema_review, schema_service
from storage.schema import CODE_LENGTH, Base, Moment


def _render(kind: str, item: Any, _: object) -> str | Literal[False]:
    """Write our own column types as what they are in the database, so that steps stand alone."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={CODE_LENGTH})"
    return False


SEEN = (schema_parts, schema_review, schema_service)
"""Modules whose tables must be known before they are compared."""

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=_render,
    render_as_batch=True,  # SQLite cannot change a column in place
)
with context.begin_transaction():
    context.run_migrations()
