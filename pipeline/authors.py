"""Authors: names known from books, and names of whom the text speaks as one does of authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim, Places
from pipeline.names import fold
from pipeline.people import parse
from pipeline.speech import UNSURE_OF_KNOWN, Speech, dated, is_lived, most, speech
from rules.lists.lists import load_list

_AUTHORS = load_list("authors")
_AUTHOR_NAMES = frozenset(map(fold, load_list("author_names")))
CIVIL = frozenset({"mr", "mrs", "ms", "miss", "mx"})
"""Titles that nobody is cited by."""

_OWN_NAME = 0.97
"""How sure the classifier is of a person who only bears the full name of an author."""

_YIELDS = frozenset(
    {LookAlike.THEORIST, LookAlike.COURSE, LookAlike.LAW, LookAlike.INQUIRY, LookAlike.PSEUDONYM}
)
_YIELDS_TO = 0.6
_UNDECLARED = frozenset({LookAlike.THEORIST, LookAlike.PSEUDONYM})
"""What the classifier alone takes a name of the story for."""

_MADE_UP = 0.8
"""How sure the classifier must be of a made-up name that is spoken of as somebody lives."""

_BY_MANNER = frozenset({"title_and_name", "relation_and_name"})
"""Rules that go by how somebody is spoken of, which made-up people are as well."""

_PLAIN = load_list("words") - load_list("word_names")
_NAME_WORD = re.compile(r"[^\W\d_a-z][^\W\d_]{2,}(?:['’\-][^\W\d_]+)?")
_SAYS_SO = re.compile(
    r"""pseudonym|anonym|\bchanged?\b|\bcall(?:ed|ing)?\b|\breal(?:ly)?\b|made[ -]?up|invent|fiction|vignette
    |scenario|case[ ]stud|composite|example|role[- ]?play|imagin|known[ ]as|not[ ](?:his|her|their)|alias
    |\bkey\b|initials|\bnames?\b|character|story|training|exercise|["“‘]""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words of which a text that makes somebody up holds one."""

_LONE_NAME = re.compile(r"[^\W\d_]{2,}(?:['’\-][^\W\d_]+)?")
_AT_WORK = frozenset(
    {"pc", "wpc", "pcso", "ps", "dc", "ds", "di", "dci", "sgt", "supt", "insp", "hhj"}
    | {"rev", "reverend", "revd", "cllr", "councillor", "sister", "nurse", "fr", "father"}
)
"""Titles of people whom a case is about rather than a book."""


def titled(ruled: Iterable[Claim], marked: Iterable[Claim], text: str) -> Iterator[Claim]:
    """Let a title or a relative make nobody a person who more likely is an author, or made up."""
    marked = tuple(marked)
    alike = Places(c for c in marked if c.look_alike in _YIELDS and c.score >= _YIELDS_TO)
    made_up = [c for c in marked if c.look_alike is LookAlike.PSEUDONYM and c.score >= _YIELDS_TO]
    for claim in ruled:
        if not (_is_made_up(claim, made_up) or _yields(claim, text, alike)):
            yield claim


def _is_made_up(claim: Claim, made_up: Iterable[Claim]) -> bool:
    """Tell whether a rule that goes by how somebody is spoken of names who is made up, as a whole."""
    is_by_manner = claim.recognizer in _BY_MANNER
    return is_by_manner and any(c.start <= claim.start and claim.end <= c.end for c in made_up)


def _yields(claim: Claim, text: str, alike: Places) -> bool:
    """Tell whether a name with a title is no person's: an author's by a list only among ideas."""
    if claim.recognizer != "title_and_name":
        return False
    name = parse(text[claim.start : claim.end])
    if is_lived(text, claim.start, claim.end):
        return False
    if alike.over(claim.start, claim.end):
        return not _AT_WORK & set(name.titles)
    if " ".join(name.words) not in _AUTHOR_NAMES or (CIVIL | _AT_WORK) & set(name.titles):
        return False
    return speech(text, claim.start, claim.end) is Speech.IDEAS


def author(claim: Claim, text: str) -> Claim:
    """Say of a name known from books that it is an author's."""
    name = parse(text[claim.start : claim.end])
    if claim.look_alike or name.is_initials or CIVIL & set(name.titles):
        return claim
    if _is_known_author(claim, " ".join(name.words), text):
        return replace(claim, look_alike=LookAlike.THEORIST)
    return claim


def _is_known_author(claim: Claim, name: str, text: str) -> bool:
    """Tell whether a name is known from books: a full one with its bound, a surname as it is cited."""
    if name in _AUTHOR_NAMES:
        return claim.score < most(text, claim.start, claim.end, ideas=_OWN_NAME)
    is_listed = text[claim.start : claim.end].casefold() in _AUTHORS
    return is_listed and claim.score < most(text, claim.start, claim.end, unsure=UNSURE_OF_KNOWN)


def lived(claims: Iterable[Claim], text: str) -> Iterator[Claim]:
    """Take a lone name for a person's that only looked like an author's where it is spoken of as somebody's.

    A name on a list of authors, or one that is cited with a year anywhere in the text, stays an
    author's. In a text that speaks of no made-up names nobody is made up.
    """
    claims = list(claims)
    names = {
        text[c.start : c.end] for c in claims if _is_taken_for_author(c) and is_lived(text, c.start, c.end)
    }
    cited = dated(text) if names else frozenset()
    people = {name for name in names - cited if _is_no_author(name)}
    is_told = _SAYS_SO.search(text) is not None
    for claim in claims:
        name = text[claim.start : claim.end]
        is_person = claim.look_alike in _UNDECLARED and name in people
        if claim.look_alike is LookAlike.PSEUDONYM and claim.entity_type is EntityType.PERSON and not is_told:
            is_person = is_person or _is_name(name)
        yield replace(claim, look_alike=None, entity_type=EntityType.PERSON) if is_person else claim


def _is_taken_for_author(claim: Claim) -> bool:
    """Tell whether a claim is of an author, or of somebody made up whom nobody is sure to be made up."""
    is_made_up = claim.look_alike is LookAlike.PSEUDONYM and claim.score < _MADE_UP
    return claim.look_alike is LookAlike.THEORIST or is_made_up


def _is_name(name: str) -> bool:
    """Tell whether words are a name, and no placeholder such as "Child A" or "Service User"."""
    words = name.split()
    return all(map(_NAME_WORD.fullmatch, words)) and not any(fold(word) in _PLAIN for word in words)


def _is_no_author(name: str) -> bool:
    """Tell whether a name is a full one, or one word that no list has."""
    if name.casefold() in _AUTHORS:
        return False
    return parse(name).is_full or bool(_LONE_NAME.fullmatch(name))
