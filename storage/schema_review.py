"""The tables of the review desk: what waits, who works on it, reveals, samples, lists of words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from models.findings import EntityType
from storage.schema import Base


class ReviewRow(Base):
    """Where a document stands at the desk. Written anew with everything that happens to it.

    Attributes:
        waits: Whether staff must look: it failed, was not read in full, or somebody asked.
        is_release_asked: Whether a second person is asked to release what identifies someone.
        asked: Places that a reviewer is asked to look at.
        direct: Places not settled that identify someone on their own.
        unsettled: Places not settled.
        risk: What is looked at first: greater is sooner.
        since: When it began to wait.
        locked_until: Until when one reviewer has it; every step of theirs puts that off.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        Index("reviews_waiting", "waits", "risk", "since"),
        Index("reviews_of_entry", "entry_id"),
    )

    document_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str]
    version: Mapped[int]
    waits: Mapped[bool]
    is_release_asked: Mapped[bool] = mapped_column(default=False)
    asked: Mapped[int] = mapped_column(default=0)
    direct: Mapped[int] = mapped_column(default=0)
    unsettled: Mapped[int] = mapped_column(default=0)
    risk: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime | None]
    assigned_to: Mapped[str | None]
    locked_by: Mapped[str | None]
    locked_until: Mapped[datetime | None]


class RevealRow(Base):
    """That a reviewer sees the words of a finding, or of all of a document, for a time.

    Attributes:
        finding: Id of the finding, or None where all are shown.
    """

    __tablename__ = "reveals"
    __table_args__ = (Index("reveals_of_document", "document_id", "actor"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    actor: Mapped[str]
    entry_id: Mapped[str]
    document_id: Mapped[str]
    version: Mapped[int]
    finding: Mapped[str | None] = mapped_column(String(80))
    reason_code: Mapped[str]
    at: Mapped[datetime]
    until: Mapped[datetime]


class SampleRow(Base):
    """A random draw of documents in which nothing was found.

    Attributes:
        population: How many there were to draw from.
    """

    __tablename__ = "samples"

    id: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    population: Mapped[int]


class SampledRow(Base):
    """One document of a sample, and what reading it in full came to.

    Attributes:
        missed: Places that the system had missed; None until it was read.
    """

    __tablename__ = "sampled_documents"

    sample_id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str]
    version: Mapped[int]
    position: Mapped[int]
    missed: Mapped[int | None]
    read_by: Mapped[str | None]
    read_at: Mapped[datetime | None]


class ListWordRow(Base):
    """A word that a senior reviewer put on a list for a time. Never a word about a person.

    Attributes:
        kind: "allow" or "deny".
        look_alike: Why an allowed word is not personal data; None for a denied one.
        word: Sealed with the key of the lists.
        removes: False alarms that it would have removed when it was adopted; of a denied word,
            misses that it would have found.
        hides: True findings that it would have hidden then; of a denied word, false alarms
            that it would have raised.
    """

    __tablename__ = "list_words"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    entity_type: Mapped[EntityType]
    look_alike: Mapped[str | None]
    word: Mapped[bytes]
    owner: Mapped[str]
    removes: Mapped[int]
    hides: Mapped[int]
    adopted_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
