"""A PDF with a made-up name in every place that can hold one, built piece by piece.

Every name is of the form `Given Surname` with a surname that stands nowhere else, so that a
search for the surname tells where it is left.
"""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageDraw, ImageFont

ON_PAGE = {
    "plain text": "Imogen Aldersey",
    "kerned pieces": "Tobias Brackwell",
    "spaced letters": "Maryam Cottesloe",
    "rotated text": "Kwame Drybrough",
    "invisible text": "Sorcha Elphinson",
    "white text": "Dilip Fennimore",
    "text under a box": "Agnes Gorringham",
    "text off the page": "Ivo Harkstead",
    "form": "Nadia Inglethorp",
    "form in a form": "Pedro Jessamond",
    "text drawn twice": "Olga Lambrick",
    "hyphenated at the line's end": "Petra Mossendew",
    "value of a field": "Quentin Nethersole",
    "hexadecimal string": "Rhys Ossulton",
    "quote operator": "Sunita Pemberlow",
    "text that stands for what is shown": "Teresa Quarrendon",
}
"""What stands in the words of a page, or is drawn into it."""

BESIDE = {
    "note": "Ulrich Ravensby",
    "author of a note": "Vesna Stapleford",
    "rich text of a note": "Wilfred Tarrington",
    "look of a hidden note": "Xanthe Umberleigh",
    "name of a field": "Yusuf Vinterholm",
    "help of a field": "Zelda Wetherlam",
    "choice of a field": "Abena Yarnborough",
    "default of a field": "Bertil Zouchmore",
    "bookmark": "Carys Abbotsham",
    "name of an attached file": "Dafydd Birdbrook",
    "description of an attached file": "Emeka Chilworthy",
    "title property": "Farah Dunkeswell",
    "own property": "Goran Eggbuckle",
    "XMP": "Hilda Frithelstock",
    "script": "Idris Gittisham",
    "page label": "Jolanta Hatherleigh",
    "description of a picture": "Kofi Instowell",
    "replacement text of structure": "Lubna Jacobstow",
    "name of a layer": "Moses Kilkhampton",
    "address of a link": "Nerys Launcelsby",
    "name of a target": "Oskar Marhamchurch",
    "private data of a program": "Parveen Northlew",
    "form that no page draws": "Rafal Okehamstead",
    "XFA": "Seren Pyworthy",
    "caption of a button": "Tunde Quethiock",
    "reason of a signature": "Una Rackenford",
    "page taken out": "Viggo Stokeclimsland",
    "loose string": "Wanda Thrushelton",
    "earlier version": "Xavier Uplowman",
}
"""What stands beside the pages."""

ATTACHED = {"attached file": "Yetunde Virginstow"}
LAYERED = {"layer that is off": "Ruta Kirkwhelp"}
PICTURED = {"picture": "Zoltan Whimple"}


def surname(full: str) -> str:
    return full.split()[1]


def _say(x: float, y: float, shown: str) -> str:
    return f"BT /F1 12 Tf 1 0 0 1 {x} {y} Tm {shown} ET\n"


def _form(pdf: pikepdf.Pdf, content: str, **more: object) -> Stream:
    resources = Dictionary(Font=Dictionary(F1=pdf.planted_font))
    form = Stream(pdf, content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 600, 800])
    form["/Resources"] = resources
    for key, value in more.items():
        form[f"/{key}"] = value
    return form


def page_content() -> str:
    names = ON_PAGE
    given, family = names["kerned pieces"].split()
    head, tail = names["hyphenated at the line's end"][:9], names["hyphenated at the line's end"][9:]
    quoted = names["quote operator"]
    return "".join(
        [
            _say(60, 760, f"(The visit was by {names['plain text']} on the day.) Tj"),
            _say(
                60,
                740,
                f"[(It was ) -20 ({given}) -300 ({family[:4]}) 15 ({family[4:]}) ( who rang first.)] TJ",
            ),
            _say(60, 720, f"2 Tc 3 Tw 90 Tz (Then {names['spaced letters']} wrote.) Tj 0 Tc 0 Tw 100 Tz"),
            f"BT /F1 12 Tf 0.7 0.7 -0.7 0.7 400 560 Tm (With {names['rotated text']} there) Tj ET\n",
            _say(60, 700, f"3 Tr (A scan said {names['invisible text']} here) Tj 0 Tr"),
            "1 1 1 rg\n"
            + _say(60, 680, f"(Written in white by {names['white text']} once) Tj")
            + "0 0 0 rg\n",
            _say(60, 660, f"(Under it {names['text under a box']} stays) Tj"),
            "0 0 0 rg 110 655 150 16 re f\n",
            _say(900, 640, f"(Off the edge {names['text off the page']} waits) Tj"),
            "q 1 0 0 1 0 0 cm /Outer Do Q\n",
            f"/Span <</ActualText ({ON_PAGE['text that stands for what is shown']})>> BDC\n",
            _say(60, 460, "(T. Q.) Tj") + "EMC\n",
            _say(60, 560, f"(Bold {names['text drawn twice']} twice) Tj"),
            _say(60.3, 560, f"(Bold {names['text drawn twice']} twice) Tj"),
            _say(
                60, 540, f"14 TL (The review of the plan was chaired by {head}-) Tj T* ({tail} last year) Tj"
            ),
            _say(60, 500, f"<{('Seen by ' + names['hexadecimal string'] + ' too').encode().hex()}> Tj"),
            f"BT /F1 12 Tf 14 TL 1 0 0 1 60 480 Tm (First line) Tj (and {quoted} below) ' ET\n",
            "q 200 0 0 50 60 300 cm /Picture Do Q\n",
        ]
    )


