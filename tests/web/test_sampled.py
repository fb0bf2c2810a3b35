"""Samples: who is drawn, what assessors get of them, and what reading a sample tells."""

import json
import re
from collections import Counter
from dataclasses import replace

import pytest

from models.entry import FormKind, Step
from models.findings import EntityType, Finding, Hide, Judgement, Role, Verdict
from models.text import Span
from pipeline.limits import Limits
from storage.assessors import WithheldError, open_for_assessors
from storage.audit import acts_on
from storage.refusals import RequestRefusedError
from storage.review_decisions import take
from storage.review_sample import read_in_full, view_sample
from storage.review_step import ReviewStep
from storage.samples import draw, estimate, limits_of, sample_documents, sample_people
from tests.tiny import TinyLine
from tests.web.test_journey import ANSWERS
from workers.assessors import export_sample
from workers.line import load_line
from workers.stages import Bench

OWN = re.compile(r"\bRowan Hale\b")


class OwnLine(TinyLine):
    """Finds the practitioner's own name too: it stays in their copy, not in the assessors'."""

    def check(self, extraction, context):
        results = super().check(extraction, context)
        own = tuple(
            Judgement(
                Finding(segment.id, Span(*m.span()), EntityType.PERSON, 1.0, "own", Role.SELF, 1),
                Verdict.INFORM,
                "own_identity",
                "This is you.",
                Hide.FOR_ASSESSOR,
            )
            for segment in results.document.segments
            for m in OWN.finditer(segment.text)
        )
        return replace(results, judgements=results.judgements + own)


@pytest.fixture
def records_url(tmp_path):
    """Queries are the portable ones that the contract tests hold."""
    return f"sqlite:///{tmp_path / 'records.sqlite'}"


@pytest.fixture
def own_bench(bench):
    fields = {name: getattr(bench, name) for name in Bench.__slots__}
    return Bench(**fields | {"line": OwnLine()})


def submitted(portal, service, bench, person, text, year="2026-27"):
    entry = portal.open_entry(person, year, own_name="Rowan Hale", form=FormKind.UNSTRUCTURED)
    entry = portal.choose_parts(portal.save_answers(entry, ANSWERS | {"what": text}), ["4.1"])
    document = portal.upload(entry.id, "Rowan Hale.txt", text.encode())
    service.queue.work_off(bench)
    portal.submit(portal.read_entry(entry.id))
    return entry.id, document.id


def test_the_same_seed_draws_the_same_and_another_another():
    ids = [f"{n:032x}" for n in range(400)]
    drawn = draw(ids, 2.5, 7)
    assert len(drawn) == 10
    assert drawn == draw(reversed(ids), 2.5, 7)
    assert drawn != draw(ids, 2.5, 8)
    assert draw(ids, 100, 7)[:10] == drawn


@pytest.mark.parametrize(
    ("count", "rate", "drawn"),
    [(0, 2.5, 0), (1, 2.5, 1), (40, 2.5, 1), (41, 2.5, 2), (1000, 0.7, 7), (5, 0, 0)],
)
def test_shares_are_rounded_up_and_exactly(count, rate, drawn):
    assert len(draw(map(str, range(count)), rate, 1)) == drawn


def test_everybody_is_drawn_as_often_as_everybody_else():
    ids = [str(n) for n in range(20)]
    times = Counter(i for seed in range(2000) for i in draw(ids, 10, seed))
    assert min(times.values()) > 150
    assert max(times.values()) < 250


def test_people_are_drawn_not_entries(portal, service, own_bench):
    for person, entries in (("SW1", 3), ("SW2", 1)):
        for number in range(entries):
            submitted(portal, service, own_bench, person, f"Lesson {number} of {person}.")
    submitted(portal, service, own_bench, "SW3", "Another year.", year="2025-26")
    portal.open_entry("SW4", "2026-27")
    sample = sample_people(service.store, "operator", 100, 7)
    assert (sample.year, sample.population) == ("2026-27", 2)
    assert sorted(len(person.entries) for person in sample.people) == [1, 3]
    assert [person.number for person in sample.people] == [1, 2]
    assert sample_people(service.store, "operator", 100, 7, "2025-26").population == 1


def test_assessors_get_copies_in_which_nobody_is_named(portal, service, own_bench, tmp_path):
    entry, _ = submitted(portal, service, own_bench, "SW1", "I am Rowan Hale. I met a child.")
    submitted(portal, service, own_bench, "SW2", "I listened.")
    sample = sample_people(service.store, "operator", 100, 7)
    folder = tmp_path / "out"
    folder.mkdir()
    report = export_sample(service.store, sample, 100, 7, folder, Limits())
    assert (report.people, report.entries, report.files, report.texts) == (2, 2, 2, 2)
    written = {p.relative_to(folder): p.read_text() for p in folder.rglob("*") if p.is_file()}
    everything = "\n".join([*map(str, written), *written.values()])
    assert "Rowan" not in everything
    assert "SW1" not in everything
    assert entry not in everything
    assert sum("I am [practitioner]. I met a child." in text for text in written.values()) == 2
    assert {p.name for p in written} == {"report.json", "entry.json", "answers.txt", "document-1.txt"}
    assert json.loads((folder / "report.json").read_text())["withheld"] == {}
    assert "entry.exported" in [n.action for n in acts_on(service.store, entry)]


