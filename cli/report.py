"""The HTML report: one page that needs nothing else, shows the text with marks and what to do about them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from cli.checked import FAILED_MESSAGE, FAILED_REMEDY, Checked
from cli.page_view import FileView
from models.standards import Part
from pipeline.visible import pieces
from rules.display import load_display
from rules.standards import load_standards

_TEMPLATES = Path(__file__).with_name("templates")


def render_report(checked: Sequence[Checked]) -> str:
    """Write the report of several files as one HTML page.

    Everything that comes from a file is escaped, hidden characters are named, and the
    page may load nothing and run no script.
    """
    display = load_display()
    files = [FileView(number, item, display) for number, item in enumerate(checked, 1)]
    template = _environment().get_template("report.html.j2")
    return template.render(
        files=files, display=display, part_of=_part_of, failed=(FAILED_MESSAGE, FAILED_REMEDY)
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = _shown
    return environment


def _shown(text: str) -> Markup:
    """Escape a text of a document and name the characters in it that would not show."""
    return Markup("").join(
        Markup('<span class="unseen">[{}]</span>').format(piece) if is_name else escape(piece)
        for is_name, piece in pieces(text)
    )


def _part_of(standard: str, part: str) -> Part:
    """Return a part of a standard by its id."""
    return next(p for p in load_standards()[standard].parts if p.id == part)
