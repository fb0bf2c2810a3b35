"""Language: say where a text is not English, for the check is made for English only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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

FEW = 20
"""Words below which a passage can be little but names: of the labelled passages ten are not English by the
share of their known words, all lists or headings of 12 to 17 words, and none in another language."""

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
    Passages of a few words that follow each other are told together, one alone never is.
    """
    short: list[Span] = []
    for found in _PASSAGE.finditer(text):
        passage = Span(found.start(), found.end())
        if _is_short(normalise(found.group()).text):
            short.append(passage)
            continue
        yield from _together(text, short)
        short.clear()
        yield from _together(text, [passage])
    yield from _together(text, short)


def _is_short(passage: str) -> bool:
    return len(_plain_words(passage)) < FEWEST and len(_OTHER_SCRIPT.findall(passage)) < OTHER_LETTERS


def _together(text: str, passages: Sequence[Span]) -> Iterator[Span]:
    """Give the stretch of passages that follow each other, where it is not in English."""
    if passages:
        span = Span(passages[0].start, passages[-1].end)
        if not is_english(normalise(text[span.start : span.end]).text):
            yield span


def is_english(passage: str) -> bool:
    """Tell whether a passage is in English, or too short to tell."""
    others = len(_OTHER_SCRIPT.findall(passage))
    if others >= OTHER_LETTERS and 2 * others > sum(map(str.isalpha, passage)):
        return False
    plain = _plain_words(passage)
    if len(plain) < FEWEST:
        return True
    return sum(map(_is_known, plain)) >= ENGLISH * len(plain)


def is_of_few_words(passage: str) -> bool:
    """Tell whether a passage can be little but names: a list of them, scanned badly or without capitals."""
    return len(_plain_words(normalise(passage).text)) < FEW


def _plain_words(passage: str) -> list[str]:
    """List the words that tell a language: without names, as far as capitals say."""
    words = [word for token in passage.split() if _is_prose(token) for word in _WORD.findall(token)]
    return words if passage.isupper() else [word for word in words if not word[0].isupper()]


def _is_prose(token: str) -> bool:
    """Tell whether a token is no address, path or code."""
    return _SIGNS.isdisjoint(token) and "." not in token.strip(".,;:!?\"'“”‘’()[]")


def _is_known(word: str) -> bool:
    return all(part in _KNOWN for part in _JOINT.split(word.lower()) if len(part) > 1)
