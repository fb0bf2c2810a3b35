"""Measure how far a second reader's marks agree with the first one's, and what ships with either.

usage: python -m tests.quality.agreement
"""

from __future__ import annotations

from pathlib import Path

from pipeline.detect import load_detector
from rules.policy import load_policy
from tests.quality.detection import tally
from tests.quality.gold import GoldDocument, read_folder
from tests.quality.score import Found, Tally
from tests.quality.table import print_line

GOLD = Path(__file__).parents[1] / "gold"
SECOND = GOLD / "second"
FOLDERS = ("plain", "unread")


def main() -> None:
    """Print one table for each folder that some documents were marked twice of."""
    detector, policy = load_detector(), load_policy()
    again = {document.id: document for document in read_folder(SECOND)}
    for folder in FOLDERS:
        first = [document for document in read_folder(GOLD / folder) if document.id in again]
        second = [again[document.id] for document in first]
        print(f"{folder.upper()}, {len(first)} documents")
        print_line("the second reader", agreement(first, second))
        print_line("what ships, by the first", tally(first, detector, policy))
        print_line("what ships, by the second", tally(second, detector, policy))


def agreement(first: list[GoldDocument], second: list[GoldDocument]) -> Tally:
    """Count the second marks of documents as findings, by the first.

    Raises:
        ValueError: The texts of a document differ.
    """
    total = Tally()
    for document, other in zip(first, second, strict=True):
        if document.text != other.text:
            raise ValueError(f"{document.id}: the two texts differ")
        total.count(document, [Found(s.start, s.end, s.type, s.role) for s in other.spans])
    return total


if __name__ == "__main__":
    main()
