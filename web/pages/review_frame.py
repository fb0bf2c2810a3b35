"""What every page of the desk shares: its navigation, and what people and codes are called."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from models.entry import Step
from rules.display import load_display
from rules.reasons import load_reasons, reasons_for, reveal_reasons
from storage.accounts import load_accounts
from storage.sessions import StaffRole
from web.access import Caller
from web.pages.render import render
from web.pages.review_words import HAPPENED, LISTS, SAID, STANDINGS, UNDER_WAY
from web.rights import Party
from web.service import service_of

DESK = "/desk"


def render_desk(
    request: Request, caller: Caller, template: str, status: int = HTTPStatus.OK, /, **shown: Any
) -> HTMLResponse:
    """Write a page of the desk."""
    display = load_display()
    around = {
        "caller": caller,
        "is_senior": caller.party is Party.SENIOR_REVIEWER,
        "name_of": Names(request, caller),
        "display": display,
        "statuses": display.statuses | UNDER_WAY,
        "standings": STANDINGS,
        "lists": LISTS,
        "saying": SAID,
        "happenings": HAPPENED,
        "reasons": {step: reasons_for(step) for step in Step},
        "reveal_reasons": reveal_reasons(),
        "reason_words": {r.code: r.wording for r in load_reasons()} | reveal_reasons(),
    }
    return render(request, f"review/{template}", status, **(around | shown))


class Names:
    """Says who somebody is, for people on the same desk."""

    def __init__(self, request: Request, caller: Caller) -> None:
        accounts = load_accounts(service_of(request).settings.staff_path).accounts
        self._names = {account.id: account.name for account in accounts}
        self._reviewers = [a for a in accounts if a.role in (StaffRole.REVIEWER, StaffRole.SENIOR_REVIEWER)]
        self._own = caller.actor

    def __call__(self, actor: str | None) -> str:
        """Return a name; of somebody who signs in elsewhere, the beginning of their id."""
        if actor is None:
            return "the system"
        if actor == self._own:
            return "you"
        return self._names.get(actor, f"reviewer {actor[:4]}")

    @property
    def reviewers(self) -> dict[str, str]:
        """Return the reviewers with an account here, by id."""
        return {account.id: account.name for account in self._reviewers}
