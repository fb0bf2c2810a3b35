"""Checks that a match of a pattern must pass, by the names that the tables use."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.recognizers.web import is_handle, is_hash, is_personal_page
from rules.lists.lists import load_list

_NOT_DIGIT = re.compile(r"\D")
_CENTURY_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def digits_of(text: str) -> str:
    """Return the digits of a number, with letters that scanners take for digits read as such."""
    return _NOT_DIGIT.sub("", text.translate(str.maketrans("OoIl", "0011")))


def is_nhs_number(text: str) -> bool:
    """Tell whether ten digits carry the check digit of an NHS, CHI or H&C number (modulus 11)."""
    digits = [int(d) for d in digits_of(text)]
    if len(digits) != 10 or not is_no_sample(text):
        return False
    rest = -sum(d * weight for d, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest == digits[9]


def is_no_sample(text: str) -> bool:
    """Tell whether a number is somebody's, not one to show how: one digit over and over, or 12345678."""
    digits = digits_of(text)
    return len(set(digits)) > 1 and digits not in "1234567890"


def is_bank_account(text: str) -> bool:
    """Tell whether letters and digits carry the check digits of an IBAN (modulus 97)."""
    plain = text.replace(" ", "")
    moved = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def is_payment_card(text: str) -> bool:
    """Tell whether digits carry the check digit of a payment card (Luhn)."""
    digits = [int(d) for d in reversed(digits_of(text))]
    doubled = [2 * d - 9 if d > 4 else 2 * d for d in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_phone_number(text: str) -> bool:
    """Tell whether the digits can be dialled in the United Kingdom."""
    digits = digits_of(text)
    for prefix in ("0044", "44"):
        if digits.startswith(prefix):
            digits = "0" + digits[len(prefix) :].removeprefix("0")
            break
    return (
        len(digits) in (10, 11)
        and is_no_sample(digits[4:])
        and digits[:2] in ("01", "02", "03", "07", "08", "09")
    )


def is_calendar_day(text: str) -> bool:
    """Tell whether the numbers of a date can be a day and a month."""
    if _MONTH_NAME.search(text):
        return True
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
    """Tell whether a code can name a case: enough digits, not all 0, and no year, date, time or citation."""
    if any(p.fullmatch(text) for p in (_YEARS, _DATE, _MONTH_AND_YEAR, _DECIMAL)) or _LAW_REPORT.search(text):
        return False
    if is_hash(text):
        return False
    digits = digits_of(text)
    if set(digits) == {"0"}:
        return False
    return (
        len(digits) >= 5
        or (len(digits) >= 4 and len(text) > len(digits))
        or ("/" in text and len(digits) >= 3)
    )


def is_plate(text: str) -> bool:
    """Tell whether letters and digits can stand on a number plate, and are no plain words."""
    plain = re.sub(r"[^A-Za-z0-9]", "", text)
    after = _AFTER_STOP.search(text)
    if _PLAIN_ENDS.search(text) or (after and after[1].lower() in _ACRONYMS):
        return False
    return 4 <= len(plain) <= 8 and any(c.isdigit() for c in plain)


def is_postcode(text: str) -> bool:
    """Tell whether a postcode written in lower case is one, not a number beside a word."""
    return not _ORDINAL.search(text)


def is_outcode(text: str) -> bool:
    """Tell whether letters and digits are the first half of a postcode, not a road or school year."""
    return text.rstrip("0123456789").upper() not in _NOT_AREAS and text not in _MOTORWAYS


def is_no_month(text: str) -> bool:
    """Tell whether words before a year are authors, not a month or a plain word."""
    return text.split(maxsplit=1)[0].rstrip(",").lower() not in _NOT_AUTHORS


def is_not_people(text: str) -> bool:
    """Tell whether a number before plain words counts houses, not things in a road."""
    return not _COUNTED.search(text)


def is_titled(text: str) -> bool:
    """Tell whether a title and what follows name somebody, not a placeholder or a shop."""
    first, last = text.split()[1:2], text.split()[-1:]
    if {word.rstrip(".") for word in (first if text.isupper() else last)} & {"X", "Y", "Z", "I"}:
        return False
    return not text.startswith(("PC World", "Dr Foster")) and text.casefold() not in _CHARACTERS


def is_name_like(text: str) -> bool:
    """Tell whether words in a place for names can be a name: no label, no acronym, not all plain words."""
    words = text.split()
    low = text.lower()
    if low in _NOT_NAMES or words[0].lower() in _NOT_NAMES:
        return False
    if any(word.isupper() and len(word) in (3, 4, 5, 6) and len(words) == 1 for word in words):
        return False
    return not all(word.lower() in _ORDINARY for word in words) or (
        len(words) <= 2 and words[0].lower() in _WORD_NAMES
    )


def is_nickname(text: str) -> bool:
    """Tell whether what somebody is known as is a name: plain words are, acronyms are not."""
    return text != "I" and text.lower() not in _NOT_NAMES and not (text.isupper() and len(text) > 2)


def is_unknown_word(text: str) -> bool:
    """Tell whether a word with a capital after "mum" or "manager" is a name, not a plain word or letters."""
    words = [re.sub(r"['’]s$", "", word.rstrip(".")) for word in text.split()]
    if any(len(w) > 1 and w.isupper() for w in words) or len(words[0]) < 2:
        return False
    return words[0].lower() not in _ORDINARY or (words[0].lower() in _WORD_NAMES and len(words[0]) > 2)


def is_second_word_name(text: str) -> bool:
    """Tell whether the last word after a rank or office is a name, not a plain word."""
    last = text.rsplit(maxsplit=1)[-1].rstrip(".")
    return len(last) > 1 and (last.lower() not in _ORDINARY or last.lower() in _WORD_NAMES)


def is_no_article(text: str) -> bool:
    """Tell whether a letter after "child" or "person" is a placeholder, not the word I or a."""
    return not re.search(r"\s(?:I|a)$", text)


def is_statute(text: str) -> bool:
    """Tell whether words before a year are the title of a law: they have capitals."""
    return text[0].isupper() and not text.startswith(("Act ", "Acts "))


def is_initials(text: str) -> bool:
    """Tell whether letters with dots are somebody's, not an abbreviation."""
    return text.replace(".", "").replace(" ", "").lower() not in _DOTTED


def is_no_modal_may(text: str) -> bool:
    """Tell whether a day and a month are one, not a number before the verb "may"."""
    return not re.search(r"\d[ ]may$", text)


_MONTH_NAME = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE)
_COUNTED = re.compile(
    r"\d (?:of|people|cars|children|houses|doors|in|on|more|men|women|kids|down|up|miles|minutes|other)\b"
    r"| (?:in|on|down|up|of|the|a|to|at|across) "
)
_NOT_NAMES = load_list("not_names")
_CHARACTERS = load_list("characters")
_ORDINARY = load_list("words")
_WORD_NAMES = load_list("word_names")
_ACRONYMS = load_list("acronyms")
_DOTTED = frozenset(
    (
        "uk",
        "us",
        "usa",
        "eu",
        "un",
        "ba",
        "bsc",
        "ma",
        "msc",
        "phd",
        "eg",
        "ie",
        "am",
        "pm",
        "id",
        "nb",
        "ps",
        "tv",
        "dob",
        "ado",
        "cv",
        "gp",
        "rip",
        "aka",
        "llb",
        "poa",
        "wc",
        "cd",
        "bc",
        "ad",
        "oo",
        "ei",
        "pa",
        "ho",
        "pe",
        "ot",
        "sw",
        "la",
        "wm",
    )
)
_NOT_AUTHORS = load_list("not_authors")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[/\-–](?:(?:19|20)\d\d|\d\d))?")
_DATE = re.compile(r"\d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{2,4})?|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)")
_MONTH_AND_YEAR = re.compile(rf"(?:{_MONTH_NAME.pattern})\.?[ ](?:19|20)\d\d", re.IGNORECASE)
_DECIMAL = re.compile(r"\d{1,4}\.\d{1,2}")
_WORD_AND_YEAR = re.compile(r"(?:Act|Acts|Form|Bill|Rules|Report|Order|Regulations|Review|Panel|Meeting)\b")
_LAW_REPORT = re.compile(r"\b(?:EWCA|EWHC|EWFC|EWCOP|UKSC|UKHL|WLR|FLR|AC|QB|All ER)\b")
_PLAIN_ENDS = re.compile(
    r"\b(?:and|the|for|her|his|was|who|but|not|you|she|had|has|are|mph|hrs|min|yrs|old|am|pm)\b|^(?:on|at|in|of|to|by|is|no|my|it|he|we)\s|^a\s(?!\w\s)|\d(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_AFTER_STOP = re.compile(r"\.\s+([A-Z]{3})$")
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)$")
_NOT_AREAS = frozenset(("S", "Y", "YR", "KS", "P", "PG", "R", "V"))
_MOTORWAYS = frozenset(
    ("M1", "M2", "M3", "M4", "M5", "M6", "M8", "M25", "M40", "M60", "M62", "A1", "A2", "A3", "A4", "A5", "A6")
)

CHECKS: dict[str, Callable[[str], bool]] = {
    "handle": is_handle,
    "nhs": is_nhs_number,
    "phone": is_phone_number,
    "not_sample": is_no_sample,
    "iban": is_bank_account,
    "card": is_payment_card,
    "day": is_calendar_day,
    "no_month": is_no_month,
    "not_people": is_not_people,
    "titled": is_titled,
    "name_like": is_name_like,
    "initials": is_initials,
    "no_may": is_no_modal_may,
    "no_article": is_no_article,
    "statute": is_statute,
    "nickname": is_nickname,
    "unknown_word": is_unknown_word,
    "second_word_name": is_second_word_name,
    "code": is_code,
    "reference": is_reference,
    "plate": is_plate,
    "postcode": is_postcode,
    "outcode": is_outcode,
    "personal_page": is_personal_page,
}
"""The checks that tables may name."""
