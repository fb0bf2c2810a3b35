"""The whole journey of a redacted copy, with real files: uploaded, read, checked, copied, put in place."""

import io
import re
from email.message import EmailMessage

import pytest
from reportlab.pdfgen import canvas

from models.entry import DocumentStatus
from models.results import Outcome
from models.upload import FileKind, Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from storage.jobs import Stage
from storage.pieces import claim_piece
from storage.shapes import CopyState
from tests.pdf.test_scans import picture, scan
from tests.reading.packages import OFFICE, content_types, docx, package, paragraph, relations
from tests.tiny import TinyLine
from tests.web.test_journey import open_entry
from web.client_base import PortalProblem
from workers.line import ConfinedFiles
from workers.stages import work

SAID = "Then I met Zebedee in the morning."


class RealFiles(ConfinedFiles, TinyLine):
    """Reads and copies as the workers do; what is found in it is the tiny line's."""


@pytest.fixture
def bench(bench):
    return bench.__class__(bench.store, RealFiles(), bench.scanner, Limits(), bench.terms)


def pdf():
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    page.setTitle("About Zebedee")
    page.drawString(72, 700, SAID)
    page.save()
    return buffer.getvalue()


def workbook():
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    names = f'xmlns="{main}" xmlns:r="{OFFICE}/relationships"'
    sheet = '<sheets><sheet name="Visits" sheetId="1" r:id="r1"/></sheets>'
    cell = f'<c r="A1" t="inlineStr"><is><t>{SAID}</t></is></c>'
    return package(
        {
            "[Content_Types].xml": content_types(book, "/xl/workbook.xml"),
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f"<workbook {names}>{sheet}</workbook>",
            "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1">{cell}</row>'
            "</sheetData></worksheet>",
        }
    )


def message():
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "About Zebedee", "zeb@example.org", "me@example.org"
    mail.set_content(SAID)
    return mail.as_bytes()


def rtf():
    return rb"{\rtf1\ansi{\info{\author Zebedee}}" + SAID.encode() + rb"\par}"


FILES = {
    "visit.pdf": (pdf, FileKind.PDF),
    "visit.docx": (lambda: docx(paragraph(SAID)), FileKind.DOCX),
    "visit.xlsx": (workbook, FileKind.XLSX),
    "visit.eml": (message, FileKind.EML),
    "visit.rtf": (rtf, FileKind.DOCX),
    "visit.txt": (SAID.encode, FileKind.TEXT),
    "visit.csv": (f"when,what\nMonday,{SAID}\n".encode, FileKind.CSV),
}


def checked(portal, service, bench, name, content):
    entry = open_entry(portal)
    document = portal.upload(entry.id, name, content)
    service.queue.work_off(bench)
    return entry.id, portal.read_document(entry.id, document.id)


def words_in(name, content):
    found = extract(intake(Upload(name, content), Limits()), Limits())
    return found.kind, " ".join(segment.text for segment in found.document.segments)


def travels(portal, service, bench, name, content, kind):
    """Follow one file to its copy's own check, and return what the copy says."""
    entry, document = checked(portal, service, bench, name, content)
    assert (document.status, document.outcome) == (DocumentStatus.READY, Outcome.BLOCKED)
    assert document.copy.state is CopyState.READY
    answer = portal.http.get(f"/v1/entries/{entry}/documents/{document.id}/redacted")
    told = answer.headers["content-disposition"].split('"')[1]
    found, said = words_in(told, answer.content)
    assert found is kind
    assert told.endswith(document.copy.ending)
    assert "Zebedee" not in said
    portal.use_redacted(entry, document)
    service.queue.work_off(bench)
    placed = portal.read_document(entry, document.id)
    assert (placed.version, placed.is_redacted, placed.file_name) == (2, True, told)
    assert placed.outcome in (Outcome.NOTHING_FOUND, Outcome.NOT_FULLY_READ)
    assert portal.read_original(entry, document.id) == answer.content
    return said


@pytest.mark.parametrize("name", FILES)
def test_the_copy_is_a_file_from_which_the_name_is_gone(portal, service, bench, name):
    build, kind = FILES[name]
    said = travels(portal, service, bench, name, build(), kind)
    assert re.search(r"met\b.*\bin the morning", said, re.DOTALL)


@pytest.mark.all
def test_a_scan_stays_a_picture_with_the_name_painted_over(portal, service, bench):
    page = picture("Then I met Zebedee", "in the morning of that day")
    said = travels(portal, service, bench, "scan.pdf", scan(page), FileKind.PDF)
    assert "morning of that day" in said


def test_where_nothing_is_to_be_hidden_that_is_said(portal, service, bench):
    entry, document = checked(portal, service, bench, "visit.txt", b"I met a child.")
    assert (document.copy.state, document.copy.code) == (CopyState.NOTHING_TO_HIDE, "nothing_to_hide")
    with pytest.raises(PortalProblem, match="nothing_to_hide"):
        portal.read_redacted(entry, document.id)
    with pytest.raises(PortalProblem, match="nothing_to_hide"):
        portal.use_redacted(entry, document)


def test_where_the_redactor_dies_of_the_file_a_person_is_told(portal, service, bench, monkeypatch):
    monkeypatch.setattr("workers.copies.SECONDS", 0)
    entry, document = checked(portal, service, bench, "visit.docx", docx(paragraph(SAID)))
    assert (document.copy.state, document.copy.code) == (CopyState.REFUSED, "no_copy")
    with pytest.raises(PortalProblem, match="no_copy"):
        portal.read_redacted(entry, document.id)
    assert portal.read_progress(entry)[-1].code == "document.copy_not_made"


def test_where_the_copy_stands_is_told_on_its_way(portal, service, bench):
    entry = open_entry(portal).id
    document = portal.upload(entry, "visit.txt", SAID.encode())
    states = [document.copy.state]
    while service.queue.jobs:
        job = service.queue.jobs.popleft()
        if job.stage is Stage.COPY:
            assert claim_piece(service.store, job, bench.terms) is not None
            states.append(portal.read_document(entry, document.id).copy.state)
            break
        service.queue.send(work(bench, job))
        states.append(portal.read_document(entry, document.id).copy.state)
    waits = CopyState.NOT_CHECKED
    assert states == [waits, waits, CopyState.WANTED, CopyState.BEING_MADE]
    assert [d.copy.state for d in portal.read_entry(entry).documents if d.copy] == [CopyState.BEING_MADE]
