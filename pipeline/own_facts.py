"""Own facts: which facts writers tell of themselves, and which of those they work with."""

from __future__ import annotations

import re

from models.text import Span
from rules.kin import RELATIVE

_BEFORE = 160
"""Characters before a fact in which its sentence says whose it is."""

_AFTER = 60
"""Characters after it in which an "I" may follow: "As a Welsh woman I know"."""

_OWN_THINGS = (
    r"faith|religion|culture|background|heritage|roots|ethnicity|nationality|first language|sexuality"
    r"|class|age|health|disability|diagnosis|illness|operation|miscarriage|pregnancy|childhood|upbringing"
    r"|home ?town"
)
_OWN = re.compile(
    r"\b(?:i(?:['’]?m|(?: too| also| myself)? am| was| grew up| (?:come|came) from"
    r"| (?:live|lived) (?:in|with|near)| have| had| identify| speak| suffer(?:ed)? from"
    r"| moved (?:here )?from|['’]ve)\b"
    rf"|my (?:own\b|(?:\w+ )?(?:{RELATIVE}|{_OWN_THINGS})\b)|i, an?\b|as an?\b(?=[^.!?\n]*\bI\b))",
    re.IGNORECASE,
)
"""What begins to tell of the writer or the writer's own people."""

_OTHERS = re.compile(
    r"\b(?:he|she|they|him|his|hers?|them|theirs?|your?|whom|whose"
    r"|(?:work|visit|support|meet|assess|train|allocat|see|speak|ask|tell|help)(?:s|ed|ing)?|met|saw|told|said"
    r"|cases?|caseload|colleagues?|managers?|supervisors?|assessors?|students?|teams?|clients?|patients?"
    r"|residents?|service users?|child|children|boys?|girls?|lads?|m[ae]n|wom[ae]n|couple|lad(?:y|ies)"
    r"|bab(?:y|ies)|toddlers?|teenagers?|young (?:person|people)|famil(?:y|ies) (?:in|from|of|with|who)"
    r"|a mother|a father|a (?:mum|dad)|the (?:mother|father|mum|dad|parents|family))\b",
    re.IGNORECASE,
)
"""What turns from the writer to somebody else."""

_MY = re.compile(r"\bmy(?: (?:first|second|third|last))? $", re.IGNORECASE)
"""Stands right before an illness of the writer's; before other facts it may begin "my Polish family"."""

_SENTENCE = re.compile(r"[.!?;][\"”'’)]*(?=\s)|\n")
_WRITER = re.compile(r"\s+an?\s+(?:[\w-]+\s+){0,3}(?:man|woman|bloke|lad|girl)\b", re.IGNORECASE)


def is_own_fact(text: str, fact: Span, *, is_health: bool = False) -> bool:
    """Tell whether the words before a fact say that it is the writer's own.

    "I am", "I grew up in" and "my own mother" say so, as long as nobody else comes in between:
    "I had a boy of nine on my list" tells of the boy. What somebody is quoted with is theirs.
    """
    start = _sentence_start(text, fact.start)
    if _is_quoted(text[start : fact.start]):
        return False
    if is_health and _MY.search(text[start : fact.start]):
        return True
    openings = [m for m in _OWN.finditer(text, start, fact.end + _AFTER) if m.end() <= fact.start]
    if not openings:
        return False
    end = openings[-1].end()
    writer = _WRITER.match(text, end, fact.start)
    return _OTHERS.search(text, writer.end() if writer else end, fact.start) is None


def _is_quoted(clause: str) -> bool:
    """Tell whether a quotation begins in a clause and goes on behind it."""
    return clause.count('"') % 2 == 1 or clause.count("“") > clause.count("”")


def _sentence_start(text: str, at: int) -> int:
    first = max(0, at - _BEFORE)
    return max((m.end() for m in _SENTENCE.finditer(text, first, at)), default=first)
