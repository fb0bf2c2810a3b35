"""Numbers of events and deliveries are never given twice, as on PostgreSQL they never were."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

TABLES = ("events", "deliveries")
"""Nothing refers to their rows, so that they can be written anew with foreign keys being watched."""


def upgrade() -> None:
    """Apply the step."""
    _write_anew(is_counted=True)


def downgrade() -> None:
    """Take the step back."""
    _write_anew(is_counted=False)


def _write_anew(*, is_counted: bool) -> None:
    """Copy the tables on SQLite, which can count for good only where a table is made so."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in TABLES:
        kept = {"sqlite_autoincrement": is_counted}
        with op.batch_alter_table(table, recreate="always", table_kwargs=kept):
            pass
