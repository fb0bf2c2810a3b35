import pytest

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim
from pipeline.scraps import without_scraps

PLACE, BORN, PLATE, PAGE, AGE = (
    EntityType.STREET_ADDRESS,
    EntityType.DATE_OF_BIRTH,
    EntityType.VEHICLE_REGISTRATION,
    EntityType.URL,
    EntityType.AGE,
)


def left(kind, text, score=0.5, look_alike=None):
    """Return what is left of a claim of the words in ⟦brackets⟧."""
    start, end = text.index("⟦"), text.index("⟧") - 1
    plain = text.replace("⟦", "").replace("⟧", "")
    claim = Claim(start, end, kind, score, "tagger", look_alike)
    return [plain[c.start : c.end] for c in without_scraps([claim], plain)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (PLACE, "crisis team\n⟦17⟧    17.02.23"),
        (PLACE, "Mr Achebe, bed ⟦9⟧, Tamar Ward"),
        (PLACE, "in the same ⟦lane⟧ since he was small"),
        (PLACE, "⟦Flat⟧ on the estate, second floor"),
        (BORN, "a third-born girl, born ⟦on a Thursday⟧"),
        (BORN, "seen twice a week since ⟦October⟧"),
        (PLATE, "found a ⟦D2A⟧ bed"),
        (PLATE, "in that Land ⟦Rover⟧ of his"),
        (PAGE, "== ⟦word/comments.xml⟧ =="),
        (PAGE, "read ⟦https://www.scie.org.uk/mca⟧ again"),
        (AGE, "She has fostered for ⟦nineteen⟧ years and this"),
        (AGE, "for her first ⟦five weeks⟧, at the home"),
    ],
)
def test_what_cannot_be_what_the_classifier_says_is_left_out(kind, text):
    assert left(kind, text) == []


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        (PLACE, "17 Cobbler's Row in place of ⟦71⟧)", "71"),
        (PLACE, "the lady at number ⟦31⟧, who", "31"),
        (PLACE, "live at ⟦9 the crescent⟧", "9 the crescent"),
        (BORN, "his birthday is ⟦the first of april⟧", "the first of april"),
        (BORN, "Orlando, ⟦19 October⟧, seven pounds", "19 October"),
        (PLATE, "his plate is ⟦P4 JWL⟧", "P4 JWL"),
        (PLATE, "a prius ⟦echo kilo two one uniform zulu⟧ he", "echo kilo two one uniform zulu"),
        (PAGE, "up on ⟦tik.example.org⟧ already", "tik.example.org"),
        (AGE, "A baby of ⟦nine weeks⟧, Ibrahim", "nine weeks"),
        (AGE, "a bed for ⟦nineteen⟧ year old Ali", "nineteen"),
        (AGE, "She is ⟦eleven weeks⟧ on Friday", "eleven weeks"),
    ],
)
def test_what_can_be_is_kept(kind, text, kept):
    assert left(kind, text) == [kept]


def test_a_word_that_the_classifier_is_sure_of_is_kept():
    assert left(PLACE, "moved to ⟦Lane⟧, Chase", score=0.98) == ["Lane"]
    assert left(BORN, "a hundred on ⟦St Andrew's Day⟧", score=0.98) == ["St Andrew's Day"]


def test_what_is_allowed_keeps_its_reason():
    assert left(PLACE, "row ⟦17⟧ of it", look_alike=LookAlike.GENERIC) == ["17"]
