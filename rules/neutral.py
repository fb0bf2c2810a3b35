"""The words that we suggest and put in place of names ourselves: they are never flagged again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rules.labels import LabelTable
from rules.roles import RoleTable
from rules.wording import WordingTable

_QUOTED = re.compile(r'"([^"]+)"')
_STAGES = (
    "baby", "pre-school age", "primary-school age", "secondary-school age", "young adult", "adult",
    "older adult",
)  # fmt: skip


def neutral_words(wording: WordingTable, labels: LabelTable, roles: RoleTable) -> re.Pattern[str]:
    """Make one pattern of every suggested wording and every label in square brackets.

    Suggested words of one letter only ("I") are left out.
    """
    rows = (*wording.findings, *wording.others)
    suggested = {words for row in rows for words in _QUOTED.findall(row.instead) if len(words) > 2}
    plain = sorted((re.escape(words) for words in suggested), key=len, reverse=True)
    letter = f"(?:child|adult|person) [{labels.letters}][0-9]*"
    return re.compile(
        rf"(?<!\w)(?:{letter}|{'|'.join(plain)})(?!\w)|\[(?:{'|'.join(_labels(labels, roles))})(?: \d+)?\]",
        re.IGNORECASE,
    )


def _labels(labels: LabelTable, roles: RoleTable) -> Iterator[str]:
    """Write every label as a pattern."""
    letter = rf"[{labels.letters}][0-9]*"
    filled = {
        "{letter}": letter,
        "{number}": "[0-9]+",
        "{owner}": f"(?:(?:child|adult|person) {letter})",
        "{kin}": _any(_words(roles, ("kin", "offspring", "network"))),
        "{job}": _any(_words(roles, ("professional", "colleague", "manager"))),
    }
    patterns = {p.label for p in labels.people} | {t.label for t in labels.things} | {"Person", *_STAGES}
    for pattern in sorted(patterns):
        written = pattern
        for hole, words in filled.items():
            written = written.replace(hole, words)
        yield written


def _words(roles: RoleTable, kinds: Iterable[str]) -> list[str]:
    return sorted({word for kind in kinds for word in roles.signs[kind] if word})


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in words)})"
