"""Redacted messages: what is attached is redacted in turn, or left out, and a line says so."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from models.document import Document
from models.ledger import Ledger
from models.redaction import FileCopy, Redaction
from models.upload import Received, Upload
from pipeline.extract import extract
from pipeline.inside import document_inside
from pipeline.intake import intake
from pipeline.limits import Limits
from pipeline.redactors.eml import redact_eml
from pipeline.redactors.table import FILE_REDACTORS, file_copy
from tests.reading.packages import docx, package, paragraph, relations, small_workbook, word_part
from tests.reading.planting import Planting
from tests.redacting.removing import removing

NAME = "Zebedee Quillon"
_ODT = Path(__file__).parent.parent / "reading" / "planted_odt"


def pdf(*lines: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number, line in enumerate(lines):
        canvas.drawString(72, 700 - 20 * number, line)
    canvas.save()
    return out.getvalue()


def workbook(text: str) -> bytes:
    cell = f"<c r='A1' t='inlineStr'><is><t>{text}</t></is></c>"
    return small_workbook(f"<sheetData><row r='1'>{cell}</row></sheetData>", "")


def odt(text: str) -> bytes:
    parts = Planting().plant_folder(_ODT)
    content = str(parts["content.xml"]).replace("</text:h>", f" {text}</text:h>", 1)
    return package({"mimetype": parts["mimetype"], **parts, "content.xml": content})


def picture(text: str) -> bytes:
    shown = Image.new("RGB", (900, 160), "white")
    ImageDraw.Draw(shown).text((30, 50), text, fill="black", font=ImageFont.load_default(44))
    out = io.BytesIO()
    shown.save(out, "PNG")
    return out.getvalue()


def message(*attached: tuple[str, bytes], text: str = f"{NAME} rang.", subject: str = f"On {NAME}") -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"{NAME} <z@example.org>", "b@example.org", subject
    made.set_content(text)
    for name, content in attached:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def read(content: bytes) -> tuple[Received, Document, Ledger]:
    received = intake(Upload("a.eml", content), Limits())
    extraction = extract(received, Limits())
    return received, extraction.document, extraction.ledger


def redacted(content: bytes, *names: str) -> bytes:
    received, document, _ = read(content)
    redaction = removing(document, names or (NAME,))
    return FILE_REDACTORS[received.kind](received, document, redaction, Limits())


def files(copy: bytes) -> dict[str, bytes]:
    parts = list(message_from_bytes(copy).walk())
    return {p.get_filename() or "": p.get_payload(decode=True) for p in parts if p.get_filename()}


def everything(content: bytes) -> Iterator[bytes]:
    """Yield all bytes of a message and of what is in it, packages and streams unpacked."""
    yield content
    for part in message_from_bytes(content).walk():
        if not part.is_multipart():
            yield from _unpacked(part.get_payload(decode=True))


def _unpacked(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
    elif content.startswith(b"%PDF"):
        for stream in content.split(b"stream\n")[1:]:
            try:
                yield zlib.decompressobj().decompress(stream)
            except zlib.error:
                continue
    elif content.startswith((b"Subject", b"From")):
        yield from everything(content)


ATTACHED = [
    ("visit.pdf", pdf(f"Seen: {NAME}", "The plan was agreed."), ".pdf", "The plan was agreed."),
    ("visit.docx", docx(paragraph(f"Seen: {NAME}") + paragraph("It was agreed.")), ".docx", "It was agreed."),
    ("visit.xlsx", workbook(f"Seen {NAME} twice"), ".xlsx", "Seen [Person 1] twice"),
    ("visit.txt", f"Zoë met {NAME}.\r\n".encode("cp1252"), ".txt", "Zoë met [Person 1]."),
    ("visit.csv", f"who,hours\n{NAME},2\n".encode(), ".csv", "[Person 1],2"),
    ("visit.rtf", f"{{\\rtf1 We met {NAME}.}}".encode(), ".docx", "We met [Person 1]."),
    ("visit.odt", odt(NAME), ".docx", "[Person 1]"),
    ("visit.eml", message(("in.docx", docx(paragraph(f"Met {NAME}.")))), ".eml", "[Person 1] rang."),
]


@pytest.mark.parametrize(("name", "content", "ending", "kept"), ATTACHED, ids=[a[0] for a in ATTACHED])
def test_what_is_attached_is_redacted_and_put_back_under_a_neutral_name(
    name: str, content: bytes, ending: str, kept: str
):
    copy = redacted(message((f"{NAME} {name}", content)))
    assert list(files(copy)) == [f"attachment 1{ending}"]
    assert [found for found in everything(copy) if b"Zebedee" in found or b"Quillon" in found] == []
    assert any(kept in segment.text for segment in read(copy)[1].segments)
    assert "left out" not in read(copy)[1].text


def test_a_file_in_a_message_in_a_message_is_redacted_too():
    copy = redacted(message(("in.eml", ATTACHED[-1][1]), text="Hello", subject="Hello"))
    inner = files(files(copy)["attachment 1.eml"])
    innermost = inner["attachment 1.docx"]
    assert extract(intake(Upload("a", innermost), Limits()), Limits()).document.text == "Met [Person 1]."


def test_a_file_inside_is_the_document_that_it_is_alone():
    content = docx(
        paragraph("One") + paragraph("Two"), {"word/header1.xml": word_part("hdr", paragraph("x"))}
    )
    alone = extract(intake(Upload("in.docx", content), Limits()), Limits()).document
    whole = read(message(("a.txt", b"first"), ("in.docx", content)))[1]
    inside = document_inside(whole, "attachment 2")
    assert inside.text == alone.text == "One\nTwo"
    kinds = [(s.kind, s.place, s.text, s.start) for s in alone.segments[:-1]]
    assert [(s.kind, s.place, s.text, s.start) for s in inside.segments] == kinds
    assert {s.id for s in inside.segments} <= {s.id for s in whole.segments}


def test_of_ten_files_the_first_is_not_the_tenth():
    whole = read(message(*((f"{n}.txt", b"text %d" % n) for n in range(1, 12))))[1]
    assert [s.text for s in document_inside(whole, "attachment 1").segments] == ["text 1"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("Old.zip", package({"a.txt": NAME}), id="archive"),
        pytest.param("Old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, id="old format"),
        pytest.param("Old.docx", docx(""), id="nothing read in it"),
        pytest.param("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(range(256)), id="Outlook's own"),
    ],
)
def test_what_cannot_be_redacted_is_left_out_by_name(name: str, content: bytes):
    copy = redacted(message((f"{NAME} {name}", content), ("b.txt", NAME.encode())))
    assert list(files(copy)) == ["attachment 2.txt"]
    assert read(copy)[1].text.splitlines()[-1] == (
        f"[attachment 1 (“[Person 1] {name}”) is left out: it could not be redacted]"
    )


def _as_it_is(received: Received, document: Document, redaction: Redaction, limits: Limits) -> FileCopy:
    """Stand in for a redactor that removes nothing from a Word file, and does not notice."""
    is_word = received.untrusted_bytes.startswith(b"PK")
    sure = file_copy(received, document, redaction, limits)
    return FileCopy(sure.ending, received.untrusted_bytes) if is_word else sure


@pytest.mark.parametrize(
    ("content", "is_kept"),
    [(docx(paragraph(f"Met {NAME}.")), False), (docx(paragraph("Met somebody.")), True)],
)
def test_a_copy_in_which_something_removed_is_found_again_is_left_out(content: bytes, is_kept: bool):  # noqa: FBT001
    received, document, _ = read(message(("a.docx", content)))
    copy = redact_eml(received, document, removing(document, [NAME]), Limits(), _as_it_is)
    assert bool(files(copy)) is is_kept


def test_a_name_left_in_a_file_s_unread_part_is_looked_for_as_one_of_the_whole_message():
    """What reading did not tell of the file is told of its copy, and the name is one of the text's."""
    received, document, _ = read(message(("a.docx", docx(paragraph("Met somebody.")))))
    other = docx(paragraph("Met somebody.") + paragraph(NAME))
    copy = redact_eml(
        received, document, removing(document, [NAME]), Limits(), lambda *_: FileCopy(".docx", other)
    )
    assert files(copy) == {}


