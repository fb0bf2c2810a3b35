"""Days: what can be one, and which are nobody's because they are days of learning."""

from __future__ import annotations

import re
from dataclasses import replace

from models.findings import LookAlike
from pipeline.claims import Claim
from pipeline.general import SURE_OF_ONE, sentence_around

_DAY = re.compile(r"\d{1,4}[ ]?[/.\-][ ]?\d{1,2}|\d{1,2}[ ]\d{1,2}[ ]\d{2}")
_CLOCK = r"(?:\d{1,2}[.:]\d\d(?:[ ]?[ap]\.?m\.?)?|\d{1,2}[ ]?[ap]\.?m\.?)"
_TIME = re.compile(rf"{_CLOCK}(?:[ ]?(?:-|–|to)[ ]?{_CLOCK})?", re.IGNORECASE)
_TWO_NUMBERS = re.compile(r"(?P<day>\d{1,2})[ ]?(?P<sign>[/.\-–])[ ]?(?P<month>\d{1,2})")
_GAP = re.compile(r"\s\s|\t|\n")
_LONG_NUMBER = re.compile(r"\d{3}[ ]?[/.\-]")
"""What no day begins with: a day has two digits, a year four."""

_RATING = re.compile(r"\d{1,2}[ ]?/[ ]?(?:5|7|10)")
_RATED = re.compile(
    r"""\b(?:rat(?:e[sd]?|ings?)|scor(?:e[sd]?|ings?)|scal(?:e[sd]?|ings?)|marks?|confiden\w+|out[ ]of|likert
    |pain|mood|anxi\w+|safe(?:ty)?|worr\w+|wellbeing|stress\w*|progress|motivat\w+
    |how[ ](?:\w+[ ])?(?:i|she|he|they)[ ]fe(?:lt|els?))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_SEASON = r"(?:spring|summer|autumn|winter)"
_DATED = re.compile(
    rf"\b(?:on|by|since|until|till|dated|w/?c|week|due|visit(?:ed)?|seen|met|{_WEEKDAY})[ :,]{{1,3}}$",
    re.IGNORECASE,
)
_DAYS_OF_MONTH, _MONTHS, _HOURS = 31, 12, 24
_ALL_WEEK = (24, 7)
_SURE_DAY = 0.9
"""How sure the classifier is of a day that is written as a time is, such as 14.06."""

_CALENDAR = re.compile(
    rf"""(?:the|on|in|by|last|next|this|that|early|mid|late|every|since|of|from|to|until|till|between|and|end
    |[\s,/&+–\-]|{_WEEKDAY}s?|morning|afternoon|evening|night|am|pm|{_MONTH}|{_SEASON}|christmas|easter
    |(?:19|20)\d\d|['’]\d\d|week|weekend|term|half)+\.?""",
    re.VERBOSE | re.IGNORECASE,
)
_PART_OF_YEAR = re.compile(rf"{_MONTH}|{_SEASON}", re.IGNORECASE)
_FEAST = re.compile(
    r"""easter|eid|christmas|xmas|ramadan|diwali|vaisakhi|passover|hanukkah|advent|pentecost|whitsun|epiphany
    |nowruz|halloween""",
    re.VERBOSE | re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:in|since|until|till|early|mid|late|last|next|this|every|each|during"
    r"|(?:end|middle|start|beginning)[ ]of)[ \-]$",
    re.IGNORECASE,
)
_AT_FEAST = re.compile(r"\b(?:at|before|after|by|for|over)[ ]$", re.IGNORECASE)
_DOES = re.compile(r"['’]s\b|[ ](?:[a-z]+ed|came|left|rang|said|told|went)\b")
"""What says that June is somebody: "in June's kitchen", "until June came"."""

_OF_LEARNING = re.compile(
    r"""\b(?:cpd|course|training|trained|webinar|workshop|refresher|module|e-?learning|online|seminar|lecture|podcast|conference|
    study[ ]day|deadline|renew(?:al|s|ed)?|registration|published|version|policy|threshold|guidance|act
      |bill|regulations?|
    in[ ]force|template|period|financial[ ]year|reading|read|induction|day[ ](?:one|two|1|2)|certificate
      |entry|peer[ ]group|
    peer[ ]review(?:ed)?|with[ ]a[ ]peer|w[ ]peer|log(?:ged)?|recorded|typed|written[ ]up|updated|revised
      |rev|review[ ]date)\b""",
    re.VERBOSE | re.IGNORECASE,
)


def is_day(words: str, sure: float) -> bool:
    """Tell whether words can be a day: no time, no lone number, no measure or share such as 6.5 or 15/16.

    Args:
        words: What is marked as a day.
        sure: How sure the classifier is that they are.
    """
    pair = _TWO_NUMBERS.fullmatch(words)
    if pair:
        return _is_day_and_month(pair, is_sure=sure >= _SURE_DAY)
    if _TIME.fullmatch(words) or _LONG_NUMBER.match(words):
        return False
    return any(c.isalpha() for c in words) or bool(_DAY.search(words) and not _GAP.search(words))


def _is_day_and_month(pair: re.Match[str], *, is_sure: bool) -> bool:
    """Tell whether two numbers can be a day and its month; with a point only where that is sure."""
    day, month = int(pair["day"]), int(pair["month"])
    is_other = pair["sign"] in "-–" or (day, month) == _ALL_WEEK
    is_other |= pair["sign"] == "." and (len(pair["month"]) == 1 or (day < _HOURS and not is_sure))
    return 0 < day <= _DAYS_OF_MONTH and 0 < month <= _MONTHS and not is_other


def is_rating(text: str, start: int, end: int) -> bool:
    """Tell whether two numbers are a mark out of five, seven or ten: "my confidence was 8/10"."""
    if not _RATING.fullmatch(text, start, end) or _DATED.search(text, max(0, start - 20), start):
        return False
    low, high = sentence_around(text, start, end)
    return bool(_RATED.search(text, max(low, start - 80), min(high, end + 40)))


def is_month(words: str) -> bool:
    """Tell whether words are a month or a season and no more."""
    return bool(_PART_OF_YEAR.fullmatch(words))


def is_part_of_year(text: str, start: int, end: int) -> bool:
    """Tell whether a word is a month, a season or a feast by which the text says when: "since June"."""
    is_feast = bool(_FEAST.fullmatch(text, start, end))
    if not is_feast and not _PART_OF_YEAR.fullmatch(text, start, end):
        return False
    if _DOES.match(text, end):
        return False
    low = max(0, start - 14)
    return bool(_WHEN.search(text, low, start) or (is_feast and _AT_FEAST.search(text, low, start)))


def of_learning(claim: Claim, text: str) -> Claim:
    """Say of a bare month or weekday, or of a day of learning, that it is nobody's."""
    start, end = sentence_around(text, claim.start, claim.end)
    if _CALENDAR.fullmatch(text, claim.start, claim.end):
        return replace(claim, look_alike=LookAlike.GENERIC)
    near = text[max(start, claim.start - 60) : claim.start], text[claim.end : min(end, claim.end + 40)]
    if claim.score < SURE_OF_ONE and any(map(_OF_LEARNING.search, near)):
        return replace(claim, look_alike=LookAlike.GENERIC)
    return claim
