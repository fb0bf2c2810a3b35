"""Receipts say whether an entry was its practitioner's last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Apply the step."""
    op.add_column("receipts", sa.Column("is_last", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take the step back."""
    op.drop_column("receipts", "is_last")
