"""Pieces of one phrase or name, put together; and what stays apart."""

import pytest

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim
from pipeline.phrases import join


def claim(text, words, kind, look_alike=None, score=0.9):
    at = text.index(words)
    return Claim(at, at + len(words), kind, score, "tagger", look_alike)


PLACE, STREET, BODY = EntityType.LOCATION, EntityType.STREET_ADDRESS, EntityType.ORGANISATION


@pytest.mark.parametrize(
    ("text", "pieces", "expected"),
    [
        ("in Sowerby Bridge", [("Sowerby", PLACE), ("Bridge", STREET)], [("Sowerby Bridge", PLACE)]),
        ("in Hexham High Street", [("Hexham", PLACE), ("High Street", STREET)], None),
        ("in Hexham, Bridge", [("Hexham", PLACE), ("Bridge", STREET)], None),
        (
            "at Vale Training here",
            [("Vale", BODY), ("Training", BODY, LookAlike.COURSE)],
            [("Vale Training", BODY)],
        ),
        ("at Vale training", [("Vale", BODY), ("training", BODY, LookAlike.COURSE)], None),
        (
            "a broken hip and wrist now",
            [("a broken hip", EntityType.HEALTH), ("wrist", EntityType.HEALTH)],
            [("a broken hip and wrist", EntityType.HEALTH)],
        ),
        ("deaf. Blind too", [("deaf", EntityType.HEALTH), ("Blind", EntityType.HEALTH)], None),
    ],
)
def test_pieces_of_one_name_or_phrase_are_joined(text, pieces, expected):
    claims = [claim(text, *piece) for piece in pieces]
    told = [(text[c.start : c.end], c.entity_type) for c in join(claims, [], text)]
    assert told == (expected or [piece[:2] for piece in pieces])
