"""Which cells of tables hold answers, and which hold people."""

import pytest

from models.findings import EntityType
from pipeline.claims import Claim
from pipeline.ratings import without_ratings

CHRONOLOGY = """| When | What | Risk | By |
|---|---|---|---|
| May | Fell | High | Ray |
| June | Rang | Med | High |
| July | Left | Low | Ray |
"""
SHEET = "1,Quill,Una,RAG,Amber\n2,Oake,Amber,RAG,Green\n3,Ash,Leo,RAG,Red\n"
ROTA = "| Ola | E | E | D |\n| Ann | E | D | E |\n| Leo | D | E | L |\n"
SIBLINGS = "| | J | K | T |\n|---|---|---|---|\n| Age | 4 | 6 | 9 |\n"
CALLS = "| Date | Child | Note |\n| May | Amber | a |\n| June | Green | b |\n| July | Amber | c |\n"
FAMILY = "| Surname | Forename | School |\n| Green | Una | x |\n| Amber | Leo | y |\n| Green | Ola | z |\n"


def left(text, word, nth=0, score=0.8):
    at = -1
    for _ in range(nth + 1):
        at = text.index(word, at + 1)
    return list(without_ratings([Claim(at, at + len(word), EntityType.PERSON, score, "tagger")], text))


@pytest.mark.parametrize(
    ("text", "word", "nth", "stays"),
    [
        (CHRONOLOGY, "High", 0, False),
        (CHRONOLOGY, "Med", 0, False),
        (CHRONOLOGY, "High", 1, True),
        (CHRONOLOGY, "Ray", 0, True),
        (SHEET, "Amber", 0, False),
        (SHEET, "Amber", 1, True),
        (SHEET, "Una", 0, True),
        (SHEET.replace(",", "\t"), "Amber", 0, False),
        (ROTA, "E", 0, False),
        (ROTA, "Ola", 0, True),
        (ROTA, "L", 1, True),
        (SIBLINGS, "J", 0, True),
        (CALLS, "Amber", 0, True),
        (CALLS.replace("Child", "Grade"), "Amber", 0, False),
        (CALLS.replace("Child", "Grade").replace("Green", "Amber"), "Amber", 0, True),
        (FAMILY, "Green", 0, True),
        ("| A | met B | then |\n| C | left | so |\n", "C", 0, True),
        ("High, said Ray, and Low, and Med, and so on.\n", "High", 0, True),
    ],
)
def test_an_answer_in_a_column_of_answers_is_nobody(text, word, nth, stays):
    assert bool(left(text, word, nth)) is stays


def test_who_surely_is_somebody_stays():
    assert left(SHEET, "Amber", 0, score=0.99)


def test_a_long_table_is_read_once():
    text = "| a | b | High |\n| a | b | Low |\n" * 20_000
    assert not left(text, "High")
