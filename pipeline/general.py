"""General statements: ages, conditions and origins of nobody in particular."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim
from pipeline.phrases import PHRASES

NAME = "general_statement"

SURE_OF_ONE = 0.9
"""How sure the classifier is of one person's age, illness or day, whatever the sentence's other words say."""

_TYPES = PHRASES | {EntityType.AGE}
_REACH = 400
"""How far a sentence is looked through on each side, in code points."""

_BEFORE = re.compile(r"(?:[.!?][\"”’)]*\s|\n)")
_AFTER = re.compile(r"[.!?](?=[\s\"”’)]|$)|\n")

_SOMEBODY = re.compile(
    r"""\b(?:s?he|him|her|his|hers|himself|herself|my|me|myself|mine|I['’]m|I[ ]am|I[ ]was|I['’]ve
      |they['’](?:re|ve|d)|both
    |they[ ](?:are|were|have|had|go|live|speak|came|come)|mu?m|mam|mom|mummy|dad(?:dy)?|mother|father|nan
    |nana|gran\w*|grand\w+
    |son|daughter|brother|sister|husband|wife|partner|uncle|aunt\w*|cousin|niece|nephew|baby|our[ ]\w+
    |(?:the|this|that|a|an|one|each)[ ](?:\w+[ ]){0,2}(?:boy|girl|man|woman|lady|client|gentleman|child
    |baby|lad|lass|couple|family
      |carers?|student|twins?|parents|mother|father|resident|patient|young[ ]person|youngest|eldest
      |oldest|colleague|manager)
    |the[ ](?:youngest|eldest|oldest|other|first|second|third|boys|girls|children|twins|brothers
    |sisters))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_GENERAL = re.compile(
    r"""\b(?:one|two|three|four|half|half[ ]of|most|many|some|few|fewer|several|often|usually|tend|rarely
      |commonly|generally|on[ ]average
    |likely|at[ ]risk|rates?|data|research|census|survey|study|studies|evidence|statistics|figures
    |nationally|worldwide|globally
    |in[ ](?:the[ ]UK|England|Britain|Wales|Scotland)|population|prevalence|diagnos[ie]s|guidance
    |statutory|leaflet|training|policy|law|legally)\b(?:[ ]in[ ](?:\w+)\b)?
    |%|\bper[ ]?cent\b|\bone[ ]in[ ]\w+|\bin[ ]every[ ]\w+
    |\b(?:children|boys|girls|women|men|people|families|parents|carers|adults|babies|households|teenagers|adolescents|survivors|leavers|residents|patients|pupils|mothers|fathers|twins|triplets|\w+ers)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_GROUP_AGE = re.compile(
    r"""(?:\b(?:under|over|below|above|up[ ]to|at[ ]least|minimum|from|until|beyond
      |past)[ -](?:the[ ]age[ ]of[ ]|age[ ]|aged[ ])?
        (?=(?:\d{1,2}|eighteen|sixteen|ten|twelve|fourteen|five|seven|eight|twenty-one|twenty-five)s?\b)
      |\b(?:children|boys|girls|women|men|people|adults|pupils|leavers|teenagers|those|anyone|everyone
      |babies)[ ](?:who[ ]are[ ])?(?:aged|of|over|under|between|from)[ ](?:the[ ]age[ ]of[ ]|about[ ]|age[ ])?
      |\b(?:aged|ages|between)[ ]\w+(?:-\w+)?[ ](?:to|and|-|–)[ ])$""",
    re.VERBOSE | re.IGNORECASE,
)
_PLURAL_AGE = re.compile(
    r"[ -]?(?:year|yr)s?[ -]olds\b|s\b(?!['’])|[ ](?:to|-|–)[ ]?\d+\b|[ ]?\+", re.IGNORECASE
)
_HIS_AGE = re.compile(
    r"\b(?:is|was|turned|turns|who['’]s|s?he['’]s|I['’]m|just|only|nearly|almost"
    r"|now)[ ](?:well[ ])?(?:under|over|past)[ ]$",
    re.IGNORECASE,
)


def general(claims: Sequence[Claim], text: str) -> Iterator[Claim]:
    """Say which claims are about people in general: a law's age limit, a share, a group.

    Yields:
        For each of them a claim of the same place that it is generic, a little surer.
    """
    people = sorted(c.start for c in claims if c.entity_type is EntityType.PERSON and c.look_alike is None)
    for claim in claims:
        if claim.entity_type not in _TYPES or claim.look_alike:
            continue
        is_doubtful = claim.score < SURE_OF_ONE
        if _is_group_age(claim, text) or (is_doubtful and _is_general(claim, people, text)):
            yield replace(
                claim, score=min(1.0, claim.score + 0.001), recognizer=NAME, look_alike=LookAlike.GENERIC
            )


def _is_group_age(claim: Claim, text: str) -> bool:
    """Tell whether an age is a limit, a range or a group's."""
    if claim.entity_type is not EntityType.AGE:
        return False
    before = text[max(0, claim.start - 40) : claim.start]
    if _HIS_AGE.search(before):
        return False
    return bool(
        _GROUP_AGE.search(before)
        or re.search(r"[ -]olds$", text[claim.start : claim.end])
        or _PLURAL_AGE.match(text, claim.end)
    )


def _is_general(claim: Claim, people: Sequence[int], text: str) -> bool:
    """Tell whether a claim's sentence speaks of people in general and of nobody who is named.

    Args:
        claim: The claim.
        people: Where people are named, in order.
        text: The text.
    """
    start, end = sentence_around(text, claim.start, claim.end)
    sentence = text[start:end]
    if "|" in sentence or "\t" in sentence or not _GENERAL.search(sentence) or _SOMEBODY.search(sentence):
        return False
    return bisect_left(people, start) == bisect_left(people, end)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around a stretch begins and ends, within reach."""
    low = max(0, start - _REACH)
    before = [found.end() for found in _BEFORE.finditer(text, low, start)]
    after = _AFTER.search(text, end, end + _REACH)
    return (before[-1] if before else low), (after.start() if after else min(len(text), end + _REACH))
