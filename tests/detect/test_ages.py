"""A number right behind a name is an age; a number elsewhere is not."""

import pytest

from models.findings import EntityType, LookAlike
from pipeline.ages import ages_after_names, is_age
from pipeline.claims import Claim


def ages(text: str, look_alike: LookAlike | None = None) -> list[str]:
    claim = Claim(0, len("Taliesin"), EntityType.PERSON, 0.9, "tagger", look_alike)
    return [text[c.start : c.end] for c in ages_after_names([claim], text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Taliesin (4) and others", ["4"]),
        ("Taliesin (22 months) and others", ["22 months"]),
        ("Taliesin (15, gay) came", ["15"]),
        ("Taliesin, 59, came", ["59"]),
        ("Taliesin, 59.", ["59"]),
        ("Taliesin (2011) writes", []),
        ("Taliesin, 59 of them", []),
        ("Taliesin, 500, came", []),
        ("Taliesin (4 of 5) came", []),
        ("Taliesin came, 59, alone", []),
        ("Taliesin, 10.30, room 2", []),
    ],
)
def test_ages_behind_names(text, found):
    assert ages(text) == found


def test_a_year_behind_an_author_is_no_age():
    assert ages("Taliesin (84) writes", LookAlike.THEORIST) == []


@pytest.mark.parametrize(
    ("text", "number", "age"),
    [
        ("her (19 kg, weak)", "19", False),
        ("They're on move 11 now", "11", False),
        ("from number 114, 81", "114", False),
        ("from number 114, 81", "81", True),
        ("a man of 111", "111", False),
        ("she is 19 and weak", "19", True),
        ("she is nineteen", "nineteen", True),
        ("five foot four", "five", False),
        ("room 4, 81", "81", True),
        ("Her Waterlow was 19.", "19", False),
        ("on the Edinburgh scale she was 13", "13", False),
        ("Her Waterlow was done when she was 82.", "82", True),
        ("He's a Rockwood 7", "7", False),
        ("Zarit 41", "41", False),
        ("Braden is 14 and lives", "14", True),
        ("Mr Barthel is now 71.", "71", True),
        ("I did her MoCA she is 84", "84", True),
        ("her MMSE at 81 then", "81", True),
    ],
)
def test_measures_and_numbers_of_things_are_no_ages(text, number, age):
    at = text.index(number)
    assert is_age(text, at, at + len(number)) is age
