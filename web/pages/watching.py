"""The pages of those who decide nothing: the auditor, who reads who did what, and the operator."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request, Response

from storage.audit import acts_on, verify
from web.access import Visitor
from web.pages.render import render, see
from web.readiness import Code, Readiness
from web.service import service_of

router = APIRouter(include_in_schema=False, default_response_class=Response)

AUDIT, OPERATIONS = "/audit", "/operations"
PAGE = 200
"""Acts on one page."""

_ID = re.compile(r"[0-9a-f]{32}")


@router.get(AUDIT)
def show_audit(request: Request, caller: Visitor, entry: str = "") -> Response:
    """Check the chain of the audit, and ask whose acts are to be shown."""
    del caller
    if _ID.fullmatch(entry.strip()):
        return see(f"{AUDIT}/entries/{entry.strip()}")
    service = service_of(request)
    checked = verify(service.store, service.settings.anchor_path)
    return render(request, "audit.html", checked=checked, entry=entry, acts=None, page=1, pages=1)


@router.get(AUDIT + "/entries/{entry}")
def show_acts(request: Request, caller: Visitor, entry: str, page: int = 1) -> Response:
    """List who did what with an entry, in order. Deleted entries keep theirs."""
    del caller
    acts = acts_on(service_of(request).store, entry)
    pages = max(1, -(-len(acts) // PAGE))
    page = min(max(page, 1), pages)
    shown = acts[(page - 1) * PAGE : page * PAGE]
    return render(request, "audit.html", checked=None, entry=entry, acts=shown, page=page, pages=pages)


@router.get(OPERATIONS)
def show_operations(request: Request, caller: Visitor) -> Response:
    """Show whether everything that requests need answers."""
    del caller
    readiness: Readiness = request.app.state.readiness
    parts = readiness.ask()
    is_ready = set(parts.values()) <= {Code.ANSWERS, Code.NOT_CONFIGURED}
    return render(request, "operations.html", parts=parts, is_ready=is_ready)
