"""Other languages: what the classifier, taught in English, takes for names there and no reader would."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from models.findings import EntityType
from models.text import Span
from pipeline.claims import Claim
from pipeline.language import foreign, is_of_few_words
from pipeline.people import TITLES
from rules.lists.lists import load_list

_SURE = 0.9
"""How sure the classifier must be of words in another language, whatever their letters."""

_NOUNS = 0.2
"""Share of words with a capital inside sentences above which a language writes its nouns so."""

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_STARTS = re.compile(r"(?:^|[.!?:\n|>•(\"“„«–][\"“„«\s]*)$")
_REACH = 24
_ALL_TITLES = TITLES | load_list("titles_abroad")
_TITLE_BEFORE = re.compile(r"([^\W\d_]+)\.?[ ]$")


def likely_abroad(claims: Iterable[Claim], text: str) -> Iterator[Claim]:
    """Pass on the classifier's claims but for those in another language that only look like names in English.

    There a name is known by its capital: two of them, one inside a sentence, or a title
    before it. Where nothing has capitals, or nouns have, less can be told, and in a passage of
    few words, which may be a list of names, nothing. What is left out is looked for by memory
    still, and a warning says that the passage is not in English.
    """
    spans = [span for span in foreign(text) if not is_of_few_words(text[span.start : span.end])]
    passages = [_Passage(text, span) for span in spans]
    at = 0
    for claim in sorted(claims, key=lambda c: c.start):
        while at < len(passages) and passages[at].span.end <= claim.start:
            at += 1
        is_abroad = at < len(passages) and passages[at].span.start <= claim.start
        if not is_abroad or claim.look_alike or claim.score >= _SURE:
            yield claim
        else:
            yield from passages[at].likely(claim)


class _Passage:
    """A passage in another language, with how it writes capitals."""

    def __init__(self, text: str, span: Span) -> None:
        self.span = span
        self._text = text
        words = list(_WORD.finditer(text, span.start, span.end))
        inside = sum(w.group()[0].isupper() and not self._begins(w.start()) for w in words)
        self._has_nouns = inside > _NOUNS * len(words)
        passage = text[span.start : span.end]
        self._tells = any(map(str.islower, passage)) and any(map(str.isupper, passage))

    def likely(self, claim: Claim) -> Iterator[Claim]:
        """Give what of a claim can be a name, or can say where or when."""
        if not self._tells:
            yield claim
            return
        words = [w for w in _WORD.finditer(self._text, claim.start, claim.end) if w.group()[0].isupper()]
        if claim.entity_type is not EntityType.PERSON:
            if words or any(map(str.isdigit, self._text[claim.start : claim.end])):
                yield claim
        elif len(words) > 1 or (words and self._is_name(words[0].start())):
            yield replace(claim, start=words[0].start(), end=words[-1].end())

    def _is_name(self, start: int) -> bool:
        """Tell whether one word with a capital is a name: inside a sentence, or after a title."""
        before = _TITLE_BEFORE.search(self._text, max(0, start - _REACH), start)
        if before and before[1].casefold() in _ALL_TITLES:
            return True
        return not self._has_nouns and not self._begins(start)

    def _begins(self, start: int) -> bool:
        """Tell whether a sentence or line begins at a place."""
        return bool(_STARTS.search(self._text[max(0, start - 6) : start]))
