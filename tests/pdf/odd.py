"""Odd PDFs, each with the same made-up name in a place of its own kind, and plain words around it.

Every builder returns the bytes of a file. Where the name is not drawn as text, it stands there once.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import reportlab
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase.ttfonts import TTFontFace

GIVEN, FAMILY = "Rowena", "Thistlewood"
FULL = f"{GIVEN} {FAMILY}"
AROUND = "Plain words stand on this page"
BOX = (600, 800)
VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


def say(x: float, y: float, shown: str = f"(Seen by {FULL} today) Tj") -> str:
    return f"BT /F1 12 Tf 1 0 0 1 {x} {y} Tm {shown} ET\n"


PLAIN = say(60, 700, f"({AROUND}) Tj")
NAMED = PLAIN + say(60, 660)


def helvetica() -> Dictionary:
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )


def page_of(content: str | bytes = NAMED, **keys: object) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=BOX)
    page.obj["/Resources"] = Dictionary(Font=Dictionary(F1=pdf.make_indirect(helvetica())))
    page.obj["/Contents"] = Stream(pdf, content if isinstance(content, bytes) else content.encode("cp1252"))
    for key, value in keys.items():
        page.obj[f"/{key}"] = value
    return pdf


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def plain_objects(pdf: pikepdf.Pdf) -> bytes:
    """Save without packing anything, so that the bytes can be changed by hand."""
    return saved(
        pdf,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )


def form_of(pdf: pikepdf.Pdf, content: str, **more: object) -> Stream:
    form = Stream(pdf, content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, *BOX])
    form["/Resources"] = Dictionary(Font=Dictionary(F1=helvetica()))
    for key, value in more.items():
        form[f"/{key}"] = value
    return pdf.make_indirect(form)


def drawing(**named: Callable[[pikepdf.Pdf], pikepdf.Object]) -> pikepdf.Pdf:
    """A page of plain words that draws what is made."""
    pdf = page_of(PLAIN + "".join(f"q /{name} Do Q\n" for name in named))
    made = {f"/{name}": build(pdf) for name, build in named.items()}
    pdf.pages[0].obj["/Resources"]["/XObject"] = Dictionary(made)
    return pdf


def picture(width: int = 1000, height: int = 250) -> Image.Image:
    image = Image.new("L", (width, height), "white")
    ImageDraw.Draw(image).text((30, 80), FULL, fill="black", font=ImageFont.load_default(64))
    return image


def picture_page(pdf: pikepdf.Pdf, packed: bytes, size: tuple[int, int], **keys: object) -> pikepdf.Pdf:
    image = Stream(pdf, packed, Type=Name.XObject, Subtype=Name.Image, Width=size[0], Height=size[1])
    for key, value in keys.items():
        image[f"/{key}"] = value
    page = pdf.pages[0].obj
    page["/Resources"]["/XObject"] = Dictionary(Im=pdf.make_indirect(image))
    page["/Contents"] = Stream(pdf, PLAIN.encode() + b"q 400 0 0 100 60 300 cm /Im Do Q\n")
    return pdf


# How the file is built


def loop_of_tables() -> bytes:
    """The table of objects names itself as the one before it."""
    made = plain_objects(page_of())
    start = int(re.findall(rb"startxref\s+(\d+)", made)[-1])
    return made.replace(b"trailer <<", b"trailer << /Prev %d" % start)


def object_stream_of_itself() -> bytes:
    """A stream of objects says that it goes on in itself."""
    made = saved(page_of(), object_stream_mode=pikepdf.ObjectStreamMode.generate)
    number = re.findall(rb"(\d+) 0 obj\s*<< /Type /ObjStm", made)[0]
    # the table of objects is wrong behind it now: readers search for the objects
    return made.replace(b"<< /Type /ObjStm", b"<< /Type /ObjStm /Extends " + number + b" 0 R", 1)


def wrong_length(change: int) -> bytes:
    """The content says that it is longer or shorter than it is."""
    made = plain_objects(page_of())
    length = len(NAMED.encode())
    return made.replace(b"/Length %d" % length, b"/Length %d" % (length + change))


def two_of_one_number() -> bytes:
    """Two contents of one number: the table names the one without the name, a search the other."""
    made = plain_objects(page_of(PLAIN))
    number = re.findall(rb"/Contents (\d+) 0 R", made)[0]
    content = NAMED.encode()
    other = b"%b 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (number, len(content), content)
    at = made.rindex(b"xref\n0")
    moved = made[:at] + other + made[at:]
    start = int(re.findall(rb"startxref\s+(\d+)", made)[-1])
    return moved.replace(b"startxref\n%d" % start, b"startxref\n%d" % (start + len(other)))


def no_table() -> bytes:
    """Two contents of one number and no table of objects: readers search, and may choose otherwise."""
    made = two_of_one_number()
    return re.sub(rb"startxref\s+\d+", b"startxref\n7", made)


def hybrid_tables() -> bytes:
    """A second version whose objects only a table in a stream names."""
    pdf = page_of(PLAIN)
    first = plain_objects(pdf)
    number = re.findall(rb"/Contents (\d+) 0 R", first)[0]
    content = NAMED.encode()
    at = len(first) + 1
    new = b"\n%b 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (number, len(content), content)
    entry = b"\x01" + at.to_bytes(4, "big") + b"\0\0"
    table = len(first) + len(new)
    size = int(re.findall(rb"/Size (\d+)", first)[-1])
    root = re.findall(rb"/Root (\d+ 0 R)", first)[-1]
    start = int(re.findall(rb"startxref\s+(\d+)", first)[-1])
    stream = (
        b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 2] /Index [%b 1] /Root %b /Prev %d /Length 7 >>\n"
        b"stream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
    )
    return first + new + stream % (size, size + 1, number, root, start, entry, table)


def junk_around() -> bytes:
    """Words before the file begins and after it ends."""
    made = plain_objects(page_of(PLAIN))
    return made + f"\n% kept by {FULL}\nNote to {FULL}: not for others.\n".encode()


def with_comments() -> bytes:
    """A remark within the content, which nobody is shown."""
    return plain_objects(page_of(PLAIN + f"% drawn for {FULL}\n"))


def lying_on_pages() -> bytes:
    """The list of pages says it has one page; it has two."""
    pdf = page_of(PLAIN)
    second = page_of()
    pdf.pages.append(second.pages[0])
    return plain_objects(pdf).replace(b"/Count 2", b"/Count 1")


# How the page is shown


def turned() -> pikepdf.Pdf:
    return page_of(Rotate=90)


def skewed() -> pikepdf.Pdf:
    return page_of(PLAIN + f"BT /F1 12 Tf 0.9 0.3 -0.1 1.1 200 400 Tm (Seen by {FULL} today) Tj ET\n")


def mirrored() -> pikepdf.Pdf:
    return page_of(PLAIN + f"q -1 0 0 1 600 0 cm {say(60, 500)} Q\n")


def upwards() -> pikepdf.Pdf:
    return page_of(PLAIN + f"BT /F1 12 Tf 0 1 -1 0 300 200 Tm (Seen by {FULL} today) Tj ET\n")


def cropped_away() -> pikepdf.Pdf:
    return page_of(PLAIN + say(60, 100), CropBox=[0, 400, 600, 800])


def no_size() -> pikepdf.Pdf:
    return page_of(MediaBox=[0, 0, 0, 0])


def huge() -> pikepdf.Pdf:
    return page_of(NAMED + say(13_000, 13_000), MediaBox=[0, 0, 14_400, 14_400])


def in_large_units() -> pikepdf.Pdf:
    return page_of(UserUnit=10)


def below_nought() -> pikepdf.Pdf:
    return page_of(PLAIN + say(-500, -700), MediaBox=[-600, -800, 600, 800])


# How the letters are shown


def letter_by_letter() -> pikepdf.Pdf:
    kerned = " ".join(f"({letter}) {-17 + 3 * at}" for at, letter in enumerate(f"Seen by {FULL} today"))
    return page_of(PLAIN + say(60, 500, f"[{kerned}] TJ"))


def out_of_order() -> pikepdf.Pdf:
    """Every letter of the name in an operator of its own, the last one first."""
    letters = list(enumerate(FULL))
    return page_of(PLAIN + "".join(say(60 + 9 * at, 500, f"({letter}) Tj") for at, letter in letters[::-1]))


def soft_hyphens() -> pikepdf.Pdf:
    return page_of(PLAIN + say(60, 500, f"(Seen by {GIVEN} This\\255tle\\255wood today) Tj"))


def line_by_line() -> pikepdf.Pdf:
    return page_of(PLAIN + say(60, 500, "14 TL (Seen by Rowena Thistle\\255) Tj T* (wood today) Tj"))


def oddly_written() -> pikepdf.Pdf:
    """A string with escapes, broken lines and nested brackets."""
    odd = "(Seen \\(by\\) \\122owe\\\nna (and) Th\\151stle\\\r\nwood today) Tj"
    return page_of(PLAIN + say(60, 500, odd))


def as_clip() -> pikepdf.Pdf:
    return page_of(PLAIN + f"q {say(60, 500, f'7 Tr (Seen by {FULL} today) Tj')} Q\n")


def without_size() -> pikepdf.Pdf:
    return page_of(PLAIN + f"BT /F1 0 Tf 1 0 0 1 60 500 Tm (Seen by {FULL} today) Tj ET\n")


def white_under_picture() -> pikepdf.Pdf:
    pdf = picture_page(page_of(), b"\x80" * 64, (8, 8), ColorSpace=Name.DeviceGray, BitsPerComponent=8)
    content = "1 1 1 rg\n" + say(80, 340) + "0 0 0 rg\n" + PLAIN + "q 400 0 0 100 60 300 cm /Im Do Q\n"
    pdf.pages[0].obj["/Contents"] = Stream(pdf, content.encode())
    return pdf


def letter_table(letters: dict[int, str], digits: int) -> bytes:
    """Write a font's own table of letters; its codes have so many digits."""
    chars = "".join(
        f"<{code:0{digits}x}> <{text.encode('utf-16-be').hex()}>\n" for code, text in letters.items()
    )
    space = f"1 begincodespacerange <{'0' * digits}> <{'f' * digits}> endcodespacerange\n"
    return f"{space}{len(letters)} beginbfchar\n{chars}endbfchar\n".encode()


