"""The ruler itself: reading labelled documents, scoring, replaying what was recorded."""

import json

import pytest

from pipeline.tagger import Mark, Tagging
from tests.quality.gold import GoldError, read_document, read_folder
from tests.quality.recorded import RecordedTagger, Recording, line, parse, text_hash
from tests.quality.score import Found, score
from tests.quality.tagger_alone import GOLD, TRAINING

HEAD = {"id": "x", "kind": "k", "setting": "s", "self": None, "cpd": ["4.1"]}
BODY = "Dr [[PERSON/supported|Mrs Ann Lee]] is [[AGE/supported|six]]. {{theorist|Kolb}} said so."


def written(folder, body):
    path = folder / "x.txt"
    path.write_text(json.dumps(HEAD) + "\n\n" + body, encoding="utf-8")
    return path


@pytest.fixture
def document(tmp_path):
    return read_document(written(tmp_path, BODY))


def test_marks_become_offsets(document):
    assert document.text == "Dr Mrs Ann Lee is six. Kolb said so."
    assert [(document.text[s.start : s.end], s.type, s.role) for s in document.spans] == [
        ("Mrs Ann Lee", "PERSON", "supported"),
        ("six", "AGE", "supported"),
    ]
    assert [document.text[n.start : n.end] for n in document.look_alikes] == ["Kolb"]


@pytest.mark.parametrize(
    "body",
    ["[[PERSON/nobody|A]]", "[[NAME/self|A]]", "{{whatever|A}}", "a [[ b", "a }} b", "[[AGE/self|]]", ""],
)
def test_a_malformed_mark_is_told(tmp_path, body):
    with pytest.raises(GoldError, match=r"x\.txt"):
        read_document(written(tmp_path, body))


@pytest.mark.parametrize("folder", [GOLD / "dev", GOLD / "extra", *TRAINING], ids=lambda folder: folder.name)
def test_every_labelled_document_can_be_read(folder):
    documents = read_folder(folder)
    assert documents
    assert len({document.id for document in documents}) == len(documents)


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], {"direct_recall": 0.0, "indirect_recall": 0.0, "precision": None, "leak_free_documents": 0.0}),
        (
            [Found(7, 14, "PERSON", "supported")],
            {"direct_recall": 1.0, "precision": 1.0, "role_accuracy": 1.0},
        ),
        ([Found(7, 10, "PERSON", "supported")], {"direct_recall": 0.0, "precision": 1.0}),
        (
            [Found(3, 14, "LOCATION", "family")],
            {"direct_recall": 1.0, "type_accuracy": 0.0, "role_accuracy": 0.0},
        ),
        ([Found(23, 27, "PERSON")], {"precision": 0.0, "look_alikes_flagged": 1.0}),
        ([Found(0, 36, "PERSON")], {"direct_recall": 1.0, "indirect_recall": 1.0, "precision": 0.0}),
    ],
)
def test_findings_are_scored(document, findings, expected):
    table = score([document], {"x": findings})
    assert {name: table[name] for name in expected} == expected


@pytest.mark.parametrize("others", [(), (("family", 0.2), ("student", 0.05))])
def test_a_recording_is_replayed(others):
    mark = Mark(0, 3, "PERSON", 0.98, "supported", 0.7, others)
    recording = Recording("x", text_hash("Ann"), "v1", Tagging((mark,), ()))
    assert parse(line(recording)) == recording
    assert RecordedTagger([recording]).tag("Ann") == (mark,)
    with pytest.raises(KeyError):
        RecordedTagger([recording]).tag("Bob")


def test_a_record_from_before_other_roles_is_read():
    old = '{"id":"x","text":"t","model":"v","sure":[[0,3,"PERSON",0.98,"supported",0.7]],"weak":[]}'
    assert parse(old).tagging.sure == (Mark(0, 3, "PERSON", 0.98, "supported", 0.7),)