def test_what_was_read_before_its_origin_was_kept_is_left_out():
    received, document, _ = read(message(("a.txt", NAME.encode())))
    older = Document(tuple(type(s)(s.id, s.kind, s.place, s.text, s.start, s.gap) for s in document.segments))
    copy = file_copy(received, older, removing(older, [NAME]), Limits()).data
    assert files(copy) == {}
    assert b"is left out" in copy


def test_files_that_together_are_too_large_are_left_out():
    received, document, _ = read(message(("a.txt", b"a " * 3000), ("b.txt", b"b " * 300)))
    small = Limits(upload_bytes=6000)
    copy = file_copy(received, document, removing(document, [NAME]), small).data
    assert list(files(copy)) == ["attachment 2.txt"]


@pytest.mark.all
def test_an_attached_picture_is_painted_over():
    copy = redacted(message(("seen.png", picture(f"Seen {NAME} here"))))
    assert list(files(copy)) == ["attachment 1.png"]
    said = " ".join(s.text for s in read(copy)[1].segments)
    assert "here" in said
    assert "Quillon" not in said


@pytest.mark.all
def test_a_picture_in_an_attached_word_file_is_painted_over():
    shown = "<pic:pic><pic:blipFill><a:blip r:embed='r1'/></pic:blipFill></pic:pic>"
    body = f"{paragraph(NAME)}<w:p><w:r><w:drawing><a:graphic>{shown}</a:graphic></w:drawing></w:r></w:p>"
    links = relations(("image", "media/image1.png"))
    parts = {"word/media/image1.png": picture(f"Seen {NAME} here"), "word/_rels/document.xml.rels": links}
    copy = redacted(message(("a.docx", docx(body, parts))))
    with zipfile.ZipFile(io.BytesIO(files(copy)["attachment 1.docx"])) as archive:
        painted = Image.open(io.BytesIO(archive.read("word/media/image1.png"))).convert("L")
    assert painted.getpixel((200, 75)) == 0
    assert sum(painted.histogram()[:10]) > 10_000
    said = " ".join(s.text for s in read(copy)[1].segments)
    assert "here" in said
    assert "Quillon" not in said
