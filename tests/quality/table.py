"""Print what was measured, a line for each set of documents."""

from __future__ import annotations

from tests.quality.detection import interval
from tests.quality.score import Share, Tally


def print_line(name: str, total: Tally) -> None:
    """Print the main measures of some documents."""
    cells = (
        ("direct", total.direct), ("indirect", total.indirect), ("leak-free", total.leak_free),
        ("right", total.right), ("look-alikes", total.look_alikes), ("types", total.types),
        ("roles", total.roles), ("clean flagged", total.clean_flagged),
    )  # fmt: skip
    print(f"{name:28}" + "  ".join(f"{label} {_cell(share)}" for label, share in cells))


def _cell(share: Share) -> str:
    """Write a share with half the width of its confidence interval."""
    low, high = interval(share.part, share.whole)
    return f"{share.part / share.whole:.3f}±{(high - low) / 2:.3f}" if share.whole else "-"