def _picture(pdf: pikepdf.Pdf) -> Stream:
    image = Image.new("RGB", (1000, 250), "white")
    font = ImageFont.load_default(64)
    ImageDraw.Draw(image).text((30, 80), PICTURED["picture"], fill="black", font=font)
    return Stream(
        pdf, zlib.compress(image.tobytes()), Type=Name.XObject, Subtype=Name.Image, Width=1000, Height=250,
        ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.FlateDecode,
    )  # fmt: skip


def _notes(pdf: pikepdf.Pdf) -> Array:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=[10, 10, 30, 30], Contents=f"Ask {BESIDE['note']}",
        T=BESIDE["author of a note"], RC=f"<body><p>See <b>{BESIDE['rich text of a note']}</b></p></body>",
    )  # fmt: skip
    hidden = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=[10, 40, 300, 60], F=2,
        AP=Dictionary(N=_form(pdf, _say(10, 10, f"({BESIDE['look of a hidden note']}) Tj"))),
    )  # fmt: skip
    value = ON_PAGE["value of a field"]
    look = _form(pdf, f"/Tx BMC BT /F1 12 Tf 2 6 Td ({value}) Tj ET EMC")
    look["/BBox"] = [0, 0, 200, 20]
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=[60, 400, 260, 420], F=4, V=value,
        T=f"field of {BESIDE['name of a field']}", TU=f"Help by {BESIDE['help of a field']}",
        DV=BESIDE["default of a field"], AP=Dictionary(N=look),
        MK=Dictionary(CA=BESIDE["caption of a button"]), Opt=[BESIDE["choice of a field"], "other"],
    )  # fmt: skip
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[60, 440, 90, 450],
        A=Dictionary(S=Name.URI, URI=f"mailto:{BESIDE['address of a link'].replace(' ', '.')}@example.org"),
    )  # fmt: skip
    return Array([pdf.make_indirect(item) for item in (note, hidden, field, link)])


def _beside(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    root, names = pdf.Root, BESIDE
    pdf.docinfo["/Title"] = f"Report on {names['title property']}"
    pdf.docinfo["/Worker"] = names["own property"]
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>'
        f"{names['XMP']}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    root["/Metadata"] = Stream(pdf, xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    root["/OpenAction"] = Dictionary(S=Name.JavaScript, JS=f"app.alert('{names['script']}')")
    root["/PageLabels"] = Dictionary(Nums=[0, Dictionary(S=Name.D, P=names["page label"])])
    bookmark = pdf.make_indirect(Dictionary(Title=names["bookmark"], Dest=[page.obj, Name.Fit]))
    root["/Outlines"] = pdf.make_indirect(
        Dictionary(Type=Name.Outlines, First=bookmark, Last=bookmark, Count=1)
    )
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=f"Notes of {names['name of a layer']}"))
    root["/OCProperties"] = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer], Order=[layer]))
    page.obj["/Resources"]["/Properties"] = Dictionary(L1=layer)
    tag = Dictionary(
        Type=Name.StructElem, S=Name.Figure, P=root, Alt=names["description of a picture"],
        ActualText=names["replacement text of structure"],
    )  # fmt: skip
    root["/StructTreeRoot"] = pdf.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, K=pdf.make_indirect(tag))
    )
    xfa = f"<xdp><data><worker>{names['XFA']}</worker></data></xdp>"
    root["/AcroForm"] = Dictionary(Fields=[page.obj["/Annots"][2]], XFA=Stream(pdf, xfa.encode()))
    signature = Dictionary(Type=Name.Sig, Reason=names["reason of a signature"], ByteRange=[0, 1, 2, 3])
    root["/Perms"] = Dictionary(DocMDP=pdf.make_indirect(signature))
    attached = Stream(
        pdf, f"Notes by {ATTACHED['attached file']} of the team.".encode(), Type=Name.EmbeddedFile
    )
    spec = Dictionary(
        Type=Name.Filespec, UF=f"{names['name of an attached file']}.txt", EF=Dictionary(F=attached),
        Desc=names["description of an attached file"],
    )  # fmt: skip
    target = Array([page.obj, Name.Fit])
    root["/Names"] = Dictionary(
        EmbeddedFiles=Dictionary(Names=["file one", pdf.make_indirect(spec)]),
        Dests=Dictionary(Names=[names["name of a target"], target]),
    )
    page.obj["/PieceInfo"] = Dictionary(
        Maker=Dictionary(Private=Dictionary(Note=names["private data of a program"]))
    )
    loose = Dictionary(Type=Name.Page, MediaBox=[0, 0, 600, 800], Parent=pdf.Root.Pages)
    loose["/Resources"] = Dictionary(Font=Dictionary(F1=pdf.planted_font))
    loose["/Contents"] = Stream(pdf, _say(60, 700, f"({names['page taken out']}) Tj").encode())
    kept = [
        pdf.make_indirect(loose),
        _form(pdf, _say(60, 60, f"({names['form that no page draws']}) Tj")),
        pdf.make_indirect(pikepdf.String(names["loose string"])),
    ]
    root["/Kept"] = Array(kept)


