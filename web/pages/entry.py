"""An entry's own page: its questions, what was found in each answer, its files, and what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from models.entry import DocumentRole, DocumentStatus, EntryStatus, Question
from models.results import Results
from models.warnings import Warning  # noqa: A004  (the domain's word)
from pipeline.marked import spots_of, words_at
from rules.display import load_display
from storage.entries import save_answers
from storage.events import last_event
from storage.refusals import RefusalCode, RequestRefusedError
from storage.shapes import DocumentView, EntryView
from storage.store import Store
from storage.views import view_entry, view_gate, view_results
from storage.work import form_of
from web.access import Caller, Visitor
from web.forms import SentForm, sent_form
from web.pages.answers import Merged, mark_of, merge, plain
from web.pages.frame import frame_around
from web.pages.home import FORMS
from web.pages.render import render, see
from web.pages.sheet import page_of
from web.pages.signing_in import ENTRIES
from web.pages.waiting import is_answers, wait_checked
from web.pages.words import State, state_of
from web.service import Service, service_of

router = APIRouter(prefix=ENTRIES + "/{entry}", include_in_schema=False, default_response_class=Response)

LINES = frozenset({"title", "date", "type"})
"""Questions that are answered on one line."""

NEXT = {"files": "/files", "results": "/results", "parts": "/parts", "submit": "/submit"}
TRIES = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A warning with the words of one answer that it is about.

    Attributes:
        number: Its number in the list of what was found, counted from 1.
    """

    number: int
    warning: Warning
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One question as the page asks it.

    Attributes:
        text: What stands in the box.
        base: The mark of the saved text.
        saved: The text that another tab saved, where it is not what stands in the box.
        words: How many words the text has.
    """

    question: Question
    text: str
    base: str
    saved: str | None
    told: tuple[Told, ...]

    @property
    def words(self) -> int:
        """The number of words in the box."""
        return len(self.text.split())

    @property
    def is_line(self) -> bool:
        """Tell whether one line is enough for it."""
        return self.question.id in LINES and "\n" not in self.text

    @property
    def is_too_long(self) -> bool:
        """Tell whether it has more words than the regulator's form takes."""
        limit = self.question.word_limit
        return limit is not None and self.words > limit


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file of the entry and how far it is."""

    document: DocumentView
    state: State


@router.get("")
def read_entry(request: Request, caller: Visitor, entry: str) -> Response:
    """Show an entry's questions, files and what comes next."""
    return show_entry(request, caller, entry)


@router.post("")
async def save(request: Request, caller: Visitor, entry: str) -> Response:
    """Save what was written as a draft, and go on to where the button leads.

    The page that comes back tells already what was found, where that does not take long.
    """
    service, form = service_of(request), sent_form(request)
    is_new, merged = await run_in_threadpool(save_merged, service, caller.portal, entry, form)
    if merged.apart:
        return await run_in_threadpool(show_entry, request, caller, entry, merged, HTTPStatus.CONFLICT)
    await wait_checked(service.store, caller.portal, entry, is_answers)
    said = "saved" if is_new else "nothing_new"
    return see(f"{ENTRIES}/{entry}{NEXT.get(form.get('next'), '')}", said=said)


def save_merged(service: Service, portal: str, entry: str, form: SentForm) -> tuple[bool, Merged]:
    """Save what a form brings, and send it to be checked.

    Returns:
        Whether anything was new; and what could not be put together.

    Raises:
        RequestRefusedError: If the entry is no draft, or is edited again and again meanwhile.
    """
    for _ in range(TRIES - 1):
        try:
            return _save_once(service, portal, entry, form)
        except RequestRefusedError as refused:
            if refused.code is not RefusalCode.STALE:
                raise
    return _save_once(service, portal, entry, form)


def _save_once(service: Service, portal: str, entry: str, form: SentForm) -> tuple[bool, Merged]:
    view = view_entry(service.store, portal, entry)
    merged = merge(form_of(view.form), form, {a.question: a.text for a in view.answers})
    if merged.given:
        _, job = save_answers(service.store, portal, entry, merged.given, view.revision)
        service.send([job])
    return bool(merged.given), merged


def show_entry(
    request: Request,
    caller: Caller,
    entry: str,
    merged: Merged | None = None,
    status: int = HTTPStatus.OK,
) -> Response:
    """Write an entry's page; with texts that could not be put together where there are some."""
    store = service_of(request).store
    last = last_event(store, entry)
    view = view_entry(store, caller.portal, entry)
    answers = next((d for d in view.documents if d.role is DocumentRole.ANSWERS), None)
    files = [FileRow(d, state_of(d)) for d in view.documents if d.role is DocumentRole.UPLOAD]
    told = _told(store, caller.portal, entry, answers)
    return render(
        request,
        "entry.html" if view.status is EntryStatus.DRAFT else "entry-read.html",
        status,
        entry=view,
        frame=frame_around(view),
        fields=_fields(view, merged or Merged(), told),
        form_name=FORMS[view.form][0],
        form_of=form_of(view.form),
        answers=answers,
        verdicts=load_display().verdicts,
        page_of=page_of,
        answers_state=None if answers is None else state_of(answers),
        files=files,
        gate=view_gate(store, caller.portal, entry),
        last_event=last,
        back=service_of(request).settings.portal_url or "/",
        is_apart=bool(merged and merged.apart),
        is_moving=any(not d.status.is_final for d in view.documents),
    )


def _fields(view: EntryView, merged: Merged, told: Mapping[str, Sequence[Told]]) -> list[Field]:
    saved = {a.question: plain(a.text) for a in view.answers}
    return [
        Field(
            question=question,
            text=merged.apart.get(question.id, saved.get(question.id, "")),
            base=mark_of(saved.get(question.id, "")),
            saved=saved.get(question.id, "") if question.id in merged.apart else None,
            told=tuple(told.get(question.id, ())),
        )
        for question in form_of(view.form).questions
    ]


def _told(store: Store, portal: str, entry: str, answers: DocumentView | None) -> dict[str, list[Told]]:
    """Return the warnings about each answer, by question."""
    if answers is None or answers.status is not DocumentStatus.READY:
        return {}
    try:
        results = view_results(store, portal, entry, answers.id)
    except RequestRefusedError as refused:  # it was saved again in this moment
        if refused.code is not RefusalCode.NOT_READY:
            raise
        return {}
    found: dict[str, list[Told]] = defaultdict(list)
    for number, warning in enumerate(results.warnings, 1):
        for question, words in _words_by_question(results, warning).items():
            found[question].append(Told(number, warning, tuple(words)))
    return found


def _words_by_question(results: Results, warning: Warning) -> dict[str, list[str]]:
    """Return the different words that a warning is about, by the question they were written under."""
    found: dict[str, list[str]] = defaultdict(list)
    for spot in spots_of(results, warning):
        question = results.document.by_id[spot.segment].place.part or ""
        words = words_at(results.document, spot)
        if words not in found[question]:
            found[question].append(words)
    return found
