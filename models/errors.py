"""Why a document was refused: a code, a plain sentence, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReasonCode(StrEnum):
    """The document's fault, by a code that people can look up in `docs/codes.md`."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    UNKNOWN_KIND = "unknown_kind"
    OLD_FORMAT = "old_format"
    NEEDS_PASSWORD = "needs_password"  # noqa: S105  (a code, not a password)
    DAMAGED = "damaged"
    UNSAFE = "unsafe"
    TOO_COMPLEX = "too_complex"
    NOT_TEXT = "not_text"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Reason:
    """What is wrong with a document and what its owner can do about it."""

    code: ReasonCode
    message: str
    remedy: str


class DocumentError(Exception):
    """The document is refused. It is the document's fault, so it is never retried.

    The message and the remedy never hold text of the document.
    """

    def __init__(self, code: ReasonCode, message: str, remedy: str) -> None:
        super().__init__(f"{code}: {message}")
        self.reason = Reason(code, message, remedy)
