"""The desk's pages as a browser without scripts gets them."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from models.entry import EntryStatus, Step
from models.upload import Upload
from storage.documents import add_document
from storage.review_locks import take_over
from storage.schema import EntryRow
from storage.sessions import StaffRole, begin_session, find_session
from storage.settings import Settings
from storage.views import view_entry
from web.app import build_app
from web.service import Service
from workers.upkeep import sweep_lost

KIM, LEE = "a" * 32, "b" * 32


@pytest.fixture
def visit(desk, tmp_path):
    app = build_app(Service(Settings(home=tmp_path), desk.store, desk.queue))

    def signed_in(who=KIM, role=StaffRole.REVIEWER):
        secret = begin_session(desk.store, who, role)
        client = TestClient(app, cookies={"evidence": secret}, follow_redirects=True)
        client.token = find_session(desk.store, secret, timedelta(hours=1)).form_token
        return client

    return signed_in


def send(client, path, **fields):
    return client.post(path, data={"form_token": client.token, "revision": "1", **fields})


def test_words_are_masked_until_they_are_opened_and_each_step_goes_on_to_the_next(desk, visit):
    entry, document = desk.checked("I met Zebedee. Then Zebulon came, <b>bold</b>.")
    first, second = [f.id for f in desk.findings(entry, document)]
    desk.ask(entry, document, first, Step.ASK_REVIEW, "not_sure")
    kim, at = visit(), f"/desk/entries/{entry}/documents/{document}"
    assert document[:8] in kim.get("/desk").text
    page = kim.get(at).text
    assert "Zebedee" not in page
    assert "<b>bold" not in page
    page = send(kim, f"{at}/reveal", finding=first, what="one", reason="to_decide").text
    assert "Zebedee" in page
    assert "Zebulon" not in page
    page = send(kim, f"{at}/step", finding=first, do="confirm:identifies_someone", seen="1").text
    assert "To be hidden. 1 left." in page
    assert re.search(r'id="here">2 of 2', page)
    again = send(kim, f"{at}/step", finding=first, do="confirm:identifies_someone", seen="1")
    assert again.status_code == 200
    stale = send(kim, f"{at}/step", finding=second, do="dismiss:made_up", seen="1", note="my words")
    assert stale.status_code == 409
    assert "my words" in stale.text
    take_over(desk.store, entry, document, LEE)
    locked = send(kim, f"{at}/step", words="came", do="add:disclosure", kind="EVENT", role="family")
    assert (locked.status_code, 'value="came"' in locked.text) == (409, True)
    for path in ("/finish", "/timeline"):
        assert kim.get(at + path).status_code == 200


def test_release_takes_a_senior_reviewer_who_did_not_ask(desk, visit):
    entry, document = desk.checked("I met Zebedee.")
    at = f"/desk/entries/{entry}/documents/{document}"
    kim, lee = visit(), visit(LEE, StaffRole.SENIOR_REVIEWER)
    assert "Ask a second person" in kim.get(f"{at}/finish").text
    asked = send(kim, f"{at}/finish", on="document", do="ask_release", reason="agreed_to_be_named")
    assert "A second person has been asked" in asked.text
    refused = send(kim, f"{at}/finish", on="document", do="release", reason="agreed_to_be_named")
    assert refused.status_code == 409
    done = send(lee, f"{at}/finish", on="document", do="release", reason="agreed_to_be_named")
    assert "Released." in done.text
    assert desk.needs(entry) == []


def test_figures_samples_and_lists_open_without_anything_in_them(visit):
    senior = visit(LEE, StaffRole.SENIOR_REVIEWER)
    for path in (
        "/desk/statistics",
        "/desk/samples",
        "/desk/lists",
        "/desk?which=failed&age=7&outcome=blocked",
    ):
        assert senior.get(path).status_code == 200
    drawn = senior.post("/desk/samples", data={"form_token": senior.token, "rate": "5"})
    assert "Sample drawn" in drawn.text


@pytest.mark.parametrize(
    ("text", "which", "told"),
    [
        ("", "refused", "empty"),
        ("CRASH", "failed", "Could not check this file"),
        ("I was there.<picture 1>", "unread", "Not everything could be read (1)"),
    ],
)
def test_what_was_not_read_is_told_and_sent_again(desk, visit, clock, text, which, told):
    entry, _ = desk.checked("A text beside it.")
    with suppress(RuntimeError):
        desk.upload(entry, text, "b.txt")
    for _ in range(3):  # three tries, then it is failed
        clock.now += timedelta(minutes=5)
        sweep_lost(desk.store, desk.queue, desk.bench.terms)
        with suppress(RuntimeError):
            desk.work_off()
    document = view_entry(desk.store, "north", entry).documents[-1].id
    kim, at = visit(), f"/desk/entries/{entry}/documents/{document}"
    assert document[:8] in kim.get(f"/desk?which={which}").text
    page = kim.get(at).text
    assert told in page
    assert "Read and check it again" in page
    sent = send(kim, f"{at}/retry")
    assert "Sent to be read and checked again." in sent.text
    assert [job.document for job in desk.queue.jobs] == [document]
    again = send(kim, f"{at}/retry")  # the button pressed twice
    assert again.status_code == 409
    assert len(desk.queue.jobs) == 1


def test_the_desk_says_so_while_workers_have_a_document(desk, visit):
    entry, document = desk.checked("Mr Pinnock rang.")
    other = desk.upload(entry, "Then Pinnock came, and Zebedee.", "b.txt")
    kim, at = visit(), f"/desk/entries/{entry}/documents"
    added = {"words": "Pinnock", "do": "add:identifies_someone", "kind": "PERSON", "role": "family"}
    send(kim, f"{at}/{document}/step", **added)
    pages = [kim.get(path).text for path in (f"{at}/{other}", f"{at}/{other}/finish", "/desk?which=all")]
    assert ["Being checked." in page for page in pages] == [True] * 3
    assert "desk-bar" not in pages[0]
    assert pages[2].count("Personal data found. ") == 1  # what the other came to is no longer known
    sent = send(kim, f"{at}/{other}/step", do="confirm:must_be_rewritten", on="document")
    assert (sent.status_code, "Nothing was changed" in sent.text) == (409, True)
    desk.work_off()
    assert "of 2 found" in kim.get(f"{at}/{other}").text
    new = add_document(desk.store, "north", entry, Upload("c.txt", b"Zebulon came.")).document
    assert "Waits to be read." in kim.get(f"{at}/{new}").text


def test_a_sample_is_read_in_full_and_says_how_often_something_is_missed(desk, visit):
    entries = [desk.checked(f"Nothing here, says note {n}. Mr Pinnock.")[0] for n in range(2)]
    with desk.store.records.write() as session:
        for entry in entries:
            session.get_one(EntryRow, entry).status = EntryStatus.SUBMITTED
    senior = visit(LEE, StaffRole.SENIOR_REVIEWER)
    drawn = senior.post("/desk/samples", data={"form_token": senior.token, "rate": "100"})
    sample = str(drawn.url).rpartition("/")[2].partition("?")[0]
    links = re.findall(r'href="(/desk/entries/[^"?]+)\?sample=', drawn.text)
    assert len(links) == 2
    added = {"words": "Pinnock", "do": "add:identifies_someone", "kind": "PERSON", "role": "family"}
    send(senior, f"{links[0]}/step", sample=sample, **added)
    for link in links:
        send(senior, f"/desk/samples/{sample}/read", document=link.rpartition("/")[2])
    page = senior.get(f"/desk/samples/{sample}").text
    assert "2 of 2 read. Something was missed in 1 of them (1 places)." in page
    assert "between 1.3 and 98.7 in a hundred" in page  # the exact limits of one of two


def test_a_proposal_tells_its_measured_effect_before_it_is_adopted(desk, visit):
    decided = [Step.DISMISS] * 3 + [Step.CONFIRM] * 2
    for step in decided:
        entry, document = desk.checked("I read Zebedee.")
        (finding,) = desk.findings(entry, document)
        reason = "public_figure" if step is Step.DISMISS else "identifies_someone"
        desk.take(entry, document, step, reason, finding=finding.id)
    kim, senior = visit(), visit(LEE, StaffRole.SENIOR_REVIEWER)
    assert "would remove" not in kim.get("/desk/lists").text
    assert "would remove 3 false alarms, would hide 2 true findings" in senior.get("/desk/lists").text
    put = {"word": "zebedee", "kind": "PERSON", "days": "180", "do": "allow"}
    assert send(senior, "/desk/lists", typed="Zebulon", **put).status_code == 422
    page = send(senior, "/desk/lists", typed="Zebedee", **put).text
    assert "The word is on the list now." in page
    assert ", until " in page
