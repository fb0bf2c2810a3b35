"""What operators ask: alive, ready, metrics; and what a request leaves behind in the logs."""

import io
import logging
import re
import threading
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from storage.jobs import Stage
from storage.sessions import begin_session
from storage.settings import Settings
from storage.store import open_store
from tests.tiny import HeldQueue
from tests.web.test_journey import open_entry
from web.app import build_app
from web.requests import REQUEST_HEADER
from workers.logs import JsonLines, request_id
from workers.queue import CeleryQueue, make_app
from workers.stages import work

TOKEN = "made-up-token-for-metrics"
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
def settings(tmp_path, records_url):
    return Settings(home=tmp_path, database_url=records_url, metrics_token=TOKEN, upload_bytes=100_000)


@pytest.fixture
def lines():
    """What our own loggers write while a test runs."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines("web"))
    logger = logging.getLogger("web")
    before = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    yield out
    logger.removeHandler(handler)
    logger.setLevel(before)


def metrics(call, name):
    told = call.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert told.status_code == 200
    found = re.findall(rf"^{name}(?:\{{(.*)\}})? (\S+)$", told.text, re.MULTILINE)
    return {labels: float(value) for labels, value in found}


def test_it_is_ready_when_every_part_answers(call):
    answer = call.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "parts": {
            "records": "answers",
            "objects": "answers",
            "queue": "answers",
            "workers": "answers",
            "scanner": "not_configured",
        },
    }


def not_ready(service):
    with TestClient(build_app(service)) as client:
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["status"] == "not_ready"
        assert client.get("/healthz").status_code == 200
        return answer.json()["parts"], answer.text


def test_a_broker_that_is_away_is_told(service):
    service.queue.is_away = True
    assert not_ready(service)[0]["queue"] == "away"


def test_a_queue_that_no_worker_hears_is_told_and_uploads_go_on(call, service):
    service.queue.workers = 0
    answer = call.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert answer.json()["parts"]["workers"] == "away"
    assert metrics(call, "evidence_part_up")['part="workers"'] == 0
    assert metrics(call, "evidence_listening_workers")['queue="check"'] == 0


def test_a_broker_that_does_not_exist_is_away_and_its_password_is_not_told(service):
    url = "redis://:made-up-secret@127.0.0.1:9/0"
    queue = CeleryQueue(make_app(replace(service.settings, redis_url=url)), url)
    parts, text = not_ready(replace(service, queue=queue))
    assert parts["queue"] == "away"
    assert "made-up" not in text


def test_objects_that_cannot_be_written_are_away(service, monkeypatch):
    monkeypatch.setattr("storage.local.os.access", lambda *_: False)
    assert not_ready(service)[0]["objects"] == "away"


def test_a_scanner_that_is_configured_and_gone_is_away(service):
    assert (
        not_ready(replace(service, settings=replace(service.settings, clamd="127.0.0.1:9")))[0]["scanner"]
        == "away"
    )


def test_records_that_cannot_be_opened_are_away(service, tmp_path):
    lost = replace(service.settings, database_url=f"sqlite:///{tmp_path}/no/such/folder/records.sqlite")
    assert not_ready(replace(service, store=open_store(lost)))[0]["records"] == "away"


def test_a_part_that_hangs_is_late_and_holds_nobody_up(service):
    free = threading.Event()
    queue = HeldQueue()
    queue.length = lambda _: free.wait(20)
    parts, _ = not_ready(replace(service, queue=queue))
    assert parts["queue"] == "late"
    assert parts["records"] == "answers"
    free.set()


@pytest.mark.parametrize("untrusted", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
def test_metrics_are_not_for_everyone(call, untrusted):
    headers = {"Authorization": untrusted}
    assert call.get("/metrics", headers=headers).status_code == 401


def test_without_a_token_nobody_gets_in_by_an_empty_one(service):
    closed = replace(service, settings=replace(service.settings, metrics_token=""))
    with TestClient(build_app(closed)) as client:
        assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 401


@pytest.mark.parametrize(("role", "status"), [("operator", 200), ("reviewer", 403), ("auditor", 403)])
def test_an_operator_who_is_signed_in_reads_metrics(service, role, status):
    secret = begin_session(service.store, "0" * 32, role)
    with TestClient(build_app(service), cookies={"evidence": secret}) as client:
        assert client.get("/metrics").status_code == status


def test_a_portal_is_not_shown_what_others_do(call):
    assert call.get("/metrics").status_code == 403


def test_metrics_follow_documents_down_the_line(call, portal, service, bench):
    watched = replace(bench, watch=service.tally.note)
    entry = open_entry(portal)
    portal.upload(entry.id, "visit.txt", b"I met Zebedee.")
    portal.upload(entry.id, "empty.txt", b"")
    assert metrics(call, "evidence_waiting_documents")['stage="read"'] == 2
    assert metrics(call, "evidence_queue_messages")['queue="read"'] == 2
    assert metrics(call, "evidence_waiting_oldest_seconds")['stage="read"'] >= 0
    while service.queue.jobs:
        service.queue.send(work(watched, service.queue.jobs.popleft()))
    assert set(metrics(call, "evidence_waiting_documents").values()) == {0}
    assert metrics(call, "evidence_documents")['status="ready"'] == 1
    assert metrics(call, "evidence_outcomes")['outcome="blocked"'] == 1
    assert metrics(call, "evidence_refusals")['reason="empty"'] == 1
    jobs = metrics(call, "evidence_jobs_total")
    assert jobs['ending="refused",reason="empty",stage="read"'] == 1
    assert jobs['ending="done",reason="",stage="check"'] == 1
    assert metrics(call, "evidence_job_seconds_count")['stage="read"'] == 2
    assert metrics(call, "evidence_job_seconds_bucket")['le="+Inf",stage="read"'] == 2


def test_a_copy_that_is_still_to_be_made_waits_at_its_stage(call, portal, service, bench):
    entry = open_entry(portal)
    portal.upload(entry.id, "visit.txt", b"I met Zebedee.")
    while service.queue.jobs and service.queue.jobs[0].stage is not Stage.COPY:
        service.queue.send(work(bench, service.queue.jobs.popleft()))
    waiting = metrics(call, "evidence_waiting_documents")
    assert {labels: count for labels, count in waiting.items() if count} == {'stage="copy"': 1}


def test_what_a_part_that_is_away_would_know_is_left_out(call, service):
    service.queue.is_away = True
    assert metrics(call, "evidence_part_up")['part="queue"'] == 0
    assert metrics(call, "evidence_queue_messages") == {}
    assert metrics(call, "evidence_documents")['status="ready"'] == 0


def test_requests_are_counted_by_route_and_refusals_by_code(call):
    call.get("/v1/entries/Zebedee/gate")
    call.request("ZEBEDEE", "/v1/entries")
    route = "/v1/entries/{entry}/gate"
    assert metrics(call, "evidence_requests_total")[f'method="GET",route="{route}",status="404"'] == 1
    assert metrics(call, "evidence_problems_total")['code="not_found"'] == 1
    told = call.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    assert "zebedee" not in told.lower()


def test_a_request_keeps_the_id_of_its_caller_or_gets_one(call):
    assert call.get("/healthz", headers={REQUEST_HEADER: UUID}).headers[REQUEST_HEADER] == UUID
    made = call.get("/healthz", headers={REQUEST_HEADER: "Zebedee"}).headers[REQUEST_HEADER]
    assert re.fullmatch(r"[0-9a-f]{32}", made)


def test_a_request_leaves_one_line_without_what_was_asked(call, lines):
    call.get("/v1/entries/Zebedee/gate?who=Quaymouth", headers={REQUEST_HEADER: UUID})
    (line,) = lines.getvalue().splitlines()
    assert f'"request":"{UUID}"' in line
    assert '"route":"/v1/entries/{entry}/gate"' in line
    assert '"code":"not_found"' in line
    assert "Zebedee" not in line
    assert "Quaymouth" not in line


def test_a_defect_is_answered_with_the_id_under_which_it_is_logged(service, lines):
    app = build_app(service)

    @app.get("/broken")
    def broken():
        raise RuntimeError("Zebedee")

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/broken", headers={REQUEST_HEADER: UUID})
    assert (answer.status_code, answer.json()["code"]) == (500, "failed")
    assert answer.headers[REQUEST_HEADER] == UUID
    broke_off, answered = lines.getvalue().splitlines()
    assert '"class":"builtins.RuntimeError"' in broke_off
    assert '"status":500' in answered
    assert UUID in broke_off
    assert "Zebedee" not in lines.getvalue()


def test_the_id_reaches_the_message_for_the_workers(call, portal, service, monkeypatch):
    seen = []
    monkeypatch.setattr(service.queue, "send", lambda jobs: seen.extend((request_id(), j) for j in jobs))
    entry = open_entry(portal)
    files = {"file": ("a.txt", b"words")}
    call.post(f"/v1/entries/{entry.id}/documents", files=files, headers={REQUEST_HEADER: UUID})
    assert [request for request, _ in seen] == [UUID]
