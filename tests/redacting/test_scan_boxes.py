"""Words read in a picture are covered whole: no letter of a name looks out beside its box."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from models.document import Document, LineBox, Place, Segment, SegmentKind
from models.redaction import Replacement
from models.scan import ScanLine, ScannedPage
from models.text import Span
from models.upload import Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from pipeline.readers.scans import scan_found
from pipeline.redactors.picture import redact_picture
from pipeline.redactors.scan_boxes import covers, found_again
from pipeline.verify import Gone, is_leaking, legible
from tests.redacting.removing import removing

LEFT, SIZE = 90, 26


def word(start: int, text: str, left: float, right: float, top: float = 0.1) -> LineBox:
    return LineBox(start, start + len(text), left, top, right, top + 0.02)


TEXT = "Met Sam Lee today"
WORDS = (
    word(0, "Met", 0.1, 0.2),
    word(4, "Sam", 0.2, 0.3),
    word(8, "Lee", 0.3, 0.4),
    word(12, "today", 0.4, 0.6),
)


def covered(text: str, boxes: tuple[LineBox, ...], *spans: tuple[int, int]) -> list[tuple[float, float, str]]:
    segment = Segment("s1", SegmentKind.IMAGE_TEXT, Place("picture 1"), text, boxes=boxes)
    replacements = [Replacement("s1", Span(*span), f"[{n}]") for n, span in enumerate(spans, start=1)]
    return [(round(box.left, 3), round(box.right, 3), label) for box, label in covers(segment, replacements)]


@pytest.mark.parametrize(
    ("spans", "boxes"),
    [
        pytest.param([(4, 7)], [(0.17, 0.317, "[1]")], id="a word"),
        pytest.param([(5, 6)], [(0.17, 0.317, "[1]")], id="part of a word: the whole of it"),
        pytest.param([(4, 11)], [(0.17, 0.417, "[1]")], id="two words: one box"),
        pytest.param([(4, 7), (8, 11)], [(0.17, 0.317, "[1]"), (0.27, 0.417, "[2]")], id="two names"),
        pytest.param([(7, 8)], [], id="the space between"),
    ],
)
def test_words_are_covered_whole(spans: list[tuple[int, int]], boxes: list[tuple[float, float, str]]):
    assert covered(TEXT, WORDS, *spans) == boxes


def test_a_name_over_two_lines_has_two_boxes_and_one_label():
    boxes = (*WORDS[:2], word(8, "Lee", 0.1, 0.2, top=0.2))
    assert covered("Met Sam\nLee", boxes, (4, 11)) == [(0.17, 0.317, "[1]"), (0.07, 0.217, "")]


def test_of_a_line_without_words_the_part_is_reckoned_with_more_around_it():
    assert covered(TEXT, (LineBox(0, 17, 0.0, 0.1, 0.17, 0.12),), (4, 11)) == [(0.025, 0.125, "[1]")]


def test_no_box_leaves_the_page():
    ends = (word(0, "Sam", 0.0, 0.1), word(4, "Lee", 0.9, 1.0))
    assert covered("Sam Lee", ends, (0, 3), (4, 7)) == [(0.0, 0.117, "[1]"), (0.87, 1.0, "[2]")]


def test_words_of_a_scan_keep_their_boxes_where_all_have_one():
    words = (LineBox(0, 3, 0.1, 0.1, 0.2, 0.12), LineBox(4, 7, 0.2, 0.1, 0.3, 0.12))
    rows = ((ScanLine("Met Sam", 0.1, 0.1, 0.3, 0.12, 0.9, words), ScanLine("of", 0.5, 0.1, 0.6, 0.12, 0.9)),)
    found = scan_found(ScannedPage(1, rows, 0), Place("page 1"), body=True)
    assert [found.text[b.start : b.end] for b in found.boxes] == ["Met", "Sam", "of"]


@pytest.mark.parametrize(
    ("seen", "is_found"),
    [("Mur Jo cam", False), ("h ho", False), ("Sam", True), ("S am Lee", True), ("sam", True)],
)
def test_rests_of_other_words_are_no_removed_initials(seen: str, is_found: bool):  # noqa: FBT001
    removed = Gone(frozenset({"h", "ho", "jo", "sam"}), frozenset({"samlee"}))
    assert is_leaking(seen, "", legible(removed)) is is_found


_PLACES = ((0, 3, 0.1, 0.2), (4, 7, 0.2, 0.3), (8, 11, 0.3, 0.4))
_LOOK = (
    ScanLine(
        "Met Sam Lee",
        *(0.1, 0.1, 0.4, 0.12, 0.9),
        tuple(LineBox(start, end, left, 0.1, right, 0.12) for start, end, left, right in _PLACES),
    ),
    ScanLine("by Sam", 0.5, 0.2, 0.6, 0.22, 0.9),
)


@pytest.mark.parametrize(
    ("allowed", "words", "texts", "lefts"),
    [
        pytest.param("Sam Sam", {"sam"}, set(), [], id="as often as it may"),
        pytest.param(
            "Sam", {"sam"}, set(), [0.17, 0.485], id="once more: the word, and a line without words"
        ),
        pytest.param("", {"lee"}, set(), [0.27], id="one word"),
        pytest.param("", set(), {"samlee"}, [0.17, 0.27], id="words run together"),
        pytest.param("", set(), {"tsa"}, None, id="over the words' ends: no word by itself"),
        pytest.param("", {"lee"}, {"samuel"}, [0.27], id="not a word that only is part of what is gone"),
    ],
)
def test_what_is_found_again_is_covered_word_by_word(
    allowed: str, words: set[str], texts: set[str], lefts: list[float] | None
):
    again = found_again(_LOOK, allowed, Gone(frozenset(words), frozenset(texts)))
    assert (again if again is None else [round(box.left, 3) for box in again]) == lefts


LINES = [
    "We met Kade for lunch, will Imogen William ring? Jill Mimms did.",
    "Little Lilli Illing saw Wally Wimmow (proper name Terence) and Moira's mam.",
    "KADE PURVIS WILL RING MR MIMMS. i will ring lilli. www Mummery il Jim",
]
NAMES = [
    "Kade",
    "Imogen William",
    "Jill Mimms",
    "Lilli Illing",
    "Wally Wimmow",
    "Terence",
    "Moira",
    "Mummery",
]


@pytest.mark.all
@pytest.mark.parametrize("angle", [0.0, 0.6])
def test_no_ink_of_a_name_is_left_in_a_picture(angle: float):
    font = ImageFont.load_default(SIZE)
    page, names = (Image.new("L", (1240, 400), 255) for _ in range(2))
    for number, line in enumerate(LINES):
        ImageDraw.Draw(page).text((LEFT, 60 + 90 * number), line, fill=0, font=font)
        for name in NAMES:
            if name in line:
                left = LEFT + font.getlength(line[: line.index(name)])
                ImageDraw.Draw(names).text((left, 60 + 90 * number), name, fill=0, font=font)
    out = io.BytesIO()
    page.rotate(angle, fillcolor=255).save(out, "PNG")
    received = intake(Upload("a.png", out.getvalue()), Limits())
    document = extract(received, Limits()).document
    copy = redact_picture(received, document, removing(document, NAMES), Limits())
    shown = np.asarray(Image.open(io.BytesIO(copy)).convert("L"), dtype=int)
    ink = np.asarray(names.rotate(angle, fillcolor=255)) < 128
    assert all(name in document.text for name in NAMES)
    assert shown[ink].max() < 40  # black, of the box or of the letter: so look around the letters
    around = np.zeros_like(ink)
    around[:, 1:-1] = ink[:, 2:] | ink[:, :-2]
    assert shown[around & ~ink].max() < 40


@pytest.mark.all
def test_a_name_whose_place_was_not_known_is_covered_where_it_is_seen():
    page = Image.new("L", (900, 160), 255)
    ImageDraw.Draw(page).text((30, 50), "We met Kade for lunch", fill=0, font=ImageFont.load_default(44))
    out = io.BytesIO()
    page.save(out, "PNG")
    received = intake(Upload("a.png", out.getvalue()), Limits())
    read = extract(received, Limits()).document
    document = Document(tuple(replace(segment, boxes=()) for segment in read.segments))
    copy = redact_picture(received, document, removing(document, ["Kade"]), Limits())
    said = extract(intake(Upload("a.png", copy), Limits()), Limits()).document.text
    assert "lunch" in said
    assert "Kade" not in said
