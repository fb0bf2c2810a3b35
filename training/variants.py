"""Measure a model on documents with people of one origin, or in another letter case.

usage: python -m training.variants --model FOLDER --documents FOLDER... [--only ORIGIN_OR_CASE]
Use documents the model has not seen. The names are the measurement half, never trained on.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.tagger import Tagger
from tests.quality.gold import DIRECT, INDIRECT, GoldDocument, GoldSpan, LookAlike, read_folder
from tests.quality.tagger_alone import measure
from training.augment import Names, Swaps, read_names, recase, swap_words
from training.drafts import Draft, draft, undraft

NAMES = Path("rules/names_by_origin.json")
CASES: dict[str, Callable[[str], str]] = {"lower case": str.lower, "upper case": str.upper}


def redrafted(document: GoldDocument, fragments: Draft) -> GoldDocument:
    """Make a labelled document of changed fragments."""
    text, marks = undraft(fragments)
    spans = [GoldSpan(*mark) for mark in marks if mark[2] in DIRECT + INDIRECT]
    look_alikes = [LookAlike(*mark[:3]) for mark in marks if mark[2] not in DIRECT + INDIRECT]
    return replace(document, text=text, spans=tuple(spans), look_alikes=tuple(look_alikes))


def renamed(document: GoldDocument, origin: str, names: Names) -> GoldDocument:
    """Give every person in a document a name of one origin."""
    fragments = draft(document)
    people = [part.text for part in fragments if part.label == "PERSON"]
    swaps = Swaps(people, {origin: names[origin]}, random.Random(document.id))
    return redrafted(document, swap_words(fragments, swaps, ("PERSON",)))


def variants(documents: list[GoldDocument], names: Names) -> Iterator[tuple[str, list[GoldDocument]]]:
    """List the documents as they are, with people of each origin, and in each letter case."""
    yield "as written", documents
    for origin in names:
        yield origin, [renamed(document, origin, names) for document in documents]
    for case, change in CASES.items():
        yield case, [redrafted(document, recase(draft(document), change)) for document in documents]


def main() -> None:
    """Print a line of measures for each variant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--documents", type=Path, nargs="+", required=True)
    parser.add_argument("--only")
    asked = parser.parse_args()
    tagger = Tagger.load(asked.model)
    documents = [document for folder in asked.documents for document in read_folder(folder)]
    print(
        "| variant | PERSON recall | direct | indirect | precision | look-alikes |\n|---|---|---|---|---|---|"
    )
    for name, changed in variants(documents, read_names(NAMES, "measurement")):
        if asked.only in (None, name):
            table = measure(changed, tagger)
            shown = ("direct_recall", "indirect_recall", "precision", "look_alikes_flagged")
            print(
                "|",
                name,
                "|",
                table["by_type"]["PERSON"][0],
                *(f"| {table[key]}" for key in shown),
                "|",
                flush=True,
            )


if __name__ == "__main__":
    main()
