"""Practitioners as they see themselves: who they are to their portal, and their own entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from models.entry import Entry, EntryStatus, FormKind, Gate
from pipeline.gate import gate
from storage.entries import find_practitioner, open_details
from storage.examples import Example, load_examples
from storage.schema import EntryRow, PractitionerRow
from storage.store import Store
from storage.vault import open_vault
from storage.views import gate_entries

PAGE = 20
"""Entries on one page of a list."""


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody to their portal.

    Attributes:
        reference: The portal's own; None where that is not known any more.
    """

    id: str
    portal: str
    reference: str | None
    own_name: str | None


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """One of somebody's entries, as their list shows it.

    Attributes:
        title: What they wrote under the title, or a short beginning of what stands for one.
        date: As they wrote it.
    """

    id: str
    title: str
    date: str
    status: EntryStatus
    form: FormKind
    year: str
    updated_at: datetime
    submitted_at: datetime | None
    gate: Gate


@dataclass(frozen=True, slots=True)
class OwnEntries:
    """One page of somebody's entries, those edited last first, and how many there are."""

    entries: tuple[OwnEntry, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """The number of pages."""
        return max(1, -(-self.total // PAGE))


def find_own(store: Store, practitioner: str) -> Own | None:
    """Say who somebody is to their portal."""
    newest = (
        select(EntryRow)
        .where(EntryRow.practitioner_id == practitioner)
        .order_by(EntryRow.created_at.desc())
        .limit(1)
    )
    with store.records.read() as session:
        row = session.get(PractitionerRow, practitioner)
        entry = session.scalars(newest).one_or_none()
    if row is None:
        return None
    if entry is None:
        return Own(row.id, row.portal, None, None)
    details = open_details(open_vault(store.masters, entry), entry)
    return Own(row.id, row.portal, details.practitioner, details.own_name)


def list_own(store: Store, practitioner: str, page: int = 1) -> OwnEntries:
    """List one page of somebody's entries, each with its gate."""
    mine = EntryRow.practitioner_id == practitioner
    query = (
        select(EntryRow)
        .where(mine)
        .order_by(EntryRow.updated_at.desc(), EntryRow.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    with store.records.read() as session:
        total = session.scalars(select(func.count()).select_from(EntryRow).where(mine)).one()
        rows = list(session.scalars(query))
        seen = gate_entries(session, store, rows)
        return OwnEntries(tuple(map(_own_entry, rows, seen)), total, page)


def years_of(store: Store, practitioner: str) -> list[tuple[str, str]]:
    """List the standards and registration years of somebody's entries, those edited last first."""
    query = (
        select(EntryRow.standard, EntryRow.year)
        .where(EntryRow.practitioner_id == practitioner)
        .group_by(EntryRow.standard, EntryRow.year)
        .order_by(func.max(EntryRow.updated_at).desc())
    )
    with store.records.read() as session:
        return [(standard, year) for standard, year in session.execute(query)]


def example_practitioners(store: Store, portal: str) -> dict[str, Example]:
    """Return the made-up practitioners of an embedded portal that it knows, by their ids."""
    found: dict[str, Example] = {}
    with store.records.read() as session:
        for example in load_examples():
            known = find_practitioner(session, store, portal, example.practitioner)
            if known is not None:
                found.setdefault(known, example)
    return found


def _own_entry(row: EntryRow, seen: Entry) -> OwnEntry:
    answers = {a.question: a.text for a in seen.answers}
    return OwnEntry(
        id=row.id,
        title=title_of(answers),
        date=_short(answers.get("date", "")),
        status=row.status,
        form=row.form,
        year=row.year,
        updated_at=row.updated_at,
        submitted_at=row.submitted_at,
        gate=gate(seen),
    )


def title_of(answers: Mapping[str, str]) -> str:
    """Say in a few words which record it is, from its answers by question; "" where nothing is there."""
    return _short(answers.get("title") or answers.get("type") or answers.get("description") or "")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89].rstrip() + "…"
