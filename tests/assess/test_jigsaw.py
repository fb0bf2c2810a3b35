"""Of whom a jigsaw speaks, how grave it is, and why: rare facts by what they say, cases kept apart."""

import pytest

from models.findings import EntityType
from models.results import Fact
from pipeline.jigsaw import facts_of
from pipeline.rarity import is_rare, names_place
from tests.assess.made import assessed, document

PLACE = "[[LOCATION/supported|Blyth]]"


def jigsaws(*marked):
    """List the jigsaw warnings of a made-up document."""
    return [w for w in assessed(*marked).warnings if w.code.startswith("jigsaw")]


@pytest.mark.parametrize(
    ("kind", "text", "rare"),
    [
        ("FAMILY", "a mother of triplets", True),
        ("FAMILY", "eleven children", True),
        ("FAMILY", "a son and adopted twins", True),
        ("FAMILY", "two children", False),
        ("FAMILY", "an only child", False),
        ("FAMILY", "single mother", False),
        ("OCCUPATION", "the imam at the mosque", True),
        ("OCCUPATION", "a trawlerman", True),
        ("OCCUPATION", "works as a teacher", False),
        ("OCCUPATION", "works at a mill", False),
        ("OCCUPATION", "the only teacher on the island", True),
        ("HEALTH", "Huntington's disease", True),
        ("HEALTH", "asthma", False),
        ("DEMOGRAPHIC", "the only Welsh speaker in the team", True),
        ("DEMOGRAPHIC", "Welsh", False),
        ("EVENT", "the fire", True),
        ("AGE", "the oldest, 94", False),
        ("LOCATION", "the only inn", False),
    ],
)
def test_rarity(kind, text, rare):
    assert is_rare(EntityType(kind), text) is rare


@pytest.mark.parametrize(
    ("kind", "text", "named"),
    [
        ("EVENT", "the fire in Thirsk", True),
        ("OCCUPATION", "a trawlerman from Whitby", True),
        ("EVENT", "the fire in May", False),
        ("EVENT", "the fire beside the A66", True),
        ("HEALTH", "lack of B12", False),
        ("EVENT", "the fire at home", False),
        ("ORGANISATION", "the school in Thirsk", False),
    ],
)
def test_a_place_inside_a_fact(kind, text, named):
    assert names_place(EntityType(kind), text) is named


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        (f"The mother has [[FAMILY/family|two children]] and lives in {PLACE}.", []),
        (f"He [[OCCUPATION/family|works as a teacher]] in {PLACE}.", []),
        ("[[EVENT/supported|The fire in Thirsk]] is remembered.", ["jigsaw_high"]),
        ("[[EVENT/supported|The fire in May]] is remembered.", []),
        (
            (
                f"Family A live in {PLACE}, with [[HEALTH/supported|autism]]. "
                "Family B: she is [[AGE/family|71]] and [[DEMOGRAPHIC/family|Punjabi]]."
            ),
            [],
        ),
        (
            (
                f"I met the family a week ago in {PLACE}, with [[HEALTH/supported|autism]]. "
                "Another family member is [[AGE/family|71]]."
            ),
            ["jigsaw_medium"],
        ),
        (
            f"He has [[HEALTH/supported|autism]], in {PLACE}. In another family she is [[AGE/family|71]].",
            [],
        ),
        (
            (
                "My colleague at the [[ORGANISATION/professional|Selby office]] had "
                "[[HEALTH/colleague|a stroke]]. She is [[AGE/student|52]]."
            ),
            ["jigsaw_medium"],
        ),
        (
            (
                "The health visitor is [[DEMOGRAPHIC/professional|Polish]]. The police officer is from "
                "[[LOCATION/professional|Hull]]. The paediatrician is [[AGE/professional|60]]."
            ),
            [],
        ),
        (
            (
                "The health visitor is [[DEMOGRAPHIC/professional|Polish]], from "
                "[[LOCATION/professional|Hull]], aged [[AGE/professional|60]]."
            ),
            ["jigsaw_medium"],
        ),
    ],
)
def test_a_jigsaw_is_of_one_household_or_worker(marked, told):
    assert [w.code for w in jigsaws(marked)] == told


def test_a_jigsaw_says_why_its_pieces_lead_to_somebody():
    (told,) = jigsaws(f"[[FAMILY/family|Triplets]], born in {PLACE}.")
    assert told.why.endswith(" Few families are made up like this, and the place says where to look.")
    (told,) = jigsaws(f"[[AGE/supported|Nine]], [[HEALTH/supported|epilepsy]], {PLACE}.")
    assert told.why.endswith(" The place says where to look, and the other facts say for whom.")


def test_other_documents_are_told_of_rare_families_only_and_of_places_inside_a_fact():
    made, _ = document("[[FAMILY/family|Two children]] saw [[EVENT/family|the fire in Thirsk]].")
    judgements = assessed(
        "[[FAMILY/family|Two children]] saw [[EVENT/family|the fire in Thirsk]]."
    ).judgements
    assert facts_of(made, judgements) == (
        Fact("household", EntityType.EVENT),
        Fact("household", EntityType.LOCATION),
    )


def spread(gap: int, *facts: str) -> str:
    """Write facts so far apart that each is near the next."""
    filler = "It was a long day. " * (gap // 19)
    return filler.join(facts)


AGE, HEALTH = "[[AGE/supported|Nine]]. ", "[[HEALTH/supported|Asthma]]. "
FAITH = "[[DEMOGRAPHIC/family|Roma]]. "


@pytest.mark.parametrize(
    ("gap", "facts", "told"),
    [
        (200, (AGE, HEALTH, FAITH, PLACE), "jigsaw_high"),
        (300, (AGE, HEALTH, FAITH, PLACE), "jigsaw_high"),
        (380, (AGE, HEALTH, FAITH, PLACE), "jigsaw_medium"),
        (380, (AGE, AGE, HEALTH, AGE, AGE, FAITH, AGE, AGE, PLACE), "jigsaw_low"),
        (500, (AGE, HEALTH, FAITH, PLACE), "jigsaw_low"),
    ],
)
def test_a_passage_does_not_reach_on_and_on_though_each_fact_is_near_the_next(gap, facts, told):
    (warning,) = jigsaws(spread(gap, *facts))
    assert warning.code == told


def test_the_gravest_passage_is_found_wherever_it_begins():
    long_before = spread(380, *(AGE for _ in range(9)))
    (warning,) = jigsaws(spread(150, long_before, AGE, HEALTH, FAITH, PLACE))
    assert warning.code == "jigsaw_high"
    assert "an age, health, background" in warning.why
    assert len(warning.findings) < 9
