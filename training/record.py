"""Record what a model says of labelled documents.

usage: python -m training.record --model FOLDER --documents FOLDER... --out FILE
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.tagger import Tagger
from tests.quality.gold import read_folder
from tests.quality.recorded import Recording, line, text_hash


def record(model: Path, folders: Sequence[Path], out: Path) -> None:
    """Tag every document of the folders and append the recordings to a file."""
    tagger = Tagger.load(model)
    version = json.loads((model / "labels.json").read_text(encoding="utf-8"))["version"]
    with out.open("a", encoding="utf-8") as lines:
        for folder in folders:
            for document in read_folder(folder):
                tagging = tagger.read(document.text)
                recording = Recording(document.id, text_hash(document.text), version, tagging)
                lines.write(line(recording) + "\n")


def main() -> None:
    """Record as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--documents", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    record(asked.model, asked.documents, asked.out)


if __name__ == "__main__":
    main()
