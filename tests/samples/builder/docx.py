"""Build a DOCX sample from its blocks, the same package each time."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

from tests.samples.builder.marks import plain
from tests.samples.builder.source import Block, Source, tracked

_WHEN = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
_STAMP = _WHEN.strftime("%Y-%m-%dT%H:%M:%SZ")
_ZIP_DATE = (2026, 6, 1, 9, 30, 0)
_FOOTNOTE_IDS = {"separator": -1, "continuationSeparator": 0}


def build_docx(source: Source) -> bytes:
    """Build a DOCX with header, footer, tables, comments, tracked changes, footnotes and properties."""
    document = docx.Document()
    _drop_thumbnail(document)
    section = document.sections[0]
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    notes: list[str] = []
    for block in source.blocks:
        if block.kind == "footnote":
            notes.append(plain(block.texts[0]))
        _BUILDERS[block.kind](document, block)
    if notes:
        _add_footnotes(document, notes)
    _set_dates(document)
    out = BytesIO()
    document.save(out)
    return _with_fixed_dates(out.getvalue())


def _add_heading(document: Document, block: Block) -> None:
    document.add_heading(plain(block.texts[0]), level=1 if block.kind == "title" else 2)


def _add_row(document: Document, block: Block) -> None:
    is_new = document.element.body[-2].tag != qn("w:tbl")
    table = document.add_table(rows=0, cols=len(block.texts)) if is_new else document.tables[-1]
    for cell, text in zip(table.add_row().cells, block.texts, strict=True):
        cell.text = plain(text)


def _add_item(document: Document, block: Block) -> None:
    document.add_paragraph(plain(block.texts[0]), style="List Bullet")


def _add_paragraph(document: Document, block: Block) -> None:
    paragraph = document.add_paragraph()
    for place, text in tracked(block.texts[0]):
        if place == "body":
            paragraph.add_run(plain(text))
        else:
            _add_change(paragraph, place, plain(text))


def _add_change(paragraph: Paragraph, place: str, text: str) -> None:
    """Put a tracked change into a paragraph; the run is moved so that its text is escaped by the library."""
    tag = "w:ins" if place == "insertion" else "w:del"
    change = parse_xml(
        f'<{tag} {nsdecls("w")} w:id="{len(text)}" w:author="Microsoft Office User" w:date="{_STAMP}"/>'
    )
    run = paragraph.add_run(text)._r
    paragraph._p.append(change)
    change.append(run)
    if place == "deletion":
        for node in run.iter(qn("w:t")):
            node.tag = qn("w:delText")


def _add_comment(document: Document, block: Block) -> None:
    author = plain(block.name)
    initials = "".join(word[0] for word in author.split())
    document.add_comment(document.paragraphs[-1].runs, plain(block.texts[0]), author, initials)


def _add_footnote(document: Document, _: Block) -> None:
    number = len(document.element.body.findall(f".//{qn('w:footnoteReference')}")) + 1
    run = document.paragraphs[-1].add_run()._r
    run.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{number}"/>'))


def _add_footnotes(document: Document, notes: list[str]) -> None:
    root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
    for kind, number in _FOOTNOTE_IDS.items():
        root.append(
            parse_xml(f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{number}"><w:p/></w:footnote>')
        )
    for number, text in enumerate(notes, 1):
        note = parse_xml(f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p/></w:footnote>')
        Paragraph(note[0], document).add_run(text)
        root.append(note)
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _add_box(document: Document, block: Block) -> None:
    """Put a text box beside a paragraph of its own."""
    shape = parse_xml(
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml">'
        '<v:shape style="width:220pt;height:40pt">'
        "<v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    Paragraph(shape.find(f".//{qn('w:p')}"), document).add_run(plain(block.texts[0]))
    document.add_paragraph().add_run()._r.append(shape)


def _set_header(document: Document, block: Block) -> None:
    document.sections[0].header.paragraphs[0].text = plain(block.texts[0])


def _set_footer(document: Document, block: Block) -> None:
    document.sections[0].footer.paragraphs[0].text = plain(block.texts[0])


def _set_property(document: Document, block: Block) -> None:
    setattr(document.core_properties, block.name, plain(block.texts[0]))


_BUILDERS: dict[str, Callable[[Document, Block], None]] = {
    "title": _add_heading,
    "heading": _add_heading,
    "row": _add_row,
    "item": _add_item,
    "paragraph": _add_paragraph,
    "comment": _add_comment,
    "footnote": _add_footnote,
    "box": _add_box,
    "header": _set_header,
    "footer": _set_footer,
    "property": _set_property,
}


def _drop_thumbnail(document: Document) -> None:
    """Leave out the picture that the library's template carries: it is of another document."""
    relations = document.part.package.rels
    for key in [k for k, r in relations.items() if r.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


def _set_dates(document: Document) -> None:
    document.core_properties.created = document.core_properties.modified = _WHEN
    for comment in document.comments:
        comment._comment_elm.set(qn("w:date"), _STAMP)


def _with_fixed_dates(package: bytes) -> bytes:
    """Write the package again with one date on every part, so that two builds are alike."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ZIP_DATE)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()
