"""Odd PDFs: the name in each is read or its place told, and after redaction no byte holds it."""

import io
import re
import subprocess
import zlib

import pikepdf
import pytest

from models.ledger import LedgerState
from models.redaction import Redaction, Replacement
from models.text import Span
from models.upload import Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from pipeline.readers.pdf_compare import open_second, second_page
from pipeline.readers.pdf_ledger import wants_scan
from pipeline.readers.pdf_letter_tables import is_untold
from pipeline.readers.pdf_structure import PageMake
from pipeline.redactors import pdf as redactor
from pipeline.verify import NotRedactedError, squash
from tests.pdf.odd import AROUND, FAMILY, GIVEN, KINDS, built, right_to_left, saved
from tests.programs import needed

LIMITS = Limits(is_scanning=False)
PARTS = r"[\s\x02\ufffe\xad\-.]*"
NAME = re.compile("|".join(PARTS.join(map(re.escape, word)) for word in (GIVEN + FAMILY, FAMILY)))
TOLD = frozenset({
    "two of one number", "a page that is not counted", "glyphs by number, no letters",
    "only shapes", "shapes beside words", "fax", "jpeg 2000", "inline picture",
})  # fmt: skip
"""Kinds whose name is not read as text here; the ledger says that something was not."""

NO_COPY = frozenset({"a page that is not counted"})


def read(untrusted):
    received = intake(Upload("odd.pdf", untrusted), LIMITS)
    return received, extract(received, LIMITS)


def everything(document, name=NAME):
    return Redaction(
        "",
        tuple(
            Replacement(segment.id, Span(*found.span()), "[Child A]")
            for segment in document.segments
            for found in name.finditer(segment.text)
        ),
    )


def redacted(untrusted, monkeypatch, name=NAME):
    """Redact without the look at pictures, which takes seconds and has tests of its own."""
    monkeypatch.setattr(redactor, "look_at_pictures", lambda *_: {})
    received, extraction = read(untrusted)
    return redactor.redact_pdf(received, extraction.document, everything(extraction.document, name), LIMITS)


def unpacked_streams(copy):
    """Yield every stream of a file unpacked, found without a PDF library, and the file itself."""
    yield copy
    for found in re.finditer(rb"stream\r?\n", copy):
        try:
            yield zlib.decompressobj().decompress(copy[found.end() :])
        except zlib.error:
            continue


def views(copy):
    for content in unpacked_streams(copy):
        yield content.decode("latin-1")
        yield content.decode("utf-16-be", "ignore")
        yield content[1:].decode("utf-16-be", "ignore")
        yield " ".join(
            bytes.fromhex(digits.decode()).decode("latin-1")
            for digits in re.findall(rb"<((?:[0-9A-Fa-f]{2})+)>", content)
        )
    second = open_second(copy)
    yield from (second_page(second, number + 1).text for number in range(len(second.pages)))
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        yield from (str(each.unparse()) for each in pdf.objects if not isinstance(each, pikepdf.Stream))


@pytest.mark.parametrize("kind", KINDS)
def test_the_name_is_read_or_its_place_is_told(kind):
    _, extraction = read(built(kind))
    is_read = any(squash(FAMILY) in squash(segment.text) for segment in extraction.document.segments)
    doubts = {LedgerState.NOT_READ, LedgerState.LOW_CONFIDENCE}
    is_told = any(line.state in doubts for line in extraction.ledger.lines)
    assert is_told if kind in TOLD else is_read


@pytest.mark.parametrize("kind", sorted(set(KINDS) - TOLD))
def test_no_byte_of_the_copy_holds_the_name(kind, monkeypatch):
    copy = redacted(built(kind), monkeypatch)
    assert not [view for view in views(copy) if squash(FAMILY) in squash(view)]
    assert squash(AROUND) in squash(second_page(open_second(copy), 1).text)


@pytest.mark.parametrize("kind", sorted(NO_COPY))
def test_where_readers_count_pages_otherwise_there_is_no_copy(kind, monkeypatch):
    with pytest.raises(NotRedactedError):
        redacted(built(kind), monkeypatch)


def test_letters_that_nobody_could_read_pass_as_a_picture_only(monkeypatch):
    copy = redacted(built("glyphs by number, no letters"), monkeypatch)
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert not pdf.pages[0].obj["/Resources"].get("/Font")


def test_hebrew_is_read_in_order_and_leaves_whole(monkeypatch):
    source = saved(right_to_left())
    assert "רבקה" in read(source)[1].document.text
    copy = redacted(source, monkeypatch, re.compile("רבקה"))
    text = second_page(open_second(copy), 1).text
    assert "רבקה" not in text
    assert "רבקה"[::-1] not in text
    assert "פגשתי" in text or "פגשתי"[::-1] in text


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("/g1 /g23 /G45", True),
        ("/a65 /a66 /space", True),
        ("/glyph12 /index7", True),
        ("/A /B /germandbls", False),
        ("/uni0041 /u1F600", False),
        ("/one /a1 /two /three", False),
        ("", False),
    ],
)
def test_a_font_that_only_numbers_its_glyphs_tells_no_letters(names, expected):
    listed = pikepdf.Array([pikepdf.Name(name) for name in names.split()])
    font = pikepdf.Dictionary(Subtype=pikepdf.Name.Type1, Encoding=pikepdf.Dictionary(Differences=listed))
    assert is_untold(font) is expected
    font["/ToUnicode"] = pikepdf.Dictionary()
    assert not is_untold(font)


@pytest.mark.parametrize(("ordering", "expected"), [("Identity", True), ("Japan1", False)])
def test_glyphs_of_a_known_collection_have_letters(ordering, expected):
    system = pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String(ordering))
    inner = pikepdf.Dictionary(Subtype=pikepdf.Name.CIDFontType2, CIDSystemInfo=system)
    assert is_untold(pikepdf.Dictionary(Subtype=pikepdf.Name.Type0, DescendantFonts=[inner])) is expected


@pytest.mark.parametrize(
    ("curves", "paths", "has_words", "expected"),
    [(0, 99, True, False), (0, 99, False, True), (39, 0, True, False), (40, 0, True, True)],
)
def test_lines_alone_are_no_letters_where_there_are_words(curves, paths, has_words, expected):
    make = PageMake(1, 0, 0, curves, paths, has_words, frozenset(), None)
    assert wants_scan(make, has_words=has_words) is expected


@pytest.mark.all
@pytest.mark.parametrize("command", [["pdftotext", "-"], ["mutool", "draw", "-F", "txt"], ["qpdf", "--qdf"]])
def test_other_programs_find_nothing_either(command, tmp_path, monkeypatch):
    needed(command[0])
    for kind in sorted(set(KINDS) - TOLD):
        path = tmp_path / "copy.pdf"
        path.write_bytes(redacted(built(kind), monkeypatch))
        last = ["-"] if command[0] != "mutool" else []
        done = subprocess.run(
            [command[0], *[c for c in command[1:] if c != "-"], str(path), *last],
            capture_output=True,
            check=True,
            timeout=60,
        )
        assert squash(FAMILY) not in squash(done.stdout.decode("latin-1")), kind
