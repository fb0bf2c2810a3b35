"""Whether an upload was scanned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply the step."""
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scan", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_column("scan")
