"""Requests made up from our own OpenAPI document: whatever is asked, no answer is a fault of ours."""

import random
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from models.entry import FormKind
from models.upload import Upload
from storage.documents import add_document
from storage.entries import NewEntry, create_entry, save_answers
from storage.schema import EntryRow
from storage.sessions import StaffRole, begin_session, find_session
from storage.tokens import Scope, issue_token
from storage.views import list_findings
from web.access import FORM_TOKEN
from web.app import build_app

pytestmark = pytest.mark.all

REQUESTS = 500
CODES = set(re.findall(r"`([a-z_]+)`", Path("docs/codes.md").read_text()))
SIGN_OUT = ("delete", "/v1/session")
QUIETLY = settings(
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class World:
    """Entries of one practitioner to ask about: a fresh one, with something in it, for each route."""

    def __init__(self, service, bench) -> None:
        self.service, self.bench = service, bench
        self.chance = random.Random(500)
        self.renew()

    def renew(self) -> None:
        store, new = self.service.store, NewEntry("SW1", "Rowan Hale", FormKind.SINGLE, "swe-4", "2026-27")
        self.entry = create_entry(store, "north", new)
        upload = Upload("visit.txt", b"I met Zebedee in Quaymouth.")
        received = add_document(store, "north", self.entry, upload)
        _, answers = save_answers(store, "north", self.entry, {"title": "A visit"}, 2)
        self.service.queue.jobs.clear()  # what made-up requests uploaded is not read here
        self.service.queue.send([received.job, answers])
        self.service.queue.work_off(self.bench)
        self.document = received.document
        self.finding = list_findings(store, "north", self.entry, self.document)[0].id

    def practitioner(self) -> str:
        with self.service.store.records.read() as session:
            return session.get(EntryRow, self.entry).practitioner_id

    def revision(self) -> int:
        with self.service.store.records.read() as session:
            row = session.get(EntryRow, self.entry)
            return row.revision if row else 1  # a request of the run has deleted it

    def make_real(self, case) -> None:
        """Put what is there in most places where something is named, so that more than 404 is met."""
        real = {"entry": self.entry, "document": self.document, "finding": self.finding, "version": 1}
        for place in (case.path_parameters, case.body):
            for name in real.keys() & (place.keys() if isinstance(place, dict) else ()):
                if self.chance.random() < 0.8:
                    place[name] = real[name]
        if "If-Match" in (case.headers or {}) and self.chance.random() < 0.8:
            case.headers["If-Match"] = f'"{self.chance.choice([1, self.revision()])}"'


def headers_of(service, world, who):
    """Sign somebody in, or take a portal's token."""
    if who == "portal":
        return {"Authorization": f"Bearer {issue_token(service.store, 'north', frozenset(Scope))[1]}"}
    subject, role = (world.practitioner(), None) if who == "practitioner" else ("0" * 32, StaffRole(who))
    secret = begin_session(service.store, subject, role)
    person = find_session(service.store, secret, timedelta(hours=1))
    return {"Cookie": f"evidence={secret}", FORM_TOKEN: person.form_token}


@pytest.mark.parametrize("who", ["portal", "practitioner", "reviewer"])
def test_no_request_that_can_be_made_up_breaks_the_service(service, bench, monkeypatch, who):
    monkeypatch.setattr("web.progress.LONGEST_SECONDS", 0.01)
    monkeypatch.setattr("web.progress.LOOK_SECONDS", 0.01)
    world = World(service, bench)
    told = Counter()
    operations = routes(build_app(service))
    each = -(-REQUESTS // len(operations) // 2)
    for operation in operations:
        world.renew()
        headers = headers_of(service, world, who)
        for mode in GenerationMode:
            ask(operation, mode, each, headers, world, told)
    assert told.total() >= REQUESTS, told
    assert told[200] + told[201] > 20, told


def routes(app):
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", app)
    found = [result.ok() for result in schema.get_all_operations()]
    return [o for o in found if o.path.startswith("/v1/") and (o.method, o.path) != SIGN_OUT]


def ask(operation, mode, count, headers, world, told):
    """Ask one route a few times, as it describes itself or against its description."""

    @settings(QUIETLY, max_examples=count)
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case):
        world.make_real(case)
        answer = case.call(headers=headers, timeout=120)  # a busy machine is no fault of the service
        told[answer.status_code] += 1
        case.validate_response(
            answer, checks=[not_a_server_error, content_type_conformance, response_schema_conformance]
        )
        if answer.status_code >= 400:
            assert answer.headers["content-type"][0] == "application/problem+json"
            assert answer.json()["code"] in CODES, answer.text

    asked()
