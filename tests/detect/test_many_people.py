"""Texts with very many names cost no more a name than short ones."""

import random
import time

import pytest

from pipeline.declared import Declared
from pipeline.made_up import declared
from pipeline.people import Cast
from pipeline.spelling import Misspellings

NAMES = 3_000
SECONDS = 5
"""What comparing all of them with each other would take many times over."""


def made(syllables, count=NAMES):
    order = random.Random(1)
    return [
        "".join(order.choice("bdfgklmnprstvz") + order.choice("aeiou") for _ in range(syllables)).title()
        for _ in range(count)
    ]


@pytest.mark.parametrize("pattern", ["{} {}", "{}", "Mr {}", "{} Dvorak", "Zelenka {}", "{} {}\nQ.Z."])
def test_telling_many_people_apart_takes_linear_time(pattern):
    names = [
        written
        for given, surname in zip(made(4), made(3), strict=True)
        for written in pattern.format(given, surname).split("\n")
    ]
    start = time.process_time()
    cast = Cast()
    cast.meet(names)
    assert None not in {cast.number(name) for name in names}
    assert time.process_time() - start < SECONDS


def test_a_surname_of_many_means_the_one_named_last():
    cast = Cast()
    cast.meet(["Ada Dvorak", "Bo Dvorak", "Cy Dvorak"])
    assert [cast.number(name) for name in ("Mr Dvorak", "Bo", "Dvorak", "Cy Dvorak", "Mr Dvorak")] == [
        1, 2, 2, 3, 3,
    ]  # fmt: skip


def test_a_misspelt_name_is_the_one_it_is_like():
    cast = Cast()
    cast.meet(["Marianne Oyelaran", "Kadeem Quill"])
    assert [cast.number(name) for name in ("Marianne Oyelarran", "Kadem", "Oyelarin", "Zelenka")] == [
        1,
        2,
        1,
        3,
    ]


@pytest.mark.parametrize(
    "said", ["I will call her {}.", "{} is not her real name.", "I will call her Mr {}."]
)
def test_many_made_up_names_take_linear_time(said):
    text = "\n".join(said.format(name) for name in made(5))
    start = time.process_time()
    assert len(list(declared(text).claims(text))) >= NAMES
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        ({"Zeb", "Zeb Oak"}, "Zeb Oak and Zeb's nan met Zebra, Zeb_Oak and X.Zeb", ["Zeb Oak", "Zeb", "Zeb"]),
        ({"O'Neil", "O"}, "O'Neil met O and O'Neill", ["O'Neil", "O", "O"]),
        ({"Mr A", "Mr B"}, "Mr A, Mr Abel and Mr B", ["Mr A", "Mr B"]),
        (set(), "Zeb", []),
    ],
)
def test_made_up_names_are_found_as_whole_words_the_longest_first(names, text, found):
    assert [text[c.start : c.end] for c in Declared(frozenset(names)).claims(text)] == found


def test_names_that_differ_in_one_letter_are_laid_out_so_far_only():
    alike = [f"kad{a}{b}m" for a in "abcdefghijklmnopqrstuvwxyz" for b in "abcdefghijklmnopqrstuvwxyz"]
    near = set(Misspellings(alike).near("kadxxm"))
    assert "kadxam" in near
    assert "kadxx" not in near
