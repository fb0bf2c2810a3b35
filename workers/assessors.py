"""Write the entries of a sample to a folder for assessors, as copies in which nobody is named."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from models.redaction import FileCopy
from models.serialize import to_json
from pipeline.limits import Limits
from storage.assessors import AssessorsDocument, AssessorsEntry, WithheldError, open_for_assessors
from storage.audit import OPERATOR, Act, note
from storage.samples import PeopleSample
from storage.store import Store
from workers.copies import NoCopyError, redact_in_child

TEXT = ".txt"


@dataclass(frozen=True, slots=True)
class SampleReport:
    """What was drawn and handed on: counts only.

    Attributes:
        population: Practitioners who submitted something for the year.
        withheld: How many entries were held back, by the code of what they still need.
        files: How many copies are of the file itself.
        texts: How many are only its text: the form's own, or of a file that no copy could
            be made of.
    """

    year: str
    rate: float
    seed: int
    drawn_on: date
    population: int
    people: int
    entries: int
    withheld: dict[str, int]
    files: int
    texts: int


def export_sample(
    store: Store, sample: PeopleSample, rate: float, seed: int, folder: Path, limits: Limits
) -> SampleReport:
    """Write a folder for each practitioner drawn, and return the report, which is written too.

    Each entry is noted in the audit before it is opened.
    """
    withheld: Counter[str] = Counter()
    copies: Counter[bool] = Counter()
    entries = 0
    for person in sample.people:
        for number, entry in enumerate(person.entries, 1):
            note(store, Act(OPERATOR, "entry.exported", entry))
            try:
                opened = open_for_assessors(store, entry)
            except WithheldError as error:
                withheld.update(error.codes)
                continue
            entries += 1
            place = folder / f"person-{person.number:03}" / f"entry-{number}"
            copies.update(write_entry(opened, place, limits))
    report = SampleReport(
        year=sample.year,
        rate=rate,
        seed=seed,
        drawn_on=datetime.now(UTC).date(),
        population=sample.population,
        people=len(sample.people),
        entries=entries,
        withheld=dict(withheld),
        files=copies[True],
        texts=copies[False],
    )
    _write_json(folder / "report.json", report)
    return report


def write_entry(entry: AssessorsEntry, folder: Path, limits: Limits) -> list[bool]:
    """Write the copies of an entry, and say of each whether it is one of the file itself."""
    folder.mkdir(parents=True, mode=0o700)
    about = {
        "form": entry.form,
        "standard": entry.standard,
        "year": entry.year,
        "chosen_parts": entry.chosen_parts,
        "documents": [document.name for document in entry.documents],
    }
    _write_json(folder / "entry.json", about)
    return [_write_copy(document, folder, limits) for document in entry.documents]


def _write_copy(document: AssessorsDocument, folder: Path, limits: Limits) -> bool:
    copy = _copy_of(document, limits)
    text = FileCopy(TEXT, document.redaction.text.encode())
    written = copy or text
    (folder / f"{document.name}{written.ending}").write_bytes(written.data)
    return copy is not None


def _copy_of(document: AssessorsDocument, limits: Limits) -> FileCopy | None:
    """Make a copy of the file; None where there is none, or none could be made."""
    if document.upload is None:
        return None
    try:
        return redact_in_child(document.upload, document.document, document.redaction, limits)
    except NoCopyError:
        return None


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(to_json(value), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
