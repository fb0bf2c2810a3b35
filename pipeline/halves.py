"""Put the halves of one name together: what the classifier marked apart, or only half of it surely."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim, Places
from pipeline.names import fold
from rules.lists.lists import load_list

_KIN = load_list("kin")
_OFFICE = load_list("office_letters")

_CITED = frozenset({LookAlike.THEORIST, LookAlike.INQUIRY, LookAlike.LAW})
"""What a half may belong to that the classifier holds for an author's or a case's rather."""

_PARTICLES = (
    r"(?:ap|ab|ferch|verch|bin|bint|binti|ibn|van|von|der|den|de|del|della|da|dos|di|du|al|el|ul|Ó|ó|Ní|ní|Nic|nic"
    r"|Mac|mac|Al|El|De|Van|Von)"
)
_BETWEEN_SURE = re.compile(
    rf"""[ ](?:{_PARTICLES}[ ]){{1,2}}
    |[ ]{{1,2}}["“‘'(][^\W\d_][\w'’\- ]{{1,20}}["”’')][ ]{{1,2}}""",
    re.VERBOSE,
)
_APART = re.compile(r"[ ]{2}|[ ]?[\t\n|:\[(]|$")
_BETWEEN_WEAK = re.compile(r"[ ]")


def whole(sure: Iterable[Claim], weak: Iterable[Claim], text: str) -> list[Claim]:
    """Join two sure halves over a particle or a nickname, and take a doubtful half for a sure one's.

    A doubtful half alone is not a name. Kin words, letters of the office and what is more
    likely half of an author's name are no halves.
    """
    sure = _agreed(sure, text)
    pieces = [(c, True) for c in sure if _is_name(c)]
    cited = Places(c for c in sure if c.look_alike in _CITED)
    pieces += [
        (c, False)
        for c in weak
        if _is_name(c) and _can_be_half(text[c.start : c.end]) and not cited.over(c.start, c.end)
    ]
    joined: list[tuple[Claim, bool]] = []
    for piece, is_sure in sorted(pieces, key=lambda p: (p[0].start, p[0].end)):
        if joined and _belongs(joined[-1], (piece, is_sure), text):
            joined[-1] = (_union(joined[-1][0], piece), True)
        else:
            joined.append((piece, is_sure))
    return [c for c, is_sure in joined if is_sure] + [c for c in sure if not _is_name(c)]


def _agreed(sure: Iterable[Claim], text: str) -> list[Claim]:
    """Make one of a first and a last name of which one is taken for an author's."""
    agreed: list[Claim] = []
    for claim in sorted(sure, key=lambda c: (c.start, c.end)):
        if agreed and _are_at_odds(agreed[-1], claim) and _stand_together(agreed[-1], claim, text):
            agreed[-1] = _union(agreed[-1], claim)
        else:
            agreed.append(claim)
    return agreed


def _are_at_odds(left: Claim, right: Claim) -> bool:
    """Tell whether one of two claims is somebody's name and the other an author's."""
    one, other = sorted((left, right), key=_is_name)
    return one.look_alike is LookAlike.THEORIST and _is_name(other)


def _stand_together(left: Claim, right: Claim, text: str) -> bool:
    """Tell whether two single words with capitals stand side by side."""
    words = text[left.start : left.end], text[right.start : right.end]
    is_row = text[left.end : right.start] == " "
    return is_row and all(word.istitle() and " " not in word for word in words)


def _is_name(claim: Claim) -> bool:
    """Tell whether a claim names somebody."""
    return claim.entity_type is EntityType.PERSON and claim.look_alike is None


def _can_be_half(words: str) -> bool:
    """Tell whether doubtful words can be half of a name."""
    return len(words) > 1 and fold(words) not in _KIN and fold(words) not in _OFFICE


def _belongs(left: tuple[Claim, bool], right: tuple[Claim, bool], text: str) -> bool:
    """Tell whether two pieces in reading order, sure or not, are halves of one name."""
    (first, first_sure), (second, second_sure) = left, right
    if not (first_sure or second_sure) or text[first.start].isupper() != text[second.start].isupper():
        return False
    if _is_inverted(first, second, text):
        return True
    pattern = _BETWEEN_SURE if first_sure and second_sure else _BETWEEN_WEAK
    return bool(pattern.fullmatch(text, first.end, second.start))


def _is_inverted(surname: Claim, given: Claim, text: str) -> bool:
    """Tell whether a line begins with a surname and a given name, set apart: "Field, Ada  9:05"."""
    begins = surname.start == 0 or text[surname.start - 1] in "\n\t|"
    words = text[surname.start : surname.end], text[given.start : given.end]
    is_pair = text[surname.end : given.start] == ", " and all(w.istitle() and w.isalpha() for w in words)
    return begins and is_pair and bool(_APART.match(text, given.end))


def _union(left: Claim, right: Claim) -> Claim:
    """Make one claim of two halves; the surer says whose it is."""
    return replace(max(left, right, key=lambda c: c.score), start=left.start, end=right.end)
