"""The JSON line keeps to its published schema, field by field."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from cli.json_line import json_line, json_object
from models.document import SegmentKind
from models.entry import DocumentStatus
from models.findings import EntityType, Role, Verdict
from models.ledger import LedgerState
from models.results import Outcome
from models.standards import Band, MappingNote
from tests.cli.made_up import BODY, FAILED, READY, REFUSED

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "json-schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("checked", [READY, REFUSED, FAILED], ids=lambda c: c.status)
def test_a_line_keeps_to_the_schema(checked):
    line = json_line(checked)
    assert "\n" not in line
    assert line.isascii()
    VALIDATOR.validate(json.loads(line))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("outcome", None),
        ("outcome", "clear"),
        ("reason", {"code": "x", "message": "x", "remedy": "x"}),
        ("ledger", []),
        ("versions", None),
        ("extra", 1),
        ("findings", [{"segment": "s1"}]),
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_say(field, value):
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(json_object(READY) | {field: value})


def test_the_schema_knows_the_words_of_the_models():
    defs, properties = SCHEMA["$defs"], SCHEMA["properties"]
    finding = defs["finding"]["properties"]
    assert set(properties["status"]["enum"]) == {s for s in DocumentStatus if s.is_final}
    assert set(properties["outcome"]["enum"]) == {*Outcome, None}
    assert set(finding["entity_type"]["enum"]) == set(EntityType)
    assert set(finding["role"]["enum"]) == set(Role)
    assert set(finding["verdict"]["enum"]) == set(Verdict)
    assert set(defs["candidate"]["properties"]["band"]["enum"]) == set(Band)
    assert set(defs["score"]["properties"]["shown"]["enum"]) == {*Band, None}
    assert set(defs["ledger_line"]["properties"]["state"]["enum"]) == set(LedgerState)
    assert SegmentKind.PARAGRAPH in {s["kind"] for s in json_object(READY)["segments"]}


def test_offsets_are_into_the_text_and_null_outside_the_body():
    line = json_object(READY)
    first, second = line["findings"]
    assert BODY[first["start"] : first["end"]] == "Ann <b>Ó Sé</b>"
    assert (second["start"], second["end"], second["segment_start"], second["segment_end"]) == (
        None,
        None,
        4,
        7,
    )
    assert [(s["start"], s["end"]) for s in line["segments"]] == [(0, len(BODY)), (None, None)]


def test_words_of_a_warning_have_their_place_too():
    (spot,) = json_object(READY)["warnings"][2]["spots"]
    assert BODY[spot["start"] : spot["end"]] == "helped"
    assert (spot["segment"], spot["segment_start"], spot["segment_end"]) == ("s1", 37, 43)


def test_no_text_of_the_document_stands_in_a_line_but_redacted_quotes():
    line = json_object(READY)
    line["candidates"] = []
    assert "Ann" not in json.dumps(line, ensure_ascii=False)


def test_why_nothing_is_suggested_reaches_the_reader():
    note = MappingNote("too_short", "Not enough here to suggest a part.", "Say what is different since.")
    line = json_object(replace(READY, results=replace(READY.results, candidates=(), note=note, scores=())))
    VALIDATOR.validate(line)
    assert line["note"]["remedy"] == "Say what is different since."
    assert json_object(READY)["note"] is None
    assert [s["shown"] for s in json_object(READY)["scores"]] == ["strong", None]


def test_what_was_left_alone_is_not_among_the_findings():
    line = json_object(READY)
    assert {f["verdict"] for f in line["findings"]} == {"block"}
    assert [(f["verdict"], f["why"]) for f in line["allowed"]] == [("allow", "An author.")]


def test_a_failed_file_says_so_without_what_went_wrong():
    line = json_object(FAILED)
    assert line["reason"]["code"] == "failed"
    assert "ValueError" not in json.dumps(line)
