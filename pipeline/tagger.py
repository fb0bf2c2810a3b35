"""Mark the words of a text that identify somebody, or only look so, with a small token classifier."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from pipeline.tagger_windows import Ints, passages
from pipeline.tagger_words import Floats, WordReader, Words, shares

GROUPS = ("direct", "indirect", "look_alike")

_FLOOR = 1e-4
"""Least probability: no label is ruled out by one word."""

_CITED = ("theorist", "inquiry", "law")

_LEAST_ROLE = 0.05
"""Least probability of a role that a mark carries besides the likeliest."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\r[^\S\r]*\r|\n\s*\n")
_LIST = re.compile(r"[,;/&|\n\t]")
_FIRM_START = 0.9
"""Without a comma or line break before it, a new mark begins only if the network is this sure."""


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
        other_roles: The other roles that it may have, likeliest first, with theirs.
    """

    start: int
    end: int
    label: str
    score: float
    role: str
    role_score: float
    other_roles: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Tagging:
    """What the classifier says of one text, in reading order.

    Attributes:
        sure: Words it marks.
        weak: Words it does not mark as personal data although that is not unlikely: for rules
            that know more, such as that the same name was sure elsewhere. They may lie over a
            look-alike in `sure`, never over anything else there.
    """

    sure: tuple[Mark, ...]
    weak: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """Where recall is traded against precision, chosen on documents the model has not seen.

    Attributes:
        bias: Nats in favour of each of `GROUPS`, against a plain word.
        company: Nats added to that where a passage names people of a story, and taken from it
            where it names authors and cases: an essay's doubtful name is more often an author's.
        begin: Nats that it costs to begin a mark of a label: what a phrase is told by, not a
            single word, costs more.
        weak: Least probability of a weak mark.
    """

    bias: Mapping[str, float]
    company: Mapping[str, float]
    begin: Mapping[str, float]
    weak: float

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read an operating point from its file."""
        values = json.loads(path.read_text(encoding="utf-8"))
        return cls(values["bias"], values["company"], values["begin"], values["weak"])


@dataclass(frozen=True, slots=True)
class Labels:
    """What the network's outputs mean, in their order.

    Attributes:
        names: The labels without their B- and I-.
        groups: Which of `GROUPS` each belongs to, as its number.
        roles: The roles.
    """

    names: tuple[str, ...]
    groups: Ints
    roles: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the labels of a model from its file."""
        values = json.loads(path.read_text(encoding="utf-8"))
        pairs = [(name, place) for place, group in enumerate(GROUPS) for name in values["groups"][group]]
        groups = np.array([place for _, place in pairs], dtype=np.int64)
        return cls(tuple(name for name, _ in pairs), groups, tuple(values["roles"]))


class Reader(Protocol):
    """What gives the words of a passage with what a network says of them."""

    def read(self, passage: str) -> Words:
        """Give the words of a passage that hold letters or digits."""


class Tagger:
    """The token classifier. Safe to share between threads."""

    def __init__(self, reader: Reader, labels: Labels, point: OperatingPoint) -> None:
        """Put a tagger together from its parts; `load` reads them from a folder."""
        self._reader = reader
        self._labels = labels
        self._point = point

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Load the model, tokenizer, labels and operating point of a folder."""
        labels = Labels.read(folder / "labels.json")
        return cls(WordReader.load(folder), labels, OperatingPoint.read(folder / "operating_point.json"))

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
            passage = text[start:end]
            words = self._reader.read(passage)
            marked, doubted = decide(words, self._labels, self._point)
            sure += _marks(passage, start, words, marked, self._labels)
            weak += _marks(passage, start, words, doubted, self._labels)
        return Tagging(tuple(sure), tuple(weak))


