"""Turn the sentences of a text into vectors, each read among its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

Floats = NDArray[np.float32]

WIDTH = 384
"""Numbers in a vector."""

WINDOW = 380
"""Most word pieces of new sentences in a window: a usual entry is read in one."""

PLAIN = 256
"""Most word pieces of a window of a longer text, which is read without what stands around it: a third
faster, and on the labelled texts as good."""

LONGEST = 100
"""Word pieces of a sentence that are read; what follows in it is not."""

BEFORE, AFTER = 2, 1
"""Sentences read along with a window's own, for their sense only."""

_ROOM = 510
"""Word pieces that the network reads at once, without the two that open and close a window."""

_OPEN, _CLOSE, _UNKNOWN = 101, 102, 100


@dataclass(frozen=True, slots=True)
class Window:
    """Some sentences with what stands around them, as word pieces.

    Attributes:
        rows: Number of each sentence, and where its pieces begin and end among `ids`.
    """

    ids: tuple[int, ...]
    rows: tuple[tuple[int, int, int], ...]


class Encoder:
    """The sentence encoder. Safe to share between threads."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        """Put an encoder together from its parts; `load` reads them from a folder."""
        self._session = session
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Load `model.onnx` and `tokenizer.json`, to run on one thread with little memory."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        return cls(session, open_tokenizer(folder / "tokenizer.json"))

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """Give each sentence a vector: the mean of its word pieces as read in their place."""
        found = np.zeros((len(sentences), WIDTH), dtype=np.float32)
        for window in plain_windows(to_pieces(sentences, self._tokenizer)):
            ids = np.array([window.ids], dtype=np.int64)
            (states,) = self._session.run(["states"], {"ids": ids})
            for number, start, end in window.rows:
                found[number] = states[0, start:end].mean(0)
        return found


def open_tokenizer(path: Path) -> Tokenizer:
    """Open a tokenizer file, without the cuts and padding it may ask for."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def to_pieces(sentences: Sequence[str], tokenizer: Tokenizer) -> list[list[int]]:
    """Turn sentences into word pieces; a sentence without any gets one that is unknown."""
    whole = [s.encode("utf-8", "replace").decode("utf-8") for s in sentences]
    encoded = tokenizer.encode_batch(whole, add_special_tokens=False)
    return [e.ids[:LONGEST] or [_UNKNOWN] for e in encoded]


def windows(pieces: Sequence[Sequence[int]]) -> Iterator[Window]:
    """Divide sentences into windows of about equal length, with some context around each, for training."""
    for first, end in _divide(pieces, WINDOW):
        yield _window(pieces, first, end)


def plain_windows(pieces: Sequence[Sequence[int]]) -> Iterator[Window]:
    """Divide sentences into windows as they are read: a usual entry is one, a longer text several."""
    most = WINDOW if sum(map(len, pieces)) <= WINDOW else PLAIN
    for first, end in _divide(pieces, most):
        yield _window(pieces[first:end], 0, end - first, at=first)


def _divide(pieces: Sequence[Sequence[int]], most: int) -> Iterator[tuple[int, int]]:
    """Yield the first sentence and the end of stretches of about equal length."""
    total = sum(map(len, pieces))
    count = max(1, -(-total // most))
    first, length = 0, 0
    for number, sentence in enumerate(pieces):
        length += len(sentence)
        if length >= total / count or number == len(pieces) - 1:
            yield first, number + 1
            first, length = number + 1, 0


def _window(pieces: Sequence[Sequence[int]], first: int, end: int, at: int = 0) -> Window:
    """Make a window of some sentences, with as much around them as there is room for.

    Sentences are numbered from `at` on.
    """
    room = _ROOM - sum(len(pieces[number]) for number in range(first, end))
    begin, stop = first, end
    for number in (*range(first - 1, first - 1 - BEFORE, -1), *range(end, end + AFTER)):
        if 0 <= number < len(pieces) and len(pieces[number]) <= room:
            room -= len(pieces[number])
            begin, stop = min(begin, number), max(stop, number + 1)
    ids = [_OPEN]
    rows = []
    for number in range(begin, stop):
        if first <= number < end:
            rows.append((at + number, len(ids), len(ids) + len(pieces[number])))
        ids += pieces[number]
    return Window((*ids, _CLOSE), tuple(rows))
