"""Stages of life: what to say instead of an exact age."""

from __future__ import annotations

import re

_SPELT = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENTHS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: number for number, word in enumerate(_SPELT)}
_TENS = {word: 10 * tenth for tenth, word in enumerate(_TENTHS, 2)}
_WORDS = re.compile(r"[a-z]+")
_DIGITS = re.compile(r"(?<![\d.])\d{1,3}(?![\d.])")
_SMALL = re.compile(r"month|week|day|baby|newborn|unborn", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(r"\b(?:year|yr|y)\s?(1[0-3]|[1-9])\b(?!\s*old)", re.IGNORECASE)
_STAGES = (
    (1, "baby"), (4, "pre-school age"), (10, "primary-school age"), (17, "secondary-school age"),
    (25, "young adult"), (64, "adult"), (130, "older adult"),
)  # fmt: skip
"""Last year of each stage. They follow English schooling: primary school ends at eleven."""


def stage_of(text: str) -> str | None:
    """Return the stage of life that an age falls into, or None where no single age is read."""
    if _SMALL.search(text):
        return "baby"
    year = _SCHOOL_YEAR.search(text)
    if year:
        return _stage(int(year[1]) + 4)
    ages = [int(found) for found in _DIGITS.findall(text)] or list(_spelt(text.casefold()))
    return _stage(ages[0]) if len(ages) == 1 else None


def _stage(age: int) -> str | None:
    return next((stage for last, stage in _STAGES if age <= last), None)


def _spelt(text: str) -> list[int]:
    """Read ages in words: "nine", "forty-two"."""
    ages: list[int] = []
    tens = 0
    for word in _WORDS.findall(text):
        if word in _TENS:
            tens = _TENS[word]
            ages.append(tens)
        elif word in _NUMBERS:
            if tens and 0 < _NUMBERS[word] < 10:
                ages[-1] = tens + _NUMBERS[word]
            else:
                ages.append(_NUMBERS[word])
            tens = 0
        else:
            tens = 0
    return ages
