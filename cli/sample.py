"""Draw a sample: of practitioners for the yearly validation, or of documents to be read in full."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import typer

from storage.assessors import practitioner_of
from storage.audit import OPERATOR, Act, note
from storage.refusals import RequestRefusedError
from storage.samples import PeopleSample, estimate, sample_documents, sample_people
from storage.settings import load_settings
from storage.store import Store, open_store
from workers.assessors import SampleReport, export_sample


def people(rate: float, seed: int, year: str | None, out: Path, key: Path | None) -> None:
    """Draw practitioners and write their submitted entries for assessors."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise typer.BadParameter("the folder must be new or empty: nothing is written over")
    settings = load_settings()
    store = _store()
    sample = sample_people(store, OPERATOR, rate, seed, year)
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    report = export_sample(store, sample, rate, seed, out, settings.limits)
    _tell(report)
    if key is not None:
        _write_key(store, sample, key)


def documents(rate: float, seed: int) -> None:
    """Draw documents in which nothing was found."""
    drawn = sample_documents(_store(), OPERATOR, rate, seed)
    typer.echo(drawn.id)
    typer.echo(
        f"{drawn.drawn} of {drawn.population} documents in which nothing was found are to be read in full "
        f"at the review desk. Then: evidence sample --estimate {drawn.id}",
        err=True,
    )


def tell_estimate(sample: str) -> None:
    """Print what reading a sample came to so far."""
    try:
        found = estimate(_store(), sample)
    except RequestRefusedError as error:
        raise typer.BadParameter("there is no sample of this id") from error
    typer.echo(
        f"{found.read} of {found.drawn} read; something was missed in {found.missing} "
        f"({found.missed} places)."
    )
    typer.echo(
        f"Of all {found.population} documents in which nothing was found, between {found.low:.1%} and "
        f"{found.high:.1%} hold something (exact limits, right in at least 95 of 100 samples)."
    )


def _tell(report: SampleReport) -> None:
    if not report.population:
        typer.echo("Nobody has submitted anything to draw from.")
        return
    typer.echo(
        f"{report.people} of {report.population} people who submitted for {report.year}: "
        f"{report.entries} entries written, {report.files} copies of files, {report.texts} texts."
    )
    for code, count in sorted(report.withheld.items()):
        typer.echo(f"Held back: {count} ({code})")


def _write_key(store: Store, sample: PeopleSample, path: Path) -> None:
    """Write which number is whose, readable by the owner of the file alone."""
    note(store, Act(OPERATOR, "sample.key_written"))
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", newline="") as file:  # noqa: PTH123  (mode)
        writer = csv.writer(file)
        writer.writerow(["number", "portal", "practitioner"])
        for person in sample.people:
            writer.writerow([person.number, *practitioner_of(store, person.entries[0])])


def _store() -> Store:
    store = open_store(load_settings())
    store.records.migrate()
    return store
