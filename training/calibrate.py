"""Measure operating points on documents the models have not seen, to choose one.

usage: python -m training.calibrate --fold MODEL FOLDER... [--fold MODEL FOLDER...]
Each fold is a model and the folders it was not trained on. The network runs once a document.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from pipeline.tagger import GROUPS, Labels, OperatingPoint, Tagger
from pipeline.tagger_words import WordReader, Words
from tests.quality.gold import GoldDocument, read_folder
from tests.quality.score import score
from tests.quality.tagger_alone import findings

DIRECT_BIASES = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
INDIRECT_BIASES = (0.0, 0.5, 1.0, 1.5, 2.0)


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


def points() -> Iterator[OperatingPoint]:
    """List the operating points to measure."""
    for direct in DIRECT_BIASES:
        for indirect in INDIRECT_BIASES:
            yield OperatingPoint(dict(zip(GROUPS, (direct, indirect, 0.0), strict=True)), 0.15)


def main() -> None:
    """Print a line of measures for each operating point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fold", type=Path, nargs="+", action="append", required=True)
    folds: list[tuple[Remembered, Labels, list[GoldDocument]]] = []
    for model, *folders in parser.parse_args().fold:
        documents = [document for folder in folders for document in read_folder(folder)]
        folds.append((Remembered(WordReader.load(model)), Labels.read(model / "labels.json"), documents))
    for point in points():
        found = {}
        for reader, labels, documents in folds:
            tagger = Tagger(reader, labels, point)
            found |= {document.id: findings(tagger.tag(document.text)) for document in documents}
        table = score([document for *_, documents in folds for document in documents], found)
        shown = [f"{name} {table[name]}" for name in list(table)[:9]]
        print(
            f"direct {point.bias['direct']} indirect {point.bias['indirect']}: {', '.join(shown)}", flush=True
        )


if __name__ == "__main__":
    main()
