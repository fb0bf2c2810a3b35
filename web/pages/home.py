"""Where practitioners begin: the start page, their entries with what the year asks for, a new entry."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from models.entry import FormKind
from rules.regimes import load_regimes, shown_for
from storage.entries import NewEntry, create_entry
from storage.practitioners import Own, example_practitioners, find_own, list_own
from storage.refusals import RefusalCode, RequestRefusedError, not_found
from storage.sessions import begin_session
from storage.settings import Settings
from storage.store import Store
from web.access import Visitor, signed_in
from web.cookies import set_session
from web.forms import read_form, sent_form
from web.pages.problems import check_own_page
from web.pages.render import render, see
from web.pages.signing_in import ENTRIES, HOMES
from web.pages.years import STANDARD, this_year, year_of
from web.rights import Party
from web.service import service_of

router = APIRouter(include_in_schema=False, default_response_class=Response)

FORMS = {
    FormKind.SINGLE: (
        "One form for all CPD",
        "The regulator's form since December 2021: what you learnt, its impact, and a peer reflection.",
    ),
    FormKind.STRUCTURED: ("Structured", "A form of former years, with a question on research and theories."),
    FormKind.UNSTRUCTURED: ("Free text", "A form of former years, with one question for your reflection."),
}
"""What the forms are called, and what they are."""


@router.get("/")
def start(request: Request) -> Response:
    """Send people on to where they belong, or say where one begins."""
    person = request.state.person = signed_in(request)
    if person is not None:
        return see(ENTRIES if person.role is None else HOMES[Party(person.role)])
    service = service_of(request)
    examples = _examples(service.store, service.settings)
    return render(request, "start.html", settings=service.settings, examples=examples)


@router.post("/example")
async def be_example(request: Request) -> Response:
    """Sign in as one of the made-up practitioners, where the service offers them."""
    check_own_page(request)
    form = await read_form(request, service_of(request).settings, files=False)
    return await run_in_threadpool(_be_example, request, form.get("practitioner"))


@router.get("/entries")
def read_entries(
    request: Request, caller: Visitor, page: str = "1", year: str = "", standard: str = STANDARD
) -> Response:
    """List the practitioner's own entries, and say what the year asks for."""
    service = service_of(request)
    own = _own(service.store, caller.actor)
    return render(
        request,
        "entries.html",
        own=own,
        mine=list_own(service.store, caller.actor, _number(page)),
        year=year_of(service.store, own, (standard, year)),
        may_add=_may_add(service.settings, own),
        forms=FORMS,
    )


@router.get("/new-entry")
def ask_form(request: Request, caller: Visitor) -> Response:
    """Ask which form a new entry is to have."""
    return _ask_form(request, caller.actor)


@router.post("/new-entry")
def open_entry(request: Request, caller: Visitor) -> Response:
    """Open a new entry; once, however often the form is sent."""
    service, form = service_of(request), sent_form(request)
    own = _own(service.store, caller.actor)
    _check_may_add(service.settings, own)
    if form.get("form") not in set(FormKind):
        return _ask_form(request, caller.actor, HTTPStatus.UNPROCESSABLE_ENTITY, wrong="Choose a form.")
    year = form.get("year") or this_year(service.store)
    if year not in {r.year for r in load_regimes() if r.standard == STANDARD}:
        return _ask_form(request, caller.actor, HTTPStatus.UNPROCESSABLE_ENTITY, wrong="Choose a year.")
    new = NewEntry(own.reference or "", own.own_name, FormKind(form.get("form")), STANDARD, year)
    entry = create_entry(service.store, own.portal, new, _key(caller.actor, form.once))
    return see(f"{ENTRIES}/{entry}", said="opened")


def _ask_form(request: Request, practitioner: str, status: int = HTTPStatus.OK, wrong: str = "") -> Response:
    service = service_of(request)
    own = _own(service.store, practitioner)
    _check_may_add(service.settings, own)
    regimes = [r for r in load_regimes() if r.standard == STANDARD]
    current = this_year(service.store)
    offered = next((shown_for(r, regimes).forms for r in regimes if r.year == current), None)
    years = list(reversed(regimes))[:3]
    shown = {"forms": FORMS, "offered": offered or tuple(FormKind), "years": years, "this_year": current}
    return render(request, "entry-new.html", status, wrong=wrong, **shown)


def _be_example(request: Request, practitioner: str) -> Response:
    service = service_of(request)
    if practitioner not in _examples(service.store, service.settings):
        raise not_found()
    answer = see(ENTRIES)
    set_session(answer, service.settings, begin_session(service.store, practitioner, None))
    return answer


def _examples(store: Store, settings: Settings) -> dict[str, str]:
    """Return the names of the made-up practitioners that anybody may be, by their ids."""
    if not settings.example_portal:
        return {}
    known = example_practitioners(store, settings.example_portal)
    return {practitioner: example.own_name for practitioner, example in known.items()}


def _own(store: Store, practitioner: str) -> Own:
    own = find_own(store, practitioner)
    if own is None:
        raise not_found()
    if own.reference is None:  # all their entries are deleted
        example = example_practitioners(store, own.portal).get(practitioner)
        return own if example is None else Own(own.id, own.portal, example.practitioner, example.own_name)
    return own


def _may_add(settings: Settings, own: Own) -> bool:
    """Tell whether entries are opened here: a real portal opens them itself."""
    return own.portal == settings.example_portal and own.reference is not None


def _check_may_add(settings: Settings, own: Own) -> None:
    if not _may_add(settings, own):
        told = "New records are opened from your account."
        raise RequestRefusedError(RefusalCode.NOT_ALLOWED, told)


def _key(practitioner: str, once: str | None) -> str | None:
    return None if once is None else f"page\n{practitioner}\n{once}"


def _number(written: str) -> int:
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 7 else 1
