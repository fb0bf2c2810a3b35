"""Mark the words of a text that identify somebody, or only look so, with a small token classifier."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pipeline.tagger_windows import Pieces, encode, load_tokenizer, passages, windows

Floats = NDArray[np.float32]

BATCH = 4
"""Windows read at once: bounds memory, more are no faster on one thread."""

GROUPS = ("outside", "direct", "indirect", "look_alike")

_WORD = re.compile(
    r"[^\s|<>()\[\],;]*@[^\s|<>()\[\],;]*[^\W_]"  # an e-mail address or a handle
    r"|(?:https?://|www\.)[^\s|<>]*[^\W_]"
    r"|\+?\d+(?:[./:\-]\d+)*[^\W_]*"
    r"|[^\W_]+(?:['’](?!s\b)[^\W_]+)*",  # a possessive 's is no part of the name
    re.IGNORECASE,
)
_LIST = re.compile(r"[,;/&|\n\t]")
_FIRM_START = 0.9
"""A new mark begins without a comma or line break before it only if this sure."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text with what they are.

    Attributes:
        start: Offset of the first code point.
        end: Offset after the last.
        label: An entity type of the labelling guide, or the reason of a look-alike
            (theorist, law, inquiry, tool, public_body, course, word, pseudonym).
        score: Probability from 0 to 1 that the words are personal data (for a look-alike:
            that they look so and are not), before any bias.
        role: Who it is about. Of a look-alike it means nothing.
        role_score: Probability of that role, given that there is one.
    """

    start: int
    end: int
    label: str
    score: float
    role: str
    role_score: float


@dataclass(frozen=True, slots=True)
class Tagging:
    """What the classifier says of one text, in reading order.

    Attributes:
        sure: Words it marks.
        weak: Words it does not mark although personal data is not unlikely: for rules that
            know more, such as that the same name was sure elsewhere. Never overlaps `sure`
            but for look-alikes.
    """

    sure: tuple[Mark, ...]
    weak: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """Where recall is traded against precision, chosen on documents the model has not seen.

    Attributes:
        bias: Nats in favour of each of `GROUPS`.
        weak: Least probability of a weak mark.
    """

    bias: Mapping[str, float]
    weak: float

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read an operating point from its file."""
        values = json.loads(path.read_text(encoding="utf-8"))
        return cls(bias=values["bias"], weak=values["weak"])


@dataclass(frozen=True, slots=True)
class Labels:
    """The network's outputs: `names` without their B- and I-, in order, with their groups."""

    names: tuple[str, ...]
    groups: tuple[str, ...]
    roles: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the labels of a model from its file."""
        values = json.loads(path.read_text(encoding="utf-8"))
        pairs = [(name, group) for group in GROUPS[1:] for name in values["groups"][group]]
        return cls(tuple(n for n, _ in pairs), tuple(g for _, g in pairs), tuple(values["roles"]))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a passage with what the network says of each: rows of the same order.

    Attributes:
        spans: Start and end of each word in the whole text.
        labels: Probability of each label.
        outside: Probability that the word is plain.
        begins: Share of each label's probability that says a mark begins here.
        roles: Sum of the role scores of the word's pieces.
        pieces: Number of those pieces.
    """

    spans: list[tuple[int, int]]
    labels: Floats
    outside: Floats
    begins: Floats
    roles: Floats
    pieces: NDArray[np.int64]


