"""Look into a redacted Office file with other eyes: our reader, a second reader, the bare bytes."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator

from models.document import Found
from models.errors import DocumentError
from models.ledger import LedgerLine
from models.upload import FileKind, Received
from pipeline.limits import Limits
from pipeline.verify import Gone, Leak, is_leaking

_LONG_NUMBER = 5
_MEASURES = re.compile(rb"<(wp:posOffset|wp14:pct\w+|wp:align|c:v|c:formatCode)>[^<]*</")
_BETWEEN_TAGS = re.compile(rb">([^<]+)<")

Read = Callable[[Received, Limits], tuple[list[Found], list[LedgerLine]]]


def verify_office(
    copy: bytes,
    kind: FileKind,
    expected: str,
    removed: Gone,
    limits: Limits,
    views: tuple[tuple[str, Callable[[bytes], str | None]], ...],
    read: Read,
) -> tuple[Leak, ...]:
    """Look for removed words in a redacted Office file.

    Args:
        copy: The redacted file.
        kind: What kind of file it is.
        expected: All words that may still stand in it.
        removed: What must be gone.
        limits: The limits under which the copy is read.
        views: Readers by other hands: a name, and what returns all words that it sees; None
            where it cannot open the file, as some cannot open many an original.
        read: Our own reader of the kind.

    Returns:
        Who found something. Empty when nobody did.
    """
    leaks: list[Leak] = []
    try:
        found, _ = read(Received("copy", kind, "", copy), limits)
    except DocumentError:
        return (Leak("our reader"),)
    if is_leaking("\n".join(item.text for item in found), expected, removed):
        leaks.append(Leak("our reader"))
    leaks += [Leak(name) for name, view in views if is_leaking(view(copy) or "", expected, removed)]
    words = _told_from_chance(removed)
    if any(is_leaking(bare, expected, words) for bare in (_bare(copy, " "), _bare(copy, ""))):
        leaks.append(Leak("bare bytes"))
    return tuple(leaks)


def _bare(copy: bytes, between: str) -> str:
    """Return the text between the tags of every part: apart, or run together as a line's runs are."""
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        return "\n".join(
            between.join(_texts(archive.read(name)))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        )


def _texts(part: bytes) -> Iterator[str]:
    for text in _BETWEEN_TAGS.findall(_MEASURES.sub(b"<", part)):
        yield html.unescape(text.decode("utf-8", "replace"))


def _told_from_chance(removed: Gone) -> Gone:
    """Leave out short numbers: between bare tags they are sizes and places too."""
    words = {w for w in removed.words if not w.isdecimal() or len(w) >= _LONG_NUMBER}
    return Gone(frozenset(words), removed.texts)
