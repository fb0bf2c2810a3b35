"""Submission: the one step that the gate guards."""

from __future__ import annotations

from models.entry import ENTRY_FOLLOWS, EntryStatus, Gate
from pipeline.gate import gate
from storage.entries import edit_entry
from storage.events import tell_entry
from storage.refusals import RefusalCode, RequestRefusedError
from storage.schema import EntryRow
from storage.store import Store
from storage.views import gate_entry


class GateClosedError(RequestRefusedError):
    """The gate is closed: something is needed of the practitioner."""

    def __init__(self, closed: Gate) -> None:
        super().__init__(RefusalCode.GATE_CLOSED, "The entry cannot be submitted yet.")
        self.gate = closed


def submit(store: Store, portal: str, entry: str, expected_revision: int) -> Gate:
    """Submit an entry, if nothing is needed of the practitioner.

    The gate is asked on the very state that is submitted: no upload, result or decision can
    land in between.

    Returns:
        The gate as it stood. Where it is not open, the entry is received and time-stamped,
        and withheld from assessors until what is "with us" is done.

    Raises:
        GateClosedError: If something is needed of the practitioner.
    """
    with store.records.write() as session:
        now = store.records.now(session)
        row = edit_entry(session, portal, entry, expected_revision, now)
        if row.status is not EntryStatus.DRAFT:
            raise RequestRefusedError(RefusalCode.WRONG_STATUS, f"The entry is {row.status} already.")
        asked = gate(gate_entry(session, store, row))
        if not asked.may_submit:
            raise GateClosedError(asked)
        row.submitted_at = now
        set_status(row, EntryStatus.SUBMITTED)
        tell_entry(session, row, "entry.submitted", now)
        return asked


def set_status(row: EntryRow, status: EntryStatus) -> None:
    """Set the status of an entry.

    Raises:
        RequestRefusedError: If it may not follow the present one.
    """
    if status not in ENTRY_FOLLOWS[row.status]:
        raise RequestRefusedError(
            RefusalCode.WRONG_STATUS, f"An entry that is {row.status} cannot be {status}."
        )
    row.status = status
