"""Load what is heavy only when a command needs it, so that `--help` answers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cli.checked import Checked
    from cli.engine import Engine
    from cli.leaks import Leak
    from models.document import Document
    from models.redaction import Redaction
    from models.upload import Extraction
    from pipeline.limits import Limits
    from rules.policy import Rule


def load_engine() -> Engine:
    """Load the line. It takes seconds."""
    from cli.engine import Engine  # noqa: PLC0415  (loads the readers and the models' libraries)

    return Engine()


def load_reader() -> Callable[[Path, Limits], Extraction]:
    """Load what reads a file."""
    from cli.reading import read_file  # noqa: PLC0415  (loads what reads pictures)

    return read_file


def load_report() -> Callable[[Sequence[Checked]], str]:
    """Load what writes the HTML report."""
    from cli.report import render_report  # noqa: PLC0415  (loads the template library)

    return render_report


def load_leaks() -> Callable[[Document, Redaction, Document], list[Leak]]:
    """Load what looks for removed words in a copy."""
    from cli.leaks import find_leaks  # noqa: PLC0415  (loads what redaction is verified with)

    return find_leaks


def load_policy_rules() -> tuple[Rule, ...]:
    """Load the policy table."""
    from rules.policy import load_policy  # noqa: PLC0415  (loads the weights of the roles)

    return load_policy().rules
