"""The small parts of reading and redacting PDF, each with its near misses."""

import io
import time

import pikepdf
import pytest
from PIL import Image

from models.document import Document, Place, Segment, SegmentKind
from models.redaction import Redaction, Replacement
from models.text import Span
from pipeline.geometry import IDENTITY, apply, boxes_meet, times
from pipeline.readers.pdf_compare import disagree, lines_beyond
from pipeline.readers.pdf_hidden import earlier_versions
from pipeline.readers.pdf_markup import is_wording, markup_words, xmp_words
from pipeline.readers.pdf_pages import character_indexes
from pipeline.redactors.pdf_allowed import jpeg_without_words, strip
from pipeline.redactors.pdf_glyphs import Glyph
from pipeline.redactors.pdf_plan import gap_width, plan_page
from pipeline.verify import gone, is_leaking, surviving

PAGE = [(0, 0), (600, 0), (600, 800), (0, 800)]


@pytest.mark.parametrize(
    ("one", "other", "drawn", "expected"),
    [
        ("Amina rang", "Amina rang", "", False),
        ("Amina rang", "A mina  RANG", "", False),
        ("represen\x02tations", "represen-\ntations", "", False),
        ("Zoë", "Zoe\u0308", "", False),
        ("rang Amina", "Amina rang", "", False),
        ("Amina rang", "Amira rang", "", True),
        ("Amina rang", "rang", "", True),
        ("rang", "Amina rang", "", True),
        ("Amina rang", "rang", "Amina", False),
    ],
)
def test_readers_disagree_when_a_word_is_missing(one, other, drawn, expected):
    assert disagree(one, other, drawn) is expected


@pytest.mark.parametrize(
    ("one", "other", "lines"),
    [
        ("Amina rang", "Amina rang", ""),
        ("Amina rang", "A mina\nrang", ""),
        ("We sat.", "We sat.\nKadeem rang", "Kadeem rang"),
        ("The planning of her sleep", "The planning of her sleep\nAnn Lee", "Ann Lee"),
        ("thechildren sleep", "the children\nsleep", ""),
        ("Amina\nrang Zoë", "rang Zoe Amina", ""),
    ],
)
def test_lines_that_only_the_second_reader_sees(one, other, lines):
    assert lines_beyond(one, other) == lines


def test_very_many_words_of_the_second_reader_are_compared_fast():
    one = " ".join(f"{n}a" for n in range(40_000))
    other = " ".join(f"{n}b" for n in range(40_000))
    begun = time.process_time()
    assert lines_beyond(one, other) == other
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jolanta Hatherleigh", True),
        ("smith1985", True),
        ("section.1", False),
        ("D:20240101120000Z", False),
        ("uuid:0a1b2c3d-aaaa-bbbb-cccc-000011112222", False),
        ("\x01\x02\x03ab", False),
        ("42", False),
    ],
)
def test_strings_of_unknown_purpose(text, expected):
    assert is_wording(text) is expected


def test_words_in_markup():
    assert markup_words("<p>Dear <b>Amina</b> &amp; family</p>").split() == ["Dear", "Amina", "&", "family"]
    assert xmp_words(b"<a><b>Amina</b><c>2024-01-01</c></a>") == ["Amina"]


def test_code_points_above_the_first_plane_take_two_of_pdfiums_characters():
    assert character_indexes("a😀b") == [0, 1, 3]


def test_earlier_versions_end_where_their_tables_are_named():
    first, last = b"one startxref\n5\n%%EOF", b"\ntwo startxref\n9\n%%EOF\n"
    assert earlier_versions(first + last) == [first]
    assert earlier_versions(last) == []
    assert earlier_versions(b"/Linearized 1 " + first + last) == []


@pytest.mark.parametrize(
    ("width", "room", "expected"),
    [
        (50, 100, 60),  # the next multiple of three heights
        (50, 5, 30),  # no room: the next smaller
        (61, 200, 90),
        (15, 100, 20),
        (5, 0, 5),  # an initial: nothing to hide in it
    ],
)
def test_gaps_have_few_widths(width, room, expected):
    assert gap_width(width, room, size=10) == expected


def line(text, x=50.0, y=700.0, step=6.0):
    return [Glyph(x + step * at, y, 1.0, 0.0, step, 10.0) for at in range(len(text))]


