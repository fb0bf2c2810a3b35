"""A name in every place of a PDF: each is read, and none is left after redaction."""

import io
import re
import subprocess
import zlib

import pikepdf
import pytest

from models.document import LineBox, SegmentKind
from models.ledger import LedgerState
from models.redaction import Redaction, Replacement
from models.text import Span
from models.upload import Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from pipeline.readers.pdf_compare import open_second, second_page
from pipeline.readers.pdf_pages import open_pdfium
from pipeline.redactors import pdf as redactor
from pipeline.verify import NotRedactedError, squash
from tests.pdf.planted import ATTACHED, BESIDE, LAYERED, ON_PAGE, PICTURED, planted, surname
from tests.programs import needed

EVERY = ON_PAGE | BESIDE | ATTACHED | LAYERED
LEFT = re.compile(r"[^\W_]+")


@pytest.fixture(scope="module")
def read():
    """Read the file without its picture: that takes seconds, and has a test of its own."""
    upload = intake(Upload("planted.pdf", planted()), Limits())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.readers.pdf.has_time", lambda: False)
        return upload, extract(upload, Limits())


@pytest.fixture(scope="module")
def plain():
    upload = intake(Upload("planted.pdf", planted(with_layer=False)), Limits())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.readers.pdf.has_time", lambda: False)
        return upload, extract(upload, Limits())


def everything(document, names):
    """Redact each whole name, or what is left of it where only the surname stands."""
    replacements = []
    for segment in document.segments:
        taken = []
        for name in names:
            loose = r"[\s\x02\ufffe\-.]*".join(map(re.escape, name.replace(" ", "")))
            for found in re.finditer(loose, segment.text):
                replacements.append(Replacement(segment.id, Span(*found.span()), "[person]"))
                taken.append(found.span())
    return Redaction("", tuple(replacements))


@pytest.mark.parametrize("place", EVERY)
def test_every_place_is_read(read, place):
    _, extraction = read
    texts = [squash(s.text) for s in extraction.document.segments]
    assert any(squash(EVERY[place]) in text for text in texts)


def test_the_picture_stands_in_the_ledger_when_it_was_not_read(read):
    _, extraction = read
    unread = [line for line in extraction.ledger.lines if line.state is LedgerState.NOT_READ]
    assert [(line.kind, line.place, line.page) for line in unread] == [("image", "pictures on page 1", 1)]


def test_only_the_page_is_body(read):
    _, extraction = read
    assert [s.kind for s in extraction.document.body] == [SegmentKind.PAGE]


def all_bytes(copy):
    """Return every stream of a file unpacked, without trusting a PDF library, and the file itself."""
    pieces = [copy]
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", copy, re.DOTALL):
        try:
            pieces.append(zlib.decompressobj().decompress(found.group(1)))
        except zlib.error:
            continue
    raw = b"\n".join(pieces)
    hexes = [bytes.fromhex(h.decode()) for h in re.findall(rb"<((?:[0-9A-Fa-f]{2})+)>", raw)]
    kerned = [
        b"".join(re.findall(rb"\(((?:[^()\\]|\\.)*)\)", a))
        for a in re.findall(rb"\[(.*?)\]\s*TJ", raw, re.DOTALL)
    ]
    return b"\n".join([raw, *hexes, *kerned])


def left_in(copy):
    """Return the surnames that some view of a copy still shows."""
    views = [all_bytes(copy).decode("latin-1"), all_bytes(copy).decode("utf-16-be", "ignore")]
    second = open_second(copy)
    views.append(second_page(second, 1).text)
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        views += [
            str(item.unparse(resolved=True)) for item in pdf.objects if not isinstance(item, pikepdf.Stream)
        ]
    squashed = [squash(view) for view in views]
    return {
        name
        for name in (EVERY | PICTURED).values()
        if any(squash(surname(name)) in view for view in squashed)
    }


def redacted(source):
    upload, extraction = source
    redaction = everything(extraction.document, (EVERY | PICTURED).values())
    ways = {}
    build = redactor.build
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(redactor, "build", lambda s, w, chosen: (build(s, w, chosen), ways.update(chosen))[0])
        patch.setattr(redactor, "look_at_pictures", lambda *_: {})
        copy = redactor.redact_pdf(upload, extraction.document, redaction, Limits())
    return copy, ways


def test_the_source_shows_most_of_them():
    assert len(left_in(planted())) > 25


