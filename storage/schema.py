"""The tables: ids, codes, counts, times and sealed bytes. Nothing a person wrote stands here in clear."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from models.entry import DocumentRole, DocumentStatus, EntryStatus, FormKind, Step
from models.errors import ReasonCode
from models.findings import EntityType, Role, Verdict
from models.results import Outcome

CODE_LENGTH = 32


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read as UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def coded(codes: type[StrEnum]) -> Enum:
    """Return the type of a column that holds one of some codes, written as they are."""
    return Enum(codes, native_enum=False, length=CODE_LENGTH, values_callable=_values)


def _values(codes: type[StrEnum]) -> list[str]:
    return [code.value for code in codes]


class Base(DeclarativeBase):
    """All tables."""

    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy reads it from the class)
        datetime: Moment(),
        bytes: LargeBinary(),
        str: String(64),
        int: Integer(),
        list[str]: JSON(),
        EntryStatus: coded(EntryStatus),
        FormKind: coded(FormKind),
        DocumentRole: coded(DocumentRole),
        DocumentStatus: coded(DocumentStatus),
        Outcome: coded(Outcome),
        ReasonCode: coded(ReasonCode),
        Step: coded(Step),
        EntityType: coded(EntityType),
        Role: coded(Role),
        Verdict: coded(Verdict),
    }


class ServiceKeyRow(Base):
    """A key of the service itself (not of one entry), wrapped by a master key."""

    __tablename__ = "service_keys"

    name: Mapped[str] = mapped_column(primary_key=True)
    master: Mapped[str]
    sealed: Mapped[bytes]


class PractitionerRow(Base):
    """A practitioner: a random id, found again by a keyed hash of the portal's reference."""

    __tablename__ = "practitioners"
    __table_args__ = (Index("practitioner_reference", "portal", "reference_hash", unique=True),)

    id: Mapped[str] = mapped_column(primary_key=True)
    portal: Mapped[str]
    reference_hash: Mapped[str]
    created_at: Mapped[datetime]


class EntryRow(Base):
    """An entry. Its wrapped key gone, nothing sealed in it can ever be read again.

    Attributes:
        revision: Raised by every edit of a person; what If-Match compares.
        details: Sealed: the practitioner's reference and own name.
        answers: Sealed: the form's answers.
        memory: Sealed: names found in the entry and labels given out.
        answers_revision: Raised by every write of `answers`; bound into its seal.
        memory_revision: The same for `memory`.
    """

    __tablename__ = "entries"
    __table_args__ = (Index("entries_of_practitioner", "practitioner_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    portal: Mapped[str]
    practitioner_id: Mapped[str] = mapped_column(ForeignKey("practitioners.id"))
    status: Mapped[EntryStatus]
    form: Mapped[FormKind]
    standard: Mapped[str]
    year: Mapped[str] = mapped_column(String(16))
    revision: Mapped[int] = mapped_column(default=1)
    key_master: Mapped[str]
    key_sealed: Mapped[bytes]
    details: Mapped[bytes]
    answers: Mapped[bytes]
    answers_revision: Mapped[int] = mapped_column(default=1)
    memory: Mapped[bytes]
    memory_revision: Mapped[int] = mapped_column(default=1)
    chosen_parts: Mapped[list[str]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]


class DocumentRow(Base):
    """The newest version of a document, and where it stands on the line.

    Attributes:
        position: Order in the entry.
        version: Counted from 1; the answers' document counts with the saved text.
        attempts: How often the stage it stands at was begun.
        lease_id: Random id of the claim of the worker that has it, or None.
        queued_at: When a message was last sent for it, or None.
        file_name: Sealed: the name of the file as received.
        reason: Sealed: why it was refused.
        original: Name of the sealed object, or None for the form's own text.
        is_redacted: Whether this version is the redacted copy of the one before.
        scan: Whether the upload was looked at for malware ("not_scanned", "nothing_found").
        results: Name of the newest results, reviewers' corrections included.
        line_results: Name of the newest results as the line made them.
        result_key: Keyed hash of the key of the newest results.
    """

    __tablename__ = "documents"
    __table_args__ = (
        Index("documents_of_entry", "entry_id"),
        Index("documents_on_the_line", "status", "lease_until"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id"))
    role: Mapped[DocumentRole]
    position: Mapped[int]
    version: Mapped[int]
    status: Mapped[DocumentStatus]
    outcome: Mapped[Outcome | None]
    is_fully_read: Mapped[bool | None]
    is_redacted: Mapped[bool] = mapped_column(default=False)
    scan: Mapped[str | None]
    reason_code: Mapped[ReasonCode | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_id: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    queued_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    size: Mapped[int] = mapped_column(BigInteger)
    characters: Mapped[int] = mapped_column(default=0)
    file_name: Mapped[bytes]
    reason: Mapped[bytes | None]
    original: Mapped[str | None] = mapped_column(String(200))
    extraction: Mapped[str | None] = mapped_column(String(200))
    results: Mapped[str | None] = mapped_column(String(200))
    line_results: Mapped[str | None] = mapped_column(String(200))
    result_key: Mapped[str | None]
    rules_version: Mapped[str | None]
    model_version: Mapped[str | None]
    code_version: Mapped[str | None]


class FindingRow(Base):
    """One finding of a document's newest results: where and what, never its text."""

    __tablename__ = "findings"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[int]
    position: Mapped[int]
    segment: Mapped[str] = mapped_column(String(16))
    start: Mapped[int]
    end: Mapped[int]
    entity_type: Mapped[EntityType]
    role: Mapped[Role]
    verdict: Mapped[Verdict]
    rule: Mapped[str]
    recognizer: Mapped[str]
    score: Mapped[float]
    is_direct: Mapped[bool]


class DecisionRow(Base):
    """One step of one person. Rows are only ever added.

    Attributes:
        batch: Random id that the steps of one press of a button share.
        entity_type: What the finding was when the step was taken, so that it can be counted
            when the document is replaced; `role`, `rule` and `recognizer` likewise.
        new_type: What a reviewer says it is; `new_role` likewise.
        rules_version: Under which rules it had been found.
    """

    __tablename__ = "decisions"
    __table_args__ = (Index("decisions_of_entry", "entry_id"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id"))
    document_id: Mapped[str]
    version: Mapped[int]
    finding: Mapped[str | None] = mapped_column(String(80))
    step: Mapped[Step]
    by_reviewer: Mapped[bool]
    actor: Mapped[str]
    at: Mapped[datetime]
    reason_code: Mapped[str]
    note: Mapped[bytes | None]
    batch: Mapped[str | None]
    entity_type: Mapped[EntityType | None]
    role: Mapped[Role | None]
    rule: Mapped[str | None]
    recognizer: Mapped[str | None]
    new_type: Mapped[EntityType | None]
    new_role: Mapped[Role | None]
    rules_version: Mapped[str | None]


class EventRow(Base):
    """Something that happened to an entry: a code and ids, in order."""

    __tablename__ = "events"
    __table_args__ = (
        Index("events_of_entry", "entry_id", "id"),
        {"sqlite_autoincrement": True},  # who follows an entry stands at a number: none is given twice
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime]
    code: Mapped[str]
    entry_id: Mapped[str]
    document_id: Mapped[str | None]
    version: Mapped[int | None]
    status: Mapped[str | None]
