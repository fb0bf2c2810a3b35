"""The practitioner's record without scripts: opened, written, saved, files sent, nothing lost."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from models.entry import FormKind
from models.findings import Verdict
from models.text import Span
from models.upload import Upload
from models.warnings import Grade, Spot, Warning  # noqa: A004  (the domain's word)
from rules.forms import load_forms
from storage.documents import add_document
from storage.entries import NewEntry, create_entry
from storage.examples import add_examples
from storage.records import utc_now
from storage.views import view_entry
from tests.tiny import TinyLine
from web.app import build_app
from web.forms import SentForm
from web.pages import waiting
from web.pages.answers import mark_of, merge

FORM = load_forms()[FormKind.SINGLE]


@pytest.fixture
def entry(service):
    return create_entry(
        service.store, "north", NewEntry("SW1", "Rowan Hale", FormKind.SINGLE, "swe-4", "2026-27")
    )


@pytest.fixture
def reader(visit, mine, entry):
    return visit(mine(entry))


def answers_of(service, entry):
    return {a.question: a.text for a in view_entry(service.store, "north", entry).answers}


def test_example_practitioners_can_be_chosen_only_where_they_are_offered(service):
    add_examples(service.store, "embedded")
    offering = replace(service, settings=replace(service.settings, example_portal="embedded"))
    browser = TestClient(build_app(offering), follow_redirects=False)
    page = browser.get("/").text
    assert "Rowan Hale" in page
    chosen = page.split('name="practitioner" value="')[1].split('"')[0]
    elsewhere = browser.post(
        "/example", data={"practitioner": chosen}, headers={"sec-fetch-site": "cross-site"}
    )
    assert elsewhere.status_code == 403
    closed = TestClient(build_app(service), follow_redirects=False)
    assert "Rowan Hale" not in closed.get("/").text
    assert closed.post("/example", data={"practitioner": chosen}).status_code == 404
    assert browser.post("/example", data={"practitioner": "0" * 32}).status_code == 404
    assert browser.post("/example", data={"practitioner": chosen}).headers["location"] == "/entries"
    listed = browser.get("/entries").text
    assert "New record" in listed
    assert "Registration year 2025 to 2026" in listed


def test_a_new_record_is_opened_once_however_often_it_is_sent(service):
    add_examples(service.store, "embedded")
    service = replace(service, settings=replace(service.settings, example_portal="embedded"))
    browser = TestClient(build_app(service), follow_redirects=False)
    chosen = browser.get("/").text.split('name="practitioner" value="')[1].split('"')[0]
    browser.post("/example", data={"practitioner": chosen})
    page = browser.get("/new-entry").text
    fields = {n: page.split(f'name="{n}" value="')[1].split('"')[0] for n in ("form_token", "once")}
    first, second = (
        browser.post("/new-entry", data=fields | {"form": "single", "year": "2026-27"}) for _ in range(2)
    )
    assert first.headers["location"] == second.headers["location"]
    wrong = browser.post("/new-entry", data=fields | {"form": "none"})
    assert wrong.status_code == 422
    assert "Choose a form." in wrong.text


def test_real_portals_open_records_themselves(reader):
    assert "New record" not in reader.open("/entries")
    assert reader.http.get("/new-entry").status_code == 409


def test_every_question_is_asked_with_its_hint_and_counted(reader, entry):
    page = reader.open(f"/entries/{entry}")
    for question in FORM.questions:
        assert f'id="answer-{question.id}"' in page
        assert f'name="answer.{question.id}"' in page
    assert "(optional)" in page
    assert "0 words" in page


def test_what_is_written_is_saved_word_for_word(service, reader, entry):
    text = "  First line\nsecond “line” <b> & \u202e\n\n"
    page = reader.sent(
        f"/entries/{entry}", {"answer.learnt": text.replace("\n", "\r\n"), "answer.type": "Talk"}
    )
    assert "Saved. What you wrote is being checked." in page
    assert answers_of(service, entry) == {"learnt": text, "type": "Talk"}
    assert "&lt;b&gt; &amp;" in page


def test_too_many_words_are_saved_and_told(service, visit, mine):
    entry = create_entry(
        service.store, "north", NewEntry("SW1", None, FormKind.UNSTRUCTURED, "swe-4", "2026-27")
    )
    page = visit(mine(entry)).sent(f"/entries/{entry}", {"answer.reflection": "word " * 1401})
    assert "1401 words of 1,400: 1 too many" in page


def test_warnings_stand_beside_the_answer_they_are_about(service, bench, reader, entry):
    reader.sent(f"/entries/{entry}", {"answer.learnt": "I met Zebedee."})
    page = reader.open(f"/entries/{entry}")
    assert "Checking what you wrote." in page
    service.queue.work_off(bench)
    page = reader.open(f"/entries/{entry}")
    assert "Personal data found in what you wrote." in page


class _OfNoWord(TinyLine):
    """Warns of the last answer as a whole, as of what a colleague goes through."""

    def check(self, extraction, context):
        results = super().check(extraction, context)
        last = [s for s in extraction.document.segments if s.place.part][-1]
        spot = Spot(last.id, Span(3, 9))
        told = Warning(
            "offence", "A matter", last.place.name, "Why.", "", (), Grade.LOW, Verdict.WARN, (spot,)
        )
        return replace(results, warnings=(*results.warnings, told))


def test_a_warning_of_no_finding_stands_beside_its_answer_and_is_marked_in_it(service, bench, reader, entry):
    reader.sent(f"/entries/{entry}", {"answer.learnt": "I met Zebedee.", "answer.impact": "He is off."})
    service.queue.work_off(replace(bench, line=_OfNoWord()))
    before, _, after = reader.open(f"/entries/{entry}").partition('id="told-impact"')
    assert "A matter" in after
    assert "A matter" not in before
    assert "is off</mark>" in after.replace("<bdi>", "").replace("</bdi>", "")
    answers = next(d.id for d in view_entry(service.store, "north", entry).documents)
    page = reader.open(f"/entries/{entry}/documents/{answers}")
    mark = page.split('id="d-w2-1">')[1].split("</mark>")[0]
    assert "is off" in mark
    assert 'href="#d-w2">Offence</a>' in mark
    assert 'href="#d-w2-1"' in page


def test_a_plain_save_comes_back_with_its_warnings(service, bench, reader, entry, monkeypatch):
    """A worker is at work meanwhile, as it is when the service runs."""
    monkeypatch.setattr(waiting, "LONGEST", 30)
    keep = service.queue.send

    def at_work(jobs):
        keep(jobs)
        threading.Thread(target=service.queue.work_off, args=(bench,)).start()

    monkeypatch.setattr(service.queue, "send", at_work)
    page = reader.sent(f"/entries/{entry}", {"answer.learnt": "I met Zebedee."})
    assert "Saved.</p>" in page
    assert "Personal data found in what you wrote." in page
    assert "Zebedee</mark>" in page.replace("<bdi>", "").replace("</bdi>", "")
    assert "#d-w1" in page


def test_two_tabs_lose_nothing(service, reader, entry):
    path = f"/entries/{entry}"
    one, other = reader.open(path), reader.open(path)
    reader.send(path, {"answer.learnt": "From one.", "answer.impact": "Same."}, page=one)
    put_together = reader.send(path, {"answer.type": "From the other.", "answer.impact": "Same."}, page=other)
    assert put_together.status_code == 303
    assert answers_of(service, entry) == {
        "learnt": "From one.",
        "type": "From the other.",
        "impact": "Same.",
    }
    apart = reader.send(path, {"answer.learnt": "From <the> other."}, page=other)
    assert apart.status_code == 409
    assert "This changed in another tab" in apart.text
    assert "From &lt;the&gt; other.</textarea>" in apart.text
    assert "From one." in apart.text
    assert answers_of(service, entry)["learnt"] == "From one."
    reader.send(path, {"answer.learnt": "From both."}, page=apart.text)
    assert answers_of(service, entry)["learnt"] == "From both."


def test_an_upload_in_between_is_no_conflict(service, reader, entry):
    path = f"/entries/{entry}"
    page = reader.open(path)
    add_document(service.store, "north", entry, Upload("a.txt", b"words"))
    assert reader.send(path, {"answer.learnt": "Mine."}, page=page).status_code == 303
    assert answers_of(service, entry)["learnt"] == "Mine."


def test_sending_twice_saves_once(service, reader, entry):
    path = f"/entries/{entry}"
    page = reader.open(path)
    reader.send(path, {"answer.learnt": "Once."}, page=page)
    before = view_entry(service.store, "north", entry).revision
    assert reader.send(path, {"answer.learnt": "Once."}, page=page).status_code == 303
    assert view_entry(service.store, "north", entry).revision == before


def test_a_session_that_ended_while_writing_keeps_the_words(service, reader, entry, monkeypatch, visit, mine):
    path = f"/entries/{entry}"
    page = reader.open(path)
    later = utc_now() + timedelta(minutes=61)
    monkeypatch.setattr(service.store.records, "_clock", lambda: later)
    over = reader.send(path, {"answer.learnt": "A long evening's work, all of it."}, page=page)
    assert over.status_code == 401
    assert "Your session has ended" in over.text
    assert "A long evening&#39;s work, all of it.</textarea>" in over.text
    again = visit(mine(entry))
    kept = {"answer.learnt": "A long evening's work, all of it."}
    asked = again.http.post(path, data=again.hidden(over.text, path) | kept)
    assert asked.status_code == 403
    assert "A long evening&#39;s work" in asked.text
    assert again.http.post(path, data=again.hidden(asked.text, path) | kept).status_code == 303
    assert answers_of(service, entry)["learnt"] == "A long evening's work, all of it."


def test_files_are_sent_together_and_each_says_how_far_it_is(service, bench, reader, entry):
    path = f"/entries/{entry}/files"
    assert reader.send(path).status_code == 422
    files = [
        ("file", ("visit.txt", b"I met Zebedee.", "text/plain")),
        ("file", ("x<b>\u202etxt.exe", b"", "text/plain")),
        ("file", ("big.txt", b"x" * 150_000, "text/plain")),
    ]
    answer = reader.send(path, files=files)
    assert answer.status_code == 422
    assert "It is larger than" in answer.text
    page = reader.open(path)
    assert page.count(">Received</strong>") == 2
    assert "x&lt;b&gt;" in page
    assert "U+202E" in page
    assert "Not all are checked yet." in page
    service.queue.work_off(bench)
    page = reader.open(path)
    assert "Personal data found" in page
    assert "Could not read" in page
    assert "Send the file again." in page
    assert "Not all are checked yet." not in page
    assert "Upload another in its place" in page


def test_the_same_form_sent_twice_keeps_its_files_once(service, reader, entry):
    path = f"/entries/{entry}/files"
    page = reader.open(path)
    for _ in range(2):
        files = [("file", ("visit.txt", b"words", "text/plain"))]
        assert reader.send(path, files=files, page=page).status_code == 303
    assert len(view_entry(service.store, "north", entry).documents) == 1


def test_a_file_is_taken_out_after_a_question(service, reader, entry):
    kept = add_document(service.store, "north", entry, Upload("a.txt", b"words"))
    path = f"/entries/{entry}/files/{kept.document}/take-out"
    assert "The file is taken out." in reader.sent(path)
    assert view_entry(service.store, "north", entry).documents == ()
    assert reader.http.get(path).status_code == 404


def test_the_entry_of_somebody_else_looks_as_if_there_were_none(visit, entry):
    stranger = visit("1" * 32)
    assert stranger.http.get(f"/entries/{entry}").status_code == 404


@pytest.mark.parametrize(
    ("base", "now", "mine", "given", "apart"),
    [
        ("a", "a", "a", {}, {}),
        ("a", "a", "b", {"learnt": "b"}, {}),
        ("a", "b", "a", {}, {}),
        ("a", "b", "b", {}, {}),
        ("a", "b", "c", {}, {"learnt": "c"}),
        ("a", "", "b", {}, {"learnt": "b"}),
        ("a\n", "a\r\n", "b", {"learnt": "b"}, {}),
    ],
)
def test_texts_of_two_tabs_are_put_together(base, now, mine, given, apart):
    sent = SentForm({"answer.learnt": (mine,), "base.learnt": (mark_of(base),)})
    merged = merge(FORM, sent, {"learnt": now})
    assert (merged.given, merged.apart) == (given, apart)
