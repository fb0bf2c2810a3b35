"""Run the token classifier over a passage and gather what it says word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pipeline.tagger_windows import Ints, Pieces, edges, encode, load_tokenizer, windows

Floats = NDArray[np.float32]

BATCH = 4
"""Windows read at once: bounds memory, more are no faster on one thread."""

_LETTERS = r"(?:[^\W_][\u0300-\u036f]*)+"
"""Letters, each with the accents that stand after it as characters of their own."""

_WORD = re.compile(
    r"[^\s|<>()\[\],;]*@[^\s|<>()\[\],;]*[^\W_]"  # an e-mail address or a handle
    r"|(?:https?://|www\.)[^\s|<>]*[^\W_]"
    r"|\+?\d+(?:[./:\-]\d+)*[^\W_]*"
    rf"|{_LETTERS}(?:['’\-](?!s\b){_LETTERS})*",  # a possessive 's is no part of the name
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a passage with what the network says of each: rows of the same order.

    Attributes:
        starts: Offset of each word's first code point, in the passage.
        ends: Offset after its last.
        outside: Probability that the word is plain.
        labels: Probability of each label, B- and I- together.
        begins: Share of each label's probability that says a mark begins here.
        roles: Sum of the role scores of the word's pieces.
        pieces: Number of those pieces.
    """

    starts: Ints
    ends: Ints
    outside: Floats
    labels: Floats
    begins: Floats
    roles: Floats
    pieces: Ints

    def __len__(self) -> int:
        """Count the words."""
        return len(self.starts)


class WordReader:
    """The network with its tokenizer. Safe to share between threads."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        """Put a reader together from its parts; `load` reads them from a folder."""
        self._session = session
        self._tokenizer = tokenizer
        self._edges = edges(tokenizer)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Load `model.onnx` and `tokenizer.json`, to run on one thread with little memory."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        model = str(folder / "model.onnx")
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        return cls(session, load_tokenizer(str(folder / "tokenizer.json")))

    def read(self, passage: str) -> Words:
        """Give the words of a passage that hold letters or digits."""
        pieces = encode(passage, self._tokenizer)
        bounds = np.array([found.span() for found in _WORD.finditer(passage)], dtype=np.int64).reshape(-1, 2)
        first = np.searchsorted(pieces.ends, bounds[:, 0], side="right")
        last = np.searchsorted(pieces.starts, bounds[:, 1], side="left")
        held = first < last  # a word the tokenizer throws away, such as a control character, has no piece
        first, last, bounds = first[held], last[held], bounds[held]
        scores, roles = self._run(pieces)
        probabilities = shares(scores)
        means = (_sums(probabilities, first, last) / (last - first)[:, None]).astype(np.float32)
        starting = probabilities[first, 1::2]
        return Words(
            starts=bounds[:, 0],
            ends=bounds[:, 1],
            outside=means[:, 0],
            labels=means[:, 1::2] + means[:, 2::2],
            begins=starting / (starting + probabilities[first, 2::2] + np.float32(1e-9)),
            roles=_sums(roles, first, last),
            pieces=last - first,
        )

    def _run(self, pieces: Pieces) -> tuple[Floats, Floats]:
        """Score every piece, each in the window in which it is most central."""
        cuts = windows(len(pieces)) or [(0, 0)]
        scores, roles = self._windows(pieces, cuts)
        starts = np.array([start for start, _ in cuts])
        middles = starts + (cuts[0][1] - cuts[0][0]) / 2
        places = np.arange(len(pieces))
        window = np.abs(places[:, None] - middles[None, :]).argmin(-1)
        return scores[window, places - starts[window]], roles[window, places - starts[window]]

    def _windows(self, pieces: Pieces, cuts: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
        """Run the network over windows of one length, a few at a time."""
        opening, closing = self._edges
        scores, roles = [], []
        for at in range(0, len(cuts), BATCH):
            group = cuts[at : at + BATCH]
            feed = {
                "ids": np.stack([np.r_[opening, pieces.ids[a:b], closing] for a, b in group]),
                "cases": np.stack([np.r_[0, pieces.cases[a:b], 0] for a, b in group]),
                "gaps": np.stack([np.r_[0, pieces.gaps[a:b], 0] for a, b in group]),
            }
            labels, whose = self._session.run(["labels", "roles"], feed)
            scores.append(labels[:, 1:-1])
            roles.append(whose[:, 1:-1])
        return np.concatenate(scores), np.concatenate(roles)


def shares(scores: Floats) -> Floats:
    """Turn scores into probabilities along the last axis."""
    grown = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(grown / grown.sum(-1, keepdims=True), dtype=np.float32)


def _sums(rows: Floats, first: Ints, last: Ints) -> Floats:
    """Sum rows from `first` up to `last` for each pair."""
    running = np.concatenate((np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0, dtype=np.float64)))
    return np.asarray(running[last] - running[first], dtype=np.float32)
