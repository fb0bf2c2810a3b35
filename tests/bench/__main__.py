"""Print speed and memory as ratios of one run: `make bench`."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from pipeline.kit import load_kit
from tests.bench.detect import compare_detect
from tests.bench.memory import peak_memory
from tests.bench.pdf import compare_pdf
from tests.bench.service import compare_service


def main() -> None:
    """Measure one thing after the other. The figures move with the machine, the ratios less."""
    console = Console()
    kit = load_kit()
    parts = (
        ("Detect stage", lambda: compare_detect(kit.detector)),
        ("PDF", compare_pdf),
        ("Peak memory", peak_memory),
        ("One upload through the service", lambda: compare_service(kit)),
    )
    for title, measure in parts:
        table = Table(title=title, title_justify="left", title_style="bold", show_header=False, box=None)
        for name, figure in measure().items():
            table.add_row(name, f"{figure:,.2f}")
        console.print(table)


if __name__ == "__main__":
    main()
