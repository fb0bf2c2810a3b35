"""Redacted Word files: every planted name gone, the look kept, and readable by others."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import docx as python_docx
import pytest
from docx2python import docx2python

from models.document import Document
from models.redaction import Redaction
from models.upload import FileKind, Received, Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from pipeline.redactors.docx import redact_docx
from pipeline.verify import NotRedactedError
from tests.reading.packages import docx, paragraph, relations, run, table, word_part
from tests.reading.planted_docx import PLANTED, PLANTING
from tests.redacting.removing import removing


def read(content: bytes) -> tuple[Received, Document]:
    received = intake(Upload("made-up.docx", content), Limits())
    return received, extract(received, Limits()).document


def redacted(content: bytes, *names: str) -> bytes:
    received, document = read(content)
    return redact_docx(received, document, removing(document, names), Limits())


def unpacked(copy: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        return b"\n".join([name.encode() + archive.read(name) for name in archive.namelist()])


@pytest.fixture(scope="module")
def copy() -> bytes:
    return redacted(PLANTED, *map(PLANTING.name_in, PLANTING.places))


@pytest.mark.parametrize("place", PLANTING.places)
def test_no_planted_name_is_left_in_any_byte_of_any_part(place: str, copy: bytes):
    name = PLANTING.name_in(place)
    everything = unpacked(copy)
    assert name.encode() not in everything
    assert name.encode("utf-16-le") not in everything


def test_the_copy_opens_in_python_docx_and_says_the_labels(copy: bytes):
    document: Any = python_docx.Document(io.BytesIO(copy))
    assert (
        document.paragraphs[0].text == "We met [Person 1] today." or "[Person" in document.paragraphs[0].text
    )
    assert document.core_properties.author in ("", "python-docx")


def _seen_by_docx2python(content: bytes) -> str:
    with docx2python(io.BytesIO(content)) as seen:
        return "\n".join(
            [seen.text, repr(seen.comments), repr(seen.core_properties), repr(seen.images.keys())]
        )


@pytest.mark.filterwarnings("ignore::UserWarning")  # its own, of parts that our files need not have
def test_docx2python_finds_planted_names_in_the_original_and_none_in_the_copy(copy: bytes):
    original, redacted_copy = _seen_by_docx2python(PLANTED), _seen_by_docx2python(copy)
    names = list(map(PLANTING.name_in, PLANTING.places))
    assert sum(name in original for name in names) >= 20
    assert [name for name in names if name in redacted_copy] == []
    assert redacted_copy.count("[Person") >= 10


def test_the_copy_is_read_again_fully_and_as_a_plain_word_file(copy: bytes):
    received, document = read(copy)
    assert received.kind is FileKind.DOCX
    assert "[Person" in document.text
    assert b"macroEnabled" not in unpacked(copy)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph("We met Sam Poe today."), "We met [Person 1] today."),
        (paragraph("We met Sa", "m Po", "e today."), "We met [Person 1] today."),
        (table((paragraph("Sam Poe"), paragraph("Sam"))), "[Person 1] | Sam"),
        ("<w:p><w:r><w:t>Sam</w:t><w:t> </w:t><w:t>Poe</w:t></w:r></w:p>", "[Person 1]"),
    ],
)
def test_words_are_replaced_where_they_stand(body: str, text: str):
    assert read(redacted(docx(body), "Sam Poe"))[1].text == text


_LINE = "<w:u w:val='single'/>"


def test_formatting_stays_on_what_is_left():
    body = f"<w:p>{run('Met ', '<w:b/>')}{run('Sam', '<w:i/>')}{run(' today', _LINE)}</w:p>"
    document: Any = python_docx.Document(io.BytesIO(redacted(docx(body), "Sam")))
    runs = [(r.text, r.bold, r.italic, r.underline) for r in document.paragraphs[0].runs]
    assert runs == [
        ("Met ", True, None, None),
        ("[Person 1]", None, True, None),
        (" today", None, None, True),
    ]


_CHANGES = (
    "<w:p><w:r><w:t>Sam</w:t></w:r>"
    "<w:ins w:author='Zed'><w:r><w:t> visited</w:t></w:r></w:ins>"
    "<w:del w:author='Zed'><w:r><w:delText> called</w:delText></w:r></w:del></w:p>"
)


def test_changes_are_accepted_and_their_authors_forgotten():
    copy = redacted(docx(_CHANGES), "Sam")
    everything = unpacked(copy)
    assert read(copy)[1].text == "[Person 1] visited"
    assert b"called" not in everything
    assert b"Zed" not in everything
    assert b"w:ins" not in everything


_DELETED_END = "<w:rPr><w:del w:id='1' w:author='Zed'/></w:rPr>"


@pytest.mark.parametrize(
    ("first", "texts"),
    [
        (f"<w:pPr><w:jc w:val='left'/>{_DELETED_END}</w:pPr>", ["[Person 1] came today"]),
        (f"<w:pPr>{_DELETED_END}<w:sectPr/></w:pPr>", ["[Person 1]", " came today"]),
        ("<w:pPr><w:rPr><w:ins w:id='1' w:author='Zed'/></w:rPr></w:pPr>", ["[Person 1]", " came today"]),
    ],
    ids=["deleted end", "end of a section", "inserted end"],
)
def test_paragraphs_whose_end_was_deleted_join_the_next(first: str, texts: list[str]):
    second = "<w:p><w:pPr><w:jc w:val='right'/></w:pPr>" + run(" came", "<w:b/>") + run(" today") + "</w:p>"
    copy = redacted(docx(f"<w:p>{first}{run('Sam')}</w:p>{second}"), "Sam")
    document: Any = python_docx.Document(io.BytesIO(copy))
    assert [p.text for p in document.paragraphs] == texts
    assert str(document.paragraphs[-1].alignment) == "RIGHT (2)"
    assert b"Zed" not in unpacked(copy)


_BROKEN = f"<w:p><w:pPr>{_DELETED_END}</w:pPr>{run('I met Zebe')}</w:p>"
_MARK = "<w:bookmarkEnd w:id='9'/>"


@pytest.mark.parametrize("between", ["", _MARK, "<w:proofErr w:type='spellStart'/>", "<w:p></w:p>"])
@pytest.mark.parametrize(
    ("part", "wrapped"),
    [
        ("comments", "<w:comment w:id='2' w:author='Zed'>{}</w:comment>"),
        ("hdr", "{}"),
        ("footnotes", "<w:footnote w:id='2'>{}</w:footnote>"),
        ("document", "<w:body>{}</w:body>"),
    ],
)
def test_a_name_over_a_deleted_end_is_one_in_every_part(part: str, wrapped: str, between: str):
    is_paragraph = between.startswith("<w:p>")
    content = word_part(part, wrapped.format(_BROKEN + between + paragraph("dee today")))
    name = "word/document.xml" if part == "document" else f"word/{part}.xml"
    original = docx(paragraph("Sam"), {name: content})
    copy = redacted(original, "Zebedee")
    said = [s.text for s in read(copy)[1].segments]
    assert ("I met [Person 1] today" in said) is not is_paragraph
    assert ("I met Zebe" in said) is is_paragraph


def test_marks_between_joined_paragraphs_stay_in_their_order():
    start = "<w:bookmarkStart w:id='9' w:name='here'/>"
    first = _BROKEN.replace("</w:p>", start + "</w:p>")
    text = unpacked(redacted(docx(first + _MARK + _BROKEN + _MARK + paragraph(" left")), "Jo"))
    order = [text.find(mark) for mark in (b"met Zebe", b"bookmarkStart", b"bookmarkEnd", b" left")]
    assert order == sorted(order)
    assert text.count(b"met Zebe") == text.count(b"bookmarkEnd") == 2


def test_a_long_chain_of_joined_paragraphs_is_joined_once():
    many = 2000
    before = time.process_time()
    copy = redacted(docx(_BROKEN * many + paragraph("dee")), "Zebedee")
    assert unpacked(copy).count(b"<w:p>") == 1
    assert time.process_time() - before < 2.5  # moved again and again it takes five


@pytest.mark.parametrize(
    ("code", "is_kept"), [("PAGE", True), ("NUMPAGES ", True), ("AUTHOR", False), ("MERGEFIELD Name", False)]
)
def test_only_harmless_fields_go_on_working(code: str, is_kept: bool):  # noqa: FBT001
    field = (
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        f"<w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
        "<w:r><w:t>result</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    )
    copy = redacted(docx(field + paragraph("Sam")), "Sam")
    assert (code.encode() in unpacked(copy)) is is_kept
    assert read(copy)[1].text == "result\n[Person 1]"


_STYLES = word_part(
    "styles",
    "<w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:name w:val='Normal'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Heading1'><w:name w:val='heading 1'/>"
    "<w:basedOn w:val='Normal'/><w:next w:val='SamPoe'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='SamPoe'><w:name w:val='Sam Poe'/>"
    "<w:basedOn w:val='Heading1'/></w:style>",
)


def test_styles_keep_their_look_and_lose_the_ids_made_of_names():
    styled = "".join(
        f"<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{run(text)}</w:p>"
        for style, text in (("SamPoe", "First"), ("Heading1", "Second"), ("SamPoeGone", "Third"))
    )
    original = docx(
        styled,
        {"word/styles.xml": _STYLES, "word/_rels/document.xml.rels": relations(("styles", "styles.xml"))},
    )
    assert "Sam Poe" in [s.text for s in read(original)[1].segments]
    copy = redacted(original, "Sam Poe")
    assert b"SamPoe" not in unpacked(copy)
    document: Any = python_docx.Document(io.BytesIO(copy))
    assert [p.style.name for p in document.paragraphs] == ["[Person 1]", "Heading 1", "Normal"]
    assert document.paragraphs[0].style.base_style.name == "Heading 1"


def test_a_redaction_of_another_document_is_refused():
    received, _ = read(docx(paragraph("One Sam")))
    _, other = read(docx(paragraph("Another Sam")))
    with pytest.raises(NotRedactedError):
        redact_docx(received, other, removing(other, ["Sam"]), Limits())


def test_a_word_that_was_left_on_purpose_may_stay():
    received, document = read(docx(paragraph("Grace came with grace.") + paragraph("By the grace of all.")))
    whole = removing(document, ["Grace"])
    one = Redaction(whole.text, whole.replacements[:1])
    assert read(redact_docx(received, document, one, Limits()))[1].text == (
        "[Person 1] came with grace.\nBy the grace of all."
    )
