"""The headers and footers of a sheet: words between the codes of their layout.

Source: ECMA-376 part 1, 18.3.1.46 (the syntax is the same for all headers and footers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from models.document import Place, SegmentKind
from pipeline.ooxml import name_of
from pipeline.readers.strands import TEXT, Piece, Strand

_HEADERS = frozenset(
    {"x:oddHeader", "x:evenHeader", "x:firstHeader", "x:oddFooter", "x:evenFooter", "x:firstFooter"}
)
_CODE = re.compile(
    r"""&(?:K(?:[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{3})|"[^"]*"|[0-9]{1,3}|[&LCRPNDTAFGZBIUESXYOH])"""
)
_GAPS = {**dict.fromkeys(("&L", "&C", "&R"), "\n"), **dict.fromkeys(map("&{}".format, "PNDTAFZG"), " ")}
_GAPS["&&"] = "&"
"""What stands for a code in the text: a line's end, a value that the program puts there, a sign."""
_WORDS = "words"
_GROUP = "headers and footers"


def header_strands(root: etree._Element, part: str) -> Iterator[Strand]:
    """Yield each header and footer of a sheet as the words that are printed.

    Each stretch of words gets an element of its own in the tree, so that it can be changed
    by itself: `merge_headers` takes these elements out again.
    """
    for header in [e for e in root.iter(etree.Element) if name_of(e) in _HEADERS]:
        pieces = list(_split(header))
        if any(piece.text.strip() for piece in pieces if piece.node is not None):
            yield Strand(SegmentKind.HEADER, _GROUP, Place(_GROUP, part=part), pieces)


def _split(header: etree._Element) -> Iterator[Piece]:
    """Yield a header's words and what stands for its codes; the codes stay where they are."""
    etree.strip_tags(header, "*")
    text, header.text, last, at = header.text or "", None, None, 0
    for code in [*_CODE.finditer(text), None]:
        if words := text[at : None if code is None else code.start()]:
            last = etree.Element(_WORDS)
            last.text = words
            header.append(last)
            yield Piece(words, last)
        if code is not None:
            at = code.end()
            yield Piece(_GAPS.get(code[0], ""))
            if last is None:
                header.text = (header.text or "") + code[0]
            else:
                last.tail = (last.tail or "") + code[0]


def merge_headers(root: etree._Element) -> None:
    """Make one text of each header again."""
    for header in [e for e in root.iter(etree.Element) if name_of(e) in _HEADERS]:
        etree.strip_tags(header, _WORDS)


def is_of_header(piece: Piece) -> bool:
    """Tell whether a text stands in a header or footer, as words or as a code."""
    if piece.node is None:
        return False
    return piece.node.tag == _WORDS or (piece.slot == TEXT and name_of(piece.node) in _HEADERS)
