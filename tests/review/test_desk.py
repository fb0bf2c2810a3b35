"""The desk, step by step: what waits, what a step does to findings, redacted text and gate."""

from datetime import timedelta

import pytest

from models.entry import Step
from models.findings import EntityType, Role
from storage.audit import acts_on
from storage.decisions import list_decisions
from storage.records import RecordsUnavailableError
from storage.refusals import RefusalCode, RequestRefusedError
from storage.review_locks import LASTS, LockedError, let_go, take_over
from storage.review_reveals import LASTS as REVEALED_FOR
from storage.review_reveals import Wish, open_words, reveal, sight_of
from storage.review_view import timeline
from storage.schema import DocumentRow

PERSON = {"kind": EntityType.PERSON, "role": Role.SUPPORTED}


def refused(code, take, *args, **more):
    with pytest.raises(RequestRefusedError) as error:
        take(*args, **more)
    assert error.value.code is code


def test_what_nobody_asked_about_does_not_wait_and_what_somebody_asked_does(desk):
    entry, document = desk.checked("I met Zebedee.")
    (finding,) = desk.findings(entry, document)
    assert desk.waiting() == []
    desk.ask(entry, document, finding.id)
    assert desk.waiting() == [document]
    assert desk.needs(entry) == ["waiting_for_review"]
    taken = desk.take(entry, document, Step.DISMISS, "made_up", finding=finding.id)
    assert (taken.left, desk.waiting(), desk.needs(entry)) == (0, [], [])


def test_the_redacted_text_follows_every_step_and_its_undoing(desk):
    entry, document = desk.checked("I met Zebedee, and Zebedee met Zebulon. Bowlby came.")
    first = desk.findings(entry, document)[0].id
    assert (
        len(desk.take(entry, document, Step.DISMISS, "made_up", finding=first, same_text=True).findings) == 2
    )
    shown = desk.results(entry, document).redaction.text
    assert shown.count("Zebedee") == 2
    assert "Zebulon" not in shown
    added = desk.take(entry, document, Step.ADD, "identifies_someone", words="bowlby", **PERSON)
    assert "Bowlby" not in desk.results(entry, document).redaction.text
    assert added.findings[0] in [f.id for f in desk.findings(entry, document)]
    assert "finding_confirmed" in desk.needs(entry)
    desk.take(entry, document, Step.UNDO, "mistake")
    desk.take(entry, document, Step.UNDO, "mistake")
    after = desk.results(entry, document)
    assert "Zebedee" not in after.redaction.text
    assert "Bowlby" in after.redaction.text
    assert desk.findings(entry, document)[0].id == first
    refused(RefusalCode.WRONG_STATUS, desk.take, entry, document, Step.UNDO, "mistake")


def test_words_are_added_wherever_they_stand_and_kept_nowhere(desk, tmp_path):
    entry, document = desk.checked("Mr  Quillfeather rang. MR QUILLFEATHER wrote. Quillfeathers is a shop.")
    taken = desk.take(entry, document, Step.ADD, "identifies_someone", words="mr quillfeather", **PERSON)
    assert len(taken.findings) == 2
    text = desk.results(entry, document).redaction.text.lower()
    assert "quillfeather rang" not in text
    assert "quillfeathers is a shop" in text
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or b"uillfeather" not in path.read_bytes()


@pytest.mark.parametrize("words", ["nobody", "Zebedee", "   "])
def test_words_that_cannot_be_added(desk, words):
    entry, document = desk.checked("I met Zebedee.")
    code = RefusalCode.WORDS_NOT_FOUND
    refused(code, desk.take, entry, document, Step.ADD, "identifies_someone", words=words, **PERSON)


def test_a_finding_is_changed_and_keeps_its_id(desk):
    entry, document = desk.checked("I met Zebedee.")
    (finding,) = desk.findings(entry, document)
    kind = {"kind": EntityType.ORGANISATION, "role": Role.EMPLOYER}
    desk.take(entry, document, Step.CHANGE, "identifies_someone", finding=finding.id, **kind)
    (changed,) = desk.findings(entry, document)
    assert (changed.id, changed.entity_type, changed.role) == (finding.id, "ORGANISATION", "employer")
    assert "Zebedee" not in desk.results(entry, document).redaction.text
    desk.take(entry, document, Step.UNDO, "mistake", finding=finding.id)
    assert desk.findings(entry, document) == [finding]


def test_corrections_outlive_another_check_of_the_same_version(desk):
    entry, document = desk.checked("I met Zebedee and Mr Quillfeather in Quaymouth.")
    desk.take(entry, document, Step.ADD, "identifies_someone", words="Mr Quillfeather", **PERSON)
    found = [f.id for f in desk.findings(entry, document)]
    desk.upload(entry, "Quillfeather is called Zebulon.", "b.txt")
    other = desk.results(entry, document)
    assert [f.id for f in desk.findings(entry, document)] == found
    assert "Quillfeather" not in other.redaction.text


