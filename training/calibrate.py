"""Measure operating points on documents the models have not seen, to choose one.

usage: python -m training.calibrate --fold MODEL FOLDER... [--fold MODEL FOLDER...]
Each fold is a model and the folders it was not trained on. The networks run once a document; what
is measured is the whole of detection, rules and memory included. Half a minute a point.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from pipeline.detect import build_detector
from pipeline.tagger import GROUPS, Labels, OperatingPoint, Tagger, Tagging
from pipeline.tagger_words import WordReader, Words
from rules.policy import load_policy
from tests.quality.detection import tally
from tests.quality.gold import GoldDocument, read_folder

POINT = Path("rules/tagger/operating_point.json")
DIRECT = (-0.5, 0.0, 0.5)
INDIRECT = (0.3, 0.7)
COMPANY = (0.7, 1.4, 2.1)


class Remembered:
    """A reader that runs the network once for each passage."""

    def __init__(self, reader: WordReader) -> None:
        """Wrap a reader."""
        self._reader = reader
        self._words: dict[str, Words] = {}

    def read(self, passage: str) -> Words:
        """Give the words of a passage, from memory if it was read before."""
        if passage not in self._words:
            self._words[passage] = self._reader.read(passage)
        return self._words[passage]


@dataclass(frozen=True, slots=True)
class Fold:
    """A model with the documents it was not trained on."""

    reader: Remembered
    labels: Labels
    documents: Sequence[GoldDocument]

    @classmethod
    def load(cls, model: Path, folders: Sequence[Path]) -> Fold:
        """Load a model and the documents of folders."""
        documents = [document for folder in folders for document in read_folder(folder)]
        return cls(Remembered(WordReader.load(model)), Labels.read(model / "labels.json"), documents)


class Unseen:
    """Reads each text by the model that has not seen it."""

    def __init__(self, folds: Sequence[Fold], point: OperatingPoint) -> None:
        """Set up the taggers at one operating point."""
        self._taggers = {
            document.text: tagger
            for fold in folds
            for tagger in (Tagger(fold.reader, fold.labels, point),)
            for document in fold.documents
        }

    def read(self, text: str) -> Tagging:
        """Mark one of the documents."""
        return self._taggers[text].read(text)


def points() -> Iterator[OperatingPoint]:
    """List the operating points to measure, the one in use first."""
    used = OperatingPoint.read(POINT)
    yield used
    for direct, indirect, company in product(DIRECT, INDIRECT, COMPANY):
        bias = dict(zip(GROUPS, (direct, indirect, 0.0), strict=True))
        sides = dict(zip(GROUPS, (company, company / 2, 0.0), strict=True))
        yield replace(used, bias=bias, company=sides)


def main() -> None:
    """Print a line of measures for each operating point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fold", type=Path, nargs="+", action="append", required=True)
    folds = [Fold.load(model, folders) for model, *folders in parser.parse_args().fold]
    documents = [document for fold in folds for document in fold.documents]
    policy = load_policy()
    for point in points():
        table = tally(documents, build_detector(Unseen(folds, point)), policy).table()
        shown = ", ".join(f"{name} {value}" for name, value in list(table.items())[:9])
        print(f"{dict(point.bias)} company {dict(point.company)}: {shown}", flush=True)


if __name__ == "__main__":
    main()
