"""Audit: who did what and when, by codes and random ids, in a chain that shows every change.

Each row carries a MAC over itself and the MAC before it, under a key that the records hold
only wrapped. The end of the chain is written down outside the records now and then
(`anchor`), so that a chain cut short or written anew does not fit it. What is older than its
term can be taken off the beginning (`cut`); the row that is then the first is signed as such.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from storage.records import add_if_absent
from storage.schema_service import AuditHeadRow, AuditRow
from storage.service_keys import known_service_key, service_key
from storage.store import Store

SYSTEM = "system"
OPERATOR = "operator"
_CHAIN = "audit"
_BEGINNING = "audit beginning"
_START = "0" * 64


@dataclass(frozen=True, slots=True)
class Act:
    """One access or act.

    Attributes:
        actor: Random id of who does it, or `SYSTEM` or `OPERATOR`. Never a name.
        action: A code, such as "results.read".
    """

    actor: str
    action: str
    entry: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """An act as it may be read."""

    row: int
    at: str
    actor: str
    action: str
    document: str | None


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking the chain came to.

    Attributes:
        rows: How many rows were checked.
        broken_at: Id of the first row that does not fit, or None.
        anchors: How many anchored heads were compared.
        lost_anchor: Id of the first anchored row that is gone or another now, or None.
    """

    rows: int
    broken_at: int | None
    anchors: int
    lost_anchor: int | None

    @property
    def holds(self) -> bool:
        """Tell whether nothing was changed, cut or written anew."""
        return self.broken_at is None and self.lost_anchor is None


def audit(session: Session, store: Store, act: Act) -> None:
    """Add an act to the chain, in the transaction that does it."""
    key = service_key(session, store.masters, _CHAIN)
    head = _head(session)
    row = AuditRow(
        id=head.last + 1,
        at=store.records.now(session).isoformat(),
        actor=act.actor,
        action=act.action,
        entry_id=act.entry,
        document_id=act.document,
        mac="",
    )
    row.mac = _mac(key, head.mac, row)
    session.add(row)
    head.last, head.mac = row.id, row.mac
    session.flush()


def note(store: Store, act: Act) -> None:
    """Add an act to the chain by itself: before something is shown, so that nothing is shown unnoted."""
    with store.records.write() as session:
        audit(session, store, act)


def acts_on(store: Store, entry: str) -> list[Noted]:
    """List what was noted about an entry, in order."""
    query = select(AuditRow).where(AuditRow.entry_id == entry).order_by(AuditRow.id)
    with store.records.read() as session:
        return [Noted(r.id, r.at, r.actor, r.action, r.document_id) for r in session.scalars(query)]


def anchor(store: Store, path: Path) -> None:
    """Write the end of the chain down outside the records, where it moved since the last time."""
    with store.records.read() as session:
        head = session.get(AuditHeadRow, _CHAIN)
    if head is None or (path.exists() and _anchors(path)[-1:] == [(head.last, head.mac)]):
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a") as file:
        file.write(json.dumps({"row": head.last, "mac": head.mac}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def verify(store: Store, path: Path) -> Verification:
    """Check the whole chain, and compare it with the heads that were written down outside."""
    anchored = dict(_anchors(path)) if path.exists() else {}
    macs: dict[int, str] = {}
    with store.records.read() as session:
        key = known_service_key(session, store.masters, _CHAIN) or b""
        head = session.get(AuditHeadRow, _CHAIN)
        beginning = session.get(AuditHeadRow, _BEGINNING)
        first = 1 if beginning is None else beginning.last
        is_cut, begins_cut = beginning is not None, False
        broken_at, before, last = None, _START, first - 1
        for last, row in enumerate(_rows(session), first):
            if is_cut and last == first:
                fits = begins_cut = _is_beginning(key, beginning, row)
            else:
                fits = _fits(key, before, row, last)
            broken_at = row.id if broken_at is None and not fits else broken_at
            before = row.mac
            if row.id in anchored:
                macs[row.id] = row.mac
        ends = (0, _START) if head is None else (head.last, head.mac)
        if broken_at is None and (ends != (last, before) or is_cut is not begins_cut):
            broken_at = last + 1
    oldest = first if begins_cut else 1  # only a beginning that was seen and fits explains what is gone
    lost = sorted(row for row, mac in anchored.items() if row >= oldest and macs.get(row) != mac)
    return Verification(last - first + 1, broken_at, len(anchored), lost[0] if lost else None)


def cut(store: Store, before: datetime) -> int:
    """Take what is older than some moment off the beginning of the chain, and return how many rows.

    The last of them stays, signed as the beginning: whoever has the records but not the key
    cannot take away more. What follows a row that is not old stays, whatever its own time says:
    a clock that was wrong once takes nothing young away.
    """
    with store.records.write() as session:
        key = service_key(session, store.masters, _CHAIN)
        head = _head(session)
        kept = session.scalars(select(func.min(AuditRow.id)).where(AuditRow.at >= before.isoformat())).one()
        last = head.last if kept is None else kept - 1
        beginning = session.get(AuditHeadRow, _BEGINNING)
        first = 1 if beginning is None else beginning.last
        if last <= first:
            return 0
        session.execute(delete(AuditRow).where(AuditRow.id < last))
        mac = _beginning_mac(key, session.get_one(AuditRow, last))
        session.merge(AuditHeadRow(name=_BEGINNING, last=last, mac=mac))
        return last - first


def _fits(key: bytes, before: str, row: AuditRow, number: int) -> bool:
    """Tell whether a row is the next of the chain, and as it was written."""
    return row.id == number and hmac.compare_digest(row.mac, _mac(key, before, row))


def _is_beginning(key: bytes, beginning: AuditHeadRow | None, row: AuditRow) -> bool:
    """Tell whether a row is the first that a cut left, and as it was then."""
    if beginning is None:
        return False
    return row.id == beginning.last and hmac.compare_digest(beginning.mac, _beginning_mac(key, row))


def _beginning_mac(key: bytes, row: AuditRow) -> str:
    """Sign everything of a row, whose own MAC cannot be computed without the one before."""
    return _mac(key, f"{_BEGINNING} {row.mac}", row)


def _head(session: Session) -> AuditHeadRow:
    """Return the end of the chain, locked."""
    head = session.get(AuditHeadRow, _CHAIN, with_for_update=True)
    if head is None:
        add_if_absent(session, AuditHeadRow(name=_CHAIN, last=0, mac=_START))
        head = session.get_one(AuditHeadRow, _CHAIN, with_for_update=True, populate_existing=True)
    return head


def _rows(session: Session) -> Iterator[AuditRow]:
    query = select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000)
    yield from session.scalars(query)


def _mac(key: bytes, before: str, row: AuditRow) -> str:
    told = json.dumps([before, row.id, row.at, row.actor, row.action, row.entry_id, row.document_id])
    return hmac.digest(key, told.encode(), "sha256").hex()


def _anchors(path: Path) -> list[tuple[int, str]]:
    lines = (json.loads(line) for line in path.read_text().splitlines() if line.strip())
    return [(int(line["row"]), str(line["mac"])) for line in lines]
