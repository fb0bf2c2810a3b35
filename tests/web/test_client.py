"""The portal's client: it reaches everything that a portal may ask, and needs no part of the server."""

import base64
import re
import subprocess
import sys
import time
from datetime import UTC, date, datetime

import httpx
import pytest

from models.entry import FormKind, Step
from storage.settings import Settings
from tests.web.test_journey import ANSWERS
from web.client_base import PortalProblem
from web.client_webhooks import NotFromServiceError, read_webhook
from web.rights import ACCESS, Party
from workers.post import sign

SERVER = (
    "sqlalchemy",
    "alembic",
    "fastapi",
    "starlette",
    "pydantic",
    "celery",
    "redis",
    "minio",
    "presidio_analyzer",
)


@pytest.fixture
def records_url(tmp_path):
    """Queries are the portable ones that the contract tests hold."""
    return f"sqlite:///{tmp_path / 'records.sqlite'}"


@pytest.fixture
def settings(tmp_path, records_url):
    return Settings(home=tmp_path, database_url=records_url, webhook_hosts="portal.example")


def test_the_client_needs_no_part_of_the_server():
    blocked = "; ".join(f"sys.modules['{name}'] = None" for name in SERVER)
    code = f"import sys; {blocked}; import web.client, web.client_webhooks"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_there_is_a_method_for_every_route_of_a_portal(portal, service, bench, monkeypatch):
    monkeypatch.setattr("web.progress.LONGEST_SECONDS", 0.01)
    asked = set()
    portal.http.event_hooks = {"request": [lambda r: asked.add((r.method, r.url.path))]}
    everything(portal, service, bench)
    missing = {
        (method, path)
        for method, path in routes_of_portals()
        if not any(method == m and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), p) for m, p in asked)
    }
    assert missing == set()


def routes_of_portals():
    return {key for key, rule in ACCESS.items() if Party.PORTAL in rule.parties}


def everything(portal, service, bench):
    """Do everything that a portal can do, once."""
    webhook = portal.add_webhook("https://portal.example/told")
    entry = portal.open_entry("SW1", "2026-27", form=FormKind.UNSTRUCTURED, key="opened-once")
    assert portal.open_entry("SW1", "2026-27", form=FormKind.UNSTRUCTURED, key="opened-once").id == entry.id
    entry = portal.choose_parts(portal.save_answers(entry, ANSWERS), ["4.1"])
    document = portal.upload(entry.id, "visit.txt", b"I met Zebedee.", key="uploaded-once")
    service.queue.work_off(bench)
    (finding,) = portal.read_results(entry.id, document.id).findings
    assert portal.read_original(entry.id, document.id) == b"I met Zebedee."
    assert b"Zebedee" not in portal.read_redacted(entry.id, document.id)
    assert portal.make_link(entry.id).url.startswith("http")
    document = portal.read_document(entry.id, document.id)
    taken = portal.decide(entry.id, document, finding.id, Step.NOT_PERSONAL, "made_up")
    assert portal.read_decisions(entry.id) == [taken]
    assert portal.read_part_decisions(entry.id) == []  # the tiny line suggests nothing
    document = portal.use_redacted(entry.id, document)
    document = portal.replace(entry.id, document, "b.txt", b"I met a child.")
    service.queue.work_off(bench)
    portal.remove(entry.id, portal.upload(entry.id, "c.txt", b"words").id)
    assert [e.id for e in portal.list_entries("SW1")] == [entry.id]
    whole_year = (date(2026, 12, 1), date(2027, 11, 30))
    assert portal.make_profile("SW1", *whole_year) == portal.make_profile_around(entry.id, *whole_year)
    assert portal.read_requirements("SW1", "2026-27") == portal.read_requirements_around(entry.id)
    assert portal.read_gate(entry.id).is_open
    portal.submit(portal.read_entry(entry.id))
    told = portal.read_progress(entry.id)
    assert list(portal.follow(entry.id, told[-2].id)) == told[-1:]
    entry = portal.reopen(portal.withdraw(portal.read_entry(entry.id)))
    receipt = portal.delete(entry)
    assert portal.list_receipts() == [receipt]
    (delivery, *_) = portal.list_deliveries(webhook.webhook.id)
    portal.send_again(webhook.webhook.id, delivery.id)
    assert portal.list_webhooks() == [webhook.webhook]
    portal.remove_webhook(webhook.webhook.id)


def test_a_problem_keeps_its_code_and_what_comes_with_it(portal):
    entry = portal.open_entry("SW1", "2026-27")
    with pytest.raises(PortalProblem) as refused:
        portal.submit(entry)
    assert (refused.value.status, refused.value.code) == (409, "gate_closed")
    assert refused.value.problem["needs"]
    with pytest.raises(PortalProblem, match="not_found"):
        next(portal.follow("none"))


def test_what_a_newer_service_tells_beside_is_left_out(portal, monkeypatch):
    entry = portal.open_entry("SW1", "2026-27")
    document = portal.upload(entry.id, "a.txt", b"words")
    expected, told = portal.read_entry(entry.id), portal.http.get(f"/v1/entries/{entry.id}").json()
    told |= {"more": {"a": 1}}
    told["documents"][0] |= {"more": [1]}
    told["form_questions"] = "?"
    answer = httpx.Response(200, json=told, request=httpx.Request("GET", "http://testserver"))
    monkeypatch.setattr(portal.http, "request", lambda *_, **__: answer)
    assert portal.read_entry(entry.id) == expected
    assert expected.documents[0].id == document.id
    del told["documents"][0]["version"]
    answer = httpx.Response(200, json=told, request=answer.request)
    with pytest.raises(ValueError, match="version"):
        portal.read_entry(entry.id)


SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()
BODY = b'{"type":"document.ready","data":{}}'


def message(**changed):
    now = datetime.now(UTC)
    headers = {name.title(): value for name, value in sign(b"k" * 32, "7", now, BODY).items()}
    headers["Webhook-Signature"] = "v1,AAAA " + headers["Webhook-Signature"]  # keys may be changing
    return {"secret": SECRET, "headers": headers, "body": BODY, "now": now.timestamp()} | changed


def test_a_message_of_the_service_is_read():
    assert read_webhook(**message())["type"] == "document.ready"


@pytest.mark.parametrize(
    "changed",
    [
        {"secret": "whsec_" + base64.b64encode(b"x" * 32).decode()},
        {"body": BODY + b" "},
        {"headers": {}},
        {"now": time.time() + 3600},
        {"now": time.time() - 3600},
    ],
)
def test_a_message_that_must_not_be_believed(changed):
    with pytest.raises(NotFromServiceError):
        read_webhook(**message(**changed))
