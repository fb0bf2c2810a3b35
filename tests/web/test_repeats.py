"""A record that says the same as another of the same person: told to them, and stops nothing."""

import pytest

from models.entry import FormKind
from storage.objects import ObjectsUnavailableError
from tests.web.test_journey import ANSWERS

LESSON = (
    "I learnt to ask each child on their own what home is like, to write down their words as they said "
    "them, and to bring both to supervision before I decide anything."
)
OTHER = LESSON.replace("supervision", "my manager")


@pytest.fixture
def records_url(tmp_path):
    """Queries are the portable ones that the contract tests hold."""
    return f"sqlite:///{tmp_path / 'records.sqlite'}"


def written(portal, service, bench, person, answer=None, upload=None):
    entry = portal.open_entry(person, "2026-27", form=FormKind.UNSTRUCTURED)
    if answer is not None:
        answers = ANSWERS | {"title": f"Title {entry.id}", "reflection": answer}
        entry = portal.choose_parts(portal.save_answers(entry, answers), ["4.1"])
    if upload is not None:
        portal.upload(entry.id, "a.txt", upload.encode())
    service.queue.work_off(bench)
    return portal.read_entry(entry.id)


def told(portal, entry):
    return [(n.code, n.document) for n in portal.read_gate(entry.id).notes]


def test_the_same_answer_twice_is_told_with_both_records(portal, service, bench):
    first = written(portal, service, bench, "SW1", answer=LESSON)
    assert told(portal, first) == []
    second = written(portal, service, bench, "SW1", answer=LESSON.upper().replace(" ", "\n "))
    for entry in (first, second):
        assert told(portal, entry) == [("identical_record", entry.documents[0].id)]
    results = portal.read_results(second.id, second.documents[0].id)
    assert [(w.code, w.verdict) for w in results.warnings] == [("identical_record", "inform")]
    assert portal.read_gate(second.id).is_open
    assert portal.submit(second).is_open


def test_the_same_file_twice_is_told(portal, service, bench):
    written(portal, service, bench, "SW1", upload=LESSON)
    second = written(portal, service, bench, "SW1", upload=f"{LESSON}\r\n")
    assert told(portal, second) == [("identical_record", second.documents[0].id)]


@pytest.mark.parametrize(
    ("person", "answer", "upload"),
    [
        ("SW2", LESSON, None),  # somebody else's: people are never compared
        ("SW2", None, LESSON),
        ("SW1", OTHER, None),  # another word
        ("SW1", None, OTHER),
        ("SW1", None, LESSON),  # the form's text and a file are not the same record
        ("SW1", "I learnt to listen.", None),
    ],
)
def test_what_is_not_the_same_record_of_the_same_person(portal, service, bench, person, answer, upload):
    written(portal, service, bench, "SW1", answer=LESSON)
    written(portal, service, bench, "SW1", answer="I learnt to listen.")
    written(portal, service, bench, "SW2" if person == "SW1" else "SW1", upload=LESSON)
    assert told(portal, written(portal, service, bench, person, answer, upload)) == []


def test_a_record_that_is_gone_or_taken_back_is_no_other_record(portal, service, bench):
    first = written(portal, service, bench, "SW1", answer=LESSON)
    second = written(portal, service, bench, "SW1", answer=LESSON)
    portal.submit(first)
    portal.withdraw(portal.read_entry(first.id))
    assert told(portal, second) == []
    third = written(portal, service, bench, "SW1", answer=LESSON)
    assert told(portal, second) != []
    portal.delete(third)
    assert told(portal, second) == []


def test_the_gate_answers_while_the_object_store_is_away(portal, service, bench, monkeypatch):
    written(portal, service, bench, "SW1", upload=LESSON)
    second = written(portal, service, bench, "SW1", upload=LESSON)

    def away(_):
        raise ObjectsUnavailableError("away")

    monkeypatch.setattr(service.store.objects, "get", away)
    assert told(portal, second) == []


def test_a_text_is_opened_once_however_often_it_is_asked_about(portal, service, bench, monkeypatch):
    entries = [written(portal, service, bench, "SW1", upload=LESSON) for _ in range(3)]
    first = [told(portal, entry) for entry in entries]
    assert all(first)
    opened, get = [], service.store.objects.get
    monkeypatch.setattr(service.store.objects, "get", lambda name: opened.append(name) or get(name))
    assert [told(portal, entry) for entry in entries] == first
    assert opened == []
    fourth = written(portal, service, bench, "SW1", upload=LESSON)
    opened.clear()
    assert told(portal, fourth) == [("identical_record", fourth.documents[0].id)]
    assert {name.split("/")[0] for name in opened} == {fourth.id}


def test_what_was_changed_since_is_compared_anew(portal, service, bench):
    first = written(portal, service, bench, "SW1", answer=LESSON)
    second = written(portal, service, bench, "SW1", answer=LESSON, upload=LESSON)
    third = written(portal, service, bench, "SW1", upload=LESSON)
    assert all(told(portal, entry) for entry in (first, second, third))
    portal.save_answers(portal.read_entry(second.id), ANSWERS | {"reflection": OTHER})
    (upload,) = portal.read_entry(third.id).documents
    portal.replace(third.id, upload, "a.txt", OTHER.encode())
    service.queue.work_off(bench)
    assert [told(portal, entry) for entry in (first, second, third)] == [[], [], []]
    portal.save_answers(portal.read_entry(second.id), ANSWERS | {"reflection": LESSON})
    service.queue.work_off(bench)
    assert told(portal, first) != []
