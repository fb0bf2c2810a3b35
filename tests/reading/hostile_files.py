"""Files built to hurt, or that nobody can read, at their real scale, and what each is refused for."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

from pikepdf import Array, Name, Stream

from models.errors import ReasonCode
from tests.pdf.test_hostile import laughing_forms, locked, new_pdf, page_loop, saved, shared_stream
from tests.reading.compound_files import compound
from tests.reading.packages import content_types, docx, package, paragraph, word_part

GIGABYTE = 1 << 30
_BLOCK = 1 << 20


@cache
def deflated(size: int, filler: bytes = b" ") -> bytes:
    """Deflate one byte over and over without ever holding it: a megabyte holds a gigabyte."""
    machine = zlib.compressobj(9, wbits=-15)
    block = machine.compress(filler * _BLOCK) + machine.flush(zlib.Z_FULL_FLUSH)
    return block * (size // _BLOCK) + b"\x03\x00"


def stream_of_a_gigabyte() -> bytes:
    """A page's content of a gigabyte in a megabyte."""
    pdf = new_pdf()
    packed = b"\x78\xda" + deflated(GIGABYTE)
    pdf.pages[0].obj["/Contents"] = Stream(pdf, packed, Filter=Name.FlateDecode)
    return saved(pdf)


def packed_twice() -> bytes:
    """A page's content of a gigabyte, packed twice: some kilobytes."""
    pdf = new_pdf()
    packed = zlib.compress(b"\x78\xda" + deflated(GIGABYTE), 9)
    pdf.pages[0].obj["/Contents"] = Stream(pdf, packed, Filter=Array([Name.FlateDecode] * 2))
    return saved(pdf)


def many_pages(count: int = 100_000) -> bytes:
    """So many pages, each an object of its own that its table lists."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (count, kids),
    ]
    bodies += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>"] * count
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(bodies, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    size = len(bodies) + 1
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start))
    return out.getvalue()


def zip_bomb(declared: int) -> bytes:
    """A Word file whose text unpacks to a gigabyte, and says that it has so many bytes."""
    packed = deflated(GIGABYTE)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", content_types())
        archive.writestr("word/document.xml", packed)
    content = bytearray(buffer.getvalue())
    local, entry = content.find(b"PK\x03\x04", 4), content.rfind(b"PK\x01\x02")
    for at, method, size in ((local, 8, 22), (entry, 10, 24)):
        content[at + method : at + method + 2] = struct.pack("<H", zipfile.ZIP_DEFLATED)
        content[at + size : at + size + 4] = struct.pack("<I", declared)
    return bytes(content)


def billion_laughs(levels: int = 9, times: int = 10) -> bytes:
    """A Word file whose text is one entity, which is a thousand million laughs."""
    entities = ["<!ENTITY laugh0 'ha'>"] + [
        f"<!ENTITY laugh{level} '{f'&laugh{level - 1};' * times}'>" for level in range(1, levels + 1)
    ]
    text = word_part("document", f"<w:body><w:p><w:r><w:t>&laugh{levels};</w:t></w:r></w:p></w:body>")
    return docx("", {"word/document.xml": f"<!DOCTYPE laughs [{''.join(entities)}]>{text}"})


def two_kinds() -> bytes:
    """A PDF that is a Word file too."""
    return saved(new_pdf()) + docx(paragraph("Hello"))


def twice_the_same() -> bytes:
    """A Word file with two texts of one name."""
    buffer = io.BytesIO(docx(paragraph("Hello")))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.fp.seek(archive.start_dir)
        archive.NameToInfo.pop("word/document.xml")
        archive.writestr("word/document.xml", word_part("document", ""))
    return buffer.getvalue()


def sharing_bytes() -> bytes:
    """A Word file two of whose parts are the same bytes."""
    content = bytearray(docx(paragraph("Hello"), {"word/other.xml": "<a/>"}))
    last = content.rfind(b"PK\x01\x02")
    first = content.find(b"PK\x01\x02")
    content[last + 42 : last + 46] = content[first + 42 : first + 46]
    return bytes(content)


_WORD = docx(paragraph("Hello") * 50)

HOSTILE: dict[str, tuple[str, Callable[[], bytes], ReasonCode]] = {
    "a stream of a gigabyte": ("a.pdf", stream_of_a_gigabyte, ReasonCode.TOO_COMPLEX),
    "a gigabyte packed twice": ("a.pdf", packed_twice, ReasonCode.TOO_COMPLEX),
    "one content on many pages": ("a.pdf", shared_stream, ReasonCode.TOO_COMPLEX),
    "forms within forms": ("a.pdf", laughing_forms, ReasonCode.TOO_COMPLEX),
    "100,000 pages": ("a.pdf", many_pages, ReasonCode.TOO_MANY_PAGES),
    "a page tree in a loop": ("a.pdf", page_loop, ReasonCode.DAMAGED),
    "a PDF with a password": ("a.pdf", locked, ReasonCode.NEEDS_PASSWORD),
    "a PDF cut off": ("a.pdf", lambda: b"%PDF-1.7\n1 0 obj\n<< /Type /Ca", ReasonCode.DAMAGED),
    "a PDF that is a package too": ("a.pdf", two_kinds, ReasonCode.UNSAFE),
    "a package bomb": ("a.docx", lambda: zip_bomb(GIGABYTE), ReasonCode.TOO_COMPLEX),
    "a package bomb that lies": ("a.docx", lambda: zip_bomb(100), ReasonCode.DAMAGED),
    "a billion laughs": ("a.docx", billion_laughs, ReasonCode.UNSAFE),
    "a DOCTYPE": (
        "a.docx",
        lambda: docx(paragraph("Hello"), {"customXml/item1.xml": "<!DOCTYPE a><a/>"}),
        ReasonCode.UNSAFE,
    ),
    "two parts of one name": ("a.docx", twice_the_same, ReasonCode.UNSAFE),
    "parts that share bytes": ("a.docx", sharing_bytes, ReasonCode.UNSAFE),
    "a Word file with a password": (
        "a.docx", lambda: compound("EncryptedPackage", b"\x10" * 5000), ReasonCode.NEEDS_PASSWORD,
    ),
    "an old Word file": ("a.doc", lambda: compound("WordDocument", b"\xec\xa5\xc1"), ReasonCode.OLD_FORMAT),
    "an old Excel file": ("a.xls", lambda: compound("Workbook", b"\x09\x08"), ReasonCode.OLD_FORMAT),
    "a Word file cut off": ("a.docx", lambda: _WORD[: len(_WORD) // 2], ReasonCode.DAMAGED),
    "an archive": ("a.docx", lambda: package({"notes.txt": "hello"}), ReasonCode.UNKNOWN_KIND),
    "zero bytes": ("a.pdf", lambda: b"", ReasonCode.EMPTY),
    "another ending": ("a.txt", lambda: bytes(range(256)) * 9, ReasonCode.NOT_TEXT),
}  # fmt: skip
"""What it is: the name it comes under, the file, and the reason."""
