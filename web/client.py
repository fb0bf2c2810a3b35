"""A typed client of the HTTP API, as a portal may use it.

Beside the modules imported here it needs httpx alone: no part of the server is loaded.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from urllib.parse import urlencode

from models.entry import FormKind, Gate, Step
from models.profile import Profile
from models.requirements import Glance
from models.serialize import from_json
from storage.shapes import (
    DecisionView,
    Delivery,
    DocumentView,
    EntrySummary,
    EntryView,
    Event,
    LinkView,
    NewWebhook,
    PartDecisionView,
    Receipt,
    Webhook,
)
from web.client_base import Connection, once, seen
from web.results import ResultsView


class PortalClient(Connection):
    """Calls the service for one portal: one method for each thing that can be asked."""

    def open_entry(
        self,
        practitioner: str,
        year: str,
        own_name: str | None = None,
        form: FormKind = FormKind.SINGLE,
        standard: str = "swe-4",
        key: str | None = None,
    ) -> EntryView:
        """Open an entry as a draft; under the same key, once."""
        draft = {
            "practitioner": practitioner,
            "own_name": own_name,
            "form": form.value,
            "standard": standard,
            "year": year,
        }
        return self.ask(EntryView, "POST", "/v1/entries", json=draft, headers=once(key))

    def list_entries(self, practitioner: str) -> list[EntrySummary]:
        """List a practitioner's entries, the newest first."""
        return self.ask_list(EntrySummary, f"/v1/entries?{urlencode({'practitioner': practitioner})}")

    def read_entry(self, entry: str) -> EntryView:
        """Read an entry with its documents."""
        return self.ask(EntryView, "GET", f"/v1/entries/{entry}")

    def save_answers(self, entry: EntryView, answers: Mapping[str, str]) -> EntryView:
        """Save answers as a draft, on the entry as it was read last."""
        path = f"/v1/entries/{entry.id}/answers"
        return self.ask(EntryView, "PUT", path, json={"answers": dict(answers)}, headers=seen(entry.revision))

    def choose_parts(self, entry: EntryView, parts: Iterable[str]) -> EntryView:
        """Say which parts of the standard an entry demonstrates."""
        path = f"/v1/entries/{entry.id}/parts"
        headers = seen(entry.revision)
        return self.ask(EntryView, "PUT", path, json={"parts": list(parts)}, headers=headers)

    def upload(self, entry: str, file_name: str, content: bytes, key: str | None = None) -> DocumentView:
        """Upload a document; under the same key, once."""
        files = {"file": (file_name, content)}
        path = f"/v1/entries/{entry}/documents"
        return self.ask(DocumentView, "POST", path, files=files, headers=once(key))

    def replace(self, entry: str, document: DocumentView, file_name: str, content: bytes) -> DocumentView:
        """Put a new version in place of a document as it was read last."""
        files = {"file": (file_name, content)}
        path = _document(entry, document.id)
        return self.ask(DocumentView, "PUT", path, files=files, headers=seen(document.version))

    def use_redacted(self, entry: str, document: DocumentView) -> DocumentView:
        """Put the redacted copy in place of a document as it was read last."""
        path = _document(entry, document.id) + "/use-redacted"
        return self.ask(DocumentView, "POST", path, headers=seen(document.version))

    def remove(self, entry: str, document: str) -> None:
        """Remove a document."""
        self.request("DELETE", _document(entry, document))

    def read_document(self, entry: str, document: str) -> DocumentView:
        """Say where a document stands."""
        return self.ask(DocumentView, "GET", _document(entry, document))

    def read_results(self, entry: str, document: str) -> ResultsView:
        """Read what the line made of a document."""
        return self.ask(ResultsView, "GET", _document(entry, document) + "/results")

    def read_original(self, entry: str, document: str) -> bytes:
        """Download a document as it was received."""
        return self.request("GET", _document(entry, document) + "/original").content

    def read_redacted(self, entry: str, document: str) -> bytes:
        """Download the redacted copy of a document."""
        return self.request("GET", _document(entry, document) + "/redacted").content

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
        return self.ask(DecisionView, "POST", f"/v1/entries/{entry}/decisions", json=draft)

    def read_decisions(self, entry: str) -> list[DecisionView]:
        """List the decisions on an entry in the order in which they were taken."""
        return self.ask_list(DecisionView, f"/v1/entries/{entry}/decisions")

    def read_part_decisions(self, entry: str) -> list[PartDecisionView]:
        """List what was done with suggested parts when parts were last chosen."""
        return self.ask_list(PartDecisionView, f"/v1/entries/{entry}/part-decisions")

    def read_requirements(self, practitioner: str, year: str, standard: str = "swe-4") -> Glance:
        """Say what a practitioner has recorded in a year, and what is still needed."""
        asked = urlencode({"practitioner": practitioner, "year": year, "standard": standard})
        return self.ask(Glance, "GET", f"/v1/requirements?{asked}")

    def read_requirements_around(self, entry: str) -> Glance:
        """Say the same for the practitioner, year and standard of an entry."""
        return self.ask(Glance, "GET", f"/v1/entries/{entry}/requirements")

    def make_profile(self, practitioner: str, start: date, end: date, standard: str = "swe-4") -> Profile:
        """List what a practitioner recorded over some time, in redacted words."""
        draft = {"practitioner": practitioner, **_profile(start, end, standard)}
        return self.ask(Profile, "POST", "/v1/profile", json=draft)

    def make_profile_around(self, entry: str, start: date, end: date, standard: str = "swe-4") -> Profile:
        """List the same for the practitioner of an entry."""
        draft = _profile(start, end, standard)
        return self.ask(Profile, "POST", f"/v1/entries/{entry}/profile", json=draft)

    def make_link(self, entry: str) -> LinkView:
        """Make a link by which the practitioner opens their entry: short-lived, for one use."""
        return self.ask(LinkView, "POST", f"/v1/entries/{entry}/links")

    def read_gate(self, entry: str) -> Gate:
        """Ask what an entry still needs."""
        return self.ask(Gate, "GET", f"/v1/entries/{entry}/gate")

    def submit(self, entry: EntryView) -> Gate:
        """Submit an entry as it was read last."""
        return self.ask(Gate, "POST", f"/v1/entries/{entry.id}/submit", headers=seen(entry.revision))

    def withdraw(self, entry: EntryView) -> EntryView:
        """Withdraw a submitted entry."""
        path = f"/v1/entries/{entry.id}/withdraw"
        return self.ask(EntryView, "POST", path, headers=seen(entry.revision))

    def reopen(self, entry: EntryView) -> EntryView:
        """Make a submitted or withdrawn entry a draft again."""
        path = f"/v1/entries/{entry.id}/reopen"
        return self.ask(EntryView, "POST", path, headers=seen(entry.revision))

    def delete(self, entry: EntryView) -> Receipt:
        """Delete an entry as it was read last."""
        return self.ask(Receipt, "DELETE", f"/v1/entries/{entry.id}", headers=seen(entry.revision))

    def list_receipts(self) -> list[Receipt]:
        """List the receipts of deleted entries, the newest first."""
        return self.ask_list(Receipt, "/v1/receipts")

    def add_webhook(self, url: str) -> NewWebhook:
        """Ask to be told of events. Keep the secret: it is shown this once."""
        return self.ask(NewWebhook, "POST", "/v1/webhooks", json={"url": url})

    def list_webhooks(self) -> list[Webhook]:
        """List the portal's webhooks."""
        return self.ask_list(Webhook, "/v1/webhooks")

    def remove_webhook(self, webhook: str) -> None:
        """Remove a webhook."""
        self.request("DELETE", f"/v1/webhooks/{webhook}")

    def list_deliveries(self, webhook: str) -> list[Delivery]:
        """List what was sent to a webhook, the newest first."""
        return self.ask_list(Delivery, f"/v1/webhooks/{webhook}/deliveries")

    def send_again(self, webhook: str, delivery: int) -> None:
        """Have one delivery sent again now."""
        self.request("POST", f"/v1/webhooks/{webhook}/deliveries/{delivery}/again")

    def read_progress(self, entry: str, after: int = 0) -> list[Event]:
        """List what happened to an entry after the last event that was seen."""
        return self.ask_list(Event, f"/v1/entries/{entry}/progress?after={after}")

    def follow(self, entry: str, after: int = 0) -> Iterator[Event]:
        """Wait for what happens to an entry, and tell it as it happens (server-sent events).

        It ends when the service ends the stream, after some minutes: go on after the last
        event that was told.
        """
        path = f"/v1/entries/{entry}/events"
        with self.http.stream("GET", path, headers={"Last-Event-ID": str(after)}) as answer:
            self.check(answer)
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    yield from_json(Event, json.loads(line.removeprefix("data: ")))

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


def all_final(documents: Iterable[DocumentView]) -> bool:
    """Tell whether no document is on the line any more."""
    return all(d.status.is_final for d in documents)


def _profile(start: date, end: date, standard: str) -> dict[str, str]:
    return {"standard": standard, "start": start.isoformat(), "end": end.isoformat()}


def _document(entry: str, document: str) -> str:
    return f"/v1/entries/{entry}/documents/{document}"
