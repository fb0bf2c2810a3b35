"""The desk's lists: words proposed from decisions with their measured effect, adopted by a senior."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from models.findings import EntityType
from pipeline.names import fold
from storage.refusals import RefusalCode, RequestRefusedError
from storage.review_lists import Adopting, adopt, measure, proposals, remove, words_on_lists
from web.access import Visitor
from web.forms import SentForm, sent_form
from web.pages.render import see
from web.pages.review_frame import DESK, render_desk
from web.rights import Party
from web.service import service_of

router = APIRouter(prefix=DESK, include_in_schema=False, default_response_class=Response)

LASTS = {90: "3 months", 180: "6 months", 365: "a year"}


@router.get("/lists")
def lists_page(request: Request, caller: Visitor) -> Response:
    """Show the words on the lists, and to senior reviewers what decisions propose."""
    store = service_of(request).store
    return render_desk(
        request,
        caller,
        "lists.html",
        words=words_on_lists(store),
        proposals=proposals(measure(store)) if caller.party is Party.SENIOR_REVIEWER else [],
        lasts=LASTS,
    )


@router.post("/lists")
async def put_on_list(request: Request, caller: Visitor) -> Response:
    """Adopt a proposal. Its word is typed once more by who answers for it."""

    def put() -> Response:
        """Put the word on the list, and go back to the lists."""
        adopt(service_of(request).store, caller.actor, _adopting(sent_form(request)))
        return see(f"{DESK}/lists", said="adopted")

    return await run_in_threadpool(put)


@router.post("/lists/{word}/remove")
async def take_off(request: Request, caller: Visitor, word: str) -> Response:
    """Take a word off its list."""

    def take() -> Response:
        """Take the word off, and go back to the lists."""
        remove(service_of(request).store, caller.actor, word)
        return see(f"{DESK}/lists", said="removed")

    return await run_in_threadpool(take)


def _adopting(form: SentForm) -> Adopting:
    typed, kind, days = form.get("typed"), form.get("kind"), form.get("days")
    if not typed or fold(typed) != form.get("word") or kind not in set(EntityType):
        told = "Type the word exactly as it is proposed. Nothing was put on the list."
        raise RequestRefusedError(RefusalCode.UNKNOWN_FINDING, told)
    lasts = int(days) if days.isdecimal() and int(days) in LASTS else min(LASTS)
    return Adopting(typed, EntityType(kind), form.get("do") == "allow", lasts)
