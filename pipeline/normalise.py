"""Make a text readable for recognizers, and find the way back to the text as the file has it."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from models.text import Span

_LINE_HYPHENS = "\u00ad\u0002\ufffe"
"""What stands where a word was divided at the end of a line: PDF readers give all three."""

_UNSEEN = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_PLAIN = re.compile(r"[\t\n\r\x20-\x7e]*\Z")
_ODD = re.compile(
    rf"[{_LINE_HYPHENS}]\r?\n?"
    r"|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
    r"|[^\u0000-\u007f\u2010-\u2027\u2030-\u205e][\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f]{0,8}"
    r"|[A-Za-z][\u0300-\u036f]{1,8}"
)


@dataclass(frozen=True, slots=True)
class Normal:
    """A text made readable, with the place in the raw text of each of its characters.

    Attributes:
        text: Composed letters, plain spaces and digits, nothing invisible.
        starts: For each character the offset of what it stands for in the raw text. None
            where the text is the raw text itself.
        ends: For each character the offset after what it stands for.
    """

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def raw(self, start: int, end: int) -> Span:
        """Return where a stretch of the readable text stands in the raw text."""
        if self.starts is None or self.ends is None:
            return Span(start, end)
        return Span(self.starts[start], self.ends[end - 1])


def normalise(raw: str) -> Normal:
    """Make a text readable: compose letters, unify spaces and digits, drop what nobody sees.

    A word divided at a line's end is joined. Punctuation and line breaks stay as they
    are, so that recognizers see the text as its writer does.
    """
    if _PLAIN.match(raw):
        return Normal(raw)
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    at = 0
    for odd in _ODD.finditer(raw):
        readable = _readable(odd.group())
        if readable == odd.group():
            continue
        pieces += (raw[at : odd.start()], readable)
        starts.extend(range(at, odd.start()))
        ends.extend(range(at + 1, odd.start() + 1))
        starts.extend([odd.start()] * len(readable))
        ends.extend([odd.end()] * len(readable))
        at = odd.end()
    if not at:
        return Normal(raw)
    pieces.append(raw[at:])
    starts.extend(range(at, len(raw)))
    ends.extend(range(at + 1, len(raw) + 1))
    return Normal("".join(pieces), starts, ends)


@lru_cache(maxsize=4096)
def _readable(odd: str) -> str:
    """Write one odd character, with the marks that combine with it, in its readable form."""
    if odd[0] in _LINE_HYPHENS or _UNSEEN.fullmatch(odd[0]):
        return ""
    kind = unicodedata.category(odd[0])
    if kind == "Zs":
        return " "
    if kind[0] not in "LN" or kind in ("No", "Nl"):
        return unicodedata.normalize("NFC", odd)
    return unicodedata.normalize("NFKC", odd)
