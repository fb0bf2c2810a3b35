"""What goes out as JSON comes back the same, and nothing malformed gets in."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document import Found, Place, SegmentKind, assemble
from models.entry import Decision, Step
from models.errors import Reason, ReasonCode
from models.findings import EntityType, Finding, Judgement, LookAlike, Role, Verdict
from models.ledger import Ledger, LedgerLine, LedgerState, ObjectKind
from models.results import Context
from models.serialize import from_json, to_json
from models.standards import Part, Standard
from models.text import Span

texts = st.text(max_size=20)
spans = st.tuples(st.integers(0, 99), st.integers(1, 99)).map(lambda p: Span(p[0], p[0] + p[1]))
findings = st.builds(
    Finding,
    segment=texts,
    span=spans,
    entity_type=st.sampled_from(EntityType),
    score=st.floats(0, 1),
    recognizer=texts,
    role=st.sampled_from(Role),
    person=st.none() | st.integers(0, 9),
    look_alike=st.none() | st.sampled_from(LookAlike),
)
judgements = st.builds(Judgement, finding=findings, verdict=st.sampled_from(Verdict), rule=texts, why=texts)

DECISION = Decision(
    document="d1",
    version=1,
    finding=None,
    step=Step.ASK_REVIEW,
    by_reviewer=False,
    actor="a1",
    at=datetime(2026, 1, 1, tzinfo=UTC),
    reason="unsure",
)


@given(judgements)
def test_a_judgement_survives_the_round_trip(judgement):
    assert from_json(Judgement, json.loads(json.dumps(to_json(judgement)))) == judgement


@pytest.mark.parametrize(
    "value",
    [
        Ledger((LedgerLine(ObjectKind.IMAGE, "page 2", 1, LedgerState.NOT_READ, "pictures are not read"),)),
        Ledger((LedgerLine(SegmentKind.HEADER, "headers", 3, LedgerState.READ),)),
        Reason(ReasonCode.EMPTY, "The file is empty.", "Upload it again."),
        Context(own_name="Wren Tolliver", names=("Isla", "Mr Pike")),
        Standard("x", "r", "t", "s", "u", date(2019, 12, 2), None, (Part("1", "w", "n"),)),
        DECISION,
        assemble([Found(SegmentKind.TEXT, Place("text"), "Hello", body=True)], "utf-8"),
    ],
)
def test_every_kind_of_value_survives_the_round_trip(value):
    assert from_json(type(value), json.loads(json.dumps(to_json(value)))) == value


@pytest.mark.parametrize(
    ("untrusted", "says"),
    [
        ({"start": 1}, "missing fields ['end']"),
        ({"start": 1, "end": 2, "text": "Isla"}, "unknown fields ['text']"),
        ({"start": "1", "end": 2}, "Span.start"),
        ({"start": True, "end": 2}, "Span.start"),
        ([1, 2], "an object is needed"),
        ({"start": 5, "end": 5}, "not a span"),
    ],
)
def test_malformed_values_are_refused_by_field(untrusted, says):
    with pytest.raises(ValueError, match=r".*") as refused:
        from_json(Span, untrusted)
    assert says in str(refused.value)


def test_the_refusal_names_the_field_and_not_the_value():
    with pytest.raises(ValueError, match=r".*") as refused:
        from_json(Reason, {"code": "Isla Pike", "message": "m", "remedy": "r"})
    assert "Isla" not in str(refused.value)
    assert "Reason.code" in str(refused.value)


def test_what_has_no_place_in_json_is_an_error():
    with pytest.raises(TypeError):
        to_json({"a": object()})
