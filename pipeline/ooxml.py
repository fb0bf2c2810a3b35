"""The names of Office's XML, short and the same for both editions of the standard."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

_OFFICE = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_MICROSOFT = "http://schemas.microsoft.com/office"

_WHOLE = re.compile(r"[0-9]{1,9}")

_PREFIXES = {
    f"{_OFFICE}/wordprocessingml/2006/main": "w",
    f"{_STRICT}/wordprocessingml/main": "w",
    f"{_MICROSOFT}/word/2010/wordml": "w14",
    f"{_MICROSOFT}/word/2012/wordml": "w15",
    f"{_MICROSOFT}/word/2010/wordprocessingDrawing": "wp14",
    f"{_OFFICE}/drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}/drawingml/wordprocessingDrawing": "wp",
    f"{_OFFICE}/drawingml/2006/main": "a",
    f"{_STRICT}/drawingml/main": "a",
    f"{_OFFICE}/drawingml/2006/picture": "pic",
    f"{_STRICT}/drawingml/picture": "pic",
    f"{_OFFICE}/drawingml/2006/chart": "c",
    f"{_STRICT}/drawingml/chart": "c",
    f"{_MICROSOFT}/drawing/2014/chartex": "cx",
    f"{_OFFICE}/drawingml/2006/diagram": "dgm",
    f"{_STRICT}/drawingml/diagram": "dgm",
    f"{_MICROSOFT}/drawing/2008/diagram": "dsp",
    f"{_OFFICE}/drawingml/2006/spreadsheetDrawing": "xdr",
    f"{_STRICT}/drawingml/spreadsheetDrawing": "xdr",
    f"{_OFFICE}/officeDocument/2006/math": "m",
    f"{_STRICT}/officeDocument/math": "m",
    f"{_OFFICE}/officeDocument/2006/relationships": "r",
    f"{_STRICT}/officeDocument/relationships": "r",
    f"{_OFFICE}/package/2006/relationships": "rel",
    f"{_OFFICE}/package/2006/content-types": "ct",
    f"{_OFFICE}/package/2006/metadata/core-properties": "cp",
    f"{_OFFICE}/officeDocument/2006/extended-properties": "ep",
    f"{_STRICT}/officeDocument/extendedProperties": "ep",
    f"{_OFFICE}/officeDocument/2006/custom-properties": "op",
    f"{_STRICT}/officeDocument/customProperties": "op",
    f"{_OFFICE}/officeDocument/2006/docPropsVTypes": "vt",
    f"{_STRICT}/officeDocument/docPropsVTypes": "vt",
    f"{_OFFICE}/officeDocument/2006/customXml": "ds",
    f"{_STRICT}/officeDocument/customXml": "ds",
    f"{_OFFICE}/markup-compatibility/2006": "mc",
    f"{_OFFICE}/spreadsheetml/2006/main": "x",
    f"{_STRICT}/spreadsheetml/main": "x",
    f"{_MICROSOFT}/spreadsheetml/2018/threadedcomments": "xtc",
    f"{_MICROSOFT}/spreadsheetml/2010/11/ac": "xac",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/2000/09/xmldsig#": "sig",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:word": "w10",
    "urn:schemas-microsoft-com:office:excel": "vx",
}


def name_of(element: etree._Element) -> str:
    """Return an element's short name ("w:p"); "#other" for comments and instructions."""
    return short(element.tag) if isinstance(element.tag, str) else "#other"


@lru_cache(maxsize=4096)
def short(name: str) -> str:
    """Return the short form of a qualified name; an unknown namespace becomes "?"."""
    if not name.startswith("{"):
        return name
    namespace, _, local = name[1:].partition("}")
    return f"{_PREFIXES.get(namespace, '?')}:{local}"


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child with a short name, or None."""
    return next((c for c in element if name_of(c) == name), None)


def attribute(element: etree._Element, name: str) -> str | None:
    """Return the attribute with a short name, or None."""
    return next((str(v) for k, v in element.attrib.items() if short(str(k)) == name), None)


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Tell whether a run, row or paragraph property is switched on."""
    switch = None if properties is None else child(properties, name)
    return switch is not None and attribute(switch, "w:val") not in ("0", "false", "off", "none")


def whole_number(text: str | None) -> int | None:
    """Return the whole number that a text is, or None: what strangers write need not be one."""
    return int(text) if text is not None and _WHOLE.fullmatch(text) else None
