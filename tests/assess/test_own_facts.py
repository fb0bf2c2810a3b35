"""Facts that writers tell of themselves stay theirs to tell; those of the people they work with do not."""

import pytest

from models.findings import EntityType, Verdict
from models.text import Span
from pipeline.own_facts import is_own_fact
from tests.assess.made import assessed


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        ("I am a [Welsh] social worker.", True),
        ("I'm a [white Dutch] woman with a clipboard.", True),
        ("I'm a white man of [61] and I had the thought.", True),
        ("im [punjabi hindu], brought up with it", True),
        ("I too am [Punjabi].", True),
        ("I grew up in [Lewisham] as one of six.", True),
        ("I moved here from [Riga] at nine.", True),
        ("I have [type 1 diabetes].", True),
        ("My own mother has [Lewy body dementia].", True),
        ("My grandfather kept the forge at [Tregaron].", True),
        ("My second [miscarriage] was in the autumn.", False),  # "my second case" begins so too
        ("As a [Jamaican] man I know what a week without singing is.", True),
        ('He calls it "parentification", and I am [Irish].', True),
        ("I worked with a mother of [triplets].", False),
        ("I visited an older man in [Wetherby].", False),
        ("I had a boy of [nine] on my caseload.", False),
        ("I am Welsh and the man I visited is [67].", False),
        ("I am white and he is [Somali].", False),
        ("I am allocated to a family in [Hexham].", False),
        ("As a worker I learnt much. She is [Polish].", False),
        ("My colleague has [breast cancer].", False),
        ("My young person lives in [Batley].", False),
        ('She told us: "I am [Roma]."', False),
        ("The trainer said “I grew up in [Ballymena]”.", False),
        ("I am 34. The girl has [epilepsy].", False),
    ],
)
def test_whether_a_fact_is_the_writers_own(text, is_own):
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    assert is_own_fact(plain, Span(start, end)) is is_own


@pytest.mark.parametrize(
    ("marked", "verdict"),
    [
        ("I worked with a mother of triplets in [[LOCATION/self|Hexham]].", Verdict.WARN),
        ("I was born in [[LOCATION/self|Hexham]] and my brother in Hull.", Verdict.INFORM),
        ("I met with them on [[DATE/self|4 May 2024]].", Verdict.INFORM),
        ("I came back after my second [[HEALTH/self|miscarriage]].", Verdict.INFORM),
        ("I came back to my [[DEMOGRAPHIC/self|Polish]] family in the autumn.", Verdict.WARN),
        ("They met on [[DATE/self|4 May 2024]].", Verdict.WARN),
        ("I did the course on [[DATE/self|4 May 2024]]. He came.", Verdict.INFORM),
    ],
)
def test_a_fact_of_others_is_warned_of_even_where_it_is_taken_for_the_own_one(marked, verdict):
    assert [j.verdict for j in assessed(marked).judgements] == [verdict]


@pytest.mark.parametrize(
    ("marked", "verdict"),
    [
        ("I met my colleague [[PERSON/colleague|Joanne Marsh]] on [[DATE/self|12 March]].", Verdict.WARN),
        ("On [[DATE/self|12 March]] I met my colleague [[PERSON/colleague|Joanne Marsh]].", Verdict.WARN),
        ("I went on [[DATE/self|12 March]]. Our manager, [[PERSON/manager|Jo]], paid.", Verdict.INFORM),
        ("I signed: manager [[PERSON/manager|J. Marsh]]  [[DATE/self|12/03/24]]", Verdict.WARN),
        ("Signed by me: [[PERSON/self|Rowan Ashby]]  Date: [[DATE/self|12/03/24]]", Verdict.INFORM),
        ("My manager: [[PERSON/manager|Jo Marsh]] [[DATE/self|12/03/24]]\nI agree.", Verdict.WARN),
        (
            "From: my manager [[PERSON/manager|Jo Marsh]]\nSent: [[DATE/self|12 March 2024]]\nI agree.",
            Verdict.WARN,
        ),
        ("My manager, [[PERSON/manager|Jo]], paid.\nI went on [[DATE/self|12 March]].", Verdict.INFORM),
    ],
)
def test_a_day_belongs_to_whoever_is_named_beside_it(marked, verdict):
    days = [j for j in assessed(marked).judgements if j.finding.entity_type is EntityType.DATE]
    assert [j.verdict for j in days] == [verdict]
