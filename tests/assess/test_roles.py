"""Roles: the signs beside names, and one role for all mentions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.findings import EntityType, Role
from models.results import Context
from models.text import Span
from pipeline.people import parse
from pipeline.role_signs import shape_of, signs_beside
from pipeline.role_traits import Mention, Named, traits_of
from pipeline.roles import BLANK, is_own_name, tell_roles
from tests.assess.made import POLICY, document

ROLES = POLICY.roles


def beside(text: str) -> set[str]:
    """Find the signs beside the name written as NAME."""
    at = text.index("NAME")
    blanked = text.replace("NAME", BLANK * 4)
    return {f"{met.place} {met.sign.kind}" for met in signs_beside(blanked, Span(at, at + 4), ROLES.table)}


@pytest.mark.parametrize(
    ("text", "expected", "missing"),
    [
        ("The health visitor, NAME, rang.", "just before professional", "just after professional"),
        ("NAME (health visitor) rang.", "just after professional", "just before professional"),
        ("her mum NAME rang", "just before kin", "just before child"),
        ("NAME's mum rang", "owned kin", "just after kin"),
        ("Supervisor: NAME", "label manager", "label colleague"),
        ("| Observer | NAME |", "label colleague", "label manager"),
        ("mum lives far away.\nThen NAME rang.", "just after speech", "before kin"),
        ("my line manager NAME", "just before manager", "just before kin"),
        ("the womum NAME said", "just after speech", "just before kin"),
    ],
)
def test_signs(text, expected, missing):
    found = beside(text)
    assert expected in found
    assert missing not in found


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("NAME: I think so", "speaks"),
        ("NAME's coat", "owns"),
        ("then I met NAME there", "I before"),
        ("Anna, NAME", "in a list"),
    ],
)
def test_shapes(text, trait):
    at = text.index("NAME")
    assert trait in shape_of(text, Span(at, at + 4), parse("Ann"))
    assert trait not in shape_of("plain NAME here", Span(6, 10), parse("Ann"))


@pytest.mark.parametrize(
    ("name", "own", "is_own"),
    [
        ("Oluwaseun Adebayo-Fry", "Oluwaseun Adebayo-Fry", True),
        ("OAF", "Oluwaseun Adebayo-Fry", True),
        ("Fry", "Oluwaseun Adebayo-Fry", True),
        ("ADEBAYO-FRY, Oluwaseun", "Oluwaseun Adebayo-Fry", True),
        ("O", "Oluwaseun Adebayo-Fry", False),
        ("Oluwaseun Price", "Oluwaseun Adebayo-Fry", False),
        ("Anyone", None, False),
    ],
)
def test_own_name(name, own, is_own):
    assert is_own_name(name, own) is is_own


@pytest.mark.parametrize(
    ("others", "traits"),
    [
        ((), {"tagger family": 1.2, "tagger leans to family": 1.2}),
        (
            ((Role.SUPPORTED, 0.3),),
            {"tagger family": 1.2, "tagger leans to family": 1.2, "tagger leans to supported": 0.6},
        ),
    ],
)
def test_what_the_tagger_holds_for_possible_counts_too(others, traits):
    mention = Mention(BLANK * 3, Span(0, 3), parse("Ann"), Role.FAMILY, 0.6, other_roles=others)
    (found,) = traits_of([Named(1, (mention,))], ROLES.table)
    told = {trait: value for trait, value in found.items() if trait.startswith("tagger")}
    assert told == {"tagger again family": pytest.approx(0.47, abs=0.001)} | traits


def test_a_settled_role_carries_no_others():
    made, (finding,) = document("I met [[PERSON/family|Dawn Gibbs]].")
    told = tell_roles(made, [replace(finding, other_roles=((Role.SUPPORTED, 0.3),))], Context(), ROLES)
    assert [f.other_roles for f in told.findings] == [()]


def test_all_mentions_of_one_person_have_one_role():
    made, findings = document(
        "My manager, [[PERSON/manager|Dawn Gibbs]], agreed.",
        "[[PERSON/supported|Dawn]] asked why. [[PERSON/unknown|Gibbs]] laughed.",
    )
    told = tell_roles(made, findings, Context(own_name="Rowan Ashby"), ROLES)
    assert len({f.person for f in told.findings}) == 1
    assert {f.role for f in told.findings} == {p.role for p in told.people}


def test_numbers_go_to_whom_they_stand_beside():
    made, findings = document(
        "The child's mother, [[PERSON/family|Gail Purvis]], [[PHONE_NUMBER/self|07700 900318]].",
        "Born [[DATE_OF_BIRTH/family|02/08/2012]]. Mail: [[EMAIL_ADDRESS/self|gail.purvis@example.org]]",
    )
    told = tell_roles(made, findings, Context(own_name="Rowan Ashby"), ROLES)
    roles = {f.entity_type: f.role for f in told.findings}
    assert roles[EntityType.PHONE_NUMBER] is roles[EntityType.PERSON] is Role.FAMILY
    assert roles[EntityType.EMAIL_ADDRESS] is Role.FAMILY
    assert roles[EntityType.DATE_OF_BIRTH] is Role.SUPPORTED
