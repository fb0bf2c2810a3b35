"""Checks that a match of a pattern must pass, by the names that the tables use."""

from __future__ import annotations

import re
from collections.abc import Callable

from rules.lists.lists import load_list

_NOT_DIGIT = re.compile(r"\D")
_CENTURY_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def digits_of(text: str) -> str:
    """Return the digits of a number, with letters that scanners take for digits read as such."""
    return _NOT_DIGIT.sub("", text.translate(str.maketrans("OoIl", "0011")))


def is_nhs_number(text: str) -> bool:
    """Tell whether ten digits carry the check digit of an NHS, CHI or H&C number (modulus 11)."""
    digits = [int(d) for d in digits_of(text)]
    if len(digits) != 10:
        return False
    rest = -sum(d * weight for d, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest == digits[9]


def is_phone_number(text: str) -> bool:
    """Tell whether the digits can be dialled in the United Kingdom."""
    digits = digits_of(text)
    for prefix in ("0044", "44"):
        if digits.startswith(prefix):
            digits = "0" + digits[len(prefix) :].removeprefix("0")
            break
    return len(digits) in (10, 11) and digits[:2] in ("01", "02", "03", "07", "08", "09")


def is_calendar_day(text: str) -> bool:
    """Tell whether the numbers of a date can be a day and a month."""
    numbers = [int(n) for n in re.findall(r"\d+", text)][:3]
    if len(numbers) < 2:
        return True
    if numbers[0] > 31:
        return len(numbers) == 3 and 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31
    first, second = numbers[:2]
    return any(1 <= m <= 12 and 1 <= d <= _CENTURY_DAYS[m - 1] for d, m in ((first, second), (second, first)))


def is_code(text: str) -> bool:
    """Tell whether a number after a cue can be somebody's: not a year, date or small count."""
    digits = digits_of(text)
    if _YEARS.fullmatch(text) or _DATE.fullmatch(text):
        return False
    return len(digits) >= 4


def is_reference(text: str) -> bool:
    """Tell whether a code can name a case: enough digits, and no year, date, time or citation."""
    if _YEARS.fullmatch(text) or _DATE.fullmatch(text) or _LAW_REPORT.search(text):
        return False
    digits = digits_of(text)
    return (
        len(digits) >= 5
        or (len(digits) >= 4 and len(text) > len(digits))
        or ("/" in text and len(digits) >= 3)
    )


def is_plate(text: str) -> bool:
    """Tell whether letters and digits can stand on a number plate, and are no plain words."""
    plain = re.sub(r"[^A-Za-z0-9]", "", text)
    return 4 <= len(plain) <= 8 and any(c.isdigit() for c in plain) and not _PLAIN_ENDS.search(text)


def is_postcode(text: str) -> bool:
    """Tell whether a postcode written in lower case is one, not a number beside a word."""
    return not _ORDINAL.search(text)


def is_outcode(text: str) -> bool:
    """Tell whether letters and digits are the first half of a postcode, not a road or school year."""
    return text.rstrip("0123456789").upper() not in _NOT_AREAS and text not in _MOTORWAYS


def is_personal_page(text: str) -> bool:
    """Tell whether an address leads to somebody's own page, not to a public body or a paper."""
    host = re.sub(r"^(?:https?://)?(?:www\.)?", "", text.lower()).split("/")[0]
    if f".{host}".endswith(_PUBLIC_ENDINGS):
        return False
    return host not in _PUBLIC_HOSTS


def is_no_month(text: str) -> bool:
    """Tell whether words before a year are authors, not a month or a plain word."""
    return text.split(maxsplit=1)[0].rstrip(",").lower() not in _NOT_AUTHORS


_NOT_AUTHORS = load_list("not_authors")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[/\-–](?:(?:19|20)\d\d|\d\d))?")
_DATE = re.compile(r"\d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{2,4})?|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)")
_LAW_REPORT = re.compile(r"\b(?:EWCA|EWHC|EWFC|EWCOP|UKSC|UKHL|WLR|FLR|AC|QB|All ER)\b")
_PLAIN_ENDS = re.compile(
    r"\b(?:and|the|for|her|his|was|who|but|not|you|she|had|has|are|mph|hrs|min|yrs|old|am|pm)\b|^(?:on|at|in|a|of|to|by|is|no|my|it)\s|\d(?:st|nd|rd|th)\b"
)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)$")
_NOT_AREAS = frozenset(("S", "Y", "YR", "KS", "P", "PG", "R", "V"))
_MOTORWAYS = frozenset(
    ("M1", "M2", "M3", "M4", "M5", "M6", "M8", "M25", "M40", "M60", "M62", "A1", "A2", "A3", "A4", "A5", "A6")
)
_PUBLIC_ENDINGS = (".gov.uk", ".nhs.uk", ".ac.uk", ".police.uk", ".parliament.uk", ".judiciary.uk", ".edu")
_PUBLIC_HOSTS = load_list("public_hosts")

CHECKS: dict[str, Callable[[str], bool]] = {
    "nhs": is_nhs_number,
    "phone": is_phone_number,
    "day": is_calendar_day,
    "no_month": is_no_month,
    "code": is_code,
    "reference": is_reference,
    "plate": is_plate,
    "postcode": is_postcode,
    "outcode": is_outcode,
    "personal_page": is_personal_page,
}
"""The checks that tables may name."""
