"""Ages: a number right behind a name is the age of the one named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from models.findings import EntityType
from pipeline.claims import Claim

NAME = "age_after_name"

_AGE = re.compile(
    r"(?:[ ]\((?=\d{1,3}(?:[,)]|[ ]months?\b))|,[ ](?=\d{1,3}(?:,|[ ]?\)|\.(?=[ \n]|$))))"
    r"(?P<age>\d{1,3}(?:[ ]months?)?)"
)
_OLDEST = 110


def ages_after_names(claims: Iterable[Claim], text: str) -> Iterator[Claim]:
    """Find ages that stand in brackets or between commas right behind a person's name."""
    for claim in claims:
        if claim.entity_type is EntityType.PERSON and claim.look_alike is None:
            found = _AGE.match(text, claim.end)
            if found and int(found["age"].split()[0]) <= _OLDEST:
                yield Claim(
                    found.start("age"), found.end("age"), EntityType.AGE, claim.score * 0.9, NAME,
                    role=claim.role, role_score=claim.role_score,
                )  # fmt: skip
