"""Of two recognizers the one that knows more decides: what kind a number is, and whose."""

from __future__ import annotations

import pytest

from models.findings import EntityType, Role
from pipeline.claims import Claim, owned, settle
from pipeline.edges import shape

TEXT = "Her NI card came (SE301958A), GMC 6138827, and Dr Ahlam Siddall signed."


def at(words: str, kind: EntityType, score: float, recognizer: str, role: Role = Role.UNKNOWN) -> Claim:
    """Claim words of the text."""
    start = TEXT.index(words)
    return Claim(start, start + len(words), kind, score, recognizer, role=role, role_score=0.9)


def test_a_rule_that_knows_the_form_says_what_kind_a_number_is():
    taken = at("SE301958A", EntityType.CASE_REFERENCE, 1.0, "tagger")
    known = at("SE301958A", EntityType.NINO, 0.95, "national_insurance_number")
    assert [claim.entity_type for claim in settle((taken, known), TEXT)] == [EntityType.NINO]


def test_a_rule_that_only_guesses_does_not():
    taken = at("SE301958A", EntityType.CASE_REFERENCE, 1.0, "tagger")
    guessed = at("SE301958A", EntityType.PHONE_NUMBER, 0.7, "phone_extension")
    assert [claim.entity_type for claim in settle((taken, guessed), TEXT)] == [EntityType.CASE_REFERENCE]


def test_a_name_is_not_taken_away_by_a_sure_rule():
    name = at("Ahlam Siddall", EntityType.PERSON, 1.0, "tagger")
    ruled = at("Dr Ahlam Siddall", EntityType.PERSON, 0.95, "title_and_name")
    assert [TEXT[c.start : c.end] for c in settle((name, ruled), TEXT)] == ["Dr Ahlam Siddall"]


def test_what_is_left_of_a_number_beside_the_surer_claim_holds_a_digit_or_goes():
    taken = at("GMC 6138827", EntityType.CASE_REFERENCE, 1.0, "tagger")
    known = at("6138827", EntityType.REGISTRATION_NUMBER, 0.95, "medical_registration")
    assert [TEXT[c.start : c.end] for c in settle((taken, known), TEXT)] == ["6138827"]


@pytest.mark.parametrize(
    ("theirs", "role"), [(Role.UNKNOWN, Role.FAMILY), (Role.PROFESSIONAL, Role.PROFESSIONAL)]
)
def test_a_number_found_by_a_rule_is_whose_the_classifier_says_unless_the_rule_knows(theirs, role):
    ruled = at("SE301958A", EntityType.NINO, 0.95, "national_insurance_number", theirs)
    learned = at("SE301958A", EntityType.CASE_REFERENCE, 1.0, "tagger", Role.FAMILY)
    assert [claim.role for claim in owned((ruled,), (learned,))] == [role]
    elsewhere = at("6138827", EntityType.REGISTRATION_NUMBER, 1.0, "tagger", Role.FAMILY)
    assert [claim.role for claim in owned((ruled,), (elsewhere,))] == [theirs]


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("born on 29th February 2016, which", "29th February", "29th February 2016"),
        ("on 4 May, 2021 we", "4 May", "4 May, 2021"),
        ("in May 2016 it", "May", "May"),
        ("on 4 May 201 of them", "4 May", "4 May"),
        ("on 04/05 2021 rooms", "04/05", "04/05"),
    ],
)
def test_a_day_takes_in_its_year(text, marked, whole):
    start = text.index(marked)
    claim = shape(Claim(start, start + len(marked), EntityType.DATE_OF_BIRTH, 0.9, "tagger"), text)
    assert text[claim.start : claim.end] == whole


@pytest.mark.parametrize(
    ("kind", "whole"), [(EntityType.ORGANISATION, "St Radegund's"), (EntityType.PERSON, "St Radegund")]
)
def test_what_is_called_after_a_saint_keeps_its_possessive(kind: EntityType, whole: str) -> None:
    text = "not sent to St Radegund's. Then"
    start = text.index("St")
    claim = shape(Claim(start, start + len("St Radegund's"), kind, 0.9, "tagger"), text)
    assert text[claim.start : claim.end] == whole