def test_nothing_is_left_in_an_edited_copy(plain):
    copy, ways = redacted(plain)
    assert ways == {1: redactor.Way.EDITED}
    assert left_in(copy) == set()
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert {key for page in pdf.pages for key in page.obj} <= {
            "/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group",
        }  # fmt: skip
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}


def test_other_words_stay_in_an_edited_copy(plain):
    copy, _ = redacted(plain)
    words = second_page(open_second(copy), 1).text
    for kept in ("The visit was by", "who rang first", "First line", "twice", "the plan was chaired by"):
        assert squash(kept) in squash(words)


def test_a_page_with_hidden_layers_becomes_a_picture_without_them(read):
    copy, ways = redacted(read)
    assert ways == {1: redactor.Way.PICTURE}
    assert left_in(copy) == set()
    assert squash("The visit was by") in squash(second_page(open_second(copy), 1).text)


BOX = LineBox(0, 1, 0.25, 0.25, 0.75, 0.75)


def looked_at(read, looks, monkeypatch):
    """Redact the page that becomes a picture, while such things are seen in it, look by look."""
    upload, extraction = read
    answers = iter(looks)
    monkeypatch.setattr(redactor, "look_at_pictures", lambda *_: next(answers))
    redaction = everything(extraction.document, [ON_PAGE["plain text"]])
    return redactor.redact_pdf(upload, extraction.document, redaction, Limits())


def test_what_is_still_seen_in_a_picture_is_covered_there(read, monkeypatch):
    shades = []
    for looks in ([{}], [{1: [BOX]}, {}]):
        with open_pdfium(looked_at(read, looks, monkeypatch)) as copy:
            shown = copy[0].render(scale=1).to_pil().convert("L")
        middle = shown.crop([int(shown.size[n % 2] * (0.3, 0.3, 0.7, 0.7)[n]) for n in range(4)])
        shades.append(middle.getextrema())
    assert shades[0][1] > 200
    assert shades[1][1] < 20


@pytest.mark.parametrize(
    "looks", [[{1: None}], [{1: [BOX]}] * 3], ids=["nothing to cover", "again and again"]
)
def test_what_goes_on_being_seen_stops_the_copy(read, looks, monkeypatch):
    with pytest.raises(NotRedactedError) as refused:
        looked_at(read, looks, monkeypatch)
    assert refused.value.leaks == (redactor.Leak("ocr", 1),)


def test_what_the_readers_still_find_stops_the_copy(plain, monkeypatch):
    upload, extraction = plain
    redaction = everything(extraction.document, [ON_PAGE["plain text"]])
    leak = (redactor.Leak("pdfium", 1),)
    monkeypatch.setattr(redactor, "verify_pdf", lambda *_: leak)
    with pytest.raises(NotRedactedError) as refused:
        redactor.redact_pdf(upload, extraction.document, redaction, Limits())
    assert refused.value.leaks == leak
    assert "Imogen" not in str(refused.value)


@pytest.mark.all
@pytest.mark.parametrize(
    "command",
    [
        ["pdftotext", "-raw", "-", "-"],
        ["mutool", "draw", "-F", "txt", "FILE"],
        ["qpdf", "--qdf", "--object-streams=disable", "FILE", "-"],
    ],
    ids=lambda command: command[0],
)
def test_other_programs_find_nothing_either(plain, command, tmp_path):
    needed(command[0])
    copy, _ = redacted(plain)
    path = tmp_path / "copy.pdf"
    path.write_bytes(copy)
    done = subprocess.run(
        [str(path) if part == "FILE" else part for part in command],
        input=copy,
        capture_output=True,
        check=True,
    )
    seen = squash(done.stdout.decode("latin-1"))
    assert [name for name in EVERY.values() if squash(surname(name)) in seen] == []


@pytest.mark.all
def test_the_picture_is_read_and_painted_over():
    upload = intake(Upload("planted.pdf", planted(with_layer=False)), Limits())
    extraction = extract(upload, Limits())
    assert any(squash(PICTURED["picture"]) in squash(s.text) for s in extraction.document.segments)
    redaction = everything(extraction.document, (EVERY | PICTURED).values())
    copy = redactor.redact_pdf(upload, extraction.document, redaction, Limits())
    assert left_in(copy) == set()
    again = extract(intake(Upload("copy.pdf", copy), Limits()), Limits())
    assert squash(surname(PICTURED["picture"])) not in squash(again.document.text)