def test_what_follows_a_gap_moves_and_another_column_does_not():
    glyphs = line("Aminata rang") + line("note", x=400)
    plan = plan_page(glyphs, dict.fromkeys(range(7), 0), ["[Child A]"], PAGE)
    assert plan.removed == set(range(7))
    assert {n: round(shift) for n, shift in plan.shifts.items()} == dict.fromkeys(range(7, 12), 60 - 42)
    assert [box.label for box in plan.boxes] == ["[Child A]"]


def test_names_of_different_length_leave_the_same_gap():
    short = plan_page(line("Amy rang"), dict.fromkeys(range(4), 0), [""], PAGE).boxes[0].width
    longer = plan_page(line("Amina rang"), dict.fromkeys(range(5), 0), [""], PAGE).boxes[0].width
    assert short == longer


def test_a_name_of_two_words_has_one_box():
    glyphs = line("Amina Marsh rang")
    plan = plan_page(glyphs, dict.fromkeys([*range(5), *range(6, 11)], 0), ["[Child A]"], PAGE)
    assert plan.removed == set(range(11))
    assert len(plan.boxes) == 1


def test_two_names_beside_each_other_have_two():
    spans = dict.fromkeys(range(5), 0) | dict.fromkeys(range(6, 11), 1)
    plan = plan_page(line("Amina Marsh rang"), spans, ["[Child A]", "[Child B]"], PAGE)
    assert 5 not in plan.removed
    assert [box.label for box in plan.boxes] == ["[Child A]", "[Child B]"]


def test_a_name_over_two_lines_has_its_label_once():
    glyphs = line("call Ami") + line("na back", y=686)
    plan = plan_page(glyphs, dict.fromkeys([5, 6, 7, 8, 9], 0), ["[Child A]"], PAGE)
    assert [box.label for box in plan.boxes] == ["[Child A]", ""]


def test_matrices_and_frames():
    move = (1.0, 0.0, 0.0, 1.0, 5.0, 7.0)
    assert apply(times(move, move), 1, 1) == (11, 15)
    assert times(move, IDENTITY) == move
    assert boxes_meet([(0, 0), (2, 2)], [(1, 1), (3, 3)])
    assert not boxes_meet([(0, 0), (2, 2)], [(2.5, 0), (3, 3)])


def test_only_what_is_allowed_passes():
    with pikepdf.new() as pdf:
        form = pikepdf.Stream(
            pdf, b"", Type=pikepdf.Name.XObject, BBox=[0, 0, 1, 1], PieceInfo=pikepdf.Dictionary()
        )
        form["/Metadata"] = pikepdf.Stream(pdf, b"Amina")
        form["/Interpolate"] = "Amina"
        held = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Own=form), Properties=pikepdf.Dictionary())
        strip(held)
        assert set(held.keys()) == {"/XObject"}
        assert set(held.XObject.Own.keys()) <= {"/Type", "/BBox", "/Length"}


def test_a_jpeg_loses_its_words_and_not_a_dot():
    image = Image.effect_noise((40, 30), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x013B] = "Amina"
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif, comment=b"by Amina")
    plain = jpeg_without_words(buffer.getvalue())
    assert b"Amina" in buffer.getvalue()
    assert b"Amina" not in plain
    assert Image.open(io.BytesIO(plain)).tobytes() == Image.open(buffer).tobytes()


TEXT = "Grace met Amina. By grace, all was well."


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        ("[Child A] met [Child B]. By grace, all was well.", False),
        ("[Child A] met [Child B]. By grace, all was well. Grace", True),
        ("Grace met [Child B]. By grace, all was well.", True),
        (
            "[Child A] met Am-\u00adina. By grace",
            False,
        ),  # two words; the stretch is too short to be told from chance
        ("met AMINA", True),
        ("met", False),
    ],
)
def test_a_removed_word_may_stay_where_it_was_left(copy, expected):
    segment = Segment("s1", SegmentKind.PAGE, Place("page 1", 1), TEXT, 0)
    replacements = (Replacement("s1", Span(0, 5), "[Child A]"), Replacement("s1", Span(10, 15), "[Child B]"))
    removed = gone(Document((segment,)), Redaction("", replacements))
    assert is_leaking(copy, surviving(segment, replacements), removed) is expected
