"""Measure the token classifier alone, without rules and memory.

usage: python -m tests.quality.tagger_alone [--dev]
Without `--dev`: the recorded marks on the training folders, each by a model that saw no document
of that folder. With it: the model in `rules/tagger` on the development documents.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.tagger import Mark, Tagger
from tests.quality.gold import LOOK_ALIKES, GoldDocument, read_folder
from tests.quality.recorded import RecordedTagger
from tests.quality.score import Found, score

GOLD = Path("tests/gold")
TRAINING = tuple(GOLD / f"train-{number}" for number in range(1, 11))
MODEL = Path("rules/tagger")


def findings(marks: Sequence[Mark]) -> list[Found]:
    """Take every mark but a look-alike as a finding."""
    return [Found(m.start, m.end, m.label, m.role) for m in marks if m.label not in LOOK_ALIKES]


def measure(documents: Sequence[GoldDocument], tagger: Tagger | RecordedTagger) -> dict[str, Any]:
    """Measure a tagger on documents."""
    return score(documents, {document.id: findings(tagger.tag(document.text)) for document in documents})


def main() -> None:
    """Print the measures as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true")
    if parser.parse_args().dev:
        table = measure(read_folder(GOLD / "dev"), Tagger.load(MODEL))
    else:
        table = measure([d for folder in TRAINING for d in read_folder(folder)], RecordedTagger.load())
    for name, value in table.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
