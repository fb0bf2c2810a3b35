"""Pictures of a document's pages, drawn here with everything painted over that is not open."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from models.redaction import Replacement
from storage.copies import read_original
from storage.review_view import DeskView, view_desk
from web.access import Caller, Visitor
from web.pages.render import SAFE
from web.pages.review import DOCUMENT
from web.pages.review_frame import DESK
from web.problems import ProblemError
from web.service import service_of
from workers.pictures import NoPictureError, PageShown, marks_in_child, picture_in_child

router = APIRouter(prefix=DESK, include_in_schema=False, default_response_class=Response)


@router.get(DOCUMENT + "/pages/{page}")
def draw(request: Request, caller: Visitor, entry: str, document: str, page: str) -> Response:
    """Draw one page. What the reviewer has not opened is burnt over before it leaves this machine."""
    shown, _ = _shown(request, caller, entry, document, page)
    try:
        picture = picture_in_child(shown, service_of(request).settings.limits)
    except NoPictureError as error:
        raise _no_picture() from error
    return Response(picture, media_type="image/jpeg", headers=SAFE)


@router.get(DOCUMENT + "/pages/{page}/marks")
def marks(request: Request, caller: Visitor, entry: str, document: str, page: str) -> Response:
    """Say where the findings stand on a page's picture, so that a press on one leads to it. No words."""
    shown, view = _shown(request, caller, entry, document, page)
    try:
        found = marks_in_child(shown, service_of(request).settings.limits)
    except NoPictureError as error:
        raise _no_picture() from error
    ids = {str(f.number): f.id for f in view.findings}
    told = [{"finding": ids[mark.number], **asdict(mark)} for mark in found]
    return JSONResponse(told, headers=SAFE)


def _shown(
    request: Request, caller: Caller, entry: str, document: str, page: str
) -> tuple[PageShown, DeskView]:
    """Gather what is shown of a page, each finding with its number in the list."""
    store = service_of(request).store
    view = view_desk(store, caller.portal, entry, document, caller.actor)
    if view.results is None or not _has_page(view, page):
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found", "There is no such page.")
    upload = read_original(store, caller.portal, entry, document)
    masked, plain = _found(view, is_open=False), _found(view, is_open=True)
    return PageShown(upload, view.results.document, int(page), masked, plain), view


def _no_picture() -> ProblemError:
    return ProblemError(HTTPStatus.NOT_FOUND, "not_found", "No picture of this page could be made.")


def _has_page(view: DeskView, page: str) -> bool:
    pages = {str(s.place.page) for s in view.results.document.segments} if view.results else set()
    return page.isdecimal() and page in pages


def _found(view: DeskView, *, is_open: bool) -> list[Replacement]:
    return [
        Replacement(f.judgement.finding.segment, f.judgement.finding.span, str(f.number))
        for f in view.findings
        if view.sight.shows(f.id) is is_open
    ]
