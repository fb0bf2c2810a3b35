"""Bad input, route by route as the OpenAPI document lists them: a problem with a code, and nothing lost."""

import asyncio
import json

import pytest

from models.entry import FormKind
from storage.settings import Settings
from storage.tokens import Scope, issue_token
from tests.web.test_api import ready_entry, refused
from tests.web.test_journey import ANSWERS, open_entry
from web.rights import ACCESS, Party

BODIES = {
    "/answers": {"answers": {"title": "changed"}},
    "/parts": {"parts": ["4.2"]},
    "/decisions": {"document": "{document}", "version": 1, "step": "ask_review", "reason": "not_sure"},
    "/profile": {"start": "2025-12-01", "end": "2026-11-30"},
}
FILE = {"files": {"file": ("b.txt", b"other words")}}
STALE = [
    ("DELETE", ""),
    ("PUT", "/answers"),
    ("PUT", "/parts"),
    ("POST", "/submit"),
    ("POST", "/withdraw"),
    ("POST", "/reopen"),
    ("PUT", "/documents/{document}"),
    ("POST", "/documents/{document}/use-redacted"),
]


@pytest.fixture
def records_url(tmp_path):
    """What is looked at here lies before the database."""
    return f"sqlite:///{tmp_path / 'records.sqlite'}"


def asked(method, path, document):
    """What a good request to a route holds beside its address."""
    if method in ("POST", "PUT") and path.endswith(("/documents", "/documents/{document}")):
        return FILE
    for suffix, body in BODIES.items():
        if method != "GET" and path.endswith(suffix):
            return {"json": json.loads(json.dumps(body).replace("{document}", document))}
    return {}


def operations(call):
    for path, item in call.get("/v1/openapi.json").json()["paths"].items():
        for method, operation in item.items():
            yield method.upper(), path, operation


def test_the_routes_that_change_what_was_seen_are_the_ones_tried_here(call):
    taking = {
        (method, path)
        for method, path, operation in operations(call)
        if path.startswith("/v1/") and any(p["name"] == "If-Match" for p in operation.get("parameters", []))
    }
    assert taking == {(method, "/v1/entries/{entry}" + path) for method, path in STALE}


def test_what_was_seen_must_be_said_and_must_still_hold(call, portal, service, bench):
    entry, document = ready_entry(portal, service, bench)
    before = portal.read_entry(entry.id)
    for method, path in STALE:
        where = f"/v1/entries/{entry.id}{path}".replace("{document}", document.id)
        request = asked(method, path, document.id)
        refused(call, method, where, 428, "if_match_needed", **request)
        for seen in ('"999"', "W/x", "*", '"-1"', '"٣"'.encode()):
            refused(call, method, where, 412, "stale", headers={"If-Match": seen}, **request)
    assert portal.read_entry(entry.id) == before


def test_no_body_takes_fields_that_it_does_not_know(call):
    schemas = call.get("/v1/openapi.json").json()["components"]["schemas"]
    bodies = {
        content["schema"]["$ref"].rpartition("/")[2]
        for _, _, operation in operations(call)
        for kind, content in operation.get("requestBody", {}).get("content", {}).items()
        if kind == "application/json"
    }
    assert bodies >= {"EntryDraft", "AnswersDraft", "PartsChoice", "DecisionDraft", "WebhookDraft"}
    for name in bodies:
        assert schemas[name]["additionalProperties"] is False, name


def test_what_is_another_entrys_or_portals_looks_as_if_it_were_not(call, portal, service, bench):
    entry, document = ready_entry(portal, service, bench)
    other = portal.open_entry("SW2", "2026-27", form=FormKind.SINGLE)
    _, secret = issue_token(service.store, "south", frozenset(Scope))
    seen = {"If-Match": '"1"'}
    south = {"Authorization": f"Bearer {secret}"} | seen
    before = portal.read_entry(entry.id)
    routes = [k for k, rule in ACCESS.items() if Party.PORTAL in rule.parties and "{entry}" in k[1]]
    for method, path in routes:
        request = asked(method, path, document.id)
        where = path.replace("{document}", document.id)
        refused(call, method, where.replace("{entry}", entry.id), 404, "not_found", headers=south, **request)
        if "{document}" in path or (path.endswith("/decisions") and method == "POST"):
            elsewhere = where.replace("{entry}", other.id)
            refused(call, method, elsewhere, 404, "not_found", headers=seen, **request)
    assert len(routes) > 20
    assert portal.read_entry(entry.id) == before


def test_nothing_is_kept_under_a_name_that_was_only_asked_for(call, portal, service, bench):
    entry, _ = ready_entry(portal, service, bench)
    before = list(service.store.objects.names(""))
    for name in ("none", "a%20b", "%C3%A9", "%2E%2E", "x" * 5000, "..%2F..%2Fx"):
        where = f"/v1/entries/{entry.id}/documents/{name}"
        refused(call, "PUT", where, 404, "not_found", headers={"If-Match": '"1"'}, **FILE)
    assert list(service.store.objects.names("")) == before


class SlowBody:
    """A request of which one piece comes and the next does not."""

    def __init__(self, first: bytes) -> None:
        self.pieces = [{"type": "http.request", "body": first, "more_body": True}]

    async def __call__(self):
        if not self.pieces:
            await asyncio.sleep(30)
        return self.pieces.pop()


def answer_of(app, method, path, headers, receive):
    """Send one request to an app piece by piece, and return its status and body."""
    sent = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], json.loads(sent[1]["body"])


class TestSlow:
    @pytest.fixture
    def settings(self, tmp_path, records_url):
        return Settings(home=tmp_path, database_url=records_url, body_seconds=0.2)

    @pytest.mark.parametrize(
        ("method", "path", "kind"),
        [
            ("POST", "/documents", "multipart/form-data; boundary=x"),
            ("PUT", "/documents/{document}", "multipart/form-data; boundary=x"),
            ("PUT", "/answers", "application/json"),
        ],
    )
    def test_what_does_not_arrive_in_time_is_let_go(self, call, portal, method, path, kind):
        entry = portal.save_answers(open_entry(portal), ANSWERS)
        document = portal.upload(entry.id, "a.txt", b"words")
        headers = {
            "Authorization": call.headers["Authorization"],
            "Content-Type": kind,
            "If-Match": f'"{document.version}"',
        }
        first = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nwor'
        where = f"/v1/entries/{entry.id}{path}".replace("{document}", document.id)
        status, problem = answer_of(call.app, method, where, headers, SlowBody(first))
        assert (status, problem["code"]) == (408, "too_slow")
        kept = portal.read_entry(entry.id)
        assert kept.answers == entry.answers
        assert [d.version for d in kept.documents if d.id == document.id] == [1]