class Tagger:
    """The token classifier with its tokenizer. Safe to share between threads."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, labels: Labels, point: OperatingPoint) -> None:
        """Put a tagger together from its parts; `load` reads them from a folder."""
        self._session = session
        self._tokenizer = tokenizer
        self._labels = labels
        self._point = point
        self._columns = {
            group: np.flatnonzero([known == group for known in labels.groups]) for group in GROUPS[1:]
        }

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Load the model, tokenizer, labels and operating point of a folder."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = load_tokenizer(str(folder / "tokenizer.json"))
        labels = Labels.read(folder / "labels.json")
        return cls(session, tokenizer, labels, OperatingPoint.read(folder / "operating_point.json"))

    def tag(self, text: str) -> tuple[Mark, ...]:
        """Mark what identifies somebody and what only looks so, in reading order."""
        return self.read(text).sure

    def tag_weak(self, text: str) -> tuple[Mark, ...]:
        """Give the weak marks of a text. Use `read` where both are wanted."""
        return self.read(text).weak

    def read(self, text: str) -> Tagging:
        """Mark a text of any length; memory does not grow with it but for the marks.

        Offsets are code points of the text. No mark crosses a blank line. Marks do not
        promise to be all there is: the classifier misses some.
        """
        sure: list[Mark] = []
        weak: list[Mark] = []
        for start, end in passages(text):
            words = self._read_passage(text[start:end], start)
            if words:
                marked, doubted = self._decide(words)
                sure += self._marks(text, words, marked)
                weak += self._marks(text, words, doubted)
        return Tagging(tuple(sure), tuple(weak))

    def _read_passage(self, passage: str, offset: int) -> Words | None:
        """Run the network over a passage and gather what it says word by word."""
        pieces = encode(passage, self._tokenizer)
        spans = [found.span() for found in _WORD.finditer(passage)]
        if not len(pieces) or not spans:
            return None
        bounds = np.array(spans, dtype=np.int64)
        first = np.searchsorted(pieces.ends, bounds[:, 0], side="right")
        last = np.searchsorted(pieces.starts, bounds[:, 1], side="left")
        held = first < last  # words of control characters only have no piece
        first, last, bounds = first[held], last[held], bounds[held] + offset
        scores, roles = self._run(pieces)
        probabilities = _shares(scores)
        means = _sums(probabilities, first, last) / (last - first)[:, None].astype(np.float32)
        starting = probabilities[first, 1::2]
        share = starting / (starting + probabilities[first, 2::2] + 1e-9)
        return Words(
            [(int(a), int(b)) for a, b in bounds],
            means[:, 1::2] + means[:, 2::2],
            means[:, 0],
            share,
            _sums(roles, first, last),
            last - first,
        )

    def _run(self, pieces: Pieces) -> tuple[Floats, Floats]:
        """Score every piece, each in the window in which it is most central."""
        cuts = windows(len(pieces))
        scores, roles = self._windows(pieces, cuts)
        if len(cuts) == 1:
            return scores[0], roles[0]
        starts = np.array([start for start, _ in cuts])
        middle = starts + (cuts[0][1] - cuts[0][0]) / 2
        places = np.arange(len(pieces))
        window = np.abs(places[:, None] - middle[None, :]).argmin(-1)
        return scores[window, places - starts[window]], roles[window, places - starts[window]]

    def _windows(self, pieces: Pieces, cuts: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
        """Run the network over windows of one length, a few at a time."""
        edges = [self._tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]")]
        outputs = []
        for at in range(0, len(cuts), BATCH):
            group = cuts[at : at + BATCH]
            feed = {
                "ids": np.stack([np.r_[edges[0], pieces.ids[a:b], edges[1]] for a, b in group]),
                "cases": np.stack([np.r_[0, pieces.cases[a:b], 0] for a, b in group]),
                "gaps": np.stack([np.r_[0, pieces.gaps[a:b], 0] for a, b in group]),
            }
            outputs.append([part[:, 1:-1] for part in self._session.run(["labels", "roles"], feed)])
        return np.concatenate([o[0] for o in outputs]), np.concatenate([o[1] for o in outputs])

    def _decide(self, words: Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Choose each word's label, -1 for none: for the sure marks and for the weak ones."""
        masses = [words.outside, *(words.labels[:, columns].sum(-1) for columns in self._columns.values())]
        biases = [self._point.bias.get(group, 0.0) for group in GROUPS]
        winner = np.stack([np.log(mass + 1e-9) + bias for mass, bias in zip(masses, biases, strict=True)]).argmax(0)
        best = np.stack([columns[words.labels[:, columns].argmax(-1)] for columns in self._columns.values()])
        marked = np.where(winner == 0, -1, best[np.maximum(winner, 1) - 1, np.arange(len(winner))])
        personal = masses[1] + masses[2]
        likelier = np.where(masses[1] >= masses[2], best[0], best[1])
        doubted = np.where(((winner == 0) | (winner == 3)) & (personal >= self._point.weak), likelier, -1)
        return marked, doubted

    def _marks(self, text: str, words: Words, chosen: NDArray[np.int64]) -> Iterator[Mark]:
        """Join neighbouring words of one label into marks."""
        run: list[int] = []
        for word, label in enumerate(chosen.tolist()):
            if run and not (label == chosen[run[-1]] and self._joins(text, words, run[-1], word, label)):
                yield self._mark(words, run, int(chosen[run[-1]]))
                run = []
            if label >= 0:
                run.append(word)
        if run:
            yield self._mark(words, run, int(chosen[run[-1]]))

    def _joins(self, text: str, words: Words, left: int, right: int, label: int) -> bool:
        """Whether two words that follow each other under one label are one mark."""
        between = text[words.spans[left][1] : words.spans[right][0]]
        if re.search(r"\n\s*\n", between) or right != left + 1:
            return False
        begins = float(words.begins[right, label])
        return begins < (0.5 if _LIST.search(between) else _FIRM_START)

    def _mark(self, words: Words, run: Sequence[int], label: int) -> Mark:
        """Make one mark of a run of words."""
        columns = self._columns["look_alike"]
        same = columns if self._labels.groups[label] == "look_alike" else np.setdiff1d(np.arange(len(self._labels.names)), columns)
        score = float(words.labels[np.ix_(run, same)].sum(-1).mean())
        shares = _shares(words.roles[run].sum(0) / words.pieces[run].sum())
        best = int(shares.argmax())
        start, end = words.spans[run[0]][0], words.spans[run[-1]][1]
        return Mark(start, end, self._labels.names[label], round(score, 3), self._labels.roles[best], round(float(shares[best]), 3))


def _shares(scores: Floats) -> Floats:
    """Turn scores into probabilities along the last axis."""
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    return (shares / shares.sum(-1, keepdims=True)).astype(np.float32)


def _sums(rows: Floats, first: NDArray[np.int64], last: NDArray[np.int64]) -> Floats:
    """Sum rows from `first` up to `last` for each pair."""
    running = np.concatenate((np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0, dtype=np.float64)))
    return (running[last] - running[first]).astype(np.float32)
