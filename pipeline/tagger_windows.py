"""Cut a text into the windows the token classifier reads: word pieces, letter case and layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ints = NDArray[np.int64]

PASSAGE = 12_000
"""Longest passage in code points: bounds the memory one encoding takes, whatever the text."""

WINDOW = 254
"""Most word pieces in a window, without the two that open and close it."""

OVERLAP = 32
"""Word pieces that neighbouring windows share at least, so that each piece is read with context."""

CASES = 7
"""Letter cases: none, lower, Title, UPPER, with digits, a single capital, mIxed."""

GAPS = 5
"""What stands before a piece: nothing, a space, a line break, a blank line, a cell border."""

BLANK_LINE = 3

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which the tokenizer refuses
_CUTS = (re.compile(r"\n[^\S\n]*\n"), re.compile(r"\n"), re.compile(r"\s"))


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one passage, as columns of equal length.

    Attributes:
        ids: Vocabulary numbers.
        cases: Letter case of the whole word that holds the piece, below `CASES`.
        gaps: What stands before the piece, below `GAPS`.
        starts: Offset of the piece's first code point in the passage.
        ends: Offset after its last.
    """

    ids: Ints
    cases: Ints
    gaps: Ints
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        """Count the pieces."""
        return len(self.ids)


def load_tokenizer(path: str) -> Tokenizer:
    """Open a tokenizer file, without the cuts and padding it may ask for."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def edges(tokenizer: Tokenizer) -> tuple[int, int]:
    """Give the pieces that open and close a window."""
    opening, closing = tokenizer.encode("", add_special_tokens=True).ids
    return opening, closing


def passages(text: str, longest: int = PASSAGE) -> Iterator[tuple[int, int]]:
    """Divide a text into passages, at a blank line, else a line break, else a space.

    Yields:
        Start and end of each passage. Together they are the whole text, in order.
    """
    start = 0
    while len(text) - start > longest:
        end = _cut(text, start, start + longest)
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def _cut(text: str, start: int, limit: int) -> int:
    """Find the last good place to cut in the second half of a passage."""
    half = (start + limit) // 2
    for pattern in _CUTS:
        ends = [found.end() for found in pattern.finditer(text, half, limit)]
        if ends:
            return ends[-1]
    return limit


def encode(text: str, tokenizer: Tokenizer) -> Pieces:
    """Turn one passage into word pieces with their letter case and the layout before them."""
    encoding = tokenizer.encode(_SURROGATE.sub("\ufffd", text), add_special_tokens=False)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    starts, ends = offsets[:, 0], offsets[:, 1]
    before = np.concatenate(([0], ends[:-1])) if len(ends) else ends
    gaps = [_gap(text[a:b]) if b > a else 0 for a, b in zip(before.tolist(), starts.tolist(), strict=True)]
    if gaps:
        gaps[0] = BLANK_LINE
    ids = np.array(encoding.ids, dtype=np.int64)
    return Pieces(ids, _cases(text, starts), np.array(gaps, dtype=np.int64), starts, ends)


def _gap(between: str) -> int:
    """Name what stands between two pieces."""
    lines = between.count("\n") or between.count("\r")
    if lines:
        return BLANK_LINE if lines > 1 else 2
    return 4 if "\t" in between or "  " in between else 1


def _cases(text: str, starts: Ints) -> Ints:
    """Give each piece the letter case of the word it lies in."""
    words = [(found.start(), found.end(), _case(found.group())) for found in _WORD.finditer(text)]
    if not words:
        return np.zeros(len(starts), dtype=np.int64)
    table = np.array(words, dtype=np.int64)
    at = np.searchsorted(table[:, 0], starts, side="right") - 1
    inside = (at >= 0) & (starts < table[np.maximum(at, 0), 1])
    return np.where(inside, table[np.maximum(at, 0), 2], 0).astype(np.int64)


def _case(word: str) -> int:
    """Name the letter case of a word."""
    if any(letter.isdigit() for letter in word):
        return 4
    if word.isupper():
        return 5 if len(word) == 1 else 3
    if word.istitle():
        return 2
    return 1 if word.islower() else 6 if any(letter.isupper() for letter in word) else 0


def windows(pieces: int) -> list[tuple[int, int]]:
    """Spread overlapping windows of one length evenly over a passage's pieces.

    Returns:
        Start and end of each window. As few as will do, and no longer than they must be.
    """
    if not pieces:
        return []
    count = max(1, -(-(pieces - OVERLAP) // (WINDOW - OVERLAP)))
    length = -(-(pieces + (count - 1) * OVERLAP) // count)
    starts = np.linspace(0, pieces - length, count).round().astype(int)
    return [(int(start), int(start) + length) for start in starts]