def glyphs_by_number(*, with_letters: bool) -> pikepdf.Pdf:
    """A large font that is called by numbers of glyphs, with or without a table of their letters."""
    face = TTFontFace(str(VERA))
    pdf = page_of()
    file = pdf.make_indirect(Stream(pdf, VERA.read_bytes()))
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/Vera"), Flags=4, FontBBox=[-180, -240, 1290, 930],
        ItalicAngle=0, Ascent=760, Descent=-240, CapHeight=730, StemV=80, FontFile2=file,
    )  # fmt: skip
    glyphs = {letter: face.charToGlyph[ord(letter)] for letter in f"Seen by {FULL} today"}
    widths = Array()
    for letter, glyph in glyphs.items():
        widths.extend([glyph, Array([face.charWidths[ord(letter)]])])
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/Vera"), FontDescriptor=described,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        W=widths, CIDToGIDMap=Name.Identity,
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/Vera"), Encoding=Name("/Identity-H"),
        DescendantFonts=[pdf.make_indirect(inner)],
    )  # fmt: skip
    if with_letters:
        table = letter_table({glyph: letter for letter, glyph in glyphs.items()}, 4)
        font["/ToUnicode"] = Stream(pdf, table)
    page = pdf.pages[0].obj
    page["/Resources"]["/Font"]["/F2"] = pdf.make_indirect(font)
    shown = "".join(f"{glyphs[letter]:04x}" for letter in f"Seen by {FULL} today")
    page["/Contents"] = Stream(pdf, (PLAIN + f"BT /F2 12 Tf 1 0 0 1 60 500 Tm <{shown}> Tj ET\n").encode())
    return pdf