def test_a_copy_that_would_still_name_the_practitioner_is_held_back(portal, service, bench, tmp_path):
    entry, _ = submitted(portal, service, bench, "SW1", "I am rowan\nHALE, and I listened.")
    with pytest.raises(WithheldError, match="own_identity"):
        open_for_assessors(service.store, entry)
    sample = sample_people(service.store, "operator", 100, 7)
    (tmp_path / "out").mkdir()
    report = export_sample(service.store, sample, 100, 7, tmp_path / "out", Limits())
    assert (report.entries, report.withheld) == (0, {"own_identity": 1})
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["report.json"]


def test_what_is_still_with_us_is_held_back(portal, service, own_bench):
    entry, _ = submitted(portal, service, own_bench, "SW1", "I listened.")
    portal.reopen(portal.read_entry(entry))
    portal.upload(entry, "b.txt", b"more words")
    portal.submit(portal.read_entry(entry))
    with pytest.raises(WithheldError, match="being_checked"):
        open_for_assessors(service.store, entry)


def test_documents_in_which_nothing_was_found_are_read_and_counted(portal, service, own_bench):
    texts = (f"Lesson {n}, and Lesson {n} again." for n in range(3))
    everything = {submitted(portal, service, own_bench, f"SW{n}", text)[1] for n, text in enumerate(texts)}
    sample = sample_documents(service.store, "operator", 50, 7)
    assert (sample.population, sample.drawn) == (6, 3)
    before = estimate(service.store, sample.id)
    assert (before.read, before.low, before.high) == (0, 0.0, 1.0)
    first, second, third = view_sample(service.store, sample.id).documents
    assert read_in_full(service.store, sample.id, first.document, "reader") == 0
    added = add_missed(service.store, second)
    assert added >= 2
    assert read_in_full(service.store, sample.id, second.document, "reader") == added
    assert read_in_full(service.store, sample.id, third.document, "reader") == 0
    found = estimate(service.store, sample.id)
    assert (found.read, found.missing, found.missed) == (3, 1, added)
    assert found.low < 1 / 3 < found.high
    assert [act.action for act in acts_on(service.store, second.entry)][-1] == "sample.read"
    others = everything - {first.document, second.document, third.document}
    for other in (*others, "none"):
        with pytest.raises(RequestRefusedError):
            read_in_full(service.store, sample.id, other, "reader")
    with pytest.raises(RequestRefusedError):
        estimate(service.store, "none")


def add_missed(store, drawn):
    """Add words that were missed in a drawn document, as a reviewer does; return at how many places."""
    kind = {"kind": EntityType.PERSON, "role": Role.SUPPORTED}
    step = ReviewStep(drawn.document, 1, Step.ADD, "identifies_someone", words="Lesson", **kind)
    return len(take(store, "north", drawn.entry, step, "reader").findings)


def test_a_drawn_document_that_was_replaced_is_not_read_in_its_place(portal, service, own_bench):
    entry, document = submitted(portal, service, own_bench, "SW1", "Lesson.")
    sample = sample_documents(service.store, "operator", 100, 7)
    portal.reopen(portal.read_entry(entry))
    portal.replace(entry, portal.read_document(entry, document), "b.txt", b"Another lesson.")
    service.queue.work_off(own_bench)
    with pytest.raises(RequestRefusedError):
        read_in_full(service.store, sample.id, document, "reader")
    (seen,) = [d for d in view_sample(service.store, sample.id).documents if d.document == document]
    assert (seen.is_there, seen.missed) == (False, None)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 0, 0, 1),
        (0, 100, 0, 0.0362),
        (3, 100, 0.0062, 0.0852),
        (5, 10, 0.1871, 0.8129),
        (10, 10, 0.6915, 1),
    ],
)
def test_limits_are_the_published_ones(count, of, low, high):
    assert limits_of(count, of) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.all
def test_the_line_itself_hides_the_practitioner_from_assessors(portal, service, bench):
    real = Bench(**{name: getattr(bench, name) for name in Bench.__slots__} | {"line": load_line()})
    text = "My name is Rowan Hale (SW48213). I supported a young person to plan a move."
    entry, _ = submitted(portal, service, real, "R-1", text)
    opened = open_for_assessors(service.store, entry)
    for document in opened.documents:
        assert "young person" in document.redaction.text
        assert "Rowan" not in document.redaction.text
        assert "48213" not in document.redaction.text
