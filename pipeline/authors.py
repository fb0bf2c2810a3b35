"""Authors: names known from books, and names of whom the text speaks as one does of authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from models.findings import LookAlike
from pipeline.claims import Claim, Places
from pipeline.general import sentence_around
from pipeline.names import fold
from pipeline.people import parse
from rules.lists.lists import load_list

_AUTHORS = load_list("authors")
_AUTHOR_NAMES = frozenset(map(fold, load_list("author_names")))
_CIVIL = frozenset({"mr", "mrs", "ms", "miss", "mx"})
"""Titles that nobody is cited by."""

_THEORY = re.compile(
    r"""\b(?:theor\w*|models?|writ\w+|wrote|argu\w+|describ\w+|calls?|says?|say|said[ ]of|suggests?
      |research\w*|books?|papers?|
    chapters?|read|reading|reads|ideas?|concepts?|framework|attachment|cit\w+|literature|stud\w+|articles?|according|cycle|
    quot\w+|et[ ]al|lists?|heading|question|rings|reminds|warns?|puts[ ]it|means[ ]by|after|like)\b""",
    re.VERBOSE | re.IGNORECASE,
)

_OWN_NAME = 0.97
"""How sure the classifier is of a person who only bears the full name of an author."""

_QUOTED, _ON_SURE = 0.9, 0.7
_WOULD_SAY = re.compile(
    r"[ ](?:(?:would|might)[ ](?:say|call|ask)|(?:writes|argues)[ ](?:that|of|about|for)|reminds[ ]us)\b"
)
ON = re.compile(
    r"""[ ]on[ ](?!
      the[ ](?:phone|rota|way|ward|bus|day|train|door|team|other)|leave|duty|behalf
      |(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b
      |(?:her|his|my|their|our|a|at|and|call|shift|teams|site|time|foot|one|two|paper|file|record|screen)\b
    )[^\W\d]""",
    re.VERBOSE | re.IGNORECASE,
)
"""What an author writes on, and nobody rings or works on."""

_YIELDS = frozenset(
    {LookAlike.THEORIST, LookAlike.COURSE, LookAlike.LAW, LookAlike.INQUIRY, LookAlike.PSEUDONYM}
)
_YIELDS_TO = 0.6
_AT_WORK = frozenset({"pc", "wpc", "pcso", "ps", "dc", "ds", "di", "dci", "sgt", "supt", "insp", "hhj"})
"""Titles of people whom a case is about rather than a book."""


def titled(ruled: Iterable[Claim], marked: Iterable[Claim], text: str) -> Iterator[Claim]:
    """Let a title make nobody a person who more likely is an author, or made up."""
    alike = Places(c for c in marked if c.look_alike in _YIELDS and c.score >= _YIELDS_TO)
    for claim in ruled:
        if claim.recognizer != "title_and_name":
            yield claim
            continue
        name = parse(text[claim.start : claim.end])
        is_alike = alike.over(claim.start, claim.end) and not _AT_WORK & set(name.titles)
        if not is_alike and not (" ".join(name.words) in _AUTHOR_NAMES and not _CIVIL & set(name.titles)):
            yield claim


def author(claim: Claim, text: str) -> Claim:
    """Say of a name that it is an author's: one known from books, or one that the sentence quotes."""
    name = parse(text[claim.start : claim.end])
    if claim.look_alike or name.is_initials or _CIVIL & set(name.titles):
        return claim
    if _is_known_author(claim, " ".join(name.words), text) or _is_quoted(claim, text):
        return replace(claim, look_alike=LookAlike.THEORIST)
    return claim


def _is_known_author(claim: Claim, name: str, text: str) -> bool:
    """Tell whether a name is known from books: a full one by itself, a surname where books are spoken of."""
    if name in _AUTHOR_NAMES and claim.score < _OWN_NAME:
        return True
    if name not in _AUTHOR_NAMES and text[claim.start : claim.end].casefold() not in _AUTHORS:
        return False
    start, end = sentence_around(text, claim.start, claim.end)
    is_spoken_of = _THEORY.search(text, start, claim.start) or _THEORY.search(text, claim.end, end)
    return claim.score < 0.9 or bool(is_spoken_of)


def _is_quoted(claim: Claim, text: str) -> bool:
    """Tell whether what follows a doubtful name is what one says of authors: "would argue", "on shame"."""
    if not text[claim.start].isupper():
        return False
    return bool(
        (claim.score < _QUOTED and _WOULD_SAY.match(text, claim.end, claim.end + 30))
        or (claim.score < _ON_SURE and ON.match(text, claim.end, claim.end + 40))
    )
