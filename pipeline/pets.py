"""Pets: which names a text gives to animals, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim

_ANIMAL = (
    r"(?:dog|cat|puppy|kitten|pony|horse|donkey|parrot|budgie|budgerigar|cockatiel|canary|hamster|gerbil"
    r"|guinea[ ]pig|rabbit|ferret|tortoise|goldfish|gecko|whippet|lurcher|terrier|jack[ ]russell|spaniel"
    r"|labrador|retriever|collie|poodle|greyhound|rottweiler|alsatian|german[ ]shepherd|staffie|bulldog"
    r"|chihuahua|sheepdog|assistance[ ]dog|guide[ ]dog)"
)
"""Animals that are given names, and that nobody calls a person."""

_NAME = r"(?P<name>(?:Sir[ ])?[^\W\d_a-zß-öø-ÿ][\w'’\-]{1,20})"
_WHOSE = r"(?:a|an|the|her|his|their|my|our|its)"
_CALLED = (
    rf"\b(?i:{_ANIMAL})(?:['’]s|[ ](?:is|was)|[.,][ ](?:[Ii]t|[Hh]e|[Ss]he)(?:['’]s|[ ](?:is|was)))?"
    rf"[ ](?:called|named)[ ][\"“‘']?{_NAME}(?!\w)"
)
_DECLARED = (
    _CALLED,
    rf"\b(?:her|his|their|my|our)[ ](?:[a-z]+[ ])?{_ANIMAL},?[ ]{_NAME}(?=[,;)]|\.(?:\s|$)|[ ]died\b)",
    rf"(?<!\w){_NAME}[ ]\((?:{_WHOSE}[ ])?(?:[a-z\-]+[ ])?{_ANIMAL}(?=[,)])",
    rf"(?<!\w){_NAME}(?:[ ](?:is|was)[ ]|,[ ]){_WHOSE}[ ](?:[a-z\-]+[ ]){{0,2}}{_ANIMAL}(?=[,;)]|\.(?:\s|$))",
)
"""The dog's called Quill; his cat, Quill; Quill (cat); Quill is a whippet."""

_PATTERNS = tuple(map(re.compile, _DECLARED))
_BEFORE_SURNAME = re.compile(r"(?<![\w'’\-])([^\W\d_a-zß-öø-ÿ][\w'’\-]{1,20})[ ](?=[^\W\d_a-z][a-zß-ÿ])")


@dataclass(frozen=True, slots=True)
class Pets:
    """The names of a document's animals.

    Attributes:
        only: Names that nobody else bears there.
        shared: Names that stand before a surname as well: they are an animal's where the text says so.
    """

    only: frozenset[str]
    shared: frozenset[str]

    def spared(self, claims: Iterable[Claim], text: str) -> Iterator[Claim]:
        """Pass on claims; what is taken for somebody's name and is an animal's only looks like one."""
        said = {found.start("name") for found in _declarations(text)} if self.only or self.shared else set()
        for claim in claims:
            name = text[claim.start : claim.end]
            is_pet = name in self.only or (name in self.shared and claim.start in said)
            is_taken = claim.entity_type is EntityType.PERSON and claim.look_alike is None
            yield replace(claim, look_alike=LookAlike.GENERIC) if is_pet and is_taken else claim


def pets(text: str) -> Pets:
    """Read which names a text gives to animals."""
    names = {found["name"] for found in _declarations(text)}
    given = set(_BEFORE_SURNAME.findall(text)) if names else set()
    shared = {name for name in names if name.split()[-1] in given}
    return Pets(frozenset(names - shared), frozenset(shared))


def _declarations(text: str) -> Iterator[re.Match[str]]:
    """Find every place where a text says that a name is an animal's."""
    for pattern in _PATTERNS:
        yield from pattern.finditer(text)
