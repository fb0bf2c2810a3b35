"""Split a text into sentences, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from models.text import Span

LONGEST = 60
"""Words after which a sentence without an end (dictation, a pasted line) is cut at a pause."""

_SHORT_FORMS = """mr mrs ms mx dr prof rev st cllr e.g i.e eg ie etc vs v cf al no nos p pp ch s ss para paras
    approx dept tel ext fig vol ed eds hon sgt jan feb mar apr jun jul aug sept sep oct nov dec"""
_ABBREVIATIONS = frozenset(_SHORT_FORMS.split())
_END = re.compile(r"(?P<mark>[.!?\u2026]+)(?P<close>[\"')\]\u201d\u2019]*)(?=\s|$)")
_LAST_WORD = re.compile(r"[\w.'\u2019-]+$")
_MARKS = r"[-*\u2013\u2014\u2022\u25cf\u25aa\u25e6\uf0b7\u00b7o>/]\s+"
_BULLET = re.compile(rf"\s*(?:{_MARKS}|\(?\d{{1,2}}[.)]\s+|\(?[a-z][.)]\s+|\[[ x]?\]\s+)")
_PAUSE = re.compile(r"(?:[,;:\u2013\u2014]\s+|\s+(?=(?:and|but|so|because|then|which|when|also)\b))")
_WORD = re.compile(r"\S+")
_HEADING_WORDS = 9


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, bullet point or heading. The span leaves out space around it.

    Attributes:
        is_heading: A short line that no full stop ends. It names what follows.
    """

    span: Span
    is_heading: bool = False


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Find the sentences of a text in reading order; none overlap.

    The mark of a bullet point belongs to no sentence. A line break inside a sentence
    (a page's width, a pasted e-mail) does not end it; a blank line, a bullet point, and
    a short line before a capital letter do.
    """
    found: list[Sentence] = []
    for block, end in _blocks(text):
        bullet = _BULLET.match(text, block, end)
        start = bullet.end() if bullet else block
        pieces = list(_sentences(text, start, end))
        alone = len(pieces) == 1
        found.extend(Sentence(span, alone and _is_heading(text[span.start : span.end])) for span in pieces)
    return tuple(found)


def count_words(text: str) -> int:
    """Count the words of a text: stretches that hold a letter or a digit."""
    return sum(any(c.isalnum() for c in word) for word in _WORD.findall(text))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield stretches of whole lines that one paragraph or bullet point takes up."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n\r\f\v\x85\u2028\u2029]+", text)]
    width = max((end - start for start, end in lines), default=0)
    open_start: int | None = None
    before = (0, 0)
    for line in lines:
        if open_start is not None and _is_break(text, before, line, width):
            yield open_start, before[1]
            open_start = None
        if open_start is None:
            open_start = line[0]
        before = line
    if open_start is not None:
        yield open_start, before[1]


def _is_break(text: str, before: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Tell whether the second of two lines starts something new."""
    upper, lower = text[slice(*before)].strip(), text[slice(*line)].strip()
    between = text[before[1] : line[0]].replace("\r\n", "\n")
    if not upper or not lower or len(between) > 1 or _BULLET.match(text[slice(*line)]):
        return True
    if upper[-1] in ".!?:;\u2026":
        return True
    is_short = len(upper) < 0.7 * min(width, 100)
    return is_short and not lower[0].islower()


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of one block."""
    at = start
    for mark in _END.finditer(text, start, end):
        if mark.end() < end and not _ends_here(text, at, mark, end):
            continue
        yield from _cut(text, at, mark.end())
        at = mark.end()
    yield from _cut(text, at, end)


def _ends_here(text: str, start: int, mark: re.Match[str], end: int) -> bool:
    """Tell whether a full stop, question mark or exclamation mark ends a sentence."""
    after = text[mark.end() : end].lstrip()
    if not after:
        return True
    if after[0].islower() and (mark["close"] or mark["mark"] != "."):
        return False
    word = _LAST_WORD.search(text, start, mark.start())
    if mark["mark"] != "." or mark["close"] or word is None:
        return True
    last = word.group().lower()
    is_initial = len(last) == 1 and last.isalpha() and last != "i"
    is_number = last.isdigit() and not text[start : word.start()].strip()
    return not (last in _ABBREVIATIONS or is_initial or is_number)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a stretch without the space around it; a very long one in pieces, cut at pauses."""
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    end -= len(stretch) - len(stretch.rstrip())
    while start < end:
        stop = _pause(text, start, end)
        yield Span(start, start + len(text[start:stop].rstrip()))
        word = _WORD.search(text, stop, end)
        start = word.start() if word else end


def _pause(text: str, start: int, end: int) -> int:
    """Return where to cut a stretch: at its end, or at the last pause that keeps it readable."""
    if _has_end(text, start, end):
        return end
    words = list(islice(_WORD.finditer(text, start, end), LONGEST + 1))
    if len(words) <= LONGEST:
        return end
    first, last = words[LONGEST // 3].start(), words[LONGEST].start()
    pauses = [m.end() for m in _PAUSE.finditer(text, first, last)]
    return pauses[-1] if pauses else last


def _has_end(text: str, start: int, end: int) -> bool:
    """Tell whether somebody ended the sentence: then it stays whole, however long."""
    return end - start < 1500 and text[start:end].rstrip("\"')]\u201d\u2019 ")[-1:] in tuple(".!?\u2026")


def _is_heading(line: str) -> bool:
    """Tell whether a line only names what follows."""
    return line[-1:] not in tuple(".!?\u2026,;") and count_words(line) <= _HEADING_WORDS
