"""The words hold what they promise: spans, documents, ledgers, statuses, outcomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document import Found, Place, SegmentKind, assemble
from models.entry import DOCUMENT_FOLLOWS, DocumentStatus, Gate, Need, NeedKind, follow
from models.findings import EntityType, Finding, Judgement, Verdict
from models.ledger import Ledger, LedgerLine, LedgerState
from models.results import Outcome, outcome_of
from models.standards import Band, Candidate
from models.text import Span

PLACE = Place("somewhere")


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 4)])
def test_an_empty_or_reversed_span_cannot_be_made(start, end):
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@pytest.mark.parametrize(
    ("one", "other", "overlaps", "contains"),
    [
        (Span(0, 4), Span(4, 6), False, False),
        (Span(0, 5), Span(4, 6), True, False),
        (Span(0, 9), Span(4, 6), True, True),
        (Span(4, 6), Span(4, 6), True, True),
    ],
)
def test_spans_are_half_open(one, other, overlaps, contains):
    assert one.overlaps(other) is overlaps
    assert other.overlaps(one) is overlaps
    assert one.contains(other) is contains


@given(
    st.lists(
        st.tuples(st.text(max_size=8), st.booleans(), st.sampled_from(["", "\n", " | "])),
        max_size=12,
    )
)
def test_every_body_segment_stands_where_its_start_says(pieces):
    document = assemble([Found(SegmentKind.PARAGRAPH, PLACE, t, body=b, gap=g) for t, b, g in pieces])
    for segment in document.segments:
        assert segment.text
        if segment.start is not None:
            end = segment.start + len(segment.text)
            assert document.text[segment.start : end] == segment.text
    assert len({s.id for s in document.segments}) == len(document.segments)


def test_a_segment_outside_the_body_has_no_offset_in_the_text():
    document = assemble(
        [
            Found(SegmentKind.PARAGRAPH, PLACE, "one", body=True),
            Found(SegmentKind.PROPERTY, PLACE, "Isla Pike"),
            Found(SegmentKind.PARAGRAPH, PLACE, "two", body=True),
        ]
    )
    assert document.text == "one\ntwo"
    assert document.in_text("s2", Span(0, 4)) is None
    assert document.in_text("s3", Span(0, 3)) == Span(4, 7)


def test_a_status_follows_only_where_the_table_says():
    assert follow(DocumentStatus.RECEIVED, DocumentStatus.READING) is DocumentStatus.READING
    with pytest.raises(ValueError, match="may not follow"):
        follow(DocumentStatus.REFUSED, DocumentStatus.READY)


def test_every_status_has_a_row_in_the_table():
    assert set(DOCUMENT_FOLLOWS) == set(DocumentStatus)
    assert DocumentStatus.READY not in DOCUMENT_FOLLOWS[DocumentStatus.RECEIVED]


def _judged(verdict):
    return Judgement(Finding("s1", Span(0, 1), EntityType.PERSON, 1.0, "r"), verdict, "rule", "why")


READ = Ledger((LedgerLine(SegmentKind.TEXT, "text", 1, LedgerState.READ),))
UNREAD = Ledger((LedgerLine(SegmentKind.TEXT, "text", 1, LedgerState.LOW_CONFIDENCE, "faint"),))


@pytest.mark.parametrize(
    ("verdicts", "ledger", "outcome"),
    [
        ([], READ, Outcome.NOTHING_FOUND),
        ([Verdict.INFORM], READ, Outcome.NOTHING_FOUND),
        ([Verdict.WARN], READ, Outcome.WARNINGS),
        ([Verdict.WARN], UNREAD, Outcome.NOT_FULLY_READ),
        ([], UNREAD, Outcome.NOT_FULLY_READ),
        ([Verdict.WARN, Verdict.BLOCK], UNREAD, Outcome.BLOCKED),
    ],
)
def test_the_outcome_is_the_gravest_of_found_and_unread(verdicts, ledger, outcome):
    assert outcome_of(tuple(_judged(v) for v in verdicts), (), ledger) is outcome


def test_a_candidate_without_a_quote_cannot_be_made():
    with pytest.raises(ValueError, match="needs a quote"):
        Candidate("swe-4", "4.1", Band.STRONG, (), "why")


def test_what_is_with_us_never_stops_submission():
    waiting = Need(NeedKind.WITH_US, "checking", "Still being checked.")
    yours = Need(NeedKind.NEEDS_YOU, "answer_missing", "An answer is missing.")
    assert Gate(()).is_open
    assert Gate((waiting,)).may_submit
    assert not Gate((waiting,)).is_open
    assert not Gate((waiting, yours)).may_submit
