"""Webhooks: signed, ids only, tried again, logged; sent nowhere but where the operator allows."""

import base64
import hmac
import json
import threading
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from storage.records import utc_now
from storage.settings import Settings
from storage.webhooks import RETRIES
from tests.web.test_api import refused
from tests.web.test_journey import open_entry
from workers.post import post_due


class Portal(ThreadingHTTPServer):
    """A portal's own server, which keeps what it is told."""

    def __init__(self):
        self.told = []
        self.answer = 204
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/told"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.told.append((dict(self.headers), body))
        self.send_response(self.server.answer)
        if self.server.answer == 302:
            self.send_header("Location", self.server.url + "/elsewhere")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def settings(tmp_path, records_url):
    hosts = "127.0.0.1, portal.example"
    return Settings(home=tmp_path, database_url=records_url, webhook_hosts=hosts, webhook_seconds=2)


@pytest.fixture
def listener():
    server = Portal()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def clock(service, monkeypatch):
    moved = {"by": timedelta()}
    monkeypatch.setattr(service.store.records, "_clock", lambda: utc_now() + moved["by"])
    return moved


def run_journey(portal, service, bench, content=b"I met a child."):
    entry = open_entry(portal)
    document = portal.upload(entry.id, "visit.txt", content)
    service.queue.work_off(bench)
    return entry, document


def test_a_result_is_told_signed_and_by_ids_only(call, portal, service, bench, settings, listener):
    added = call.post("/v1/webhooks", json={"url": listener.url}).json()
    entry, document = run_journey(portal, service, bench, b"I met Zebedee.")
    assert post_due(service.store, settings) == 2
    told = {json.loads(body)["type"]: (headers, body) for headers, body in listener.told}
    assert told.keys() == {"document.ready", "document.copy_made"}
    headers, body = told["document.ready"]
    assert json.loads(body)["data"] == {
        "entry": entry.id,
        "document": document.id,
        "version": 1,
        "status": "ready",
    }
    assert not any(word in body for _, body in listener.told for word in (b"Zebedee", b"visit"))
    key = base64.b64decode(added["secret"].removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    delivery = call.get(f"/v1/webhooks/{added['webhook']['id']}/deliveries").json()[-1]
    assert (delivery["status_code"], delivery["attempts"], delivery["next_at"]) == (204, 1, None)
    assert post_due(service.store, settings) == 0


def test_a_delivery_is_tried_again_and_given_up_in_the_end(
    call, portal, service, bench, settings, listener, clock
):
    webhook = call.post("/v1/webhooks", json={"url": listener.url}).json()["webhook"]["id"]
    listener.answer = 503
    run_journey(portal, service, bench)
    for wait in RETRIES:
        assert post_due(service.store, settings) == 1
        assert post_due(service.store, settings) == 0
        clock["by"] += wait
    assert post_due(service.store, settings) == 1
    clock["by"] += timedelta(days=30)
    assert post_due(service.store, settings) == 0
    (delivery,) = call.get(f"/v1/webhooks/{webhook}/deliveries").json()
    assert (delivery["attempts"], delivery["delivered_at"]) == (len(RETRIES) + 1, None)
    assert len({headers["webhook-id"] for headers, _ in listener.told}) == 1
    listener.answer = 200
    call.post(f"/v1/webhooks/{webhook}/deliveries/{delivery['id']}/again")
    assert post_due(service.store, settings) == 1
    assert call.get(f"/v1/webhooks/{webhook}/deliveries").json()[0]["delivered_at"]


def test_a_redirect_is_not_followed(call, portal, service, bench, settings, listener):
    call.post("/v1/webhooks", json={"url": listener.url})
    listener.answer = 302
    run_journey(portal, service, bench)
    post_due(service.store, settings)
    assert len(listener.told) == 1


def test_a_host_taken_off_the_list_is_told_no_more(call, portal, service, bench, settings, listener):
    call.post("/v1/webhooks", json={"url": listener.url})
    run_journey(portal, service, bench)
    post_due(service.store, replace(settings, webhook_hosts=""))
    assert listener.told == []


def test_a_removed_webhook_is_told_no_more(call, portal, service, bench, settings, listener):
    webhook = call.post("/v1/webhooks", json={"url": listener.url}).json()["webhook"]["id"]
    run_journey(portal, service, bench)
    assert call.delete(f"/v1/webhooks/{webhook}").status_code == 204
    assert post_due(service.store, settings) == 0
    assert call.get("/v1/webhooks").json() == []
    refused(call, "GET", f"/v1/webhooks/{webhook}/deliveries", 404, "not_found")


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/told",
        "http://portal.example/told",
        "https://portal.example@elsewhere.example/",
        "https://user:word@portal.example/",
        "ftp://portal.example/",
        "https://portal.example.elsewhere.example/",
        "file:///etc/passwd",
        "",
    ],
)
def test_addresses_that_are_not_allowed(call, url):
    refused(call, "POST", "/v1/webhooks", 422, "address_refused", json={"url": url})


def test_an_allowed_address_is_taken_and_its_secret_not_shown_again(call):
    added = call.post("/v1/webhooks", json={"url": "https://portal.example/told"})
    assert added.status_code == 201
    assert "secret" not in call.get("/v1/webhooks").text
