"""Record what a model says of labelled documents, and measure the classifier alone.

usage: python -m training.record --model FOLDER --documents FOLDER... --out FILE
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from pipeline.tagger import Tagger
from tests.quality.gold import read_folder
from tests.quality.recorded import Recording, line, text_hash


def main() -> None:
    """Tag every document of the folders and append the recordings to a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--documents", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    tagger = Tagger.load(asked.model)
    version = json.loads((asked.model / "labels.json").read_text(encoding="utf-8"))["version"]
    with asked.out.open("a", encoding="utf-8") as out:
        for folder in asked.documents:
            for document in read_folder(folder):
                tagging = tagger.read(document.text)
                recording = Recording(document.id, text_hash(document.text), version, tagging)
                out.write(line(recording) + "\n")


if __name__ == "__main__":
    main()
