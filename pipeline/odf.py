"""The names of OpenDocument's XML in their usual short form."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xlink": "xlink",
    f"{_OASIS}drawing:1.0": "draw",
    f"{_OASIS}svg-compatible:1.0": "svg",
    f"{_OASIS}xsl-fo-compatible:1.0": "fo",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
}


def odf_name(element: etree._Element) -> str:
    """Return an element's short name ("text:p"); "#other" for comments and instructions."""
    return odf_short(element.tag) if isinstance(element.tag, str) else "#other"


@lru_cache(maxsize=4096)
def odf_short(name: str) -> str:
    """Return the short form of a qualified name; an unknown namespace becomes "?"."""
    if not name.startswith("{"):
        return name
    namespace, _, local = name[1:].partition("}")
    usual = namespace.removeprefix(_OASIS).partition(":")[0] if namespace.startswith(_OASIS) else "?"
    return f"{_PREFIXES.get(namespace, usual)}:{local}"


def odf_attribute(element: etree._Element, name: str) -> str | None:
    """Return the attribute with a short name, or None."""
    return next((str(v) for k, v in element.attrib.items() if odf_short(str(k)) == name), None)
