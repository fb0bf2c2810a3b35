"""Pictures of a document's pages, drawn here with everything painted over that is not open."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from models.findings import finding_id
from models.redaction import Replacement
from storage.copies import read_original
from storage.review_view import DeskView, view_desk
from web.access import Visitor
from web.pages.render import SAFE
from web.pages.review import DOCUMENT
from web.pages.review_frame import DESK
from web.problems import ProblemError
from web.service import service_of
from workers.pictures import NoPictureError, picture_in_child

router = APIRouter(prefix=DESK, include_in_schema=False, default_response_class=Response)


@router.get(DOCUMENT + "/pages/{page}")
def draw(request: Request, caller: Visitor, entry: str, document: str, page: str) -> Response:
    """Draw one page. What the reviewer has not opened is burnt over before it leaves this machine."""
    service = service_of(request)
    view = view_desk(service.store, caller.portal, entry, document, caller.actor)
    if view.results is None or not _has_page(view, page):
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found", "There is no such page.")
    upload = read_original(service.store, caller.portal, entry, document)
    limits = service.settings.limits
    try:
        picture = picture_in_child(upload, view.results.document, int(page), _masked(view), limits)
    except NoPictureError as error:
        told = "No picture of this page could be made."
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found", told) from error
    return Response(picture, media_type="image/jpeg", headers=SAFE)


def _has_page(view: DeskView, page: str) -> bool:
    pages = {str(s.place.page) for s in view.results.document.segments} if view.results else set()
    return page.isdecimal() and page in pages


def _masked(view: DeskView) -> list[Replacement]:
    """Return what is painted over, each with its number in the list."""
    return [
        Replacement(f.judgement.finding.segment, f.judgement.finding.span, f"[{f.number}]")
        for f in view.findings
        if not view.sight.shows(finding_id(f.judgement.finding))
    ]
