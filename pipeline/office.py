"""Office: letters that mean something other than somebody - abbreviations, and letters that number things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.findings import EntityType
from pipeline.claims import Claim
from pipeline.initials import WHO_ACT, declared_initials
from pipeline.memory import acts
from pipeline.names import are_initials
from pipeline.nobody import explained_letters
from pipeline.people import parse
from pipeline.unnamed import has_article
from rules.lists.lists import load_list

_ABBREVIATIONS = load_list("acronyms")

_SURE_LETTERS = 0.85
"""How sure it must be of office letters that are somebody's."""

_DOUBTFUL_LETTERS, _PAIR = 0.5, 2
"""Below which more than two office letters are nobody's, even where they stand as if they did something,
and a letter numbers what stands before it."""

_FAR = 130
"""Characters before letters in brackets in which the name of their bearer begins."""

_LISTED = re.compile(r"^[ \t*#>|]{0,6}(?P<letter>[A-Za-z])[.)][ \t*]{1,4}(?=\S)", re.MULTILINE)
_ON_LEAVE = re.compile(r"A/L\b")
_NUMBERED = re.compile(
    r"""(?:\b(?:domain|workshop|log|panel|receipt|bay|category|section|part|form|row|column|level|grade|option
    |type|band|block|ward|room|zone|appendix|annex|schedule|sheet|table|figure|item|clause|criterion|version
    |hepatitis|vitamin)[ ](?:[A-Z][ ](?:and|or)[ ])?\(?|\b(?:sex|gender):?[ ]{1,4}|(?-i:\b[A-Z]&|\bA/))$""",
    re.VERBOSE | re.IGNORECASE,
)
"""What stands before a letter that numbers a thing, or is half an abbreviation: "domain C", "A&E"."""

_HALF = re.compile(r"&[A-Z]\b")
_BEARER = re.compile(
    r"(?<![\w'’\-])(?P<name>[^\W\d_a-z][\w'’\-]{1,30}(?:[ ][^\W\d_a-z][\w'’\-]{1,30}){1,3})[ ]\($"
)
"""A full name with a bracket behind it."""

_OF_MANY = re.compile(
    r"""\W*(?:(?:also[ ])?present|attend(?:ees|ed|ing|ance)|apologies|invite(?:d|es)|circulation|distribution)
    [ ]?:""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a line begins with that lists who was there, or to whom something goes."""

_ITEM = re.compile(r"(?<![\w.])[A-Z]{2,3}(?![\w.])")

_POSTS = load_list("posts")
"""Letters for posts that somebody holds."""


@dataclass(frozen=True, slots=True)
class Office:
    """Letters that mean something other than somebody, in one text.

    Attributes:
        initials: Initials of people named in full there.
        listed: Where a letter numbers a heading or an item of a list.
        explained: Letters that are short for plain words there.
    """

    initials: frozenset[str]
    listed: frozenset[int]
    explained: frozenset[str]

    def is_letters(self, claim: Claim, text: str) -> bool:
        """Tell whether a claim is an abbreviation of the office, or a letter that numbers something."""
        words = text[claim.start : claim.end]
        if claim.start in self.listed:
            return claim.end - claim.start <= _PAIR
        if _ON_LEAVE.match(text, claim.start) or (text[claim.end : claim.end + 2] == "/L" and words == "A"):
            return True
        if len(words) == 1 and claim.score < _DOUBTFUL_LETTERS and _numbers(text, claim.start, claim.end):
            return True
        if is_post(text, claim.start, claim.end):
            return True
        return words.isupper() and self._is_abbreviation(claim, text)

    def _is_abbreviation(self, claim: Claim, text: str) -> bool:
        """Tell whether capitals are an abbreviation: after an article even where they are initials too."""
        letters = text[claim.start : claim.end].lower()
        is_known = letters in _ABBREVIATIONS
        if is_known and has_article(text, claim.start):
            return True
        if letters in self.initials:
            return False
        if letters in self.explained or letters in WHO_ACT:
            return True
        is_doubtful = claim.score < _DOUBTFUL_LETTERS and len(letters) > _PAIR
        is_free = is_doubtful or not acts(text, claim.start, claim.end)
        return is_known and claim.score < _SURE_LETTERS and is_free


def office_of(claims: Sequence[Claim], text: str) -> Office:
    """Read what letters mean in a text where people have been found."""
    return Office(frozenset(_initials_of(claims, text)), _listed_places(text), explained_letters(text))


def without_posts(ruled: Iterable[Claim], marked: Iterable[Claim], text: str) -> Iterator[Claim]:
    """Leave out what a form gives for a name and is a post: "Social worker: SW", "Present: SW, HV".

    Letters that the text gives somebody are kept, and those of another post than the form asks for:
    "Supervisor: PM" is more likely who that is.
    """
    ruled = tuple(ruled)
    initials = frozenset(_initials_of((*ruled, *marked), text)) | declared_initials(text)
    for claim in ruled:
        written = text[claim.start : claim.end]
        is_nobodys = written.isupper() and written.casefold() in WHO_ACT - initials
        if not (is_nobodys and claim.entity_type is EntityType.PERSON and _asks_for(text, claim)):
            yield claim


def _asks_for(text: str, claim: Claim) -> bool:
    """Tell whether a form asks at a place for this post, or for everybody, none of whom goes by initials."""
    start = text.rfind("\n", 0, claim.start) + 1
    label = text[start : claim.start][-_FAR:]
    if _OF_MANY.match(label):
        line = text[start : claim.end + _FAR].partition("\n")[0]
        return all(item.casefold() in WHO_ACT | _ABBREVIATIONS for item in _ITEM.findall(line))
    words = [word for word in label.partition(":")[0].split() if word[0].isalpha()]
    return "".join(word[0] for word in words).casefold() == text[claim.start : claim.end].casefold()


def _numbers(text: str, start: int, end: int) -> bool:
    """Tell whether a letter numbers a thing, or is half an abbreviation such as A&E or H&C."""
    return bool(_HALF.match(text, end) or _NUMBERED.search(text, max(0, start - 24), start))


def is_post(text: str, start: int, end: int) -> bool:
    """Tell whether letters in brackets say which post somebody holds: "Ada Quill (TM)", unlike Tom Moss."""
    letters = text[start:end].casefold()
    if letters not in _POSTS or not text[start:end].isupper():
        return False
    bearer = _BEARER.search(text, max(0, start - _FAR), start)
    return bearer is not None and not are_initials(letters, bearer["name"])


def _initials_of(claims: Sequence[Claim], text: str) -> Iterator[str]:
    """Give the initials of people who are named in full."""
    for claim in claims:
        if claim.entity_type is EntityType.PERSON and not claim.look_alike:
            name = parse(text[claim.start : claim.end])
            if name.is_full:
                yield from (name.initials, name.words[0][0] + name.words[-1][0])


def _listed_places(text: str) -> frozenset[int]:
    """Find the letters that number headings: two and more that follow each other, or Q and A."""
    found = [(match["letter"], match.start("letter")) for match in _LISTED.finditer(text)]
    letters = {letter for letter, _ in found}
    return frozenset(
        at
        for letter, at in found
        if letters & {chr(ord(letter) - 1), chr(ord(letter) + 1), {"Q": "A", "A": "Q"}.get(letter)}
    )
