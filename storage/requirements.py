"""Requirements at a glance, from the records: where a practitioner stands in a registration year."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.entry import Entry, EntryStatus
from models.requirements import Glance
from pipeline.requirements import at_a_glance
from rules.regimes import Regime, load_regimes, regime_of_year
from rules.standards import load_standards
from storage.entries import find_practitioner, get_entry
from storage.refusals import RefusalCode, RequestRefusedError
from storage.schema import EntryRow
from storage.store import Store
from storage.views import gate_entries


def view_glance(store: Store, portal: str, practitioner: str, standard: str, year: str) -> Glance:
    """Say where a practitioner stands, by the portal's reference. Who has no entry stands at nothing.

    Args:
        store: Where the entries are.
        portal: Whose entries they are.
        practitioner: The portal's reference.
        standard: Id of the standard.
        year: The registration year as entries name it ("2026-27").

    Raises:
        RequestRefusedError: If no yearly rule of the standard is known for that year.
    """
    with store.records.read() as session:
        found = find_practitioner(session, store, portal, practitioner)
        return _glance(session, store, portal, found, _regime(standard, year))


def glance_around(store: Store, portal: str, entry: str) -> Glance:
    """Say where the practitioner of an entry stands in its year and under its standard.

    Raises:
        RequestRefusedError: If there is no such entry, or no yearly rule is known.
    """
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
        return _glance(session, store, portal, row.practitioner_id, _regime(row.standard, row.year))


def _regime(standard: str, year: str) -> Regime:
    found = regime_of_year(standard, year, load_regimes())
    if found is None:
        told = "What this standard asks for in that year is not known."
        raise RequestRefusedError(RefusalCode.UNKNOWN_YEAR, told)
    return found


def _glance(session: Session, store: Store, portal: str, practitioner: str | None, regime: Regime) -> Glance:
    today = store.records.now(session).date()
    entries = _entries(session, store, portal, practitioner, regime)
    return at_a_glance(entries, regime, load_regimes(), load_standards()[regime.standard], today)


def _entries(
    session: Session, store: Store, portal: str, practitioner: str | None, regime: Regime
) -> list[Entry]:
    """Return what may count: every submitted entry, by its own date, and the drafts of the year."""
    query = select(EntryRow).where(
        EntryRow.portal == portal,
        EntryRow.practitioner_id == practitioner,
        EntryRow.standard == regime.standard,
        or_(EntryRow.year == regime.year, EntryRow.status == EntryStatus.SUBMITTED),
    )
    return gate_entries(session, store, list(session.scalars(query.order_by(EntryRow.created_at))))