def test_what_identifies_someone_is_released_by_two(desk):
    entry, document = desk.checked("I met Zebedee.")
    refused(RefusalCode.SECOND_PERSON, desk.take, entry, document, Step.DISMISS, "read_in_full")
    refused(RefusalCode.WRONG_STATUS, desk.take, entry, document, Step.RELEASE, "agreed_to_be_named")
    desk.take(entry, document, Step.ASK_RELEASE, "agreed_to_be_named")
    assert desk.waiting(which="release") == [document]
    let_go(desk.store, entry, document, "kim")
    refused(RefusalCode.SECOND_PERSON, desk.take, entry, document, Step.RELEASE, "agreed_to_be_named")
    let_go(desk.store, entry, document, "kim")
    taken = desk.take(entry, document, Step.RELEASE, "agreed_to_be_named", by="lee")
    assert (taken.left, desk.needs(entry), desk.waiting()) == (0, [], [])
    assert "Zebedee" in desk.results(entry, document).redaction.text
    desk.take(entry, document, Step.UNDO, "mistake", by="lee")
    assert desk.needs(entry) == ["waiting_for_review"]


def test_a_whole_document_is_rejected_and_that_taken_back(desk):
    entry, document = desk.checked("I was there.")
    desk.take(entry, document, Step.CONFIRM, "must_be_rewritten")
    assert desk.needs(entry) == ["document_confirmed"]
    desk.take(entry, document, Step.UNDO, "mistake")
    assert desk.needs(entry) == []


def test_a_second_reviewer_is_told_and_can_take_over(desk, clock):
    entry, document = desk.checked("I met Zebedee and Zebulon.")
    one, two = [f.id for f in desk.findings(entry, document)]
    desk.take(entry, document, Step.CONFIRM, "identifies_someone", finding=one)
    with pytest.raises(LockedError) as error:
        desk.take(entry, document, Step.CONFIRM, "identifies_someone", by="lee", finding=two)
    assert error.value.holder == "kim"
    take_over(desk.store, entry, document, "lee")
    desk.take(entry, document, Step.CONFIRM, "identifies_someone", by="lee", finding=two)
    assert "review.taken_over" in [n.action for n in acts_on(desk.store, entry)]
    clock.now += LASTS + timedelta(seconds=1)
    desk.take(entry, document, Step.UNDO, "mistake", finding=two)


def test_a_stale_page_takes_no_step(desk):
    entry, document = desk.checked("I met Zebedee and Zebulon.")
    one, two = [f.id for f in desk.findings(entry, document)]
    done = desk.take(entry, document, Step.CONFIRM, "identifies_someone", finding=one, seen=0)
    step = (entry, document, Step.CONFIRM, "identifies_someone")
    refused(RefusalCode.STALE, desk.take, *step, finding=two, seen=0)
    desk.take(*step, finding=two, seen=done.last)


HIDE = (Step.CONFIRM, "identifies_someone")
CHANGE = (Step.CHANGE, "identifies_someone")
TRUST = {"kind": EntityType.ORGANISATION, "role": Role.EMPLOYER}
REWRITE = (Step.CONFIRM, "must_be_rewritten", {"finding": None})


@pytest.mark.parametrize(
    ("first", "again", "by", "new"),
    [
        ((*HIDE, {}), (*HIDE, {}), "kim", 0),
        ((*HIDE, {"same_text": True}), (*HIDE, {"same_text": True}), "kim", 0),
        ((*CHANGE, TRUST), (*CHANGE, TRUST), "kim", 0),
        (REWRITE, REWRITE, "kim", 0),
        ((*HIDE, {}), (*HIDE, {}), "lee", 1),
        ((*HIDE, {}), (*HIDE, {"same_text": True}), "kim", 2),
        ((*HIDE, {}), (*HIDE, {"note": "Look again."}), "kim", 1),
        ((*HIDE, {}), (Step.CONFIRM, "disclosure", {}), "kim", 1),
        ((*HIDE, {}), (Step.DISMISS, "made_up", {}), "kim", 1),
        ((*HIDE, {}), (*CHANGE, PERSON), "kim", 1),
        ((*CHANGE, TRUST), (*CHANGE, PERSON), "kim", 1),
    ],
)
def test_a_step_that_says_what_its_reviewer_said_last_is_written_once(desk, first, again, by, new):
    entry, document = desk.checked("I met Zebedee, and Zebedee met Zebulon.")
    one, _, other = [f.id for f in desk.findings(entry, document)]
    step, reason, told = first
    begun = desk.take(entry, document, step, reason, **{"finding": one} | told)
    last = desk.take(entry, document, *HIDE, finding=other)
    before = list_decisions(desk.store, "north", entry)
    take_over(desk.store, entry, document, by)
    step, reason, told = again
    taken = desk.take(entry, document, step, reason, by=by, **{"finding": one, "seen": last.last} | told)
    after = list_decisions(desk.store, "north", entry)
    assert (len(after) - len(before), taken.last) == (new, after[-1].id)
    if not new:
        assert (taken.findings, taken.left) == (begun.findings, last.left)


