"""Load what is heavy only when a command needs it, so that `--help` answers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cli.checked import Checked
    from cli.engine import Engine


def load_engine() -> Engine:
    """Load the line. It takes seconds."""
    from cli.engine import Engine  # noqa: PLC0415  (loads the readers and the models' libraries)

    return Engine()


def load_report() -> Callable[[Sequence[Checked]], str]:
    """Load what writes the HTML report."""
    from cli.report import render_report  # noqa: PLC0415  (loads the template library)

    return render_report
