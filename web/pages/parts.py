"""The parts of the standard: what the text may show, with its own words, for the practitioner to choose."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from models.results import Results
from models.standards import Band, Candidate, MappingNote, Part
from rules.display import load_display
from rules.standards import load_standards
from storage.checked import results_of
from storage.parts import choose_parts
from storage.views import view_entry
from web.access import Visitor
from web.forms import sent_form
from web.pages.frame import render_in
from web.pages.render import see
from web.service import service_of

router = APIRouter(prefix="/entries/{entry}/parts", include_in_schema=False, default_response_class=Response)

MOST_QUOTES = 3
"""Quotes shown of one part, over all documents."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One part of the standard, as it is offered.

    Attributes:
        candidate: The clearest suggestion of it, or None where no document suggests it.
        quotes: Words that show it, each once.
    """

    part: Part
    candidate: Candidate | None
    quotes: tuple[str, ...]
    is_chosen: bool


@router.get("")
def look(request: Request, caller: Visitor, entry: str) -> Response:
    """Show the parts, those suggested first."""
    store = service_of(request).store
    view = view_entry(store, caller.portal, entry)
    found = [results for _, results in results_of(store, caller.portal, entry)]
    standard = load_standards()[view.standard]
    choices = [_choice(part, found, set(view.chosen_parts)) for part in standard.parts]
    return render_in(
        request,
        caller.portal,
        entry,
        "entry-parts.html",
        record=view,
        standard=standard,
        suggested=sorted((c for c in choices if c.candidate), key=_rank),
        others=[c for c in choices if not c.candidate],
        notes=_notes(found),
        bands=load_display().bands,
        is_checking=any(not d.status.is_final for d in view.documents),
    )


@router.post("")
async def choose(request: Request, caller: Visitor, entry: str) -> Response:
    """Note which parts the practitioner says that the record demonstrates."""
    form = sent_form(request)

    def keep() -> Response:
        """Keep the parts that are ticked."""
        store = service_of(request).store
        choose_parts(store, caller.portal, entry, form.all("part"), form.revision)
        return see(f"/entries/{entry}/parts", said="saved")

    return await run_in_threadpool(keep)


def _choice(part: Part, found: list[Results], chosen: set[str]) -> Choice:
    candidates = [c for results in found for c in results.candidates if c.part == part.id]
    candidates.sort(key=lambda c: tuple(Band).index(c.band))
    quotes = dict.fromkeys(q.text for c in candidates for q in c.quotes)
    best = candidates[0] if candidates else None
    return Choice(part, best, tuple(quotes)[:MOST_QUOTES], part.id in chosen)


def _rank(choice: Choice) -> int:
    return tuple(Band).index(choice.candidate.band) if choice.candidate else len(Band)


def _notes(found: list[Results]) -> list[MappingNote]:
    """Say why nothing is suggested, where no document suggests anything."""
    if any(results.candidates for results in found):
        return []
    return list({results.note.code: results.note for results in found if results.note}.values())
