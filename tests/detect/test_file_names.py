"""Names of files: names of people in them are found, their endings are none."""

from __future__ import annotations

import pytest

from models.document import Origin, Place, Segment, SegmentKind
from models.findings import EntityType
from pipeline.claims import Claim
from pipeline.normalise import normalise
from pipeline.outside import beyond_endings, claims_by_kind
from pipeline.sheets import Sheet

_INSIDE = (Origin(SegmentKind.PARAGRAPH, Place("paragraph 1"), is_body=True),)


def sheet(text: str, kind: SegmentKind, origins: tuple[Origin, ...] = ()) -> Sheet:
    segment = Segment("s1", kind, Place("attachment 1"), text, origins=origins)
    return Sheet(normalise(text), (segment,), kind)


@pytest.mark.parametrize(
    ("text", "claimed", "kept"),
    [
        ("visit.eml", (6, 9), False),
        ("Quillon.msg", (0, 7), True),
        ("visit to Quillon.Feather", (9, 24), True),
        ("Sam.Quillon", (4, 11), True),
        ("visit", (0, 5), True),
    ],
)
def test_the_ending_of_a_file_s_name_is_no_name(text: str, claimed: tuple[int, int], kept: bool):  # noqa: FBT001
    claim = Claim(*claimed, EntityType.PERSON, 0.9, "tagger")
    assert bool(list(beyond_endings([claim], sheet(text, SegmentKind.FILE_NAME)))) is kept
    assert list(beyond_endings([claim], sheet(text, SegmentKind.COMMENT))) == [claim]


@pytest.mark.parametrize(
    ("kind", "origins", "is_name"),
    [
        (SegmentKind.FILE_NAME, (), True),
        (SegmentKind.ATTACHMENT, (), True),
        (SegmentKind.ATTACHMENT, _INSIDE, False),
        (SegmentKind.COMMENT, (), False),
    ],
)
def test_what_an_attached_file_says_is_no_name_of_a_file(
    kind: SegmentKind,
    origins: tuple[Origin, ...],
    is_name: bool,  # noqa: FBT001
):
    assert bool(list(claims_by_kind(sheet("Zebedee Quillon.docx", kind, origins)))) is is_name
