"""What a practitioner does with suggested parts: kept as numbers and versions, never as text."""

import json

import pytest
from sqlalchemy import select

from models.serialize import to_json
from storage.parts import read_part_decisions
from storage.schema_parts import PartDecisionRow
from tests.tiny import VERSIONS
from tests.web.test_api import refused
from tests.web.test_journey import open_entry

SUGGESTED = b"The feedback was fair."
NOT_SUGGESTED = b"I met a child."


@pytest.fixture
def chosen(call, portal, service, bench):
    """Choose parts of an entry with one upload, and list what was done with each."""

    def choose(text, *parts):
        entry = open_entry(portal)
        portal.upload(entry.id, "a.txt", text)
        service.queue.work_off(bench)
        portal.choose_parts(portal.read_entry(entry.id), parts)
        listed = call.get(f"/v1/entries/{entry.id}/part-decisions").json()
        return entry, {d["score"]["part"]: d["step"] for d in listed}

    return choose


@pytest.mark.parametrize(
    ("text", "parts", "steps"),
    [
        (SUGGESTED, ["4.1"], {"4.1": "accepted"}),
        (SUGGESTED, [], {"4.1": "rejected"}),
        (SUGGESTED, ["4.2"], {"4.1": "rejected", "4.2": "added"}),
        (NOT_SUGGESTED, ["4.1"], {"4.1": "added"}),
        (NOT_SUGGESTED, ["4.8"], {}),  # nothing was measured for it: nothing to learn
        (NOT_SUGGESTED, [], {}),
    ],
)
def test_what_is_done_with_a_part_is_kept(chosen, text, parts, steps):
    assert chosen(text, *parts)[1] == steps


def test_the_last_choice_takes_the_place_of_the_one_before(chosen, call, portal):
    entry, _ = chosen(SUGGESTED, "4.1")
    portal.choose_parts(portal.read_entry(entry.id), [])
    (kept,) = call.get(f"/v1/entries/{entry.id}/part-decisions").json()
    assert kept["step"] == "rejected"


def test_before_there_are_results_nothing_is_learnt(call, portal):
    entry = open_entry(portal)
    portal.upload(entry.id, "a.txt", SUGGESTED)
    portal.choose_parts(portal.read_entry(entry.id), ["4.1"])
    assert call.get(f"/v1/entries/{entry.id}/part-decisions").json() == []


def test_of_two_documents_the_one_that_shows_a_part_counts(portal, service, bench, call):
    entry = open_entry(portal)
    for text in (NOT_SUGGESTED, SUGGESTED, NOT_SUGGESTED):
        portal.upload(entry.id, "a.txt", text)
    service.queue.work_off(bench)
    portal.choose_parts(portal.read_entry(entry.id), ["4.1"])
    (kept,) = call.get(f"/v1/entries/{entry.id}/part-decisions").json()
    assert (kept["step"], kept["score"]["shown"]) == ("accepted", "possible")


def test_what_is_learnt_from_holds_no_text_and_goes_with_the_entry(chosen, portal, service):
    entry, _ = chosen(SUGGESTED, "4.1")
    (decision,) = read_part_decisions(service.store, "swe-4")
    assert decision.versions == (VERSIONS.rules, VERSIONS.model)
    assert "feedback" not in json.dumps(to_json(decision))
    assert read_part_decisions(service.store, "hcpc-cpd") == []
    portal.delete(portal.read_entry(entry.id))
    with service.store.records.read() as session:
        assert session.scalars(select(PartDecisionRow)).all() == []


def test_an_unknown_part_is_refused_and_nothing_is_kept(chosen, call, portal, service):
    entry, _ = chosen(SUGGESTED, "4.1")
    headers = {"If-Match": f'"{portal.read_entry(entry.id).revision}"'}
    path = f"/v1/entries/{entry.id}/parts"
    refused(call, "PUT", path, 422, "unknown_part", json={"parts": ["9.9"]}, headers=headers)
    assert len(read_part_decisions(service.store, "swe-4")) == 1