def joined_letters() -> pikepdf.Pdf:
    """One code shows two letters of the name, as ligatures do."""
    pdf = page_of(PLAIN + "BT /F2 12 Tf 1 0 0 1 60 500 Tm (Seen by Rowena \\001istlewood today) Tj ET\n")
    table = letter_table({1: "Th"} | {code: chr(code) for code in range(32, 123)}, 2)
    font = helvetica()
    font["/ToUnicode"] = Stream(pdf, table)
    font["/FirstChar"], font["/LastChar"], font["/Widths"] = 0, 122, Array([600] * 123)
    pdf.pages[0].obj["/Resources"]["/Font"]["/F2"] = font
    return pdf


def right_to_left() -> pikepdf.Pdf:
    """A Hebrew sentence whose letters are shown from left to right as they stand on the page."""
    words = "פגשתי את רבקה ביתר-זהבי היום"
    codes = {letter: code for code, letter in enumerate(sorted(set(words)), start=1)}
    shown = "".join(f"\\{codes[letter]:03o}" for letter in reversed(words))
    pdf = page_of(PLAIN + f"BT /F2 12 Tf 1 0 0 1 60 500 Tm ({shown}) Tj ET\n")
    table = letter_table({code: letter for letter, code in codes.items()}, 2)
    font = helvetica()
    font["/ToUnicode"] = Stream(pdf, table)
    font["/FirstChar"], font["/LastChar"], font["/Widths"] = 0, 40, Array([600] * 41)
    pdf.pages[0].obj["/Resources"]["/Font"]["/F2"] = font
    return pdf