def decide(words: Words, labels: Labels, point: OperatingPoint) -> tuple[Ints, Ints]:
    """Choose each word's label: the likeliest sequence of labels, after bias and cost.

    Returns:
        The labels of the sure and of the weak marks, as numbers; -1 for a word without.
    """
    kept = company(words, labels)
    nats = [point.bias[group] + kept * point.company[group] for group in GROUPS]
    biases = np.array(nats)[labels.groups]
    costs = np.array([point.begin.get(name, 0.0) for name in labels.names])
    scores = np.log(np.column_stack((words.outside, words.labels)) + _FLOOR)
    marked = _best_path(scores + np.r_[0.0, biases], np.r_[0.0, costs]) - 1
    look_alike = labels.groups == GROUPS.index("look_alike")
    personal = np.where(look_alike, 0.0, words.labels)
    free = (marked < 0) | look_alike[marked]
    doubted = free & (personal.sum(-1) >= point.weak)
    return marked, np.where(doubted, personal.argmax(-1), -1)


def company(words: Words, labels: Labels) -> float:
    """Weigh a passage's names: from -1, all are authors and cases, to 1, all are people of a story."""
    sums = dict(zip(labels.names, words.labels.sum(0).tolist(), strict=True))
    people = 1 + sums.get("PERSON", 0.0)
    authors = 1 + sum(sums.get(name, 0.0) for name in _CITED)
    return float((people**2 - authors**2) / (people**2 + authors**2))


def _best_path(scores: NDArray[np.float64], costs: NDArray[np.float64]) -> Ints:
    """Choose one column a row so that scores are high and few columns are begun.

    To stay in a column is free; to begin another one costs what `costs` says.
    """
    count, width = scores.shape
    came = np.zeros((count, width), dtype=np.int64)
    stay = np.arange(width)
    best = -costs
    for row in range(count):
        top = int(best.argmax())
        begun = best[top] - costs
        came[row] = np.where(best >= begun, stay, top)
        best = np.maximum(best, begun) + scores[row]
    path = np.zeros(count, dtype=np.int64)
    column = int(best.argmax())
    for row in range(count - 1, -1, -1):
        path[row] = column
        column = int(came[row, column])
    return path


def _marks(passage: str, offset: int, words: Words, chosen: Ints, labels: Labels) -> Iterator[Mark]:
    """Join neighbouring words of one label into marks."""
    run: list[int] = []
    for word in np.flatnonzero(chosen >= 0).tolist():
        if run and not _joins(passage, words, chosen, run[-1], word):
            yield _mark(offset, words, run, labels, int(chosen[run[0]]))
            run = []
        run.append(word)
    if run:
        yield _mark(offset, words, run, labels, int(chosen[run[0]]))


def _joins(passage: str, words: Words, chosen: Ints, last: int, word: int) -> bool:
    """Whether a word continues the mark whose last word so far is `last`."""
    between = passage[words.ends[last] : words.starts[word]]
    if word != last + 1 or chosen[word] != chosen[last] or _BLANK_LINE.search(between):
        return False
    return bool(words.begins[word, chosen[word]] < (0.5 if _LIST.search(between) else _FIRM_START))


def _mark(offset: int, words: Words, run: list[int], labels: Labels, label: int) -> Mark:
    """Make one mark of a run of words."""
    look_alike = GROUPS.index("look_alike")
    alike = (labels.groups == look_alike) == (labels.groups[label] == look_alike)
    (role, role_score), *others = _roles(words, run, labels)
    return Mark(
        start=offset + int(words.starts[run[0]]),
        end=offset + int(words.ends[run[-1]]),
        label=labels.names[label],
        score=round(float(words.labels[run][:, alike].sum(-1).mean()), 3),
        role=role,
        role_score=role_score,
        other_roles=tuple((other, score) for other, score in others if score >= _LEAST_ROLE),
    )


def _roles(words: Words, run: list[int], labels: Labels) -> list[tuple[str, float]]:
    """List the roles with their probability over a run of words, the likeliest first."""
    scores: Floats = shares(words.roles[run].sum(0) / words.pieces[run].sum())
    order = np.argsort(-scores, kind="stable").tolist()
    return [(labels.roles[role], round(float(scores[role]), 3)) for role in order]
