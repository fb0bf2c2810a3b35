"""CPD standards and the parts of them that a text may demonstrate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.text import Span


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a CPD standard.

    Attributes:
        id: As the regulator numbers it ("4.1").
        wording: The regulator's words, verbatim.
        name: The short name on the regulator's own pages.
    """

    id: str
    wording: str
    name: str


@dataclass(frozen=True, slots=True)
class Standard:
    """A CPD standard as its regulator published it, with the dates it is valid for."""

    id: str
    regulator: str
    title: str
    stem: str
    source: str
    valid_from: date
    valid_to: date | None
    parts: tuple[Part, ...]


class Band(StrEnum):
    """How clearly a text shows a part. Never a verdict that the part is met."""

    STRONG = "strong"
    POSSIBLE = "possible"
    CONSIDER = "consider"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the practitioner that support a candidate, as redacted.

    Attributes:
        span: Where the sentence stands in the document text (unredacted offsets).
        text: That stretch after redaction.
    """

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A part of a standard suggested to the practitioner, with the words that show it.

    Attributes:
        why: What in the text points to the part, in plain words.
        prompt: What the practitioner could add, or None.
    """

    standard: str
    part: str
    band: Band
    quotes: tuple[Quote, ...]
    why: str
    prompt: str | None = None

    def __post_init__(self) -> None:
        if not self.quotes:
            raise ValueError(f"a candidate needs a quote: {self.part}")


@dataclass(frozen=True, slots=True)
class PartScore:
    """What the mapper measured for one part: numbers to learn from, never the text.

    Attributes:
        features: In the order of the calibration file.
        shown: The band in which the part was suggested, or None.
    """

    part: str
    features: tuple[float, ...]
    probability: float
    shown: Band | None = None


@dataclass(frozen=True, slots=True)
class MappingNote:
    """Why little or nothing is suggested, and what would help."""

    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """What mapping made of one text: candidates, or a note, and the scores behind them."""

    standard: str
    candidates: tuple[Candidate, ...]
    note: MappingNote | None = None
    scores: tuple[PartScore, ...] = ()


@dataclass(frozen=True, slots=True)
class PartDecision:
    """What a practitioner did with a part: to learn from, without any text.

    Attributes:
        accepted: True where the part was chosen - suggested or added by hand.
        versions: Rules and model that made the score, in this order.
    """

    standard: str
    score: PartScore
    accepted: bool
    versions: tuple[str, str]
