"""XML from strangers: parsed without entities, without network, and never with a DOCTYPE."""

from __future__ import annotations

from lxml import etree

from pipeline.refusals import Refusal

_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


class MalformedXmlError(Exception):
    """The bytes are not XML that can be read within the parser's own limits."""


def parse_xml(untrusted: bytes) -> etree._Element:
    """Parse one XML part and return its root.

    The parser keeps libxml2's limits: 256 levels deep, 10 MB in one text. Comments stay
    in the tree, for they can hold words too.

    Raises:
        DocumentError: If there is a DOCTYPE. Other readers drop the text behind an
            entity without a word, and silent loss is worse than a refusal.
        MalformedXmlError: If the bytes are not well-formed or break a limit.
    """
    if any(mark in untrusted for mark in _DOCTYPES):
        raise Refusal.DOCTYPE.error()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(untrusted, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MalformedXmlError from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refusal.DOCTYPE.error()
    return root


def is_xml(untrusted: bytes) -> bool:
    """Tell whether bytes look like XML, by their first sign."""
    start = untrusted[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"<", b"\xff\xfe<\x00", b"\xfe\xff\x00<"))
