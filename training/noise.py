"""Write documents as tired people do: initials for names, slips of the pen, no punctuation."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from tests.quality.score import TITLES
from training.drafts import Draft

_WORD = re.compile(r"[^\W\d_]{3,}")
_NAME = re.compile(r"[^\W\d_]+")
_STYLES: tuple[Callable[[list[str]], str], ...] = (
    lambda words: "".join(word[0] for word in words).upper(),
    lambda words: ".".join(word[0] for word in words).upper() + ".",
    lambda words: " ".join([words[0], *(word[0].upper() for word in words[1:])]),
    lambda words: " ".join([*(word[0].upper() for word in words[:-1]), words[-1]]),
    lambda words: words[0][0].upper(),
)


def abbreviate(fragments: Draft, chance: random.Random) -> Draft:
    """Write some of a document's people by their initials, in one style, wherever they are named."""
    style = chance.choice(_STYLES)
    short: dict[str, bool] = {}
    changed = []
    for part in fragments:
        words = [word for word in _NAME.findall(part.text) if word.lower() not in TITLES]
        if part.label != "PERSON" or not words or max(map(len, words)) < 3:
            changed.append(part)
            continue
        if short.setdefault(words[0].lower(), chance.random() < 0.6):
            title = part.text.split()[0] + " " if part.text.split()[0].lower().strip(".") in TITLES else ""
            changed.append(replace(part, text=title + style(words)))
        else:
            changed.append(part)
    return changed


def misspell(fragments: Draft, chance: random.Random) -> Draft:
    """Let the pen slip in a few plain words and in more names."""
    rates = {"": 0.015, "PERSON": 0.05}

    def slip(found: re.Match[str], rate: float) -> str:
        return _slip(found.group(), chance) if chance.random() < rate else found.group()

    return [
        replace(part, text=_WORD.sub(lambda found, rate=rates[part.label]: slip(found, rate), part.text))
        if part.label in rates
        else part
        for part in fragments
    ]


def _slip(word: str, chance: random.Random) -> str:
    """Leave out, double or swap a letter after the first."""
    place = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(3)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place] + word[place:]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def unpunctuate(fragments: Draft) -> Draft:
    """Leave out commas, stops and apostrophes of the plain words, as in dictation."""
    return [
        part if part.label else replace(part, text=re.sub(r"[.,;:!?'’](?!\w{0,2}@)", "", part.text))
        for part in fragments
    ]
