"""What we suggest and what we put in place of names is nothing that we would flag ourselves."""

from __future__ import annotations

import re

import pytest

from models.document import Found, Place, SegmentKind, assemble
from models.findings import EntityType, Person, Role
from models.results import Context
from pipeline.assess import assess
from pipeline.detect import Detector, detect, load_detector
from pipeline.life import stage_of
from rules.labels import load_labels
from rules.policy import load_policy

POLICY = load_policy()
QUOTED = re.compile(r'"([^"]+)"')


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load_detector()


def flagged(text: str, detector: Detector) -> list[tuple[str, str]]:
    made = assemble([Found(SegmentKind.TEXT, Place("the text"), text, body=True)])
    context = Context()
    assessment = assess(made, detect(made, context, detector), context, POLICY)
    spans = [j.finding.span for j in assessment.judgements]
    return [(text[s.start : s.end], text) for s in spans] + [(w.code, text) for w in assessment.warnings]


def suggestions() -> list[str]:
    rows = (*POLICY.wording.findings, *POLICY.wording.others)
    return sorted({quoted for row in rows for quoted in QUOTED.findall(row.instead)})


def labels() -> list[str]:
    table = load_labels()
    people = [
        Person(1, role, stage, kin, 1 if kin else None, job)
        for role in Role
        for stage in ("child", "adult", None)
        for kin in ("mother", "former partner", "neighbour", None)
        for job in ("health visitor", "police officer", "GP", None)
    ]
    patterns = {
        table.for_person(p).format(letter="B", number=2, owner="Child A", kin=p.kin, job=p.job)
        for p in people
    }
    patterns |= {t.label.format(number=2) for t in table.things}
    patterns |= {stage for age in range(100) if (stage := stage_of(str(age)))}
    return sorted(patterns)


def test_suggested_words_are_not_flagged(detector):
    advice = [row.instead for row in (*POLICY.wording.findings, *POLICY.wording.others)]
    written = [f"I wrote: {words}." for words in suggestions()]
    assert len(written) > 30
    assert [found for text in (*advice, *written) for found in flagged(text, detector)] == []


def test_labels_are_not_flagged(detector):
    written = [f"Last year I met [{label}] and learnt a lot." for label in labels()]
    assert len(written) > 50
    assert [found for text in written for found in flagged(text, detector)] == []


def test_the_sentence_itself_can_be_flagged(detector):
    assert flagged("Last year I worked with Courtney Purvis and learnt a lot.", detector)


def test_every_type_that_can_be_flagged_has_a_suggestion():
    for entity_type in EntityType:
        assert POLICY.wording.wording_for(entity_type, Role.UNKNOWN, None, POLICY.rules[-1].verdict).instead
