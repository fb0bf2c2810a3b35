"""What the portal's owner allows after submission, and what results hold: as the settings say."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from models.entry import EntryStatus
from models.ledger import LedgerState
from storage.copies import redact_all
from storage.tokens import Scope, issue_token
from tests.tiny import VERSIONS
from tests.web.test_api import ready_entry
from web.app import build_app
from web.client import PortalClient
from web.client_base import PortalProblem


@pytest.fixture
def records_url(tmp_path):
    """What is looked at here is policy, not queries."""
    return f"sqlite:///{tmp_path / 'records.sqlite'}"


@pytest.fixture
def owned(service):
    """Return the API of a portal whose owner has set something."""

    def owned(**settings):
        _, secret = issue_token(service.store, "north", frozenset(Scope))
        client = PortalClient("http://testserver", secret)
        set_so = replace(service, settings=replace(service.settings, **settings))
        client.http = TestClient(build_app(set_so), headers={"Authorization": f"Bearer {secret}"})
        return client

    return owned


def submitted(portal, service, bench):
    entry, _ = ready_entry(portal, service, bench)
    portal.submit(entry)
    return portal.read_entry(entry.id)


@pytest.mark.parametrize(
    ("setting", "act"),
    [
        ("withdraw_after_submission", PortalClient.withdraw),
        ("edit_after_submission", PortalClient.reopen),
        ("delete_after_submission", PortalClient.delete),
    ],
)
def test_the_owner_says_what_may_be_done_after_submission(owned, service, bench, setting, act):
    allowing, refusing = owned(**{setting: True}), owned(**{setting: False})
    entry = submitted(allowing, service, bench)
    with pytest.raises(PortalProblem, match="not_allowed"):
        act(refusing, entry)
    assert refusing.read_entry(entry.id) == entry
    act(allowing, entry)


def test_whoever_must_change_something_may_always_reopen(owned, service, bench):
    portal = owned(edit_after_submission=False)
    entry = submitted(portal, service, bench)
    with pytest.raises(PortalProblem, match="wrong_status"):
        portal.upload(entry.id, "late.txt", b"I met Zebedee.")
    again = owned(edit_after_submission=True).reopen(entry)
    portal.upload(entry.id, "late.txt", b"I met Zebedee.")
    portal.submit(portal.read_entry(entry.id))  # "with us" stops nothing
    service.queue.work_off(bench)
    assert portal.reopen(portal.read_entry(entry.id)).status is EntryStatus.DRAFT
    assert again.status is EntryStatus.DRAFT


def test_an_owner_can_have_the_copy_put_in_place_always(owned, service, bench):
    portal = owned(redact_always=True)
    entry, document = ready_entry(portal, service, bench, b"I met Zebedee.")
    service.queue.send(redact_all(service.store))
    service.queue.work_off(bench)
    newer = portal.read_document(entry.id, document.id)
    assert (newer.version, newer.is_redacted, newer.outcome) == (2, True, "nothing_found")
    assert redact_all(service.store) == []


def test_results_hold_everything_that_was_made_of_a_document(owned, service, bench):
    portal = owned()
    entry, document = ready_entry(portal, service, bench, b"I met Zebedee and learnt to listen.")
    results = portal.read_results(entry.id, document.id)
    assert [f.verdict for f in results.findings] == ["block"]
    assert [w.findings for w in results.warnings] == [(0,)]
    assert [line.state for line in results.ledger] == [LedgerState.READ]
    assert results.versions == VERSIONS
    assert results.segments
    assert "Zebedee" not in results.redacted_text
    raw = portal.http.get(f"/v1/entries/{entry.id}/documents/{document.id}/results").json()
    assert {"outcome", "findings", "allowed", "warnings", "candidates", "ledger", "versions"} <= set(raw)
