"""Why the store refuses what it is asked: a code that people can look up, and a plain sentence."""

from __future__ import annotations

from enum import StrEnum


class RefusalCode(StrEnum):
    """What stands against a request, by a code of `docs/codes.md`."""

    NOT_FOUND = "not_found"
    STALE = "stale"
    WRONG_STATUS = "wrong_status"
    NOT_ALLOWED = "not_allowed"
    GATE_CLOSED = "gate_closed"
    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_PART = "unknown_part"
    UNKNOWN_STANDARD = "unknown_standard"
    UNKNOWN_YEAR = "unknown_year"
    UNKNOWN_EVIDENCE = "unknown_evidence"
    UNKNOWN_FINDING = "unknown_finding"
    UNKNOWN_STEP = "unknown_step"
    UNKNOWN_REASON = "unknown_reason"
    TOO_MANY_DOCUMENTS = "too_many_documents"
    NOT_READY = "not_ready"
    NOTHING_TO_HIDE = "nothing_to_hide"
    NO_COPY = "no_copy"
    KEY_REUSED = "key_reused"
    LOCKED = "locked"
    SECOND_PERSON = "second_person_needed"
    WORDS_NOT_FOUND = "words_not_found"
    ADDRESS_REFUSED = "address_refused"


class RequestRefusedError(Exception):
    """A request cannot be met as it stands. The message never holds what a person wrote."""

    def __init__(self, code: RefusalCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def not_found() -> RequestRefusedError:
    """Refuse what does not exist, or belongs to somebody else: the two look the same."""
    return RequestRefusedError(RefusalCode.NOT_FOUND, "There is no such entry or document.")
