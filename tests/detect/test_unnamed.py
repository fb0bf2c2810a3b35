"""Things, months, letters and places without a name, and people in the same shape."""

import pytest

from models.findings import EntityType
from pipeline.claims import Claim
from pipeline.doubt import doubted
from pipeline.scraps import without_scraps


def kept(text: str, word: str, kind: EntityType, score: float) -> bool:
    at = text.index(word)
    claim = Claim(at, at + len(word), kind, score, "tagger")
    return bool(list(doubted(without_scraps([claim], text), text)))


@pytest.mark.parametrize(
    ("text", "word", "score", "is_kept"),
    [
        ("i saw a mark on his arm and i asked", "mark", 0.9, False),
        ("i saw mark on his way and i asked", "mark", 0.9, True),
        ("i went and the mason told me he can", "mason", 0.9, False),
        ("i went and mason told me he can", "mason", 0.9, True),
        ("i went to the grant family and sat", "grant", 0.9, True),
        ("i went to the okonjos and sat", "okonjos", 0.9, True),
        ("She asked the OT to call.", "OT", 0.9, False),
        ("She asked OT to call.", "OT", 0.9, False),
        ("He has been missing since June and we rang.", "June", 0.6, False),
        ("He has been calm since June left and we rang.", "June", 0.6, True),
        ("He has stayed in June's kitchen.", "June", 0.6, True),
        ("He sat with June on the step.", "June", 0.6, True),
        ("They stay till Easter.", "Easter", 0.6, False),
        ("They stay at Easter.", "Easter", 0.6, False),
        ("They stay at April and cry.", "April", 0.6, True),
        ("I learnt to say I. It is hard.", "I. It"[0], 0.6, False),
        ("thx, jo", "thx", 0.3, False),
        ("Hiya", "Hiya", 0.3, False),
        ("PEPS domain C is mine.", "C", 0.3, False),
        ("PEPS domain C is mine.", "C", 0.8, True),
        ("Taken to A&E at noon.", "A", 0.3, False),
        ("Card from J McG&S at noon.", "S", 0.3, True),
        ("I met C at noon.", "C", 0.3, True),
    ],
)
def test_a_thing_a_month_or_a_letter_is_nobody(text, word, score, is_kept):
    assert kept(text, word, EntityType.PERSON, score) is is_kept


@pytest.mark.parametrize(
    ("text", "word", "kind", "score", "is_kept"),
    [
        ("He came from the chapel. She stayed.", "chapel", EntityType.LOCATION, 0.8, False),
        ("He came from Chapel. She stayed.", "Chapel", EntityType.LOCATION, 0.8, True),
        ("he came from weston. she stayed. i sat.", "weston", EntityType.LOCATION, 0.8, True),
        ("I call my town Zedbridge. It is far.", "town", EntityType.ORGANISATION, 0.9, False),
        ("Flat on the ninth floor.", "Flat", EntityType.STREET_ADDRESS, 0.4, False),
        ("Hidden half: *****cote estate.", "estate", EntityType.STREET_ADDRESS, 0.8, True),
        ("He put the 82 at the front.", "82", EntityType.STREET_ADDRESS, 0.4, False),
        ("She moved to no. 82 in May.", "82", EntityType.STREET_ADDRESS, 0.4, True),
        ("Missing between April and August.", "August", EntityType.DATE_OF_BIRTH, 0.4, False),
        ("She was born in August.", "August", EntityType.DATE_OF_BIRTH, 0.4, True),
        ("You came on the bank holiday.", "bank", EntityType.DATE_OF_BIRTH, 0.4, False),
        ("She is 90 on Bonfire Night.", "Bonfire Night", EntityType.DATE_OF_BIRTH, 0.4, True),
        ("She is 90 on the third of May.", "the third of May", EntityType.DATE_OF_BIRTH, 0.4, True),
    ],
)
def test_a_place_without_a_name_and_a_day_of_no_birth_are_nothing(text, word, kind, score, is_kept):
    assert kept(text, word, kind, score) is is_kept