def planted(*, with_layer: bool = True) -> bytes:
    """Build the file: an earlier version, and the last one after it."""
    first = build(_say(60, 700, f"(Signed by {BESIDE['earlier version']} at first) Tj"), has_more=False)
    layered = (
        f"/OC /L1 BDC {_say(60, 580, '(Layer with ' + LAYERED['layer that is off'] + ' in it) Tj')}EMC\n"
    )
    return _two_versions(first, build(page_content() + layered * with_layer, has_more=True))


def build(content: str, *, has_more: bool) -> bytes:
    """Build one version: a page with this content, alone or with everything else."""
    pdf = pikepdf.new()
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    pdf.planted_font = pdf.make_indirect(font)
    page = pdf.add_blank_page(page_size=(600, 800))
    page.obj["/Resources"] = Dictionary(Font=Dictionary(F1=pdf.planted_font))
    page.obj["/Contents"] = Stream(pdf, content.encode())
    if has_more:
        inner = _form(pdf, _say(60, 600, f"(Inside the inner {ON_PAGE['form in a form']} was) Tj"))
        outer = _form(pdf, _say(60, 620, f"(Inside a form {ON_PAGE['form']} was) Tj") + "/Inner Do")
        outer["/Resources"]["/XObject"] = Dictionary(Inner=inner)
        page.obj["/Resources"]["/XObject"] = Dictionary(Outer=outer, Picture=_picture(pdf))
        page.obj["/Annots"] = _notes(pdf)
        _beside(pdf, page)
    buffer = io.BytesIO()
    pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return buffer.getvalue()


def _two_versions(first: bytes, last: bytes) -> bytes:
    """Write a second version behind a first, as an editor that saves quickly does."""
    with pikepdf.open(io.BytesIO(last)) as pdf:
        shift = 1000
        out = bytearray(first)
        table = []
        for number in range(1, len(pdf.objects) + 1):
            item = pdf.get_object(number, 0)
            table.append((number + shift, len(out) + 1))
            out += b"\n%d 0 obj\n" % (number + shift) + _shifted(item, shift) + b"\nendobj\n"
        start = len(out)
        out += b"xref\n%d %d\n" % (shift + 1, len(table))
        out += b"".join(b"%010d 00000 n \n" % at for _, at in table)
        previous = first.rindex(b"startxref")
        before = int(first[previous:].split()[1])
        trailer = b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /Prev %d >>\n"
        root = pdf.Root.objgen[0] + shift
        facts = pdf.trailer.Info.objgen[0] + shift
        out += trailer % (shift + len(table) + 1, root, facts, before) + b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(out)


def _shifted(item: pikepdf.Object, shift: int) -> bytes:
    """Return an object as bytes, its references counted on."""
    if isinstance(item, Stream):
        content = item.read_raw_bytes()
        return (
            _renumbered(Dictionary(dict(item.items())).unparse(), shift)
            + b"\nstream\n"
            + content
            + b"\nendstream"
        )
    return _renumbered(item.unparse(resolved=True), shift)


def _renumbered(written: bytes, shift: int) -> bytes:
    pieces = written.split(b" 0 R")
    for at in range(len(pieces) - 1):
        head = pieces[at]
        digits = len(head) - len(head.rstrip(b"0123456789"))
        pieces[at] = head[: len(head) - digits] + b"%d" % (int(head[len(head) - digits :]) + shift)
    return b" 0 R".join(pieces)
