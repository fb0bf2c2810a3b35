"""Measure detection on the labelled texts, print one table, fail where a floor is missed.

usage: python -m tests.quality [--quick]
Cross-validation replays what models said that saw no document of the folder; everything
else runs the model that is shipped. `--quick` leaves out names, letter case and court texts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from pipeline.detect import Detector, build_detector, load_detector
from rules.policy import Policy, load_policy
from tests.quality.detection import (
    COURT,
    below,
    by_kind,
    court_recall,
    interval,
    people_recall,
    recased,
    renamed,
    tally,
)
from tests.quality.gold import GoldDocument, read_folder
from tests.quality.mapping import hcpc_rows, mapping_rows
from tests.quality.recorded import RecordedTagger
from tests.quality.score import Tally
from tests.quality.table import print_line
from training.augment import read_names

GOLD = Path(__file__).parents[1] / "gold"
FOLDERS = tuple(f"train-{number}" for number in range(1, 11))
UNSEEN = ("anew", "unread", "apart", "plain", "dev")
"""Folders that nothing is trained on; rules are read against `anew` and `apart`, and against no other."""

FLOORS = Path(__file__).parent / "floors.json"
NAMES = Path(__file__).parents[2] / "rules" / "names_by_origin.json"
COURT_DOCUMENTS = 20

Measured = dict[str, float | None]


def main() -> None:
    """Print the table and exit with 1 where a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    is_quick = parser.parse_args().quick
    policy = load_policy()
    measured = {f"cross_validation.{k}": v for k, v in _cross_validate(policy).items()}
    detector = load_detector()
    for name in UNSEEN:
        measured |= {f"{name}.{k}": v for k, v in _unseen(name, detector, policy).items()}
    if not is_quick:
        measured |= _robustness(read_folder(GOLD / "dev"), detector, policy)
    print("\nMAPPING (each author left out in turn)")
    rows = [*mapping_rows(), *hcpc_rows()]
    print("\n".join(f"  {name:40} {value:.3f}" for name, value in rows))
    measured |= {f"mapping.{name}": value for name, value in rows}
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    missed = below({k: v for k, v in floors.items() if not is_quick or not k.startswith("names.")}, measured)
    print("\n" + ("\n".join(missed) if missed else "every floor is met"))
    sys.exit(1 if missed else 0)


def _cross_validate(policy: Policy) -> Measured:
    """Measure the training folders with the recorded marks of models that did not see them."""
    detector = build_detector(RecordedTagger.load(GOLD / "out-of-fold.jsonl"))
    total = Tally()
    everything: list[GoldDocument] = []
    print("CROSS-VALIDATION (one group of folders left out at a time)")
    for folder in FOLDERS:
        documents = read_folder(GOLD / folder)
        everything += documents
        print_line(folder, tally(documents, detector, policy))
    total = tally(everything, detector, policy)
    print_line("all", total)
    _details(total)
    print("\nby kind of document")
    for kind, documents in by_kind(everything).items():
        print_line(kind, tally(documents, detector, policy))
    return _numbers(total)


def _unseen(name: str, detector: Detector, policy: Policy) -> Measured:
    """Measure documents that nothing was trained on with the model that is shipped."""
    print(f"\n{name.upper()} (never trained on)")
    total = tally(read_folder(GOLD / name), detector, policy)
    print_line(name, total)
    _details(total)
    return _numbers(total)


def _robustness(documents: list[GoldDocument], detector: Detector, policy: Policy) -> Measured:
    """Measure people by the origin of their names and by letter case, and the court texts."""
    print("\nPEOPLE FOUND BY ORIGIN OF NAME (all names swapped, development documents)")
    groups = read_names(NAMES, "measurement")
    shares: list[float] = []
    for group, names in groups.items():
        swapped = [renamed(document, {group: names}, f"{group} {document.id}") for document in documents]
        shares.append(_share(group, *people_recall(swapped, detector, policy)))
    print("\nPEOPLE FOUND BY LETTER CASE")
    plain = _share("as written", *people_recall(documents, detector, policy))
    lower = _share("lower", *people_recall([recased(d, str.lower) for d in documents], detector, policy))
    _share("upper", *people_recall([recased(d, str.upper) for d in documents], detector, policy))
    if COURT.exists():
        print(f"\nCOURT TEXTS (another genre; direct identifiers in {COURT_DOCUMENTS} judgments)")
        for kind, (part, whole) in court_recall(COURT, COURT_DOCUMENTS, detector, policy).items():
            _share(kind, part, whole)
    return {"names.gap": round(max(shares) - min(shares), 4), "names.lower_gap": round(plain - lower, 4)}


def _numbers(total: Tally) -> Measured:
    """Take the measures that floors can be set for."""
    table = total.table()
    names = (
        "direct_recall", "indirect_recall", "leak_free_documents", "precision",
        "look_alikes_flagged", "type_accuracy", "role_accuracy",
    )  # fmt: skip
    return {name: table[name] for name in names} | {"clean_flagged": total.clean_flagged.value}


def _details(total: Tally) -> None:
    """Print the measures by type, by role and by look-alike."""
    for title, shares in (
        ("found by type", total.by_type),
        ("direct found by role", total.by_role),
        ("look-alikes flagged", total.by_reason),
    ):
        print(
            f"  {title}: " + _row((name, share.part, share.whole) for name, share in sorted(shares.items()))
        )


def _row(cells: Iterable[tuple[str, int, int]]) -> str:
    return ", ".join(f"{name} {part / whole:.3f} of {whole}" for name, part, whole in cells if whole)


def _share(name: str, part: int, whole: int) -> float:
    """Print and return one share with its confidence interval."""
    low, high = interval(part, whole)
    print(f"{name:28}{part / whole:.3f}  ({low:.3f} to {high:.3f}, {whole} mentions)")
    return part / whole


if __name__ == "__main__":
    main()
