"""Put sentences about made-up people between a document's paragraphs: what names mean is how they stand."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from training.drafts import Draft, Fragment

Names = Mapping[str, Sequence[tuple[str, str]]]
Templates = Mapping[str, Sequence[str]]

WORD_NAMES = "word_names"
LEAST, MOST = 1, 4
"""Sentences of one kind in a passage."""

_MARK = re.compile(r"\[\[(\w+)/(\w+)\|([^\]]+)\]\]|\{\{(\w+)\|([^}]+)\}\}")
_PLACE = re.compile(r"%([SGWILY])(\d?)", re.IGNORECASE)
_ENDS = (" ", " ", "\n", "\n- ")
_INITIALS = "ABCDEFGHIJKLMNOPRSTW"


def read_templates(path: Path) -> Templates:
    """Read the sentences of each kind."""
    kinds = json.loads(path.read_text(encoding="utf-8"))
    return {kind: lines for kind, lines in kinds.items() if kind != "note"}


def paragraphs(fragments: Draft) -> list[Draft]:
    """Divide a document at its blank lines; each paragraph keeps the blank line that ends it."""
    divided: list[Draft] = [[]]
    for part in fragments:
        pieces = [part.text] if part.label else re.split(r"(?<=\n\n)", part.text)
        for place, piece in enumerate(pieces):
            if place:
                divided.append([])
            if piece:
                divided[-1].append(replace(part, text=piece))
    return [paragraph for paragraph in divided if paragraph]


def insert(fragments: Draft, passage: Draft, chance: random.Random) -> Draft:
    """Put a passage between two paragraphs of a document, as one more paragraph."""
    divided = paragraphs(fragments)
    if len(divided) < 2:
        return fragments
    place = chance.randrange(1, len(divided))
    before = [part for paragraph in divided[:place] for part in paragraph]
    after = [part for paragraph in divided[place:] for part in paragraph]
    return [*before, *passage, Fragment("\n\n"), *after]


def borrow(fragments: Draft, other: Draft, chance: random.Random) -> Draft:
    """Put a paragraph of another document among a document's own."""
    return insert(fragments, chance.choice(paragraphs(other)), chance)


def invent(templates: Sequence[str], names: Names, chance: random.Random) -> Draft:
    """Make a passage of a few sentences about people who do not exist."""
    count = min(len(templates), chance.randint(LEAST, MOST))
    end = chance.choice(_ENDS)
    passage: Draft = []
    for template in chance.sample(templates, count):
        passage += [*_filled(template, _Cast(names, chance)), Fragment(end)]
    return passage


def _filled(template: str, cast: _Cast) -> Iterator[Fragment]:
    """Yield a sentence's words and marks with its people named."""
    at = 0
    for mark in _MARK.finditer(template):
        if mark.start() > at:
            yield Fragment(cast.fill(template[at : mark.start()]))
        text = cast.fill(mark[3] or mark[5])
        yield Fragment(text, mark[1], mark[2]) if mark[1] else Fragment(text, mark[4])
        at = mark.end()
    if at < len(template):
        yield Fragment(cast.fill(template[at:]))


class _Cast:
    """The people of one sentence."""

    def __init__(self, names: Names, chance: random.Random) -> None:
        self._names = names
        self._chance = chance
        self._known: dict[str, str] = {}

    def fill(self, text: str) -> str:
        """Write people and years where a template leaves place for them."""
        return _PLACE.sub(self._word, text)

    def _word(self, place: re.Match[str]) -> str:
        """Give the word for one place: the same for the same person."""
        kind, number = place.group(1), place.group(2)
        if kind == "Y":
            return str(self._chance.randint(1965, 2025))
        word = self._known.setdefault(kind.upper() + number, self._draw(kind.upper()))
        return word.lower() if kind.islower() else word

    def _draw(self, kind: str) -> str:
        if kind in "IL":
            return "".join(self._chance.sample(_INITIALS, 2 if kind == "I" else 1))
        origin = WORD_NAMES if kind == "W" else self._chance.choice(list(self._names))
        return self._chance.choice(self._names[origin])[kind == "S"]