@pytest.mark.parametrize("between", [Step.UNDO, Step.ASK_REVIEW])
def test_a_step_is_written_again_where_it_no_longer_is_the_last_word(desk, clock, between):
    entry, document = desk.checked("I met Zebedee.")
    (finding,) = desk.findings(entry, document)
    desk.take(entry, document, *HIDE, finding=finding.id)
    clock.now += timedelta(seconds=1)
    if between is Step.UNDO:
        desk.take(entry, document, Step.UNDO, "mistake", finding=finding.id)
    else:
        desk.ask(entry, document, finding.id, Step.ASK_REVIEW, "not_sure")
    clock.now += timedelta(seconds=1)
    desk.take(entry, document, *HIDE, finding=finding.id)
    assert [d.step for d in list_decisions(desk.store, "north", entry)] == [HIDE[0], between, HIDE[0]]


@pytest.mark.parametrize(
    ("step", "reason", "more", "code"),
    [
        (Step.NOT_PERSONAL, "made_up", {}, RefusalCode.UNKNOWN_STEP),
        (Step.CONFIRM, "made_up", {}, RefusalCode.UNKNOWN_REASON),
        (Step.ADD, "identifies_someone", {"words": "x"}, RefusalCode.UNKNOWN_STEP),
        (Step.CHANGE, "identifies_someone", PERSON, RefusalCode.UNKNOWN_STEP),
        (Step.CONFIRM, "identifies_someone", {"finding": "s1:0-1:AGE"}, RefusalCode.UNKNOWN_FINDING),
    ],
)
def test_steps_that_are_refused(desk, step, reason, more, code):
    entry, document = desk.checked("I met Zebedee.")
    refused(code, desk.take, entry, document, step, reason, **more)
    assert desk.needs(entry) == ["finding_open"]


def test_a_reveal_is_noted_with_its_reason_and_ends(desk, clock):
    entry, document = desk.checked("I met Zebedee.")
    (finding,) = desk.findings(entry, document)
    wish = Wish(finding.id, "to_decide")
    assert reveal(desk.store, "north", entry, document, wish, "kim").words == "Zebedee"
    assert acts_on(desk.store, entry)[-1].action == "finding.revealed:to_decide"
    refused(
        RefusalCode.UNKNOWN_REASON, open_words, desk.store, "north", entry, document, Wish(None, "x"), "kim"
    )

    def sees(actor):
        with desk.store.records.read() as session:
            return sight_of(session, session.get(DocumentRow, document), actor, clock.now).shows(finding.id)

    assert (sees("kim"), sees("lee")) == (True, False)
    clock.now += REVEALED_FOR + timedelta(seconds=1)
    assert not sees("kim")


def test_nothing_is_shown_where_the_audit_cannot_be_written(desk, monkeypatch):
    entry, document = desk.checked("I met Zebedee.")
    (finding,) = desk.findings(entry, document)

    def fails(*_):
        raise RecordsUnavailableError

    monkeypatch.setattr("storage.review_reveals.audit", fails)
    with pytest.raises(RecordsUnavailableError):
        reveal(desk.store, "north", entry, document, Wish(finding.id, "to_decide"), "kim")


def test_the_gravest_comes_first_then_the_oldest(desk, clock):
    made = []
    for text in ("In Quaymouth.", "I met Zebedee.", "In Quaymouth again.", "I met Zebulon."):
        clock.now += timedelta(minutes=1)
        entry, document = desk.checked(text)
        desk.ask(entry, document, desk.findings(entry, document)[0].id, Step.ASK_REVIEW, "not_sure")
        made.append(document)
    assert desk.waiting() == [made[1], made[3], made[0], made[2]]
    clock.now += timedelta(days=3)
    assert desk.waiting(days=3) == [made[1], made[3], made[0], made[2]]
    assert desk.waiting(days=4) == []


def test_a_name_that_is_added_is_looked_for_in_the_other_documents_and_one_taken_back_is_not(desk):
    entry, one = desk.checked("Mr Pinnock rang.")
    other = desk.upload(entry, "Then Pinnock came.", "b.txt")
    third = desk.upload(entry, "Nobody came.", "c.txt")
    taken = desk.take(entry, one, Step.ADD, "identifies_someone", words="Pinnock", **PERSON)
    assert taken.again == (other,)
    assert "being_checked" in desk.needs(entry)
    desk.work_off()
    assert len(desk.findings(entry, other)) == 1
    assert desk.findings(entry, third) == []
    happened = [(h.code, h.actor) for h in timeline(desk.store, "north", entry, other)]
    assert ("review.checked_again", "kim") in happened
    assert desk.take(entry, one, Step.UNDO, "mistake").again == (other,)
    desk.work_off()
    assert desk.findings(entry, other) == []
