"""Doubt: marks of the classifier that a reader would not make, and why not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from models.findings import EntityType, LookAlike
from pipeline.ages import is_age
from pipeline.authors import author
from pipeline.called import Called
from pipeline.capitals import lacks_capitals
from pipeline.claims import Claim
from pipeline.days import is_day, is_part_of_year, is_rating, of_learning
from pipeline.general import sentence_around
from pipeline.initials import declared_initials
from pipeline.names import fold
from pipeline.nobody import (
    is_label,
    is_misread,
    is_nobody,
    is_nothing,
    is_piece,
    is_plain,
    is_question,
    is_ticked,
)
from pipeline.office import office_of
from pipeline.people import MERE_TITLES
from pipeline.recognizers.web import is_handle, is_hash
from pipeline.speech import UNSURE_OF_KNOWN, most
from pipeline.unnamed import is_thing, is_unnamed_place
from rules.lists.lists import load_list
from rules.thresholds import load_thresholds

_THRESHOLDS = load_thresholds()
_ORDINARY = load_list("words")
_WORD_NAMES = load_list("word_names")
_ACRONYMS = load_list("office_letters")
_KIN = load_list("kin")
_BRANDS = load_list("brands")
_PUBLIC_FIGURES = load_list("public_figures")
_KNOWN = {
    LookAlike.TOOL: load_list("tools"),
    LookAlike.COURSE: load_list("courses"),
    LookAlike.PUBLIC_BODY: load_list("public_bodies"),
    LookAlike.INQUIRY: load_list("inquiries"),
    LookAlike.GENERIC: _BRANDS,
}

_DIGITS = {
    EntityType.PHONE_NUMBER: 6,
    EntityType.NHS_NUMBER: 8,
    EntityType.BANK_ACCOUNT: 6,
    EntityType.CASE_REFERENCE: 4,
    EntityType.REGISTRATION_NUMBER: 3,
    EntityType.NINO: 5,
    EntityType.VEHICLE_REGISTRATION: 1,
    EntityType.POSTCODE: 1,
}
"""Fewest digits of each kind of number; a letter O may be one that a scanner misread."""

_SURE_OF_SOMETHING, _LONG = 0.9, 6
"""How sure the classifier must be of what has not the shape of its kind, to be taken for another
kind; and how many digits a reference then has."""

_LETTERS = {EntityType.VEHICLE_REGISTRATION: 2, EntityType.POSTCODE: 1}
"""Fewest letters of each kind of number that has any."""

_NO_PLAIN_WORDS = frozenset({EntityType.STREET_ADDRESS, EntityType.SOCIAL_HANDLE})

_NEEDS = {EntityType.EMAIL_ADDRESS: "@", EntityType.URL: "."}
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SURE_PAIR = 0.75
"""How sure it must be of two letters of the office, of a title or of a small word that are somebody's."""

_SURE_CALLED = 0.75
"""How sure it must be that a title or a relative's word is what somebody is called: "call me Rev"; and that
an ordinary word in lower case is somebody who is called so elsewhere."""

_PAIR = 2
"""How many letters MS and DS have."""

_BEFORE_NAMES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "judge"))
"""Titles that nobody is called by alone."""

_SURE_OF_WORD = 0.95
"""How sure it must be that a word before a colon is who speaks, and that "Will I" is no question."""

_SURE_LOWER = 0.7
"""How sure the classifier must be of a name in lower case in a text that has capitals."""

_SURE_LOWER_FULL = 0.97
"""The same where it is a name of ordinary words: "rob hale"."""

_SURE_OF_PAGE = 0.82
"""How sure it must be of a name that would be an ordinary word but for its scanner or layout."""


