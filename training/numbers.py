"""Draw numbers, dates and codes anew in the shape they have, so that the shape is learnt."""

from __future__ import annotations

import calendar
import random
import re
import string

MONTHS = tuple(calendar.month_name)[1:]
DAYS = tuple(calendar.day_name)

_SPELT = frozenset(("NHS_NUMBER", "REGISTRATION_NUMBER", "CASE_REFERENCE", "BANK_ACCOUNT"))
"""Codes whose letters may spell a word, such as the name of a system: they stay."""
_DRAWN = frozenset(("POSTCODE", "NINO", "VEHICLE_REGISTRATION"))
_DATES = frozenset(("DATE", "DATE_OF_BIRTH"))
_MONTH = re.compile(r"\b(?:" + "|".join(f"{m}|{m[:3]}t?" for m in MONTHS) + r")\b", re.IGNORECASE)
_DAY = re.compile(r"\b(?:" + "|".join(DAYS) + r")\b", re.IGNORECASE)


def redraw(text: str, label: str, chance: random.Random) -> str:
    """Draw the digits of an identifying number anew; other text is left alone."""
    if not any(letter.isdigit() for letter in text):
        return text
    if label in _SPELT | _DRAWN:
        return _code(text, chance, letters=label in _DRAWN)
    if label in _DATES:
        return _date(text, chance)
    if label == "PHONE_NUMBER":
        return _phone(text, chance)
    if label == "STREET_ADDRESS":
        return re.sub(r"\d+", lambda found: str(chance.randint(1, 10 ** min(3, len(found.group())))), text)
    return text


def _code(text: str, chance: random.Random, *, letters: bool) -> str:
    """Draw digits anew, and letters if asked."""

    def draw(letter: str) -> str:
        if letter.isdigit():
            return chance.choice(string.digits)
        if letters and letter.isalpha():
            new = chance.choice("ABCEGHJKLMNPRSTWXY")
            return new if letter.isupper() else new.lower()
        return letter

    return "".join(map(draw, text))


def _phone(text: str, chance: random.Random) -> str:
    """Draw the last three digits anew: the rest is a range kept for drama."""
    digits = [place for place, letter in enumerate(text) if letter.isdigit()][-3:]
    letters = list(text)
    for place in digits:
        letters[place] = chance.choice(string.digits)
    return "".join(letters)


def _date(text: str, chance: random.Random) -> str:
    """Draw day, month, weekday and the last digit of the year anew."""
    text = _MONTH.sub(lambda found: _like(found.group(), chance.choice(MONTHS)), text)
    text = _DAY.sub(lambda found: _like(found.group(), chance.choice(DAYS)), text)
    text = re.sub(r"\d+", lambda found: _date_number(found.group(), chance), text)
    return re.sub(r"(\d+)(?:st|nd|rd|th)\b", lambda found: found[1] + _ending(int(found[1])), text)


def _ending(day: int) -> str:
    """Give the ending of a day of the month: 1st, 2nd, 3rd, 4th."""
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day // 10 != 1 else 0, "th")


def _like(old: str, new: str) -> str:
    """Write a word in the length and letter case of the old one."""
    new = new[:3] if len(old) <= 4 else new
    return new.upper() if old.isupper() else new.lower() if old.islower() else new


def _date_number(digits: str, chance: random.Random) -> str:
    if len(digits) == 4:
        return digits[:3] + chance.choice(string.digits)
    if len(digits) > 2:
        return digits
    number = chance.randint(1, 12 if int(digits) <= 12 else 28)
    return str(number) if len(digits) == 1 else f"{number:02d}"