def drawn_font(glyph: str) -> pikepdf.Pdf:
    """A font whose letters are drawings; the letter A is this one."""
    pdf = page_of(PLAIN + "BT /F2 12 Tf 1 0 0 1 60 500 Tm (A) Tj ET\n")
    content = f"1000 0 d0\n{glyph}"
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 30000, 2000],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        CharProcs=Dictionary(A=Stream(pdf, content.encode())), FirstChar=65, LastChar=65, Widths=[30000],
        Encoding=Dictionary(Type=Name.Encoding, Differences=[65, Name("/A")]),
        Resources=Dictionary(Font=Dictionary(F1=helvetica())),
    )  # fmt: skip
    pdf.pages[0].obj["/Resources"]["/Font"]["/F2"] = pdf.make_indirect(font)
    return pdf


def words_in_a_glyph() -> pikepdf.Pdf:
    return drawn_font(f"BT /F1 1000 Tf (Seen by {FULL} today) Tj ET\n")


def letters_as_shapes() -> str:
    """The name as outlines of letters: some hundred curves, no text."""
    curves = []
    for at, _ in enumerate(FULL * 3):
        x = 60 + 8 * at
        curves.append(f"{x} 500 m {x} 510 {x + 3} 510 {x + 5} 505 c {x + 6} 502 {x + 2} 498 {x} 500 c f\n")
    return "".join(curves)


def only_shapes() -> pikepdf.Pdf:
    return page_of(letters_as_shapes())


def shapes_beside_words() -> pikepdf.Pdf:
    return page_of(PLAIN + letters_as_shapes())


# Where else the name is drawn


def in_a_pattern() -> pikepdf.Pdf:
    pdf = page_of(PLAIN + "/Pattern cs /P1 scn 60 300 400 200 re f\n")
    tile = Stream(
        pdf, say(10, 10).encode(), Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
        BBox=[0, 0, 200, 40], XStep=200, YStep=40, Resources=Dictionary(Font=Dictionary(F1=helvetica())),
    )  # fmt: skip
    pdf.pages[0].obj["/Resources"]["/Pattern"] = Dictionary(P1=pdf.make_indirect(tile))
    return pdf


def in_a_soft_mask() -> pikepdf.Pdf:
    pdf = page_of(PLAIN + "q /G1 gs 0 0 0 rg 40 480 400 60 re f Q\n")
    group = form_of(
        pdf, "1 1 1 rg\n" + say(60, 500), Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    )
    state = Dictionary(Type=Name.ExtGState, SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group))
    pdf.pages[0].obj["/Resources"]["/ExtGState"] = Dictionary(G1=pdf.make_indirect(state))
    return pdf


def in_a_mirrored_form() -> pikepdf.Pdf:
    return drawing(Fm=lambda pdf: form_of(pdf, say(60, 300), Matrix=[1, 0, 0, -1, 0, 800]))


def in_a_note_shown() -> pikepdf.Pdf:
    pdf = page_of(PLAIN)
    look = form_of(pdf, f"BT /F1 12 Tf 5 5 Td (Seen by {FULL} today) Tj ET\n", BBox=[0, 0, 200, 20])
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=[60, 300, 260, 320], F=4, AP=Dictionary(N=look)
    )
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(note)])
    return pdf


def in_a_note_pressed() -> pikepdf.Pdf:
    """A button that shows the name only while it is pressed."""
    pdf = page_of(PLAIN)
    up = form_of(pdf, "0 0 20 10 re f\n", BBox=[0, 0, 200, 20])
    down = form_of(pdf, f"BT /F1 12 Tf 5 5 Td (Seen by {FULL} today) Tj ET\n", BBox=[0, 0, 200, 20])
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, Rect=[60, 300, 260, 320], F=4, T="press",
        AP=Dictionary(N=Dictionary(Off=up, On=up), D=Dictionary(On=down)), AS=Name.Off,
    )  # fmt: skip
    button = pdf.make_indirect(note)
    pdf.pages[0].obj["/Annots"] = Array([button])
    pdf.Root["/AcroForm"] = Dictionary(Fields=[button])
    return pdf


