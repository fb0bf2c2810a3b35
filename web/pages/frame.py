"""The frame around every page of one record: where one is in it, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response

from storage.practitioners import title_of
from storage.shapes import EntryView
from storage.views import view_entry
from web.pages.render import render
from web.service import service_of


@dataclass(frozen=True, slots=True)
class Frame:
    """One record as its frame names it.

    Attributes:
        title: What the practitioner called it, or the empty text.
    """

    entry: str
    title: str


def frame_of(request: Request, portal: str, entry: str) -> Frame:
    """Return the frame of a record."""
    return frame_around(view_entry(service_of(request).store, portal, entry))


def frame_around(view: EntryView) -> Frame:
    """Return the frame of a record that was read already."""
    return Frame(view.id, title_of({a.question: a.text for a in view.answers}))


def render_in(request: Request, portal: str, entry: str, template: str, **shown: Any) -> Response:
    """Write a page of a record inside its frame."""
    return render(request, template, frame=frame_of(request, portal, entry), **shown)
