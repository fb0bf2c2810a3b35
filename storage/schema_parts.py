"""The table of what people did with suggested parts: numbers and versions to learn from, never text."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.standards import Band
from storage.schema import Base, coded


class PartDecisionRow(Base):
    """One part of the standard in one entry: how it scored, and whether it was chosen.

    Attributes:
        features: In the order of `pipeline.map_calibration.FEATURES`.
        shown: The band in which it was suggested, or None where it was added by hand.
    """

    __tablename__ = "part_decisions"

    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(16), primary_key=True)
    standard: Mapped[str] = mapped_column(String(32))
    features: Mapped[list[float]] = mapped_column(JSON)
    probability: Mapped[float]
    shown: Mapped[Band | None] = mapped_column(coded(Band))
    accepted: Mapped[bool]
    rules_version: Mapped[str]
    model_version: Mapped[str]
    at: Mapped[datetime]
