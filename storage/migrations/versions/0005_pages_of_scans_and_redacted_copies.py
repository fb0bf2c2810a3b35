"""Pages of scans and redacted copies, each a piece of work with a lease of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "pieces",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_id", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_of", sa.String(length=200), nullable=True),
        sa.Column("made", sa.String(length=200), nullable=True),
        sa.Column("ending", sa.String(length=8), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("document_id", "stage", "page"),
    )
    op.create_index("pieces_on_the_line", "pieces", ["state", "lease_until"])


def downgrade() -> None:
    """Take the step back."""
    op.drop_table("pieces")
