"""Requirements at a glance over HTTP: from the records of one practitioner and year."""

import pytest

from models.entry import FormKind
from storage.entries import NewEntry, create_entry
from storage.tokens import Scope, issue_token
from tests.web.test_api import refused

WRITTEN = {
    "type": "Reading",
    "description": "A paper",
    "date": "3 May 2027",
    "learnt": "Much",
    "impact": "Some",
}
YEAR = "year=2026-27"


@pytest.fixture
def record(portal):
    """Write an entry of SW1 and submit it."""

    def written(practitioner="SW1", **answers):
        entry = portal.open_entry(practitioner, "2026-27")
        entry = portal.save_answers(entry, {**WRITTEN, **answers})
        entry = portal.choose_parts(entry, ["4.3"])
        portal.submit(entry)
        return entry

    return written


def glance(call, practitioner="SW1", year="2026-27"):
    answer = call.get("/v1/requirements", params={"practitioner": practitioner, "year": year})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_what_was_submitted_counts_and_a_draft_says_what_it_lacks(call, portal, record):
    record()
    record(learnt="Something else", peer="She asked why")
    draft = portal.open_entry("SW1", "2026-27")
    shown = glance(call)
    assert (shown["pieces"]["have"], shown["peer"]["have"]) == (2, 1)
    assert [c["part"] for c in shown["parts"] if c["submitted"]] == ["4.3"]
    assert [d["entry"] for d in shown["drafts"]] == [draft.id]
    assert len(shown["drafts"][0]["lacks"]) == 5
    assert any("not known" in note for note in shown["notes"])


def test_the_entry_of_another_year_practitioner_or_portal_does_not_count(call, service, record):
    record(date="3 May 2026")
    record("SW2")
    create_entry(service.store, "south", NewEntry("SW1", None, FormKind.SINGLE, "swe-4", "2026-27"))
    shown = glance(call)
    assert (shown["pieces"]["have"], shown["drafts"]) == (0, [])
    assert glance(call, year="2025-26")["pieces"]["have"] == 1
    assert glance(call, practitioner="nobody")["pieces"]["have"] == 0


def test_around_an_entry_the_same_is_told(call, record):
    entry = record()
    assert call.get(f"/v1/entries/{entry.id}/requirements").json() == glance(call)


def test_a_year_of_which_no_rule_is_known_is_refused(call):
    refused(call, "GET", "/v1/requirements?practitioner=SW1&year=2010-11", 422, "unknown_year")
    refused(
        call, "GET", "/v1/requirements?practitioner=SW1&standard=hcpc-cpd&year=2026-31", 422, "unknown_year"
    )


@pytest.mark.parametrize(
    ("standard", "said"), [("hcpc-cpd", "no set number"), ("nmc-code", "35 hours of CPD")]
)
def test_a_standard_without_years_says_what_it_asks_for_and_what_is_not_known(call, standard, said):
    shown = call.get(f"/v1/requirements?practitioner=SW1&standard={standard}&{YEAR}").json()
    assert shown["pieces"]["needed"] is None
    assert shown["pieces"]["words"].endswith("is not known.")
    assert any(said in note for note in shown["notes"])
    assert any("not recorded here" in note for note in shown["notes"])
    assert not any("need not" in cover["words"] for cover in shown["parts"])


def test_a_token_that_may_not_read_learns_nothing(call, service):
    _, secret = issue_token(service.store, "north", frozenset({Scope.ENTRIES_WRITE}))
    headers = {"Authorization": f"Bearer {secret}"}
    refused(call, "GET", f"/v1/requirements?practitioner=SW1&{YEAR}", 403, "forbidden", headers=headers)


@pytest.mark.parametrize("year", ["2031-99", "2026-26", "2026-28", "26-27"])
def test_what_is_no_registration_year_is_refused(call, year):
    asked = call.get("/v1/requirements", params={"practitioner": "SW1", "year": year})
    opened = call.post("/v1/entries", json={"practitioner": "SW1", "year": year})
    assert (asked.status_code, opened.status_code) == (422, 422)


def test_a_century_ends_in_a_registration_year(call):
    assert call.post("/v1/entries", json={"practitioner": "SW1", "year": "2099-00"}).status_code == 201
