"""Write an Office package anew: only the parts given, neutral names, no dates, no loose bytes."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ooxml import attribute, name_of, short
from pipeline.readers.office_package import is_stock_name
from pipeline.redactors.strand_edit import ELSEWHERE, drop

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPE_OF_ROOT = {
    "w:hdr": f"{_WORD}.header+xml",
    "w:ftr": f"{_WORD}.footer+xml",
    "w:footnotes": f"{_WORD}.footnotes+xml",
    "w:endnotes": f"{_WORD}.endnotes+xml",
    "w:comments": f"{_WORD}.comments+xml",
    "w:styles": f"{_WORD}.styles+xml",
    "w:settings": f"{_WORD}.settings+xml",
    "w:numbering": f"{_WORD}.numbering+xml",
    "w:fonts": f"{_WORD}.fontTable+xml",
    "w:webSettings": f"{_WORD}.webSettings+xml",
    "x:worksheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
}
"""Content types by root element, for originals that leave them out."""

_DATE = (1980, 1, 1, 0, 0, 0)
_NEEDS_TARGET = frozenset({"w:headerReference", "w:footerReference", "c:chart", "dgm:relIds", "x:drawing"})
"""Elements that mean nothing without the part they point at."""


@dataclass
class NewPackage:
    """The parts of the package to be written.

    Attributes:
        main: The name of the main part, as it was.
        main_type: Its content type in the copy.
        trees: The XML parts by the names they had; relations are looked up among `source`.
        pictures: The pictures by the names they had, each a PNG.
        source: All XML parts of the original, for its relations and content types.
    """

    main: str
    main_type: str
    source: Mapping[str, etree._Element]
    trees: dict[str, etree._Element] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)


def write_package(new: NewPackage) -> bytes:
    """Write the package."""
    names = _new_names(new)
    files: dict[str, bytes] = {}
    for old, tree in new.trees.items():
        relations = _relations(old, tree, new, names)
        files[names[old]] = _serialized(tree)
        if len(relations):
            files[_relations_name(names[old])] = _serialized(relations)
    files |= {names[old]: content for old, content in new.pictures.items()}
    files["_rels/.rels"] = _serialized(_root_relations(names[new.main]))
    return _packed(_serialized(_content_types(new, names)), files)


def _new_names(new: NewPackage) -> dict[str, str]:
    """Give every part a name that a program could have given."""
    names: dict[str, str] = {}
    for number, old in enumerate(new.trees, start=1):
        folder = posixpath.dirname(old) if old.isascii() else "word"
        is_stock = is_stock_name(old) and old.endswith(".xml")
        names[old] = old if is_stock else posixpath.join(folder, f"part{number}.xml")
    folder = posixpath.dirname(new.main) or "word"
    for number, old in enumerate(new.pictures, start=1):
        names[old] = posixpath.join(folder, "media", f"image{number}.png")
    return names


def _relations_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relations(old: str, tree: etree._Element, new: NewPackage, names: Mapping[str, str]) -> etree._Element:
    """Return a part's relations in the copy, and take out of the part what points at nothing now."""
    kept = _empty("Relationships", _RELATIONS)
    original = new.source.get(_relations_name(old))
    ids: set[str] = set()
    for relation in () if original is None else original:
        target = _target(relation, posixpath.dirname(old), names)
        if target is None:
            continue
        made = etree.SubElement(kept, f"{{{_RELATIONS}}}Relationship")
        for key in ("Id", "Type", "TargetMode"):
            if value := attribute(relation, key):
                made.set(key, value)
        made.set("Target", target)
        ids.add(attribute(relation, "Id") or "")
    _drop_dangling(tree, ids)
    return kept


def _target(relation: etree._Element, folder: str, names: Mapping[str, str]) -> str | None:
    """Return where a relation points in the copy; None where that is nowhere."""
    target = attribute(relation, "Target") or ""
    if attribute(relation, "TargetMode") == "External":
        is_link = (attribute(relation, "Type") or "").endswith("/hyperlink")
        is_web = target.startswith(("http://", "https://"))
        return (target if is_web else ELSEWHERE) if is_link else None
    inner = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return f"/{names[inner]}" if inner in names else None


def _drop_dangling(tree: etree._Element, ids: set[str]) -> None:
    for element in list(tree.iter(etree.Element)):
        dangling = [
            str(key)
            for key, value in element.attrib.items()
            if _is_reference(short(str(key))) and str(value) not in ids
        ]
        for key in dangling:
            del element.attrib[key]
        if dangling and name_of(element) in _NEEDS_TARGET:
            drop(element)


def _is_reference(attribute_name: str) -> bool:
    return attribute_name.startswith("r:") or attribute_name == "o:relid"


def _root_relations(main: str) -> etree._Element:
    root = _empty("Relationships", _RELATIONS)
    etree.SubElement(
        root, f"{{{_RELATIONS}}}Relationship", Id="rId1", Type=_OFFICE_DOCUMENT, Target=f"/{main}"
    )
    return root


def _content_types(new: NewPackage, names: Mapping[str, str]) -> etree._Element:
    root = _empty("Types", _TYPES)
    for extension, usual in _DEFAULTS.items():
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=extension, ContentType=usual)
    known = dict(_known_types(new.source.get("[Content_Types].xml")))
    for old, tree in new.trees.items():
        usual_type = _TYPE_OF_ROOT.get(name_of(tree)) or known.get(f"/{old}".casefold())
        given = new.main_type if old == new.main else usual_type
        if given is not None:
            etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{names[old]}", ContentType=given)
    return root


def _known_types(original: etree._Element | None) -> Iterator[tuple[str, str]]:
    for entry in () if original is None else original:
        if name_of(entry) == "ct:Override":
            yield (attribute(entry, "PartName") or "").casefold(), attribute(entry, "ContentType") or ""


def _empty(name: str, namespace: str) -> etree._Element:
    return etree.fromstring(f'<{name} xmlns="{namespace}"/>')


def _serialized(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _packed(types: bytes, files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [("[Content_Types].xml", types), *sorted(files.items())]:
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()
