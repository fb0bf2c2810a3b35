"""Names that everybody may cite: what the lists hold, and that the sentence still decides of a plain name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim
from pipeline.doubt import doubted, own_cases
from rules.lists.lists import load_list

RULES = Path(__file__).parents[2] / "rules"
ALWAYS = ("inquiries", "tools", "courses", "public_bodies", "brands")
"""Lists whose names are nobody's wherever they stand."""

ORDINARY = {"nice", "word"}
"""Words of these lists that an invented person bears as well."""

EVERY = (*ALWAYS, "public_figures", "authors", "author_names")
PLAIN = [
    "adele",
    "alfie",
    "anna",
    "arthur",
    "ascot",
    "ava",
    "barbie",
    "bayley",
    "braden",
    "clio",
    "costa",
    "elsa",
    "grace",
    "jade",
    "katz",
    "leo",
    "lorenzo",
    "mario",
    "mosaic",
    "nando",
    "norton",
    "oliver",
    "orla",
    "paris",
    "pip",
    "rio",
    "rosie",
    "ruby",
    "saka",
    "sara",
    "sky",
    "soham",
    "star",
    "ted",
    "thea",
    "tilly",
    "toby",
]
"""Names of films, tools and stars that are also somebody's own name."""


def known(text: str, name: str, score: float, kind: EntityType = EntityType.PERSON) -> LookAlike | None:
    at = text.index(name)
    found = [Claim(at, at + len(name), kind, score, "tagger")]
    (kept,) = own_cases(doubted(found, text), text)
    return kept.look_alike


def entries(name: str) -> list[str]:
    lines = (RULES / "lists" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def words_of_people() -> tuple[frozenset[str], frozenset[str]]:
    """Give the given names and the surnames of the invented people of many origins."""
    groups = json.loads((RULES / "names_by_origin.json").read_text(encoding="utf-8"))["groups"]
    halves = [
        name.casefold().split("|") for group in groups.values() for use in group.values() for name in use
    ]
    given, surnames = ("\n".join(half).split() for half in zip(*halves, strict=True))
    return frozenset(given), frozenset(surnames)


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("The death of Logan Mwangi changed us.", "Logan Mwangi", LookAlike.INQUIRY),
        ("The death of Logan Mwende changed us.", "Logan Mwende", None),
        ("What Ofsted said of Winterbourne View.", "Winterbourne View", LookAlike.INQUIRY),
        ("What he said of Winterbourne Close.", "Winterbourne Close", None),
        ("Then Gillick was mentioned.", "Gillick", LookAlike.INQUIRY),
        ("Since the Climbié days.", "Climbié", LookAlike.INQUIRY),
        ("We moved him with the Sara Stedy.", "Sara Stedy", LookAlike.TOOL),
        ("We moved him with Sara Steady.", "Sara Steady", None),
        ("We scored the Waterlow again.", "Waterlow", LookAlike.TOOL),
        ("It is on Liquidlogic now.", "Liquidlogic", LookAlike.TOOL),
        ("A call to the Suzy Lamplugh Trust.", "the Suzy Lamplugh Trust", LookAlike.PUBLIC_BODY),
        ("A day with Bond Solon on court.", "Bond Solon", LookAlike.COURSE),
    ],
)
def test_what_is_known_is_nobodys(text, name, reason):
    assert known(text, name, 0.99) is reason


@pytest.mark.parametrize("name", ["Logan Mwangi", "Sara Sharif"])
def test_the_writers_own_case_is_somebodys(name):
    assert known(f"I visited {name} at home.", name, 0.99) is None


@pytest.mark.parametrize(
    "name", ["Lauren Wright", "Steven Hoskin", "Sarah Everard", "Sue Ryder", "Harry Kane"]
)
@pytest.mark.parametrize(
    ("text", "score", "reason"),
    [
        ("The report on {} is long.", 0.99, LookAlike.GENERIC),
        ("We spoke of {} in the team.", 0.7, LookAlike.GENERIC),
        ("We spoke of {} in the team.", 0.85, None),
        ("I rang {} on Monday.", 0.3, None),
        ("I read the report and {} rang me.", 0.3, None),
        ("{}, 34, has a tenancy.", 0.3, None),
    ],
)
def test_a_plain_name_that_is_known_is_decided_by_the_sentence(name, text, score, reason):
    assert known(text.format(name), name, score) is reason


@pytest.mark.parametrize("word", PLAIN)
def test_no_list_takes_a_name_for_a_thing_wherever_it_stands(word):
    assert not [name for name in ALWAYS if word in load_list(name)]


def test_no_lone_word_of_a_list_that_always_holds_is_a_name_of_many():
    given, surnames = words_of_people()
    lone = {entry for name in ALWAYS for entry in load_list(name) if " " not in entry}
    assert lone & (given | surnames) <= ORDINARY


def test_no_surname_of_many_is_an_authors_by_itself():
    _, surnames = words_of_people()
    assert not load_list("authors") & surnames


@pytest.mark.parametrize("name", EVERY)
def test_a_list_has_each_name_once(name):
    folded = [entry.casefold() for entry in entries(name)]
    assert all(folded)
    assert len(folded) == len(set(folded))


@pytest.mark.parametrize("name", [name for name in EVERY if name != "brands"])
def test_a_list_is_in_order(name):
    assert entries(name) == sorted(entries(name)) or entries(name) == sorted(entries(name), key=str.casefold)