_NUMBER = re.compile(
    r"""\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|thirty|forty
    |fifty|sixty|seventy|eighty|ninety|first|second|third|[a-z]+th)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""What a date of birth holds, in figures or in words."""


_WEEKDAYS = frozenset(["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"])
_OWN_CASE = re.compile(
    r"""\bI[ ](?:was|had[ ]been)[ ](?:the|their|his|her|on|then|a)[ ]
    (?:\w+[ ]){0,3}(?:worker|duty|manager|call)\b
    |\bI[ ](?:knew|visited|met|worked[ ]with|supported|assessed|held)[ ]|\bmy[ ]own[ ]case\b""",
    re.VERBOSE,
)


def doubted(claims: Iterable[Claim], text: str) -> Iterator[Claim]:
    """Pass on claims; those a reader would not make are left out or said to look so only."""
    declared = declared_initials(text)
    claims = list(claims)
    office, called = office_of(claims, text), Called.of((c for c in claims if not _is_listed(c, text)), text)
    for claim in claims:
        is_person = claim.entity_type is EntityType.PERSON
        if claim.look_alike or (is_person and text[claim.start : claim.end].casefold() in declared):
            yield claim
        elif is_person:
            yield from () if office.is_letters(claim, text) else _person(claim, text, called)
        elif _is_likely(claim, text):
            yield of_learning(claim, text) if claim.entity_type is EntityType.DATE else _known(claim, text)
        elif claim.score >= _SURE_OF_SOMETHING and claim.entity_type.is_direct:
            yield from _of_another_kind(claim, text, called)


def own_cases(claims: Iterable[Claim], text: str) -> Iterator[Claim]:
    """Take a name known from an inquiry for a person's where the writer had a part in the case."""
    for claim in claims:
        if claim.look_alike is LookAlike.INQUIRY:
            start, end = sentence_around(text, claim.start, claim.end)
            if _OWN_CASE.search(text, start, end):
                yield replace(claim, look_alike=None)
                continue
        yield claim


def _is_likely(claim: Claim, text: str) -> bool:
    """Tell whether a claim is sure enough for its kind, and has the shape of it."""
    words = text[claim.start : claim.end]
    if claim.entity_type is EntityType.DATE_OF_BIRTH and not is_day(words, 1.0):
        return False
    if claim.entity_type is EntityType.DATE and (
        not is_day(words, claim.score) or is_rating(text, claim.start, claim.end)
    ):
        return False
    if is_unnamed_place(claim, text) or (not claim.entity_type.is_direct and is_nothing(words)):
        return False
    if claim.entity_type is EntityType.AGE and not is_age(text, claim.start, claim.end):
        return False
    if claim.entity_type in _NO_PLAIN_WORDS and is_plain(words):
        return False
    return _has_shape(claim, text) and claim.score >= _THRESHOLDS.get(claim.entity_type, 0.0)


def _of_another_kind(claim: Claim, text: str, called: Called) -> Iterator[Claim]:
    """Take what surely identifies, but not as the classifier says, for a name or a reference."""
    words = text[claim.start : claim.end]
    if words.istitle() and all(map(str.isalpha, words.split())):
        yield from _person(replace(claim, entity_type=EntityType.PERSON), text, called)
    elif words.isdigit() and len(words) >= _LONG:
        yield replace(claim, entity_type=EntityType.CASE_REFERENCE)


def _has_shape(claim: Claim, text: str) -> bool:
    """Tell whether a number can be what the classifier takes it for: it has the digits for it."""
    words = text[claim.start : claim.end]
    if claim.entity_type in _NEEDS:
        return _NEEDS[claim.entity_type] in words
    if claim.entity_type is EntityType.SOCIAL_HANDLE:
        return is_handle(words)
    if claim.entity_type is EntityType.POSTCODE and not words[0].isalpha():
        return False
    if claim.entity_type in _LETTERS and sum(map(str.isalpha, words)) < _LETTERS[claim.entity_type]:
        return False
    if claim.entity_type is EntityType.CASE_REFERENCE and is_hash(words):
        return False
    return sum(c.isdigit() or c in "Oo" for c in words) >= _DIGITS.get(claim.entity_type, 0)


def _person(claim: Claim, text: str, called: Called) -> Iterator[Claim]:
    """Doubt a person: plain words, letters that mean something, a kin word alone, an author."""
    claim = _without_kin(claim, text)
    words = _WORD.findall(text[claim.start : claim.end])
    folded = [fold(word) for word in words]
    is_small = is_nobody(text, claim.start, claim.end) and not _is_sure_pair(claim, words)
    if is_small or _is_form_of_address(claim, words):
        return
    is_word = is_label(text, claim.start, claim.end) or is_question(text, claim.start, claim.end)
    if is_word and claim.score < _SURE_OF_WORD:
        return
    if _is_of_page(claim, text):
        return
    if is_thing(text, claim.start, claim.end) or is_part_of_year(text, claim.start, claim.end):
        return
    if all(word.islower() for word in words) and not _is_lower_name(claim, words, text, called):
        return
    if (_are_office_letters(words) and not _is_sure_pair(claim, words)) or all(
        w in _WEEKDAYS for w in folded
    ):
        return
    is_given = called.is_given(text, claim.start, claim.end)
    yield author(claim if is_given else _public(_known(claim, text), text), text)


def _is_of_page(claim: Claim, text: str) -> bool:
    """Tell whether an unsure name is a word scanned or laid out badly, or an answer on a form."""
    tests = (is_misread, is_piece, is_ticked)
    return claim.score < _SURE_OF_PAGE and any(test(text, claim.start, claim.end) for test in tests)


def _are_office_letters(words: Sequence[str]) -> bool:
    """Tell whether words are letters of the office, with dots or without: "NHS", "D.O.B"."""
    if not all(word.isupper() for word in words):
        return False
    dotted = "".join(words).casefold() if all(len(word) == 1 for word in words) else ""
    return (len(dotted) > _PAIR and dotted in _ACRONYMS) or all(fold(word) in _ACRONYMS for word in words)


def _is_sure_pair(claim: Claim, words: Sequence[str]) -> bool:
    """Tell whether two capitals, of the office or a title, surely are somebody's: "SU asked us"."""
    is_pair = len(words) == 1 and len(words[0]) == _PAIR and words[0].isupper()
    return is_pair and claim.score >= _SURE_PAIR


def _is_form_of_address(claim: Claim, words: Sequence[str]) -> bool:
    """Tell whether words are titles or relatives only, and none is surely what somebody is called."""
    is_called = len(words) == 1 and words[0].istitle() and fold(words[0]) not in _BEFORE_NAMES
    if _is_sure_pair(claim, words) or (is_called and claim.score >= _SURE_CALLED):
        return False
    return all(fold(word) in MERE_TITLES or fold(word) in _KIN for word in words)


def _is_lower_name(claim: Claim, words: Sequence[str], text: str, called: Called) -> bool:
    """Tell whether words in lower case can be a name.

    They can where all is written so, where none is ordinary, and where somebody is called so.
    """
    if claim.score >= _SURE_LOWER and not any(word in _ORDINARY for word in words):
        return True
    if claim.score >= _SURE_CALLED and called.by_name(" ".join(words)):
        return True
    if claim.score >= _SURE_LOWER_FULL and len(words) > 1:
        return True
    return lacks_capitals(text, claim.start, claim.end)


def _without_kin(claim: Claim, text: str) -> Claim:
    """Leave "Grandma" out of "Grandma Pat"."""
    first = _WORD.match(text, claim.start, claim.end)
    if first and fold(first.group()) in _KIN and first.end() + 1 < claim.end:
        return replace(claim, start=first.end() + 1)
    return claim


def _known(claim: Claim, text: str) -> Claim:
    """Say of a name that everybody knows that it is a body's, a tool's, a course's; no illness is."""
    if claim.entity_type is EntityType.HEALTH:
        return claim
    name = text[claim.start : claim.end].casefold().removeprefix("the ").strip()
    for reason, names in _KNOWN.items():
        if name in names:
            return replace(claim, look_alike=reason)
    return claim


def _is_listed(claim: Claim, text: str) -> bool:
    """Tell whether a name is one that everybody knows."""
    name = text[claim.start : claim.end].casefold()
    return name in _PUBLIC_FIGURES or any(name in names for names in _KNOWN.values())


def _public(claim: Claim, text: str) -> Claim:
    """Say of a public figure's name that it is one where nothing speaks of a life."""
    if claim.look_alike or text[claim.start : claim.end].casefold() not in _PUBLIC_FIGURES:
        return claim
    is_person = claim.score >= most(text, claim.start, claim.end, unsure=UNSURE_OF_KNOWN)
    return claim if is_person else replace(claim, look_alike=LookAlike.GENERIC)
