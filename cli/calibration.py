"""Refit the mapper's small model on what practitioners decided, and show what that would change."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from models.serialize import to_json
from pipeline.map import FOLDER
from pipeline.map_calibrate import Refit, calibrate
from pipeline.map_calibration import Calibration, read_calibrations
from pipeline.map_measure import read_labelled
from storage.audit import OPERATOR, Act, note
from storage.parts import read_part_decisions
from storage.settings import load_settings
from storage.store import open_store


def run(standard: str, out: Path | None) -> None:
    """Refit, show before and after, and write the result where it is not refused."""
    store = open_store(load_settings())
    store.records.migrate()
    shipped = read_calibrations(FOLDER).get(standard)
    if shipped is None:
        raise typer.BadParameter("this standard has no labelled texts to be judged on")
    refit = calibrate(shipped, read_part_decisions(store, standard), read_labelled(FOLDER, standard))
    if not refit.decisions:
        typer.echo("No decisions on this standard's parts are recorded: there is nothing to learn from.")
        return
    _show(refit)
    if refit.refused:
        typer.echo(f"Refused. {refit.refused}", err=True)
        raise typer.Exit(1)
    if out is not None:
        path = _write(out, refit)
        note(store, Act(OPERATOR, "calibration.made"))
        typer.echo(f"Written to {path}. It is used once somebody puts it into rules/mapper.")


def _show(refit: Refit) -> None:
    """Show the measures on the labelled texts, shipped and refitted."""
    table = Table("on the labelled texts", "shipped", "refitted")
    for field in fields(refit.before):
        before, after = getattr(refit.before, field.name), getattr(refit.after, field.name)
        table.add_row(field.name.replace("_", " "), _number(before), _number(after))
    Console().print(f"{refit.decisions} decisions.", table)


def _number(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def _write(out: Path, refit: Refit) -> Path:
    made: Calibration = replace(
        refit.calibration, measured=f"{refit.calibration.measured}; refitted on {refit.decisions} decisions"
    )
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"calibration-{made.standard}.json"
    path.write_text(json.dumps(to_json(made), indent=1) + "\n", encoding="utf-8")
    return path
