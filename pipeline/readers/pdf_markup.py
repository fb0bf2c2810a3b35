"""Words inside the small languages that a PDF carries: XMP, rich text, forms, scripts."""

from __future__ import annotations

import html
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from lxml import etree

from pipeline.untrusted_xml import MalformedXmlError, parse_xml

_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"\s*\n\s*")
_TECHNICAL = re.compile(
    r"(?i)(?:(?:uuid|xmp\.[di]id|adobe:docid|https?://(?:ns\.adobe|www\.w3|purl|www\.aiim)\S*)[:\S]*"
    r"|(?:(?:sub)*section|page|chapter|appendix|figure|table|equation|item|h?footnote|cite|toc|doc)[.*-]\S*"
    r"|[0-9a-f-]{20,}|D:\d{8}\S*|\d{4}-\d\d(?:-\d\dT?[\d:.+Z-]*)?|\S+/\S+;?|[\W\d_]*)"
)
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_MOST_ODD = 0.1


def is_wording(text: str) -> bool:
    """Tell whether a string of unknown purpose can be words: printable, with some letters."""
    if _TECHNICAL.fullmatch(text):
        return False
    letters = sum(letter.isalpha() for letter in text)
    odd = sum(not letter.isprintable() and not letter.isspace() for letter in text)
    return letters > 1 and odd <= len(text) * _MOST_ODD


def markup_words(text: str) -> str:
    """Return the words of a text in angle-bracket markup, piece by piece on lines."""
    return _BLANKS.sub("\n", html.unescape(_TAG.sub("\n", text))).strip()


def stream_words(content: bytes) -> str:
    """Decode a text stream: UTF-16 or UTF-8 where marked, else single bytes."""
    for mark, encoding in ((BOM_UTF16_BE, "utf-16-be"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF8, "utf-8")):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    return content.decode("latin-1")


def xmp_words(content: bytes) -> list[str]:
    """Return the values of a properties packet (XMP), without dates and identifiers.

    Raises:
        DocumentError: The packet has a DOCTYPE.
    """
    try:
        root = parse_xml(content.strip(b"\0 \t\r\n"))
    except MalformedXmlError:
        return markup_words(content.decode("utf-8", "replace")).splitlines()
    values = [value for element in root.iter() for value in _values(element)]
    return [value for value in values if not _TECHNICAL.fullmatch(value)]


def _values(element: etree._Element) -> list[str]:
    """Return an element's own text, what follows it, and its attributes' values."""
    texts = [element.text, element.tail]
    if isinstance(element.tag, str):
        texts += [str(value) for name, value in element.items() if not str(name).startswith((_RDF, _XML))]
    return [text.strip() for text in texts if text and text.strip()]
