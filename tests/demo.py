"""The demo: upload the samples as the portal would, show what comes back, stop. `make demo`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.table import Table

from cli.checked import Checked
from cli.embedded import PORTAL
from cli.report import render_report
from cli.run import Running, running
from cli.valkey import free_port
from models.entry import DocumentStatus, FormKind, Gate, NeedKind
from storage.settings import load_settings
from storage.shapes import DocumentView, EntryView
from storage.store import open_store
from storage.views import view_results
from web.client import PortalClient, all_final
from web.results import ResultsView

SAMPLES = Path(__file__).with_name("samples")
KINDS = (".txt", ".md", ".docx", ".pdf")
REPORT = Path("var/demo-report.html")
WRITTEN = {
    "title": "Learning from a supervision session",
    "date": "14 October 2026",
    "role": "I was the allocated social worker.",
    "what": "I talked the case of Marlon Adeyinka through with my manager and changed the plan.",
    "reflection": "I learnt to check what a child hears at home. I now ask every family how they explain it.",
}


def main() -> int:
    """Run the demo and say whether every document came to an end."""
    console = Console()
    with tempfile.TemporaryDirectory(prefix="evidence-demo-") as home:
        settings = replace(load_settings(), home=Path(home), port=free_port())
        console.print("Starting Valkey, a worker and the web app ...")
        with running(settings) as system, PortalClient(system.settings.base_url, system.token) as portal:
            entry = upload_samples(portal)
            entry = follow(console, portal, entry)
            for document in entry.documents:
                show_document(console, portal, entry.id, document)
            show_gate(console, portal.read_gate(entry.id), entry)
            write_report(console, system, entry)
        console.print("Everything is stopped.")
    return 0 if all(d.status is not DocumentStatus.FAILED for d in entry.documents) else 1


def upload_samples(portal: PortalClient) -> EntryView:
    """Open an entry, write its answers and upload the samples, as a portal would."""
    entry = portal.open_entry("SW-DEMO-1", "2026-27", own_name="Rowan Hale", form=FormKind.UNSTRUCTURED)
    entry = portal.save_answers(entry, WRITTEN)
    for path in sorted(p for p in SAMPLES.iterdir() if p.suffix in KINDS):
        portal.upload(entry.id, path.name, path.read_bytes())
    return entry


def follow(console: Console, portal: PortalClient, entry: EntryView) -> EntryView:
    """Show where each document stands until none is on the line any more."""
    with Live(console=console, refresh_per_second=4) as live:
        while True:
            entry = portal.read_entry(entry.id)
            live.update(progress(entry.documents), refresh=True)
            if all_final(entry.documents):
                return entry
            portal.pause()


def progress(documents: Sequence[DocumentView]) -> Table:
    """Lay out where documents stand."""
    table = Table("document", "status", "outcome", title="On the line")
    for document in documents:
        table.add_row(document.file_name or "your answers", document.status, document.outcome or "")
    return table


def show_document(console: Console, portal: PortalClient, entry: str, document: DocumentView) -> None:
    """Print the warnings and candidates of one document, or why it has none."""
    console.rule(document.file_name or "your answers")
    if document.reason is not None:
        console.print(f"{document.reason.message} {document.reason.remedy}")
    if document.status is DocumentStatus.READY:
        show_results(console, portal.read_results(entry, document.id))


def show_results(console: Console, results: ResultsView) -> None:
    """Print warnings and candidates."""
    for warning in results.warnings:
        console.print(f"[bold]{warning.title}[/bold] ({warning.where})\n  {warning.why}\n  {warning.instead}")
    for candidate in results.candidates:
        console.print(f"{candidate.standard} part {candidate.part} ({candidate.band}): {candidate.why}")
        for quote in candidate.quotes:
            console.print(f"  “{quote.text}”", markup=False)


def show_gate(console: Console, gate: Gate, entry: EntryView) -> None:
    """Print what the entry still needs, and in which document."""
    names = {d.id: d.file_name or "your answers" for d in entry.documents}
    console.rule("the gate")
    console.print("Ready to submit" if gate.may_submit else "Not ready to submit")
    for need in gate.needs:
        whose = "needs you" if need.kind is NeedKind.NEEDS_YOU else "with us"
        about = f" ({names[need.document]})" if need.document else ""
        console.print(f"  {whose}: {need.message}{about}", markup=False)


def write_report(console: Console, system: Running, entry: EntryView) -> None:
    """Write the HTML report of the uploads."""
    store = open_store(system.settings)
    checked = [
        Checked(
            file=d.file_name or "your answers",
            status=d.status,
            results=view_results(store, PORTAL, entry.id, d.id) if d.status is DocumentStatus.READY else None,
            reason=d.reason,
        )
        for d in entry.documents
    ]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(render_report(checked), encoding="utf-8")
    console.print(f"Report: {REPORT}")


if __name__ == "__main__":
    sys.exit(main())
