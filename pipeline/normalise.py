"""Make a text readable for recognizers, and find the way back to the text as the file has it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from models.text import Span
from pipeline.letters import ODD, PLAIN, in_latin, readable


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

    A word divided at a line's end is joined. The marks of notes are left out, so are accents
    that no letter has; letters of other scripts that are drawn like Latin ones are read as
    these. Punctuation stays as it is but for kinds of hyphens and apostrophes, so that
    recognizers see the text as its writer does.
    """
    if PLAIN.match(raw):
        return Normal(raw)
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    at = 0
    for odd in ODD.finditer(raw):
        read = readable(odd.group())
        if read == odd.group():
            continue
        pieces += (raw[at : odd.start()], read)
        starts.extend(range(at, odd.start()))
        ends.extend(range(at + 1, odd.start() + 1))
        starts.extend([odd.start()] * len(read))
        ends.extend([odd.end()] * len(read))
        at = odd.end()
    if not at:
        return Normal(in_latin(raw))
    pieces.append(raw[at:])
    starts.extend(range(at, len(raw)))
    ends.extend(range(at + 1, len(raw) + 1))
    return Normal(in_latin("".join(pieces)), starts, ends)
