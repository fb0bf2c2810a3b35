"""In another language only what is written as a name is one: the classifier knows English words alone."""

import time

import pytest

from models.findings import EntityType
from pipeline.abroad import likely_abroad
from pipeline.claims import SURE, Claim

WELSH = "mae'r plant yn byw gyda'u nain yn y pentref ac mae hi wedi bod yn gofalu amdanynt ers tair blynedd"
GERMAN = (
    "Die Mutter war sehr müde und sagte mir, dass der Kindergarten seit Montag geschlossen ist. Das Jugendamt"
    " hatte einen Termin gemacht und die Schule wollte den Bericht noch lesen"
)


def claim(text, words, score=0.4, kind=EntityType.PERSON):
    return Claim(text.index(words), text.index(words) + len(words), kind, score, SURE)


def left(text, claims):
    return [text[c.start : c.end] for c in likely_abroad(claims, text)]


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        (f"Roedd {WELSH}.", "Roedd", []),
        (f"Felly {WELSH} gyda Gethin.", "blynedd gyda Gethin", ["Gethin"]),
        (f"Felly {WELSH} gyda Gethin.", "plant yn byw", []),
        (f"Gethin Prys {WELSH}.", "Gethin Prys", ["Gethin Prys"]),
        (f"{WELSH}. Mrs Prys {WELSH}.", "Prys", ["Prys"]),
        (f"{GERMAN}.", "Jugendamt", []),
        (f"{GERMAN}. Da kam Petra Schneider.", "Petra Schneider", ["Petra Schneider"]),
        (f"{GERMAN}. Da kam Frau Schneider.", "Schneider", ["Schneider"]),
        (WELSH, "nain", ["nain"]),  # a passage without capitals: they tell nothing
        (f"{WELSH.upper()}.", "NAIN", ["NAIN"]),
        ("The mother was tired. Bericht came in and we read it.", "Bericht", ["Bericht"]),
    ],
)
def test_a_name_in_another_language_is_known_by_its_capitals(text, words, kept):
    assert left(text, [claim(text, words)]) == kept


def test_what_the_classifier_is_sure_of_stays():
    text = f"Roedd {WELSH}."
    assert left(text, [claim(text, "Roedd", score=0.95)]) == ["Roedd"]


@pytest.mark.parametrize(("words", "kept"), [("pentref", []), ("12 pentref", ["12 pentref"])])
def test_a_place_in_another_language_has_a_capital_or_a_number(words, kept):
    text = f"Felly {WELSH.replace('pentref', '12 pentref')}."
    assert left(text, [claim(text, words, kind=EntityType.LOCATION)]) == kept


def test_a_list_of_names_that_was_badly_scanned_is_in_no_other_language():
    text = "Chi1dren: Ma1aki  Perse-\nphone  babyOrlaX(ill, bronchi0litis)\nVenue:The 0rchard rm, l7min late"
    assert left(text, [claim(text, "Ma1aki")]) == ["Ma1aki"]


def test_only_the_passage_that_is_not_in_english_is_read_so():
    text = f"Beryl was tired that day and her daughter told us so.\n\nRoedd {WELSH}."
    assert left(text, [claim(text, "Beryl"), claim(text, "Roedd")]) == ["Beryl"]


def test_many_passages_take_linear_time():
    def seconds(count):
        text = f"Roedd {WELSH} gyda Gethin.\n\n" * count
        at = text.index("Gethin")
        step = len(text) // count
        claims = [Claim(at + n * step, at + n * step + 6, EntityType.PERSON, 0.4, SURE) for n in range(count)]
        start = time.process_time()
        assert len(list(likely_abroad(claims, text))) == count
        return time.process_time() - start

    few, many = seconds(100), seconds(800)
    assert many < 20 * max(few, 0.02)
