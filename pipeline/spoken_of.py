"""Whom the sentences of a text speak of: the writer, a colleague, somebody else, people in general."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.findings import Role
from models.text import Span
from pipeline.sentences import split_sentences
from rules.disclosure import DisclosureTable, Whose

_BACK = 3
"""Sentences before in which we look for whom a pronoun stands for."""

_WORKERS = frozenset({Role.COLLEAGUE, Role.MANAGER, Role.STUDENT, Role.PROFESSIONAL, Role.EMPLOYER})
_OWN = frozenset({Role.SELF, Role.AUTHOR})
_ANTECEDENTS = frozenset({Whose.WORKER, Whose.OTHER, Whose.UNSAID})
_MINE = re.compile(
    r"""\b(?:(?:had|have|has|got|getting|wanted|want)\s+me
        |my(?!\ (?:team|office|service)\b)(?:\ own)?(?:\ [\w-]+)?)\s+$""",
    re.IGNORECASE | re.VERBOSE,
)
_PART_OF = re.compile(
    r"""(?:\b(?:his|her|their)|['’]s
        |\b(?:after|following|faced|faces|facing|has|had|having|under|lost|won|brought|raised|lodged
        |took\ out|put\ in|(?:going|went|gone|goes)\ through
        |subject\ (?:to|of))(?:\ (?:an?|the|two|three|several))?)\s+(?:[\w-]+\s+)?$""",
    re.IGNORECASE | re.VERBOSE,
)
"""What makes those before a grievance part of it, and not only those who speak of one."""

_ME = re.compile(r"\s*\b(?:me|myself)\b", re.IGNORECASE)
_TOWARDS = re.compile(
    r"\s+(?:\w+\s+)?(?:by|of|from|against|about|for|involving|concerning|on)\s+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody spoken of, at a place in a text."""

    span: Span
    whose: Whose


def mention(span: Span, role: Role) -> Mention:
    """Say of a name in the text whether it is a colleague's; of a doubtful role it is not said whose."""
    if role in _OWN:
        return Mention(span, Whose.OWN)
    return Mention(span, Whose.WORKER if role in _WORKERS else Whose.UNSAID)


class Reading:
    """A text read for whom each of its sentences speaks of. Names are given in reading order."""

    def __init__(self, text: str, table: DisclosureTable, names: Sequence[Mention]) -> None:
        self.text = text
        self._table = table
        self._names = names
        self._read: dict[Span, list[Mention]] = {}

    @cached_property
    def _sentences(self) -> list[Span]:
        return [sentence.span for sentence in split_sentences(self.text)]

    def sentence(self, at: int) -> Span:
        """Return the sentence that holds a place."""
        number = self._number(at)
        return self._sentences[number]

    def owners(self, matter: Span, *, about: bool) -> Iterator[Whose]:
        """Tell whose a matter is: of whoever stands last before it, or touches it.

        Args:
            matter: Its place.
            about: Whether it can be told of somebody named after it ("a complaint about ...").
        """
        sentence = self.sentence(matter.start)
        after = _TOWARDS.match(self.text, matter.end, sentence.end) if about else None
        if after and _ME.match(self.text, after.end()):
            yield Whose.OWN
            return
        if after and (named := self._at(after.end(), sentence)):
            yield self._settled(named)
        if about and not _PART_OF.search(self.text, sentence.start, matter.start):
            return
        before = [m for m in self._mentions(sentence) if m.span.start <= matter.start]
        mine = _MINE.search(self.text, sentence.start, matter.start)
        is_mine = mine and not any(mine.start() < m.span.end for m in before)
        if is_mine or (not about and _ME.match(self.text, matter.end)):
            yield Whose.OWN
        elif before:
            yield self._settled(before[-1])

    def _number(self, at: int) -> int:
        return max(bisect_right(self._sentences, at, key=lambda s: s.start) - 1, 0)

    def _at(self, start: int, sentence: Span) -> Mention | None:
        """Return who is named at a place, or at the very next words."""
        near = (m for m in self._mentions(sentence) if start <= m.span.start <= start + 4)
        return next(near, None)

    def _mentions(self, sentence: Span) -> list[Mention]:
        """Return everybody spoken of in a sentence; each sentence is read once."""
        if sentence not in self._read:
            self._read[sentence] = self._find(sentence)
        return self._read[sentence]

    def _find(self, sentence: Span) -> list[Mention]:
        """Find everybody spoken of in a sentence, in reading order; a name counts before a word."""
        first = bisect_left(self._names, sentence.start, key=lambda m: m.span.start)
        last = bisect_left(self._names, sentence.end, key=lambda m: m.span.start)
        names = self._names[first:last]
        found = self._table.mentions.finditer(self.text, sentence.start, sentence.end)
        words = [Mention(Span(*m.span()), Whose(m.lastgroup or Whose.UNSAID)) for m in found]
        words = [w for w in words if not any(w.span.overlaps(n.span) for n in names)]
        return sorted((*names, *words), key=lambda m: m.span)

    def _settled(self, mention: Mention) -> Whose:
        """Say for whom a pronoun stands: somebody of its sentence, else of the nearest before."""
        if mention.whose is not Whose.PRONOUN:
            return mention.whose
        number = self._number(mention.span.start)
        for back in range(number, max(number - _BACK, -1), -1):
            known = {
                m.whose
                for m in self._mentions(self._sentences[back])
                if m.span.end <= mention.span.start and m.whose in _ANTECEDENTS
            }
            if known:
                return known.pop() if len(known) == 1 else Whose.UNSAID
        return Whose.UNSAID
