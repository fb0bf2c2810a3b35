"""The desk's figures and samples."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from rules.display import load_display
from storage.review_figures import count_figures
from storage.review_sample import list_samples, read_in_full, view_sample
from storage.samples import sample_documents
from web.access import Visitor
from web.forms import sent_form
from web.pages.render import see
from web.pages.review_frame import DESK, render_desk
from web.problems import ProblemError
from web.service import service_of

router = APIRouter(prefix=DESK, include_in_schema=False, default_response_class=Response)


@router.get("/statistics")
def figures(request: Request, caller: Visitor) -> Response:
    """Show figures, each as a chart and in a table."""
    display = load_display()
    return render_desk(
        request,
        caller,
        "figures.html",
        figures=count_figures(service_of(request).store),
        outcome_words={code: words.title for code, words in display.outcomes.items()},
        type_words=display.types,
    )


@router.get("/samples")
def samples(request: Request, caller: Visitor) -> Response:
    """List the samples, and let a senior reviewer draw one."""
    return render_desk(request, caller, "samples.html", samples=list_samples(service_of(request).store))


@router.post("/samples")
async def draw(request: Request, caller: Visitor) -> Response:
    """Draw documents in which nothing was found, to be read in full."""

    def drawn() -> Response:
        """Draw the sample, and go to it."""
        store, rate = service_of(request).store, _rate(sent_form(request).get("rate"))
        sample = sample_documents(store, caller.actor, rate, secrets.randbelow(2**31))
        return see(f"{DESK}/samples/{sample.id}", said="drawn")

    return await run_in_threadpool(drawn)


@router.get("/samples/{sample}")
def sample(request: Request, caller: Visitor, sample: str) -> Response:
    """Show a sample with what reading it came to so far."""
    return render_desk(request, caller, "sample.html", sample=view_sample(service_of(request).store, sample))


@router.post("/samples/{sample}/read")
async def note(request: Request, caller: Visitor, sample: str) -> Response:
    """Note that a drawn document was read in full."""

    def noted() -> Response:
        """Note who read it, and go back to the sample."""
        document = sent_form(request).get("document")
        read_in_full(service_of(request).store, sample, document, caller.actor)
        return see(f"{DESK}/samples/{sample}", said="read")

    return await run_in_threadpool(noted)


def _rate(written: str) -> float:
    try:
        rate = float(written)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= 100:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "bad_form", "Write a number over 0 and up to 100.")
    return rate
