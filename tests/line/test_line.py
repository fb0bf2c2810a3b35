"""The line on the samples, from a file to its results: what must hold whatever is found."""

import itertools
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from cli.checked import Checked
from cli.json_line import json_object
from models.document import SegmentKind
from models.entry import DocumentStatus
from models.findings import Verdict
from models.results import Context, Outcome
from models.serialize import from_json, to_json
from models.upload import Upload
from pipeline.limits import Limits
from pipeline.line import check, read
from tests.line.samples import NAMES, load_sample, meet, run_line

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "json-schema.json").read_text(encoding="utf-8"))
PLACES = {
    "header": {SegmentKind.HEADER, SegmentKind.PAGE},
    "footer": {SegmentKind.FOOTER, SegmentKind.PAGE},
    "footnote": {SegmentKind.FOOTNOTE},
    "comment": {SegmentKind.COMMENT},
    "author": {SegmentKind.AUTHOR},
    "property": {SegmentKind.PROPERTY},
    "box": {SegmentKind.TEXT_BOX},
    "deletion": {SegmentKind.DELETION},
}

every_sample = pytest.mark.parametrize("name", NAMES)


@every_sample
def test_every_marked_word_is_read_from_the_place_where_it_stands(done, name):
    sample, results = done[name]
    for mark in (*sample.find, *sample.leave):
        segments = [results.document.by_id[met.segment] for met in meet(results, mark)]
        if mark.place in PLACES:
            assert PLACES[mark.place] & {s.kind for s in segments}, mark
        else:
            assert any(s.start is not None for s in segments), mark


@every_sample
def test_nothing_in_a_sample_is_left_unread(done, name):
    assert done[name][1].ledger.is_fully_read


@every_sample
def test_offsets_into_segment_and_text_tell_the_same_words(done, name):
    document = done[name][1].document
    judgements = (*done[name][1].judgements, *done[name][1].allowed)
    assert judgements
    for judgement in judgements:
        finding = judgement.finding
        words = document.by_id[finding.segment].text[finding.span.start : finding.span.end]
        in_text = document.in_text(finding.segment, finding.span)
        assert words.strip() == words
        assert in_text is None or document.text[in_text.start : in_text.end] == words


@every_sample
def test_findings_do_not_overlap_and_come_in_reading_order(done, name):
    results = done[name][1]
    order = {segment.id: n for n, segment in enumerate(results.document.segments)}
    places = [(order[j.finding.segment], j.finding.span) for j in results.judgements]
    assert places == sorted(places)
    for (segment, span), (following, after) in itertools.pairwise(places):
        assert segment != following or span.end <= after.start


@every_sample
def test_verdicts_stand_where_they_belong(done, name):
    results = done[name][1]
    assert all(j.verdict is not Verdict.ALLOW for j in results.judgements)
    assert all(j.verdict is Verdict.ALLOW for j in results.allowed)


@every_sample
def test_every_finding_held_against_the_text_is_told_in_a_warning(done, name):
    results = done[name][1]
    told = {i for w in results.warnings for i in w.findings}
    held = {i for i, j in enumerate(results.judgements) if j.verdict in (Verdict.BLOCK, Verdict.WARN)}
    assert held <= told
    assert all(w.title and w.where and w.why and w.instead for w in results.warnings)


@every_sample
def test_the_redacted_text_holds_no_word_that_was_to_be_hidden(done, name):
    results = done[name][1]
    document, redaction = results.document, results.redaction
    text, rebuilt, at = document.text, [], 0
    for replacement in redaction.replacements:
        span = document.in_text(replacement.segment, replacement.span)
        if span:
            rebuilt += [text[at : span.start], replacement.label]
            at = span.end
    assert redaction.text == "".join(rebuilt) + text[at:]
    hidden = [r.span for r in redaction.replacements]
    assert all(
        any(j.finding.span.overlaps(span) for span in hidden)
        for j in results.judgements
        if j.verdict is Verdict.BLOCK
    )


@every_sample
def test_quotes_are_whole_and_redacted(done, name):
    results = done[name][1]
    names = {
        results.document.by_id[j.finding.segment].text[j.finding.span.start : j.finding.span.end]
        for j in results.judgements
        if j.verdict is Verdict.BLOCK
    }
    for candidate in results.candidates:
        for quote in candidate.quotes:
            assert 0 <= quote.span.start < quote.span.end <= len(results.document.text)
            assert quote.text.strip()
            assert not [n for n in names if f" {n} " in f" {quote.text} "]


@every_sample
def test_results_keep_to_the_json_contract(done, name):
    line = json_object(Checked(name, DocumentStatus.READY, done[name][1]))
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(line)))


def test_results_survive_the_store(done):
    results = done["asye-portfolio"][1]
    assert from_json(type(results), json.loads(json.dumps(to_json(results)))) == results


def test_the_same_upload_gives_the_same_results(done, kit):
    sample, results = done["feedback-email"]
    assert run_line(sample, kit) == results


def test_the_key_changes_with_what_the_results_depend_on(done, kit):
    sample, results = done["training-certificate"]
    data = sample.path.read_bytes()
    context = Context(own_name=sample.own_name)
    others = [
        (Upload("other.pdf", data), context),
        (Upload(sample.path.name, data), replace(context, own_name="Someone Else")),
        (Upload(sample.path.name, data), replace(context, standard="hcpc-cpd")),
        (Upload(sample.path.name, data), replace(context, names=("Zeb",))),
    ]
    keys = {check(read(upload, Limits()), context, kit).key for upload, context in others}
    assert len(keys | {results.key}) == len(others) + 1


def test_a_mail_in_an_old_encoding_is_read_as_such(done):
    assert done["feedback-email"][1].document.encoding == "cp1252"
    assert done["reflection"][1].document.encoding == "utf-8"


def test_text_with_nothing_to_find_has_nothing_held_against_it(done):
    assert done["journal-club"][1].outcome is Outcome.NOTHING_FOUND
    assert {n for n in NAMES if done[n][1].outcome is Outcome.BLOCKED} == set(NAMES) - {"journal-club"}


def test_the_samples_suggest_parts_only_with_quotes_from_the_text(done):
    suggested = {name: {c.part for c in done[name][1].candidates} for name in NAMES}
    assert sum(bool(suggested[n] & load_sample(n).parts) for n in NAMES) >= len(NAMES) - 2
