"""Language: say where a text is not English, for the check is made for English only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.document import Document
from models.text import Span
from models.warnings import Spot, Warning  # noqa: A004  (the domain's word)
from pipeline.normalise import normalise
from pipeline.warn import warning_about
from rules.lists.lists import load_list
from rules.policy import Policy

FEWEST = 12
"""Words below which a passage is too short to tell its language."""

ENGLISH = 0.45
"""Share of known words from which a passage counts as English. Of 4,000 labelled passages the hastiest
notes have .50, a Welsh one with its translation .58; ten other languages have .27 at most."""

OTHER_LETTERS = 24
"""Letters of another script from which a passage that has more of them than of ours is not English."""

_PASSAGE = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_JOINT = re.compile(r"['’\-]")
_SIGNS = frozenset("@/\\=#_")
_KNOWN = load_list("words")


def not_english(document: Document, policy: Policy) -> list[Warning]:
    """Warn once of all passages that are not in English, or do nothing where all are."""
    places = [Spot(s.id, span) for s in document.segments for span in foreign(s.text)]
    if not places:
        return []
    return [warning_about(document, policy.wording.by_code["not_english"], places)]


def foreign(text: str) -> Iterator[Span]:
    """Find the passages of a text that are not in English.

    Names prove nothing, so words with a capital count in a text without small letters only.
    A passage of a few words is never told.
    """
    for found in _PASSAGE.finditer(text):
        if not is_english(normalise(found.group()).text):
            yield Span(found.start(), found.end())


def is_english(passage: str) -> bool:
    """Tell whether a passage is in English, or too short to tell."""
    others = len(_OTHER_SCRIPT.findall(passage))
    if others >= OTHER_LETTERS and 2 * others > sum(map(str.isalpha, passage)):
        return False
    words = [word for token in passage.split() if _is_prose(token) for word in _WORD.findall(token)]
    plain = words if passage.isupper() else [word for word in words if not word[0].isupper()]
    if len(plain) < FEWEST:
        return True
    return sum(map(_is_known, plain)) >= ENGLISH * len(plain)


def _is_prose(token: str) -> bool:
    """Tell whether a token is no address, path or code."""
    return _SIGNS.isdisjoint(token) and "." not in token.strip(".,;:!?\"'“”‘’()[]")


def _is_known(word: str) -> bool:
    return all(part in _KNOWN for part in _JOINT.split(word.lower()) if len(part) > 1)