def in_actual_text_by_name() -> pikepdf.Pdf:
    """Replacement text that stands in the resources, in UTF-16."""
    pdf = page_of(PLAIN + f"/Span /MC0 BDC {say(60, 500, '(R. T.) Tj')} EMC\n")
    pdf.pages[0].obj["/Resources"]["/Properties"] = Dictionary(MC0=Dictionary(ActualText=String(FULL)))
    return pdf


def in_layers_of_layers() -> pikepdf.Pdf:
    """Words in a group of layers of which one is off."""
    pdf = page_of(PLAIN + f"/OC /MC0 BDC {say(60, 500)} EMC\n")
    on, off = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("a", "b"))
    member = Dictionary(Type=Name.OCMD, OCGs=[on, off], P=Name.AllOn)
    pdf.pages[0].obj["/Resources"]["/Properties"] = Dictionary(MC0=pdf.make_indirect(member))
    pdf.Root["/OCProperties"] = Dictionary(OCGs=[on, off], D=Dictionary(OFF=[off], Order=[on, off]))
    return pdf


def in_another_language() -> pikepdf.Pdf:
    return page_of(PLAIN + say(60, 500, f"(Vu par Ren\\351e {FAMILY} \\340 No\\353l) Tj"))


# What the file calls things


def in_names_of_things() -> pikepdf.Pdf:
    """A font, a form, a mark and a colour that bear the name."""
    chosen = GIVEN + FAMILY
    content = (
        f"/{chosen} BMC BT /{chosen} 12 Tf 1 0 0 1 60 700 Tm ({AROUND}) Tj ET EMC\n"
        f"BT /{chosen} 12 Tf 1 0 0 1 60 660 Tm (Seen by {FULL} today) Tj ET\n"
        f"/Spot cs 1 scn 60 300 100 100 re f q /{chosen} Do Q\n"
    )
    pdf = page_of(content)
    font = helvetica()
    font["/BaseFont"] = Name(f"/ABCDEF+{chosen}")
    font["/FirstChar"], font["/LastChar"], font["/Widths"] = 0, 255, Array([600] * 256)
    resources = pdf.pages[0].obj["/Resources"]
    resources["/Font"] = Dictionary({f"/{chosen}": font})
    resources["/XObject"] = Dictionary({f"/{chosen}": form_of(pdf, "0 0 9 9 re f\n")})
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 0, 0], N=1)
    resources["/ColorSpace"] = Dictionary(
        Spot=Array([Name.Separation, Name(f"/{chosen}"), Name.DeviceCMYK, tint])
    )
    return pdf


def in_a_portfolio() -> pikepdf.Pdf:
    """A portfolio: a cover page and a PDF inside, in a list with a column of its own."""
    pdf = page_of(PLAIN)
    held = Stream(pdf, plain_objects(page_of()), Type=Name.EmbeddedFile, Subtype=Name("/application#2Fpdf"))
    spec = Dictionary(
        Type=Name.Filespec, F="inner.pdf", UF="inner.pdf", EF=Dictionary(F=pdf.make_indirect(held)),
        CI=Dictionary(Type=Name.CollectionItem, Worker=String(FULL)),
    )  # fmt: skip
    pdf.Root["/Names"] = Dictionary(EmbeddedFiles=Dictionary(Names=["inner", pdf.make_indirect(spec)]))
    column = Dictionary(Subtype=Name.S, N=String("Worker"))
    pdf.Root["/Collection"] = Dictionary(Type=Name.Collection, Schema=Dictionary(Worker=column), View=Name.D)
    return pdf


# Pictures


def in_a_fax_picture() -> pikepdf.Pdf:
    """A picture packed as a fax is."""
    buffer = io.BytesIO()
    picture().convert("1").save(buffer, "TIFF", compression="group4")
    with Image.open(buffer) as tiff:
        at, count = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
        is_black_one = tiff.tag_v2[262] == 1
    packed = buffer.getvalue()[at : at + count]
    how = Dictionary(K=-1, Columns=1000, Rows=250, BlackIs1=is_black_one)
    return picture_page(
        page_of(), packed, (1000, 250), ColorSpace=Name.DeviceGray, BitsPerComponent=1,
        Filter=Name.CCITTFaxDecode, DecodeParms=how,
    )  # fmt: skip


