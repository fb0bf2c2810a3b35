"""The quick second look: which letters a page's content shows, whatever their order."""

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream

from models.ledger import LedgerState
from models.upload import FileKind, Received
from pipeline.limits import Limits
from pipeline.readers.pdf import read_pdf
from pipeline.readers.pdf_letter_tables import font_letters
from pipeline.readers.pdf_letters import letters_of, tally
from pipeline.readers.pdf_structure import Structure
from tests.pdf.test_hostile import new_pdf, saved

ONE_BYTE = (
    b"1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfchar <01> <0041> <02> <00660069> endbfchar"
)
TWO_BYTES = (
    b"1 begincodespacerange <0000> <ffff> endcodespacerange "
    b"2 beginbfrange <0003> <0005> <0061> <0010> <0011> [<0436> <00e9>] endbfrange"
)


HOME = pikepdf.new()


def font(table=None, **more):
    named = Dictionary(Type=Name.Font, Subtype=Name.TrueType, **more)
    if table is not None:
        named["/ToUnicode"] = Stream(HOME, table)
    return HOME.make_indirect(named)


def fonts():
    return {
        "F1": font_letters(font(Encoding=Name.WinAnsiEncoding)),
        "F2": font_letters(font(ONE_BYTE)),
        "F3": font_letters(font(TWO_BYTES)),
        "F4": font_letters(font(Encoding=Name("/OddEncoding"))),
    }


@pytest.mark.parametrize(
    ("content", "letters"),
    [
        (b"BT /F1 9 Tf (Anna, 7) Tj ET", "anna7"),
        (b"/F1 9 Tf [(An) -20 (na)] TJ", "anna"),
        (rb"/F1 9 Tf (a\(b\)\\c\101\351\1) Tj (2) Tj", "abcae2"),
        (b"/F1 9 Tf (a (b (c) d) e) Tj (f) Tj", "abcdef"),
        (b"/F1 9 Tf (a (b (c) d) Tj", ""),
        (rb"/F1 9 Tf (a\\\(b) Tj (\)c\\) Tj", "abc"),
        (b"/F1 9 Tf (see q and Q now) Tj /F2 9 Tf q (\x01) Tj Q (\x01) Tj", "seeqandqnowaa"),
        (b"/F1 9 Tf (</F2 9 Tf>) Tj (b) Tj", "f29tfb"),
        (b"/F3 9 Tf <0003><0004> Tj (\\000\\005) Tj", "abc"),
        (b"/F3 9 Tf <00030010> Tj", "aж"),
        (b"/F1 9 Tf (a\\\nb) Tj", "ab"),
        (b"/F1 9 Tf <41 42 4> Tj", "ab"),
        (b"/F2 9 Tf (\x01\x02\x01) Tj", "afia"),
        (b"/F3 9 Tf <000300040005> Tj <00100011> Tj", "abcжe"),
        (b"q /F1 9 Tf Q (a) Tj", None),
        (b"/F1 9 Tf q /F2 9 Tf (\x01) Tj Q (b) Tj", "ab"),
        (b"/F1 9 Tf /P <</Lang (en-GB) /MCID 0>> BDC (a) Tj EMC", "a"),
        (b"/F4 9 Tf (a) Tj", None),
        (b"/F9 9 Tf (a) Tj", None),
        (b"/F1 9 Tf (unclosed", ""),
        (b"/Pq Do /F1 9 Tf (a) Tj", "a"),
        (b"", ""),
    ],
)
def test_the_letters_of_a_content(content, letters):
    assert letters_of(content, fonts()) == (None if letters is None else tally(letters))


@pytest.mark.parametrize(
    ("text", "letters"),
    [("Zoë’s Café, No. 7\r\n", "zoescafeno7"), ("ﬁne", "fine"), ("ЖУК", "жук"), ("²", "2"), ("…\x02-", "")],
)
def test_only_letters_and_digits_count(text, letters):
    assert tally(text) == tally(letters)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("anna", "naan", True),
        ("anna", "anne", False),
        ("anna", "ann", False),
        ("жук", "куж", True),
        ("жук", "жуц", False),
        ("ab", "ba", True),
        ("ad", "bc", False),
    ],
)
def test_order_does_not_count_and_letters_do(one, other, expected):
    assert (tally(one) == tally(other)) is expected


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (b"1 begincodespacerange <00> <80> <8100> <ffff> endcodespacerange", "codes of two lengths"),
        (b"/Other usecmap 1 begincodespacerange <00> <ff> endcodespacerange", "another table"),
        (b"2 beginbfchar <01> <0041> endbfchar", "no code space"),
    ],
)
def test_an_unusual_table_is_left_to_the_full_second_reader(table, reason):
    assert font_letters(font(table)) is None, reason


def test_forms_count_as_often_as_they_are_drawn():
    pdf = new_pdf()
    resources = pdf.pages[0].obj["/Resources"]
    form = Stream(pdf, b"BT /F1 12 Tf (ab) Tj ET", Subtype=Name.Form, Resources=resources)
    resources["/XObject"] = Dictionary(X=pdf.make_indirect(form))
    pdf.pages[0].obj["/Contents"] = Stream(pdf, b"BT /F1 12 Tf (c) Tj ET /X Do /X Do")
    make = Structure(Limits()).page(1, pdf.pages[0])
    assert make.letters == tally("cabab")


def test_a_page_that_shows_what_no_reader_tells_is_marked(monkeypatch):
    """Words that pdfium and pypdf read differently are told even where every font is in order."""
    content = b"BT /F1 12 Tf 60 200 Td (Plain words on a page) Tj ET"
    received = Received("a.pdf", FileKind.PDF, "", saved(new_pdf(content)))
    _, lines = read_pdf(received, Limits())
    assert {line.state for line in lines} <= {LedgerState.READ, LedgerState.EMPTY}
    monkeypatch.setattr("pipeline.readers.pdf_pages.page_text", lambda _: "Plain words on a")
    _, lines = read_pdf(received, Limits())
    assert LedgerState.LOW_CONFIDENCE in {line.state for line in lines}
