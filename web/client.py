"""A typed client of the HTTP API, as a portal may use it. It needs httpx beside the project."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from types import TracebackType
from typing import Self, TypeVar

import httpx

from models.entry import FormKind, Gate, Step
from models.serialize import Json, from_json
from storage.decisions import DecisionView
from storage.events import Event
from storage.lifecycle import Receipt
from storage.shapes import DocumentView, EntryView
from web.results import ResultsView

T = TypeVar("T")


class PortalProblem(Exception):  # noqa: N818  (the word of the API: a problem document)
    """The service answered with a problem document.

    Attributes:
        code: Says what is the matter, as in `docs/codes.md`.
        problem: The whole document.
    """

    def __init__(self, status: int, problem: dict[str, Json]) -> None:
        self.status = HTTPStatus(status)
        self.code = str(problem.get("code", ""))
        self.problem = problem
        super().__init__(f"{status} {self.code}: {problem.get('detail', '')}")


class PortalClient:
    """Calls the service for one portal.

    Args:
        base_url: Where the service is.
        token: The portal's token.
        transport: What carries the requests; the network, where not given.
    """

    def __init__(self, base_url: str, token: str, transport: httpx.BaseTransport | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self.http = httpx.Client(base_url=base_url, headers=headers, timeout=60, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def open_entry(
        self,
        practitioner: str,
        year: str,
        own_name: str | None = None,
        form: FormKind = FormKind.SINGLE,
        standard: str = "swe-4",
    ) -> EntryView:
        """Open an entry as a draft."""
        draft = {
            "practitioner": practitioner,
            "own_name": own_name,
            "form": form.value,
            "standard": standard,
            "year": year,
        }
        return self._ask(EntryView, "POST", "/v1/entries", json=draft)

    def read_entry(self, entry: str) -> EntryView:
        """Read an entry with its documents."""
        return self._ask(EntryView, "GET", f"/v1/entries/{entry}")

    def save_answers(self, entry: EntryView, answers: Mapping[str, str]) -> EntryView:
        """Save answers as a draft, on the entry as it was read last."""
        path = f"/v1/entries/{entry.id}/answers"
        return self._ask(
            EntryView, "PUT", path, json={"answers": dict(answers)}, headers=_seen(entry.revision)
        )

    def choose_parts(self, entry: EntryView, parts: Iterable[str]) -> EntryView:
        """Say which parts of the standard an entry demonstrates."""
        path = f"/v1/entries/{entry.id}/parts"
        headers = _seen(entry.revision)
        return self._ask(EntryView, "PUT", path, json={"parts": list(parts)}, headers=headers)

    def upload(self, entry: str, file_name: str, content: bytes, key: str | None = None) -> DocumentView:
        """Upload a document; under the same key, once."""
        files = {"file": (file_name, content)}
        headers = {} if key is None else {"Idempotency-Key": key}
        return self._ask(DocumentView, "POST", f"/v1/entries/{entry}/documents", files=files, headers=headers)

    def replace(self, entry: str, document: DocumentView, file_name: str, content: bytes) -> DocumentView:
        """Put a new version in place of a document as it was read last."""
        files = {"file": (file_name, content)}
        path = _document(entry, document.id)
        return self._ask(DocumentView, "PUT", path, files=files, headers=_seen(document.version))

    def use_redacted(self, entry: str, document: DocumentView) -> DocumentView:
        """Put the redacted copy in place of a document as it was read last."""
        path = _document(entry, document.id) + "/use-redacted"
        return self._ask(DocumentView, "POST", path, headers=_seen(document.version))

    def remove(self, entry: str, document: str) -> None:
        """Remove a document."""
        self._request("DELETE", _document(entry, document))

    def read_document(self, entry: str, document: str) -> DocumentView:
        """Say where a document stands."""
        return self._ask(DocumentView, "GET", _document(entry, document))

    def read_results(self, entry: str, document: str) -> ResultsView:
        """Read what the line made of a document."""
        return self._ask(ResultsView, "GET", _document(entry, document) + "/results")

    def read_redacted(self, entry: str, document: str) -> bytes:
        """Download the redacted copy of a document."""
        return self._request("GET", _document(entry, document) + "/redacted").content

    def decide(
        self,
        entry: str,
        document: DocumentView,
        finding: str | None,
        step: Step,
        reason: str,
        note: str | None = None,
    ) -> DecisionView:
        """Record what the practitioner did with a finding, or with the whole document."""
        draft = {
            "document": document.id,
            "version": document.version,
            "finding": finding,
            "step": step.value,
            "reason": reason,
            "note": note,
        }
        return self._ask(DecisionView, "POST", f"/v1/entries/{entry}/decisions", json=draft)

    def read_gate(self, entry: str) -> Gate:
        """Ask what an entry still needs."""
        return self._ask(Gate, "GET", f"/v1/entries/{entry}/gate")

    def submit(self, entry: EntryView) -> Gate:
        """Submit an entry as it was read last."""
        return self._ask(Gate, "POST", f"/v1/entries/{entry.id}/submit", headers=_seen(entry.revision))

    def withdraw(self, entry: EntryView) -> EntryView:
        """Withdraw a submitted entry."""
        path = f"/v1/entries/{entry.id}/withdraw"
        return self._ask(EntryView, "POST", path, headers=_seen(entry.revision))

    def reopen(self, entry: EntryView) -> EntryView:
        """Make a submitted or withdrawn entry a draft again."""
        path = f"/v1/entries/{entry.id}/reopen"
        return self._ask(EntryView, "POST", path, headers=_seen(entry.revision))

    def delete(self, entry: EntryView) -> Receipt:
        """Delete an entry as it was read last."""
        return self._ask(Receipt, "DELETE", f"/v1/entries/{entry.id}", headers=_seen(entry.revision))

    def read_progress(self, entry: str, after: int = 0) -> list[Event]:
        """List what happened to an entry after the last event that was seen."""
        told = self._request("GET", f"/v1/entries/{entry}/progress?after={after}").json()
        return [from_json(Event, event) for event in told]

    def wait(self, entry: str, seconds: float = 120.0) -> EntryView:
        """Read an entry again and again until none of its documents is on the line any more.

        Raises:
            TimeoutError: If that takes longer than it may.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            view = self.read_entry(entry)
            if all_final(view.documents):
                return view
            self.pause()
        raise TimeoutError("the documents are still being checked")

    def pause(self) -> None:
        """Wait a little before asking again."""
        time.sleep(0.2)

    def _ask(
        self,
        kind: type[T],
        method: str,
        path: str,
        *,
        json: Json = None,
        files: dict[str, tuple[str, bytes]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> T:
        return from_json(kind, self._request(method, path, json=json, files=files, headers=headers).json())

    def _request(
        self,
        method: str,
        path: str,
        *,
        json: Json = None,
        files: dict[str, tuple[str, bytes]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        answer = self.http.request(method, path, json=json, files=files, headers=headers)
        if answer.is_error:
            raise PortalProblem(answer.status_code, answer.json())
        return answer


def all_final(documents: Iterable[DocumentView]) -> bool:
    """Tell whether no document is on the line any more."""
    return all(d.status.is_final for d in documents)


def _seen(revision: int) -> dict[str, str]:
    return {"If-Match": f'"{revision}"'}


def _document(entry: str, document: str) -> str:
    return f"/v1/entries/{entry}/documents/{document}"
