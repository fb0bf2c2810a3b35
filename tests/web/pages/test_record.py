"""One record on its pages: warnings and what is done about them, parts, the redacted copy, the gate."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from models.entry import DocumentRole, EntryStatus, FormKind, Step
from models.upload import Upload
from storage.decisions import list_decisions
from storage.documents import add_document
from storage.entries import NewEntry, create_entry, save_answers
from storage.links import make_link
from storage.views import view_entry
from web.app import build_app

PORTAL = "north"
ANSWERS = {
    "title": "A home visit",
    "date": "12 May 2026",
    "role": "I was the allocated worker.",
    "what": "I met Zebedee in Quaymouth and asked for feedback. Zebedee was well.",
    "reflection": "I learnt to listen.",
}


class Sitting:
    """A practitioner in front of their record."""

    def __init__(self, service, bench, browser):
        self.store, self.bench, self.queue, self.browser = service.store, bench, service.queue, browser
        self.entry = create_entry(
            self.store, PORTAL, NewEntry("SW1", "Rowan Hale", FormKind.UNSTRUCTURED, "swe-4", "2026-27")
        )
        link = make_link(self.store, PORTAL, self.entry, timedelta(minutes=5))
        browser.post(f"/enter/{link.token}", follow_redirects=False)
        self.token = browser.get("/v1/session").json()["form_token"]

    @property
    def view(self):
        return view_entry(self.store, PORTAL, self.entry)

    @property
    def answers(self):
        return next(d for d in self.view.documents if d.role is DocumentRole.ANSWERS)

    def write(self, **answers):
        _, job = save_answers(self.store, PORTAL, self.entry, ANSWERS | answers, self.view.revision)
        self.work_off(job)
        return self.answers.id

    def upload(self, content, name="visit.txt"):
        received = add_document(self.store, PORTAL, self.entry, Upload(name, content.encode()))
        self.work_off(received.job)
        return received.document

    def work_off(self, *jobs):
        self.queue.send([job for job in jobs if job])
        self.queue.work_off(self.bench)

    def get(self, way=""):
        return self.browser.get(f"/entries/{self.entry}{way}")

    def post(self, way, **fields):
        return self.browser.post(
            f"/entries/{self.entry}{way}", data={"form_token": self.token} | fields, follow_redirects=False
        )

    def findings(self, document):
        found = self.browser.get(f"/v1/entries/{self.entry}/documents/{document}/results").json()
        return [f["id"] for f in found["findings"]]

    def steps(self):
        return [d.step for d in list_decisions(self.store, PORTAL, self.entry)]


@pytest.fixture
def sitting(service, bench):
    with TestClient(build_app(service)) as browser:
        yield Sitting(service, bench, browser)


def test_a_warning_says_what_where_why_and_what_to_do(sitting):
    page = sitting.get(f"/documents/{sitting.write()}").text
    for words in ("Zebedee", "It tells who is meant.", "Write what the person is to you.", "Must be changed"):
        assert words in page
    assert 'href="#d-m1"' in page
    assert 'id="d-m1"' in page
    assert "Write “[person 1]” instead" in page


def test_the_suggestion_is_written_where_it_was_asked_for_and_nowhere_else(sitting):
    document = sitting.write()
    first = sitting.findings(document)[0]
    sent = sitting.post(f"/documents/{document}/suggestion", revision=sitting.view.revision, finding=first)
    assert sent.headers["location"].endswith("said=suggestion_used")
    what = next(a.text for a in sitting.view.answers if a.question == "what")
    assert what == "I met [person 1] in Quaymouth and asked for feedback. Zebedee was well."
    sitting.queue.work_off(sitting.bench)
    assert len(sitting.findings(document)) == 2


def test_all_suggestions_at_once(sitting):
    document = sitting.write()
    sitting.post(f"/documents/{document}/suggestion", revision=sitting.view.revision, all="yes")
    assert not any("Zeb" in a.text or "Quay" in a.text for a in sitting.view.answers)


def test_a_suggestion_never_lands_on_text_that_was_changed_since(sitting):
    document = sitting.write()
    first, seen = sitting.findings(document)[0], sitting.view.revision
    save_answers(sitting.store, PORTAL, sitting.entry, {"what": "All is new here."}, seen)
    stale = sitting.post(f"/documents/{document}/suggestion", revision=seen, finding=first)
    assert stale.status_code in (409, 412)
    assert next(a.text for a in sitting.view.answers if a.question == "what") == "All is new here."


def test_saying_that_it_is_no_personal_data_once_or_twice_and_taking_it_back(sitting):
    document = sitting.upload("We met in Quaymouth.")
    finding = sitting.findings(document)[0]
    version = 1
    said = {"revision": version, "finding": finding, "because": "not_personal:too_general", "at": "d-w1"}
    first = sitting.post(f"/documents/{document}/settle", **said)
    assert first.headers["location"].endswith("?said=not_personal#d-w1")
    sitting.post(f"/documents/{document}/settle", **said)
    assert sitting.steps() == [Step.NOT_PERSONAL]
    assert "not personal data – too general to identify anyone" in sitting.get(f"/documents/{document}").text
    for _ in range(2):
        undo = {"revision": version, "finding": finding, "because": "undo:mistake"}
        sitting.post(f"/documents/{document}/settle", **undo)
    assert sitting.steps() == [Step.NOT_PERSONAL, Step.UNDO]


def test_a_step_without_a_reason_or_not_ones_own_changes_nothing(sitting):
    document = sitting.upload("I met Zebedee.")
    finding = sitting.findings(document)[0]
    for because in ("", "not_personal:", "not_personal:identifies_someone", "dismiss:made_up", "x:y"):
        sent = sitting.post(f"/documents/{document}/settle", revision=1, finding=finding, because=because)
        assert sent.status_code == 422 or 400 <= sent.status_code < 500
    assert sitting.steps() == []


def test_a_step_leads_on_to_the_next_open_warning(sitting):
    document = sitting.upload("I met Zebedee in Quaymouth. Then we met in Northport, and Zebedee was well.")
    page = sitting.get(f"/documents/{document}").text
    forms = page.split("<form")[1:]
    leads = [f.split('name="at" value="')[1].split('"')[0] for f in forms if 'value="not_personal' in f]
    assert leads[:-1] == [f"d-w{number}" for number in range(2, len(leads) + 1)]
    assert leads[-1] == "d-w1", "after the last the first comes again"


def test_many_warnings_are_paged_with_the_text_they_are_about(sitting):
    names = [f"Zebedee{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    document = sitting.upload(
        "\n\n".join(f"I met {name}. {'We talked about the plan. ' * 9}" for name in names)
    )
    first, last = (sitting.get(f"/documents/{document}?page={n}").text for n in (1, 99))
    assert 'id="d-w20"' in first
    assert 'id="d-w21"' not in first
    assert "Page 3 of 3" in last
    assert names[0] in first
    assert names[0] not in last
    assert names[-1] in last


def test_a_review_of_the_whole_document_is_asked_for_and_taken_back(sitting):
    document = sitting.upload("Nothing to see.")
    sitting.post(
        f"/documents/{document}/settle", revision=1, because="ask_review:not_sure", note="Please look"
    )
    assert "You asked a reviewer to look." in sitting.get(f"/documents/{document}").text
    sitting.post(f"/documents/{document}/settle", revision=1, because="undo:mistake")
    assert sitting.steps() == [Step.ASK_REVIEW, Step.UNDO]


def test_a_file_is_replaced_and_a_stale_tab_replaces_nothing(sitting):
    document = sitting.upload("I met Zebedee.")
    where = f"/entries/{sitting.entry}/documents/{document}/replace"
    fields = {"form_token": sitting.token, "revision": "1"}
    new = {"file": ("new.txt", b"I met a child.")}
    assert sitting.browser.post(where, data=fields, files=new, follow_redirects=False).status_code == 303
    stale = sitting.browser.post(where, data=fields, files=new, follow_redirects=False)
    assert stale.status_code in (409, 412)
    sitting.queue.work_off(sitting.bench)
    assert "No warnings" in sitting.get(f"/documents/{document}").text
    none = sitting.browser.post(where, data=fields | {"revision": "2"}, follow_redirects=False)
    assert "Choose one file first" in none.text


def test_what_waits_and_what_was_refused_say_so(sitting):
    received = add_document(sitting.store, PORTAL, sitting.entry, Upload("a.txt", b"I met Zebedee."))
    assert "Received" in sitting.get(f"/documents/{received.document}").text
    refused = sitting.upload("", "empty.txt")
    page = sitting.get(f"/documents/{refused}").text
    assert "The file is empty." in page
    assert "Send the file again." in page


def test_the_redacted_copy_is_shown_downloaded_and_put_in_place(sitting):
    document = sitting.upload("I met Zebedee at home.")
    page = sitting.get(f"/documents/{document}/copy").text
    assert "[hidden] at home." in page
    assert "Zebedee" not in page
    saved = sitting.get(f"/documents/{document}/redacted")
    assert b"Zebedee" not in saved.content
    assert saved.headers["content-disposition"].startswith("attachment")
    used = sitting.post(f"/documents/{document}/use-copy", revision=1)
    assert used.status_code == 303
    again = sitting.post(f"/documents/{document}/use-copy", revision=1)
    assert again.status_code in (409, 412)


def test_parts_are_suggested_with_the_writers_words_and_chosen(sitting):
    sitting.write()
    page = sitting.get("/parts").text
    assert "Your own words may show these" in page
    assert ">feedback<" in page.replace("<bdi>", ">").replace("</bdi>", "<").replace(">>", ">")
    sitting.post("/parts", revision=sitting.view.revision, part=["4.1", "4.5"])
    assert sitting.view.chosen_parts == ("4.1", "4.5")
    assert sitting.get("/parts").text.count(" checked") == 2


def test_why_no_part_is_suggested(sitting):
    sitting.write(what="I met a family.")
    assert "Not enough here to suggest a part." in sitting.get("/parts").text


def test_the_tasks_lead_to_submission_and_back(sitting):
    page = sitting.get("/submit").text
    assert "What is still needed" in page
    assert 'href="/entries/' + sitting.entry + '#answer-title"' in page
    assert "Submit this record" not in page
    closed = sitting.post("/submit", revision=sitting.view.revision)
    assert closed.headers["location"].endswith("/submit?said=closed")
    sitting.write(what="I met a child.")
    sitting.post("/parts", revision=sitting.view.revision, part=["4.1"])
    assert "Ready to submit" in sitting.get("/submit").text
    sent = {"revision": sitting.view.revision}
    for _ in range(2):
        done = sitting.post("/submit", **sent)
        assert done.headers["location"].endswith("/submitted")
    assert "Record submitted" in sitting.get("/submitted").text
    sitting.post("/withdraw", revision=sitting.view.revision)
    assert sitting.view.status is EntryStatus.WITHDRAWN
    sitting.post("/reopen", revision=sitting.view.revision)
    assert sitting.view.status is EntryStatus.DRAFT


def test_a_record_is_deleted_after_it_was_asked(sitting):
    sitting.write()
    assert "Delete this record?" in sitting.get("/delete").text
    assert sitting.view.status is EntryStatus.DRAFT
    gone = sitting.post("/delete", revision=sitting.view.revision)
    assert gone.headers["location"] == "/entries?said=deleted"
    assert sitting.get("/submit").status_code == 404


def test_nobody_sees_or_changes_the_record_of_another(sitting, service):
    document = sitting.upload("I met Zebedee.")
    other = create_entry(service.store, PORTAL, NewEntry("SW2", None, FormKind.SINGLE, "swe-4", "2026-27"))
    link = make_link(service.store, PORTAL, other, timedelta(minutes=5))
    with TestClient(build_app(service)) as stranger:
        stranger.post(f"/enter/{link.token}", follow_redirects=False)
        token = stranger.get("/v1/session").json()["form_token"]
        for way in (f"/documents/{document}", f"/documents/{document}/copy", "/parts", "/submit", "/delete"):
            assert stranger.get(f"/entries/{sitting.entry}{way}").status_code == 404
        sent = {"form_token": token, "revision": "1", "because": "ask_review:not_sure"}
        for way in (f"/documents/{document}/settle", "/submit", "/delete", "/parts"):
            assert stranger.post(f"/entries/{sitting.entry}{way}", data=sent).status_code == 404
    assert sitting.steps() == []


def test_a_long_text_is_shown_around_its_marks(sitting):
    filler = "We talked about the plan. " * 1200
    document = sitting.upload(f"{filler}I met Zebedee. {filler}")
    page = sitting.get(f"/documents/{document}")
    assert "[…]" in page.text
    assert "I met " in page.text
    assert len(page.content) < 20_000


def test_a_record_that_says_the_same_as_another_is_told_of_and_may_be_submitted(sitting):
    words = {"what": "I met a child. " + "We talked about the plan and what should change at home. " * 3}
    sitting.write(**words)
    first = sitting.entry
    sitting.entry = create_entry(
        sitting.store, PORTAL, NewEntry("SW1", "Rowan Hale", FormKind.UNSTRUCTURED, "swe-4", "2026-27")
    )
    document = sitting.write(**words)
    assert sitting.entry != first
    assert "another" in sitting.get(f"/documents/{document}").text
    assert "govuk-inset-text" in sitting.get("/submit").text
