"""A reviewer's step while the entry's other documents are at rest, or with a worker."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from models.entry import DocumentStatus, Step
from models.findings import EntityType, Role
from storage.claims import claim
from storage.entries import open_memory
from storage.local import LocalObjects
from storage.outcomes import save_results
from storage.retention import remove_strays
from storage.schema import DocumentRow, EntryRow
from storage.vault import open_vault
from storage.work import load_text

PERSON = {"kind": EntityType.PERSON, "role": Role.SUPPORTED}


def add(desk, entry, document, words):
    return desk.take(entry, document, Step.ADD, "identifies_someone", words=words, **PERSON)


def labels(desk, entry):
    """The labels that the entry has given out."""
    with desk.store.records.read() as session:
        row = session.get(EntryRow, entry)
        return dict(open_memory(open_vault(desk.store.masters, row), row).labels.labels)


@pytest.fixture
def late(desk):
    """An entry, its document that is on the desk, another, and a worker that knows of Pinnock only."""
    entry, one = desk.checked("Mr Pinnock rang. Mrs Ottaway too.")
    other = desk.upload(entry, "Then Pinnock came, and Ottaway.", "b.txt")
    assert add(desk, entry, one, "Pinnock").again == (other,)
    held = claim(desk.store, desk.queue.jobs.popleft(), desk.bench.terms)
    return entry, one, other, held, desk.bench.line.check(*load_text(desk.store, held))


def test_a_name_that_is_added_is_looked_for_in_a_document_that_a_worker_has(desk, late):
    entry, one, other, held, made = late
    assert add(desk, entry, one, "Ottaway").again == (other,)
    given = labels(desk, entry)
    assert save_results(desk.store, held, made) == []
    desk.work_off()
    assert len(desk.findings(entry, other)) == 2
    assert given.items() <= labels(desk, entry).items()


def test_a_step_that_tells_the_others_nothing_leaves_a_worker_its_document(desk, late):
    entry, one, other, held, made = late
    (finding,) = desk.findings(entry, one)
    assert desk.take(entry, one, Step.CONFIRM, "identifies_someone", finding=finding.id).again == ()
    desk.queue.send(save_results(desk.store, held, made))
    assert len(desk.findings(entry, other)) == 1


def test_a_document_that_waits_for_its_check_is_not_sent_twice(desk):
    entry, one = desk.checked("Mr Pinnock rang. Mrs Ottaway too.")
    other = desk.upload(entry, "Then Pinnock came, and Ottaway.", "b.txt")
    add(desk, entry, one, "Pinnock")
    assert add(desk, entry, one, "Ottaway").again == ()
    desk.work_off()
    assert len(desk.findings(entry, other)) == 2
    with desk.store.records.read() as session:
        assert session.get(DocumentRow, other).status is DocumentStatus.READY


def test_a_step_keeps_the_labels_that_other_documents_gave_out_since(desk):
    entry, one = desk.checked("Mr Pinnock rang.")
    desk.upload(entry, "Then Zebulon came.", "b.txt")
    before = labels(desk, entry)
    add(desk, entry, one, "Pinnock")
    assert before
    assert before.items() < labels(desk, entry).items()


@pytest.mark.parametrize(
    ("name", "text", "is_sent"),
    [
        ("Jo", "Then Jo came.", True),
        ("Jo", "Then Joan came.", False),
        ("Ng", "NG came.", True),
        ("No\u00e9mie", "Then Noe\u0301mie came.", True),
        ("Noe\u0301mie", "Then No\u00e9mie came.", True),
        ("No\u00e9mie", "Then Noemi came.", False),
    ],
)
def test_short_names_and_names_in_another_form_are_looked_for(desk, name, text, is_sent):
    entry, one = desk.checked(f"{name} rang.")
    other = desk.upload(entry, text, "b.txt")
    assert add(desk, entry, one, name).again == ((other,) if is_sent else ())


class CleanedMeanwhile(LocalObjects):
    """Objects among which the clean-up begins to look as soon as corrected results are kept."""

    clean = None

    def put(self, name, content):
        super().put(name, content)
        if self.clean is not None and "/corrected" in name:
            self.clean.start()
            self.clean.join(0.3)  # it ends in that time, unless it waits for the step


def test_the_clean_up_leaves_alone_what_a_step_is_just_saving(desk, clock, tmp_path):
    entry, one = desk.checked("Mr Pinnock rang.")
    desk.upload(entry, "Then Pinnock came.", "b.txt")
    clock.now += timedelta(days=2)
    objects = CleanedMeanwhile(tmp_path / "objects")
    desk.store = replace(desk.store, objects=objects)
    objects.clean = threading.Thread(target=remove_strays, args=(desk.store,))
    add(desk, entry, one, "Pinnock")
    objects.clean.join()
    assert len(desk.results(entry, one).judgements) == 1


class WrittenMeanwhile(LocalObjects):
    """Objects whose readers are told whether somebody else could change the entry meanwhile."""

    could = None

    def get(self, name):
        if self.could is not None and "/extraction/" in name:
            writer = threading.Thread(target=self.write)
            writer.start()
            writer.join(0.5)
            self.could.append(not writer.is_alive())
        return super().get(name)


def test_others_can_write_while_a_step_reads_the_other_documents(desk, tmp_path):
    entry, one = desk.checked("Mr Pinnock rang.")
    other = desk.upload(entry, "Then Pinnock came.", "b.txt")
    objects = WrittenMeanwhile(tmp_path / "objects")
    desk.store = replace(desk.store, objects=objects)

    def write():
        with desk.store.records.write() as session:
            session.get(EntryRow, entry, with_for_update=True)

    objects.write, objects.could = write, []
    assert add(desk, entry, one, "Pinnock").again == (other,)
    assert objects.could == [True]
