"""PDFs that were built to hurt: each is read or refused with a reason, and nothing else happens."""

import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from models.errors import DocumentError, ReasonCode
from models.ledger import LedgerState, ObjectKind
from models.upload import FileKind, Received, Upload
from pipeline.limits import Limits
from pipeline.readers.pdf import read_pdf
from workers.sandbox import read_in_child

TEXT = b"BT /F1 12 Tf 60 700 Td (Plain words on a page) Tj ET"


def new_pdf(content=TEXT, pages=1):
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(600, 800))
        page.obj["/Resources"] = Dictionary(Font=Dictionary(F1=font))
        page.obj["/Contents"] = Stream(pdf, content)
    return pdf


def saved(pdf, encryption=None):
    buffer = io.BytesIO()
    if encryption is not None:
        pdf.save(buffer, encryption=encryption)
    else:
        pdf.save(buffer, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return buffer.getvalue()


def read(untrusted, limits=None):
    return read_pdf(Received("a.pdf", FileKind.PDF, "", untrusted), limits or Limits())


def flate(content):
    return zlib.compress(content, 9)


def large_content(megabytes):
    pdf = new_pdf()
    packed = flate(b" " * (megabytes << 20))
    pdf.pages[0].obj["/Contents"] = Stream(pdf, packed, Filter=Name.FlateDecode)
    return saved(pdf)


def shared_stream():
    """Two hundred pages that show one large content."""
    pdf = new_pdf(pages=200)
    content = pdf.make_indirect(Stream(pdf, flate(b"0 0 m 9 9 l S\n" * 80_000), Filter=Name.FlateDecode))
    for page in pdf.pages:
        page.obj["/Contents"] = content
    return saved(pdf)


def laughing_forms(depth=9, times=10):
    """A form that draws a form ten times, nine deep."""
    pdf = new_pdf()
    inner = Stream(pdf, TEXT, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 600, 800])
    for _ in range(depth):
        outer = Stream(pdf, b"/X Do " * times, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 600, 800])
        outer["/Resources"] = Dictionary(XObject=Dictionary(X=pdf.make_indirect(inner)))
        inner = outer
    pdf.pages[0].obj["/Resources"]["/XObject"] = Dictionary(X=pdf.make_indirect(inner))
    pdf.pages[0].obj["/Contents"] = Stream(pdf, b"/X Do")
    return saved(pdf)


def own_form():
    """A form that draws itself."""
    pdf = new_pdf(TEXT + b" /X Do")
    form = pdf.make_indirect(Stream(pdf, b"/X Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9]))
    form["/Resources"] = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].obj["/Resources"]["/XObject"] = Dictionary(X=form)
    return saved(pdf)


def page_loop():
    """A page tree whose node is its own child."""
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>\nendobj\n"
        b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"
    )


def many_pages(count=100_000):
    kids = b" ".join(b"3 0 R" for _ in range(count))
    node = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n" + node + b"\nendobj\n"
        b"3 0 obj\n" + page + b"\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    )


def locked():
    return saved(new_pdf(), encryption=pikepdf.Encryption(user="secret", owner="more secret"))


REFUSED = {
    "a hundred thousand times one page": (many_pages, ReasonCode.TOO_MANY_PAGES),
    "nothing but the header": (lambda: b"%PDF-1.7\n", ReasonCode.DAMAGED),
    "a text with a header": (lambda: b"%PDF-1.7\n" + b"words " * 500, ReasonCode.DAMAGED),
}
"""What is refused beside the kinds in `tests/reading/hostile_files.py`."""


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_reason(case):
    build, code = REFUSED[case]
    with pytest.raises(DocumentError) as refused:
        read(build())
    assert refused.value.reason.code is code
    assert refused.value.reason.remedy


@pytest.mark.all
@pytest.mark.parametrize("case", REFUSED)
def test_refused_in_the_child_process_too(case):
    build, code = REFUSED[case]
    with pytest.raises(DocumentError) as refused:
        read_in_child(Upload("a.pdf", build()), Limits())
    assert refused.value.reason.code in (code, ReasonCode.TOO_COMPLEX)


def with_huge_box():
    pdf = new_pdf()
    pdf.pages[0].obj["/MediaBox"] = [0, 0, 1_000_000, 1_000_000]
    return saved(pdf)


def with_bookmark_loop():
    pdf = new_pdf()
    bookmark = pdf.make_indirect(Dictionary(Title="Round and round"))
    bookmark["/Next"] = bookmark
    pdf.Root["/Outlines"] = pdf.make_indirect(Dictionary(First=bookmark, Last=bookmark))
    return saved(pdf)


def with_deep_array():
    pdf = new_pdf()
    deep = Array([])
    for _ in range(400):
        deep = Array([deep])
    pdf.Root["/Deep"] = deep
    return saved(pdf)


READ = {
    "a form that draws itself": own_form,
    "a page as large as a field": with_huge_box,
    "bookmarks in a loop": with_bookmark_loop,
    "an array four hundred deep": with_deep_array,
    "an owner's password only": lambda: saved(
        new_pdf(), encryption=pikepdf.Encryption(user="", owner="secret")
    ),
}


@pytest.mark.parametrize("case", READ)
def test_read_all_the_same(case):
    found, _ = read(READ[case]())
    assert "Plain words on a page" in found[0].text


def test_what_just_fits_is_read():
    found, lines = read(large_content(20))
    assert found[0].text == ""
    assert lines


def outcome(untrusted):
    try:
        _, lines = read(untrusted)
    except DocumentError as error:
        return {error.reason.code}
    return {line.state for line in lines}


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_truncated_file_is_refused_or_doubted(part):
    whole = saved(new_pdf(pages=3))
    doubted = {ReasonCode.DAMAGED, LedgerState.LOW_CONFIDENCE, LedgerState.NOT_READ}
    assert outcome(whole[: int(len(whole) * part)]) & doubted
    assert not outcome(whole) & doubted


def test_pages_up_to_the_limit_are_read():
    limits = Limits(pages=3)
    assert len([f for f in read(saved(new_pdf(pages=3)), limits)[0] if f.body]) == 3
    with pytest.raises(DocumentError):
        read(saved(new_pdf(pages=4)), limits)


def test_an_image_that_no_page_shows_is_named():
    pdf = new_pdf()
    image = Stream(pdf, b"\0" * 900, Type=Name.XObject, Subtype=Name.Image, Width=30, Height=30)
    image["/ColorSpace"], image["/BitsPerComponent"] = Name.DeviceGray, 8
    pdf.Root["/Spare"] = pdf.make_indirect(image)
    _, lines = read(saved(pdf))
    assert [(x.kind, x.place, x.state) for x in lines if x.kind is ObjectKind.IMAGE] == [
        (ObjectKind.IMAGE, "on no page", LedgerState.NOT_READ)
    ]