def in_a_jpeg_2000() -> pikepdf.Pdf:
    buffer = io.BytesIO()
    picture().save(buffer, "JPEG2000")
    return picture_page(page_of(), buffer.getvalue(), (1000, 250), Filter=Name.JPXDecode)


def beside_a_jpeg_2000() -> pikepdf.Pdf:
    """A picture with a box of properties behind it."""
    buffer = io.BytesIO()
    Image.new("L", (300, 100), "grey").save(buffer, "JPEG2000", no_jp2=False)
    note = f"<note><by>{FULL}</by></note>".encode()
    box = (8 + len(note)).to_bytes(4, "big") + b"xml " + note
    return picture_page(page_of(), buffer.getvalue() + box, (300, 100), Filter=Name.JPXDecode)


def in_an_inline_picture() -> pikepdf.Pdf:
    small = picture(500, 125).point(lambda level: 255 if level > 128 else 0).convert("1")
    packed = zlib.compress(small.tobytes())
    head = b"q 400 0 0 100 60 300 cm BI /W 500 /H 125 /CS /G /BPC 1 /F /Fl ID "
    return page_of(PLAIN.encode() + head + packed + b"\nEI Q\n")


def beside_a_picture() -> pikepdf.Pdf:
    """A photograph whose comment and camera details hold the name."""
    buffer = io.BytesIO()
    details = Image.Exif()
    details[0x013B] = FULL
    Image.new("L", (300, 100), "grey").save(buffer, "JPEG", exif=details, comment=f"by {FULL}".encode())
    return picture_page(
        page_of(), buffer.getvalue(), (300, 100), Filter=Name.DCTDecode,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip


def locked_for_owners() -> bytes:
    rights = pikepdf.Permissions(extract=False)
    return saved(page_of(), encryption=pikepdf.Encryption(user="", owner="secret", R=6, allow=rights))


KINDS: dict[str, Callable[[], bytes | pikepdf.Pdf]] = {
    "a loop of tables": loop_of_tables,
    "an object stream of itself": object_stream_of_itself,
    "a length too short": lambda: wrong_length(-40),
    "a length too long": lambda: wrong_length(4000),
    "two of one number": two_of_one_number,
    "no table": no_table,
    "a second table in a stream": hybrid_tables,
    "a page that is not counted": lying_on_pages,
    "linearized": lambda: saved(page_of(), linearize=True),
    "an owner's password": locked_for_owners,
    "turned": turned,
    "skewed": skewed,
    "mirrored": mirrored,
    "upwards": upwards,
    "cropped away": cropped_away,
    "no size": no_size,
    "huge": huge,
    "in large units": in_large_units,
    "below nought": below_nought,
    "letter by letter": letter_by_letter,
    "out of order": out_of_order,
    "soft hyphens": soft_hyphens,
    "parted at a line's end": line_by_line,
    "oddly written": oddly_written,
    "as a clip": as_clip,
    "without size": without_size,
    "white under a picture": white_under_picture,
    "glyphs by number": lambda: glyphs_by_number(with_letters=True),
    "glyphs by number, no letters": lambda: glyphs_by_number(with_letters=False),
    "joined letters": joined_letters,
    "words in a glyph": words_in_a_glyph,
    "in a pattern": in_a_pattern,
    "in a soft mask": in_a_soft_mask,
    "in a mirrored form": in_a_mirrored_form,
    "in a note shown": in_a_note_shown,
    "in a note pressed": in_a_note_pressed,
    "replacement text by name": in_actual_text_by_name,
    "in layers of layers": in_layers_of_layers,
    "with accents": in_another_language,
    "in names of things": in_names_of_things,
    "in a portfolio": in_a_portfolio,
    "comments": with_comments,
    "after the end": junk_around,
    "only shapes": only_shapes,
    "shapes beside words": shapes_beside_words,
    "beside a picture": beside_a_picture,
    "beside a jpeg 2000": beside_a_jpeg_2000,
    "fax": in_a_fax_picture,
    "jpeg 2000": in_a_jpeg_2000,
    "inline picture": in_an_inline_picture,
}


def built(kind: str) -> bytes:
    made = KINDS[kind]()
    return made if isinstance(made, bytes) else saved(made)
