"""Ages: a number right behind a name is the age of the one named, and a measure is nobody's."""

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
_UNIT = re.compile(
    r"""[ ]?(?:(?:kg|cm|mm|km|ml|mg|lbs?|stone|foot|feet|ft|inch(?:es)?|miles?|points?|pts|pence|litres
    |degrees|units|pages?|hours?|hrs|minutes|mins|x[ ]\d+|per[ ]?cent)\b|%|°)""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"""\b(?:number|no\.|move|page|pp?\.|room|rm|bus|bay|flat|row|item|goal|question|domain|standard
    |section|paragraph|step)[ ]$""",
    re.VERBOSE | re.IGNORECASE,
)
_MEASURED = re.compile(
    r"""(?:
      \b(?:scales?|scored?|scores|scoring)\b(?:[ ](?:she|he|they))?
     |\b(?:(?:her|his|their|the|a)[ ])?(?:waterlow|barthel|rockwood|braden|zarit)(?=[ ]$)
     |\b(?:her|his|their|the|a)[ ](?:waterlow|barthel|rockwood|braden|zarit)\b
     |(?-i:\b(?:MUST|MoCA|MMSE|AMTS?|ACE[ -](?:III|R)|GAD[ -]?7|PHQ[ -]?9|AUDIT(?:[ -]C)?|SDQ|EPDS|CORE[ -]?10
       |NEWS2?|GCS|HbA1c|BMI|IQ|C[ -]?GAS))\b
    )(?:[ ](?:was|is|of|were|comes?|came|out|now|still|had|went|up|down|to|from|only|a|her|his)){0,4}[ ]$""",
    re.VERBOSE | re.IGNORECASE,
)
"""What stands before what a person scored: "Her Waterlow was 19"."""

_FAR = 48
_DIGITS = re.compile(r"\d+")


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


def is_age(text: str, start: int, end: int) -> bool:
    """Tell whether words can be an age: no measure such as 19 kg, no number of a thing, nothing above 110."""
    if _UNIT.match(text, end):
        return False
    number = text[start:end]
    if not _DIGITS.fullmatch(number):
        return True
    if _MEASURED.search(text, max(0, start - _FAR), start):
        return False
    return int(number) <= _OLDEST and not _NUMBERED.search(text, max(0, start - 12), start)
