"""What replaces a finding, and the redacted text."""

from __future__ import annotations

from dataclasses import dataclass, field

from models.text import Span


@dataclass(frozen=True, slots=True)
class Replacement:
    """One finding replaced.

    Attributes:
        segment: Id of the segment.
        span: What was replaced, in the segment's raw text.
        label: What stands there instead, such as "[Child A]".
    """

    segment: str
    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class LabelBook:
    """The labels given out over one entry, so that one person keeps one label.

    It maps real names to labels: it is kept sealed with the entry and nowhere else.

    Attributes:
        labels: Pairs of a folded name (or other value) and its label.
    """

    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Redaction:
    """The document with every flagged finding replaced by a neutral label.

    Attributes:
        text: The redacted document text.
        replacements: In reading order; none overlap.
        is_file_redacted: Whether a redacted copy of the file itself was made. False
            means that there is only the redacted text.
    """

    text: str
    replacements: tuple[Replacement, ...]
    is_file_redacted: bool = False


@dataclass(frozen=True, slots=True)
class FileCopy:
    """A redacted copy of a file.

    Attributes:
        ending: How its name ends (".docx"): it need not be of the original's kind.
    """

    ending: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PageMark:
    """Where a finding, or a line of it, stands on a page.

    Attributes:
        number: The number of the finding in the list.
        left: Left edge as a part (0 to 1) of the page's width; `right` likewise.
        top: Upper edge as a part of the page's height, from above; `bottom` likewise.
    """

    number: str
    left: float
    top: float
    right: float
    bottom: float
