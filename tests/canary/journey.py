"""The whole journey of one entry over HTTP, with a word of its own in everything that a person writes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
from docx import Document
from reportlab.pdfgen.canvas import Canvas

from models.entry import DocumentStatus, FormKind, Step
from storage.shapes import DocumentView, EntryView
from tests.canary.parts import BREAKS
from web.access import FORM_TOKEN
from web.client import PortalClient
from web.requests import REQUEST_HEADER

REQUEST = "0f8fad5b-d9cb-469f-a165-70867728950e"
LONGEST = 180.0


@dataclass
class Journey:
    """What was done and what came back.

    Attributes:
        base_url: Where the service is.
        token: A portal's token.
        words: What is planted, by place.
        staff: Passwords of the accounts, by role.
        hook: A webhook's address.
        metrics_token: What /metrics asks for.
        told: Answers that must hold none of the words, by what was asked.
        secrets: Secrets that were given out on the way.
    """

    base_url: str
    token: str
    words: Mapping[str, str]
    staff: Mapping[str, str]
    hook: str
    metrics_token: str
    told: dict[str, bytes] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    documents: dict[str, DocumentView] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.portal = PortalClient(self.base_url, self.token)

    def go(self) -> None:
        """Go all the way but for the end."""
        self._listen()
        self._write()
        self._upload()
        self._read_and_decide()
        self._review()
        self._replace_and_submit()
        self._ask_what_is_refused()
        self._look_as_operator()

    def files(self) -> dict[str, tuple[str, bytes]]:
        """Return the files, each with its name."""
        words = self.words
        text = f"I met {words['text_body']} Marlow at home. {words['text_body']} was well and wrote to me."
        old = f"{words['refused_body']} Marlow, in a file of a kind of former years that cannot be read."
        failing = f"{BREAKS} I met {words['failing_body']} Marlow at home in May."
        return {
            "text": (f"{words['text_name']}.txt", text.encode()),
            "docx": (f"{words['docx_name']}.docx", _docx(f"I met {words['docx_body']} Marlow at home.")),
            "pdf": (f"{words['pdf_name']}.pdf", _pdf("I met a child at home and thought about it.")),
            "refused": (f"{words['refused_name']}.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + old.encode()),
            "failing": (f"{words['failing_name']}.txt", failing.encode()),
        }

    def _listen(self) -> None:
        told = self.portal.http.post("/v1/webhooks", json={"url": self.hook})
        assert told.status_code == 201, told.text
        self.secrets["webhook"] = told.json()["secret"]

    def _write(self) -> None:
        words = self.words
        self.entry = self.portal.open_entry(
            words["reference"], "2026-27", own_name=f"{words['own_name']} Hale", form=FormKind.UNSTRUCTURED
        )
        answers = {
            "title": f"Learning from {words['title']}",
            "date": "12 May 2026",
            "role": f"I was the allocated worker of {words['role']} Marlow.",
            "what": f"I met {words['what']} Marlow and her mother at home.",
            "reflection": f"{words['reflection']} Marlow taught me to listen before I write anything down.",
        }
        self.portal.save_answers(self.entry, answers)

    def _upload(self) -> None:
        for kind, (name, content) in self.files().items():
            self.documents[kind] = self._send(name, content)
        entry = self.portal.wait(self.entry.id, LONGEST)
        self.documents = {kind: _same(entry, old) for kind, old in self.documents.items()}
        statuses = {kind: document.status for kind, document in self.documents.items()}
        assert statuses == dict.fromkeys(("text", "docx", "pdf"), DocumentStatus.READY) | {
            "refused": DocumentStatus.REFUSED,
            "failing": DocumentStatus.FAILED,
        }

    def _send(self, name: str, content: bytes) -> DocumentView:
        headers = {REQUEST_HEADER: REQUEST, "Idempotency-Key": f"{self.words['asked_key']}-{len(content)}"}
        told = self.portal.http.post(
            f"/v1/entries/{self.entry.id}/documents", files={"file": (name, content)}, headers=headers
        )
        assert told.status_code == 201, told.text
        assert told.headers[REQUEST_HEADER] == REQUEST
        return self.portal.read_document(self.entry.id, told.json()["id"])

    def _read_and_decide(self) -> None:
        text = self.documents["text"]
        results = self.portal.read_results(self.entry.id, text.id)
        assert results.findings, "nothing planted was found, so nothing of this was tried"
        self.finding = results.findings[0].id
        assert self.portal.read_redacted(self.entry.id, text.id)
        self.portal.http.get(f"/v1/entries/{self.entry.id}/documents/{text.id}/original")
        self.portal.decide(
            self.entry.id, text, self.finding, Step.ASK_REVIEW, "other", f"{self.words['note']} is not real"
        )
        self.told["webhook deliveries"] = self.portal.http.get("/v1/webhooks").content
        self.told["progress"] = self.portal.http.get(f"/v1/entries/{self.entry.id}/progress").content

    @contextmanager
    def _signed_in(self, role: str) -> Iterator[httpx.Client]:
        with httpx.Client(base_url=self.base_url, timeout=60) as browser:
            sign_in = {"name": role, "password": self.staff[role]}
            told = browser.post("/v1/session/staff", json=sign_in)
            assert told.status_code == 200, told.text
            browser.headers[FORM_TOKEN] = told.json()["form_token"]
            self.secrets[f"session of {role}"] = next(iter(browser.cookies.values()))
            yield browser

    def _review(self) -> None:
        text, entry = self.documents["text"], self.entry.id
        with self._signed_in("reviewer") as desk:
            self.told["review queue"] = desk.get("/v1/review/documents").content
            place = f"/v1/review/entries/{entry}/documents/{text.id}"
            seen = desk.post(f"{place}/reveal", json={"finding": self.finding})
            assert self.words["text_body"] in seen.text
            note = f"{self.words['reviewers_note']} is somebody"
            decision = {"document": text.id, "version": text.version, "finding": self.finding}
            decision |= {"step": "confirm", "reason": "identifies_someone", "note": note}
            taken = desk.post(f"/v1/review/entries/{entry}/decisions", json=decision)
            assert taken.status_code == 201, taken.text

    def _replace_and_submit(self) -> None:
        for kind in ("refused", "failing", "docx", "pdf"):
            self.portal.remove(self.entry.id, self.documents[kind].id)
        self.portal.use_redacted(self.entry.id, self.documents["text"])
        entry = self.portal.wait(self.entry.id, LONGEST)
        (document,) = [d for d in entry.documents if d.id == self.documents["text"].id]
        name, body = (f"I met {self.words[place]} again." for place in ("replaced_name", "replaced_body"))
        self.portal.replace(self.entry.id, document, f"{name}txt", body.encode())
        entry = self.portal.wait(self.entry.id, LONGEST)
        answers = dict.fromkeys(("what", "role"), "I listened, wrote less and thought more.")
        entry = self.portal.save_answers(entry, answers | {"title": "Listening", "reflection": "I listened."})
        (document,) = [d for d in entry.documents if d.id == document.id]
        self.portal.replace(self.entry.id, document, "plain.txt", b"I met a child at home.")
        entry = self.portal.wait(self.entry.id, LONGEST)
        entry = self.portal.choose_parts(entry, ["4.1"])
        gate = self.portal.submit(entry)
        assert gate.may_submit

    def _ask_what_is_refused(self) -> None:
        words, http = self.words, self.portal.http
        http.get(f"/v1/entries/{words['asked_path']}", params={"of": words["asked_query"]})
        http.get("/healthz", headers={REQUEST_HEADER: words["asked_header"].encode("utf-8").hex()[:8]})
        http.post("/v1/entries", json={words["asked_field"]: words["asked_field"]})
        wrong = {"name": words["wrong_account"], "password": words["wrong_account"]}
        httpx.post(f"{self.base_url}/v1/session/staff", json=wrong, timeout=60)
        httpx.get(f"{self.base_url}/enter/{words['asked_path']}", timeout=60)
        link = http.post(f"/v1/entries/{self.entry.id}/links").json()["url"]
        self.secrets["link"] = link.rpartition("/")[2]
        with httpx.Client(timeout=60) as browser:
            assert browser.post(link).status_code == 303
            self.secrets["practitioner's session"] = next(iter(browser.cookies.values()))

    def _look_as_operator(self) -> None:
        headers = {"Authorization": f"Bearer {self.metrics_token}"}
        metrics = httpx.get(f"{self.base_url}/metrics", headers=headers, timeout=60)
        assert metrics.status_code == 200
        assert "evidence_job_seconds_bucket" in metrics.text
        self.told["metrics"] = metrics.content
        self.told["readiness"] = httpx.get(f"{self.base_url}/readyz", timeout=60).content
        with self._signed_in("auditor") as auditor:
            self.told["audit"] = auditor.get(f"/v1/audit/entries/{self.entry.id}").content
            verified = auditor.get("/v1/audit/verification").json()
            assert verified["broken_at"] is None

    def end(self) -> None:
        """Delete the entry."""
        with self.portal:
            self.portal.delete(self.portal.read_entry(self.entry.id))
            self.told["receipts"] = self.portal.http.get("/v1/receipts").content


def _same(entry: EntryView, document: DocumentView) -> DocumentView:
    return next(d for d in entry.documents if d.id == document.id)


def _docx(text: str) -> bytes:
    return _written(lambda out: _save_docx(text, out))


def _save_docx(text: str, out: io.BytesIO) -> None:
    document = Document()
    document.add_paragraph(text)
    document.save(out)


def _pdf(text: str) -> bytes:
    return _written(lambda out: _save_pdf(text, out))


def _save_pdf(text: str, out: io.BytesIO) -> None:
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 720, text)
    canvas.save()


def _written(write: Callable[[io.BytesIO], None]) -> bytes:
    out = io.BytesIO()
    write(out)
    return out.getvalue()
