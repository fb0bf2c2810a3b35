"""Build packages (ZIP files) and small Word files out of XML, for tests."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}/relationships" xmlns:m="{OFFICE}/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def content_types(main: str = _MAIN, part: str = "/word/document.xml") -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{part}" ContentType="{main}"/></Types>'
    )


def relations(*rows: tuple[str, str], external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/relationships/{kind}" Target="{target}"{mode}/>'
        for n, (kind, target) in enumerate(rows, start=1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>'


def package(parts: dict[str, str | bytes], comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word_part(root: str, inner: str) -> str:
    return f"<w:{root} {NAMESPACES}>{inner}</w:{root}>"


def docx(body: str, parts: dict[str, str | bytes] | None = None, comment: bytes = b"") -> bytes:
    """Build a Word file with this body and these further parts."""
    base: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": word_part("document", f"<w:body>{body}</w:body>"),
    }
    return package(base | (parts or {}), comment)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*texts: str) -> str:
    return "<w:p>" + "".join(run(t) for t in texts) + "</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Build a table of rows of cells; each cell is the XML of its blocks."""
    lines = ("<w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def small_workbook(sheet: str, comment: str = "") -> bytes:
    """Build a workbook of one sheet, which holds this XML, with these comments."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    names = f'xmlns="{main}" xmlns:r="{OFFICE}/relationships"'
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    entry = '<sheets><sheet name="Visits" sheetId="1" r:id="r1"/></sheets>'
    comments = f"<comments {names}><commentList>{comment}</commentList></comments>"
    return package(
        {
            "[Content_Types].xml": content_types(book, "/xl/workbook.xml"),
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f"<workbook {names}>{entry}</workbook>",
            "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": f"<worksheet {names}>{sheet}</worksheet>",
            "xl/worksheets/_rels/sheet1.xml.rels": relations(("comments", "../comments1.xml")),
            "xl/comments1.xml": comments,
        }
    )
