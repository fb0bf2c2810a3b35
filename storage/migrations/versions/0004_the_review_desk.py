"""The review desk: what waits, reveals, samples, lists; decisions say what they were taken on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OF_DECISIONS = {
    "batch": 64,
    "entity_type": 32,
    "role": 32,
    "rule": 64,
    "recognizer": 64,
    "new_type": 32,
    "new_role": 32,
    "rules_version": 64,
}
"""The new columns of decisions and their lengths."""

_STUCK = """
    insert into reviews (document_id, entry_id, version, waits, is_release_asked, asked, direct, unsettled,
                         risk, since)
    select d.id, d.entry_id, d.version, true, false, 0, 0, 0, 0, d.received_at from documents d
    where d.status = 'failed' or d.is_fully_read = false or exists (
        select 1 from decisions x where x.document_id = d.id and x.version = d.version
        and x.by_reviewer = false)
"""
"""What waited before there was this table; each row is counted anew at the next event."""


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "reviews",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("is_release_asked", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("direct", sa.Integer(), nullable=False),
        sa.Column("unsettled", sa.Integer(), nullable=False),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assigned_to", sa.String(length=64), nullable=True),
        sa.Column("locked_by", sa.String(length=64), nullable=True),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_index("reviews_waiting", "reviews", ["waits", "risk", "since"])
    op.create_index("reviews_of_entry", "reviews", ["entry_id"])
    op.create_table(
        "reveals",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(length=80), nullable=True),
        sa.Column("reason_code", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("reveals_of_document", "reveals", ["document_id", "actor"])
    op.create_table(
        "samples",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "sampled_documents",
        sa.Column("sample_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=True),
        sa.Column("read_by", sa.String(length=64), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("sample_id", "document_id"),
    )
    op.create_table(
        "list_words",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("entity_type", sa.String(length=32), nullable=False),
        sa.Column("look_alike", sa.String(length=64), nullable=True),
        sa.Column("word", sa.LargeBinary(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("removes", sa.Integer(), nullable=False),
        sa.Column("hides", sa.Integer(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        for name, length in _OF_DECISIONS.items():
            batch_op.add_column(sa.Column(name, sa.String(length=length), nullable=True))
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("line_results", sa.String(length=200), nullable=True))
    op.execute(_STUCK)


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_column("line_results")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        for name in _OF_DECISIONS:
            batch_op.drop_column(name)
    for table in ("list_words", "sampled_documents", "samples", "reveals", "reviews"):
        op.drop_table(table)
