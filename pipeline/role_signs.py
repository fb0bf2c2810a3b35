"""What stands beside a name: signs of kin, job and form labels, and the shape of the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.text import Span
from pipeline.people import Name
from rules.roles import LONGEST_SIGN, RoleTable, Sign

REACH = 70
"""Characters on each side of a name in which a sign counts."""

NEAR = 25
"""Characters within which it counts for more."""

_WORD = re.compile(r"[^\W_]+(?::\d)?(?:['’\-][^\W_]+)*")
_LABELLED = 100
"""Characters at the start of a line in which its label stands."""

_LABEL = re.compile(r"^\W*+([^:|\n]{2,50}?)\s*(?::|\||\.{3,}|\t|[ ]{2})")
_TOUCHING = " ,:;.()[]\"'“”‘’-–—|*_\t\n"
_SHAPES = (
    ("speaks", "after", re.compile(r"^\s*:")),
    ("owns", "after", re.compile(r"^['’]s\b")),
    ("in a table", "after", re.compile(r"^[^\n]*\|")),
    ("I before", "before", re.compile(r"\bI\b[^\n]{0,60}$")),
    ("I after", "after", re.compile(r"^[^\n]{0,60}\bI\b")),
    ("in quotes", "before", re.compile(r"[\"“][^\"”\n]*$")),
    ("starts the line", "before", re.compile(r"(?:^|\n)[\s*\-•|]*$")),
    ("ends the line", "after", re.compile(r"^[\s|]*(?:\n|$)")),
    ("in a list", "before", re.compile(r"(?:,|;|&|\band|/)\s*$")),
)


@dataclass(frozen=True, slots=True)
class Met:
    """A sign beside a name.

    Attributes:
        place: "just before", "near before", "before", the same with "after", "owned", or
            "label" for the label of the line.
        gap: Characters between the sign and the name.
    """

    sign: Sign
    place: str
    gap: int


def signs_beside(text: str, name: Span, table: RoleTable) -> Iterator[Met]:
    """Find the signs around a name. Other names in the text must be blanked out."""
    start = max(0, name.start - REACH)
    before, after = text[start : name.start], text[name.end : name.end + REACH]
    for sign, _, end in _signs(before, table):
        place = _place_before(before[end:])
        if place:
            yield Met(sign, place, len(before) - end)
    for sign, begin, _ in _signs(after, table):
        place = _place_after(after[:begin])
        if place:
            yield Met(sign, place, begin)
    line = text.rfind("\n", 0, name.start) + 1
    label = _LABEL.match(text[line : min(name.start, line + _LABELLED)])
    if label:
        yield from (Met(sign, "label", 0) for sign, _, _ in _signs(label[1], table))


def shape_of(text: str, name: Span, written: Name) -> set[str]:
    """Describe how a name is written and where it stands in its line and text."""
    sides = {
        "before": text[max(0, name.start - REACH) : name.start],
        "after": text[name.end : name.end + REACH],
    }
    traits = {trait for trait, side, pattern in _SHAPES if pattern.search(sides[side])}
    traits.update(f"title {title}" for title in written.titles)
    traits.add(f"{min(len(written.words), 3)} words")
    if written.is_initials:
        traits.add("initials")
    if name.start < len(text) * 0.08:
        traits.add("at the top")
    if name.start > len(text) * 0.92:
        traits.add("at the end")
    return traits


def _signs(text: str, table: RoleTable) -> list[tuple[Sign, int, int]]:
    """Find signs in a short text, the longest first at each word, with start and end."""
    words = [(m.group().casefold().replace("’", "'"), m.start(), m.end()) for m in _WORD.finditer(text)]
    found, at = [], 0
    while at < len(words):
        for length in range(min(LONGEST_SIGN, len(words) - at), 0, -1):
            sign = _sign(" ".join(w for w, _, _ in words[at : at + length]), table)
            if sign:
                found.append((sign, words[at][1], words[at + length - 1][2]))
                at += length - 1
                break
        at += 1
    return found


def _sign(phrase: str, table: RoleTable) -> Sign | None:
    owned = phrase.removesuffix("'s")
    return table.by_phrase.get(phrase) or table.by_phrase.get(owned)


def _place_before(gap: str) -> str | None:
    """Say how near a sign stands before the name; None where a line lies between."""
    lines = gap.count("\n")
    if not gap.strip(_TOUCHING) and lines <= 2:
        return "just before"
    if lines:
        return None
    return "near before" if len(gap) < NEAR else "before"


def _place_after(gap: str) -> str | None:
    if not gap.strip(_TOUCHING):
        return "just after" if gap.count("\n") <= 1 else None
    if re.fullmatch(r"['’]s ", gap):
        return "owned"
    if "\n" in gap:
        return None
    return "near after" if len(gap) < NEAR else "after"
