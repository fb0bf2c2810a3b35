"""Every place of a Word file is read or stands in the ledger: no silent miss."""

from __future__ import annotations

import pytest

from models.document import SegmentKind
from models.ledger import LedgerState
from models.upload import Extraction, Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from tests.reading.packages import docx, paragraph, word_part
from tests.reading.planted_docx import NOT_TEXT, PLANTED, PLANTING

PLACES = PLANTING.places
name_in = PLANTING.name_in


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return extract(intake(Upload("made-up.docx", PLANTED), Limits()), Limits())


def test_enough_places_are_planted():
    assert len(PLACES) >= 30
    assert len({name_in(place) for place in PLACES}) == len(PLACES)


@pytest.mark.parametrize("place", [p for p in PLACES if p not in NOT_TEXT])
def test_a_name_is_found_wherever_it_stands(place: str, extraction: Extraction):
    assert any(name_in(place) in s.text for s in extraction.document.segments)


@pytest.mark.parametrize(("place", "line"), NOT_TEXT.items())
def test_what_is_no_text_stands_in_the_ledger_as_not_read(place: str, line: str, extraction: Extraction):
    states = {ledger.state for ledger in extraction.ledger.lines if ledger.place == line}
    assert states == {LedgerState.NOT_READ}, place


_BODY_PLACES = {
    "paragraph",
    "split over runs",
    "first cell",
    "second cell",
    "nested cell",
    "inserted text",
    "text box",
    "content control",
    "control in a line",
    "field result",
    "formula",
    "ruby",
    "footnote",
    "endnote",
}


@pytest.mark.parametrize("place", PLACES)
def test_the_document_text_is_what_a_reader_of_the_page_sees(place: str, extraction: Extraction):
    assert (name_in(place) in extraction.document.text) is (place in _BODY_PLACES)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("text box", SegmentKind.TEXT_BOX),
        ("older copy of a box", SegmentKind.TEXT_BOX),
        ("box in a header", SegmentKind.HEADER),
        ("deleted row", SegmentKind.DELETION),
        ("hidden by style", SegmentKind.HIDDEN),
        ("field code", SegmentKind.FIELD),
        ("comment author", SegmentKind.AUTHOR),
        ("footnote", SegmentKind.FOOTNOTE),
        ("second cell", SegmentKind.TABLE_CELL),
        ("creator", SegmentKind.PROPERTY),
        ("chart value", SegmentKind.CHART),
    ],
)
def test_a_name_is_told_by_its_kind_of_place_and_only_once(
    place: str, kind: SegmentKind, extraction: Extraction
):
    assert [s.kind for s in extraction.document.segments if name_in(place) in s.text] == [kind]


_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">{}</svg>'
_INK = "<i:ink xmlns:i='http://www.w3.org/2003/InkML'><i:trace>1 2</i:trace></i:ink>"
_PACKED = "<w:p><w:r><w:pict><w:binData w:name='a.png'>iVBORw0KGgo=</w:binData></w:pict></w:r></w:p>"


def _odd(part: str, content: str, body: str = "") -> Extraction:
    holder = docx(paragraph("Hello") + body, {f"word/{part}": content})
    return extract(intake(Upload("a.docx", holder), Limits()), Limits())


@pytest.mark.parametrize(
    ("part", "content", "body", "line"),
    [
        ("ink/ink1.xml", _INK, "", "handwriting"),
        ("media/image1.svg", _SVG.format("<image x:href='data:image/png;base64,iVBO'/>"), "", "drawings"),
        ("media/image1.svg", _SVG.format("<g><path d='M0 0'/></g>" * 40), "", "drawings"),
        ("document2.xml", word_part("document", "<w:body/>"), _PACKED, "drawings"),
        ("media/image1.svg", _SVG.format("<path d='M0 0'/>" * 39), "", None),
    ],
    ids=["ink", "picture in a drawing", "shapes", "packed picture", "an icon"],
)
def test_what_is_drawn_in_xml_stands_in_the_ledger(part: str, content: str, body: str, line: str | None):
    unread = [x.place for x in _odd(part, content, body).ledger.lines if x.state is LedgerState.NOT_READ]
    assert unread == ([] if line is None else [line])


def test_words_of_a_drawing_are_read_over_the_pieces_of_their_line():
    drawing = _SVG.format("<text><tspan>Zebe</tspan><tspan>dee</tspan></text><text>came</text>")
    assert "Zebedee\ncame" in [s.text for s in _odd("media/image1.svg", drawing).document.segments]


@pytest.mark.parametrize(
    ("style", "name", "told"),
    [
        ("/APA.XSL", "APA", ""),
        ("\\HarvardAnglia2008OfficeOnline.xsl", "Harvard - Anglia 2008", ""),
        ("\\Quillon.XSL", "APA", "\\Quillon.XSL\n"),
        ("/APA.XSL", "Zebedee", "Zebedee\n"),
    ],
)
def test_the_way_to_cite_that_word_offers_is_nobody_s_initials(style: str, name: str, told: str):
    sources = f'<b:Sources xmlns:b="urn:b" SelectedStyle="{style}" StyleName="{name}"/>'
    packed = docx(paragraph("a"), {"customXml/item1.xml": sources})
    document = extract(intake(Upload("a.docx", packed), Limits()), Limits()).document
    assert "".join(s.text for s in document.segments if s.place.name == "custom XML") == told
