"""One name, one meaning: let all mentions of a name decide what the classifier saw differently."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from models.findings import EntityType, LookAlike
from pipeline.claims import SURE as TAGGER
from pipeline.claims import Claim
from pipeline.memory import is_written_as_name
from pipeline.people import parse
from rules.lists.lists import load_list

_NAMED = frozenset(
    {
        LookAlike.THEORIST,
        LookAlike.INQUIRY,
        LookAlike.PSEUDONYM,
        LookAlike.COURSE,
        LookAlike.TOOL,
        LookAlike.PUBLIC_BODY,
        LookAlike.LAW,
        LookAlike.WORD,
    }
)
_AUTHORS = frozenset({LookAlike.THEORIST, LookAlike.INQUIRY, LookAlike.PSEUDONYM})
_PUBLIC = frozenset({"public_title"})
"""Rules for people everybody knows, whose bare surnames mean the same."""

_GIVEN = 1.0
"""What having been named in full adds for a given name: authors are called by their surnames."""

_CITED = 10.0
"""What a citation with its year counts: more than any number of doubtful mentions."""

_INSIDE = (0.15, 0.3)
"""How sure a word that people are named, such as Grace, and another ordinary word must be that they name
somebody but once."""

_AT_START = (0.3, 0.5)
"""The same where a capital says nothing: at the start of a sentence, a line or a cell."""

_RATHER_SURE = 0.5
"""How sure one of several mentions must be that a word with a capital is somebody's name."""

_BEGINS = re.compile(r"(?:^|[.!?:;]['\"”’)]?\s{1,4}|[\n|\t](?:[-*•>]|\d+[.)])?\s{0,4})$")
_NEAR = 6

_WORD_NAMES = load_list("word_names")
_AS_CITED = re.compile(
    r"""(?:['’]s?)?[ ,]{0,2}(?:\(?(?:19|20)\d\d\b|et[ ]al|competen|v[ ])|['’]s[ ](?:Rule|Law|Act)\b
    |[ ][A-Z]\.(?:[ ]?[A-Z]\.)?[ ]?\((?:19|20)\d\d""",
    re.VERBOSE,
)
_ON = re.compile(
    r"""[ ]on[ ](?!
      the[ ](?:phone|rota|way|ward|bus|day|train|door|team|other)|leave|duty|behalf
      |(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b
      |(?:her|his|my|their|our|a|at|and|call|shift|teams|site|time|foot|one|two|paper|file|record|screen)\b
    )[^\W\d]""",
    re.VERBOSE | re.IGNORECASE,
)
"""What an author writes on, and nobody rings or works on."""

_CERTAIN = 0.985
"""From which score on the classifier alone decides what a mention is."""

_SURE_CITED = 0.8
_FIRMLY_CITED = 0.97
_AMONG_OTHERS = re.compile(r"[ ]?;|[ ](?:and|&)[ ][A-Z]")
_AS_THING = re.compile(r"[ ](?:is|was)[ ](?:not[ ])?(?:a|an|the|what)\b")
"""What follows "Hope" where hope is spoken of: "Hope is not a plan"."""


@dataclass(slots=True)
class Votes:
    """What speaks for and against each folded word being the name of somebody in the story.

    Attributes:
        mentions: How often each word is somebody's.
        surest: How sure the surest of these is; 1 where it is part of a longer name.
    """

    ordinary: frozenset[str]
    person: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    author: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    mentions: Counter[str] = field(default_factory=Counter)
    surest: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def count(self, text: str, claims: Iterable[Claim]) -> None:
        """Count the claims of one text."""
        for claim in claims:
            if claim.entity_type is not EntityType.PERSON:
                continue
            words = _words(text, claim)
            if claim.look_alike is None:
                self.mentions.update(set(words))
                name = parse(text[claim.start : claim.end])
                is_alone = len(name.words) == 1 and not name.titles and claim.recognizer == TAGGER
                for word in name.words:
                    self.surest[word] = max(self.surest[word], claim.score if is_alone else 1.0)
                self._add(self.person, words, claim.score + (1.0 if name.titles else 0.0))
                self._add(self.person, name.words[:1] if name.is_full else (), _GIVEN)
            elif claim.look_alike in _AUTHORS or claim.recognizer in _PUBLIC:
                self._add(self.author, words, claim.score if claim.recognizer == TAGGER else _CITED)

    def _add(self, side: dict[str, float], words: Iterable[str], weight: float) -> None:
        for word in words:
            side[word] += weight

    def decide(self, text: str, claims: Sequence[Claim]) -> Iterator[Claim]:
        """Give the claims anew, each as its name's other mentions have it."""
        for claim in claims:
            if claim.recognizer == TAGGER and claim.look_alike in _NAMED and self._is_person(text, claim):
                yield replace(claim, entity_type=EntityType.PERSON, look_alike=None, recognizer="vote")
            elif claim.recognizer == TAGGER and self._is_plain(text, claim):
                continue
            else:
                yield claim

    def _is_person(self, text: str, claim: Claim) -> bool:
        """Tell whether a look-alike's words name somebody of the story everywhere else."""
        if claim.score >= _CERTAIN:
            return False
        words = _words(text, claim)
        if not words or not all(self.person.get(word, 0.0) > self.author.get(word, 0.0) for word in words):
            return False
        if _is_cited(text, claim):
            return False
        plain = any(word in self.ordinary for word in words)
        return not plain or is_written_as_name(text, claim.start, claim.end)

    def _is_plain(self, text: str, claim: Claim) -> bool:
        """Tell whether a doubtful name is one ordinary word that surely names nobody anywhere else."""
        name = parse(text[claim.start : claim.end])
        if claim.entity_type is not EntityType.PERSON or claim.look_alike:
            return False
        if len(name.words) != 1 or name.titles or self._is_named(name.words[0], text[claim.start]):
            return False
        is_begun = bool(_BEGINS.search(text, max(0, claim.start - _NEAR), claim.start))
        word_name, mere_word = _AT_START if is_begun and text[claim.start].isupper() else _INSIDE
        least = word_name if name.words[0] in _WORD_NAMES else mere_word
        return name.words[0] in self.ordinary and claim.score < least

    def _is_named(self, word: str, first: str) -> bool:
        """Tell whether a word names somebody elsewhere too; with a capital, once at least rather surely."""
        return self.mentions[word] > 1 and (not first.isupper() or self.surest[word] >= _RATHER_SURE)


def _is_cited(text: str, claim: Claim) -> bool:
    """Tell whether what follows a look-alike says that it is one: a year, "et al", "'s Rule", "is not a"."""
    if claim.look_alike is LookAlike.WORD:
        return bool(_AS_THING.match(text, claim.end, claim.end + 16))
    if claim.score >= _FIRMLY_CITED and (_ON.match(text, claim.end) or _AMONG_OTHERS.match(text, claim.end)):
        return True
    return claim.score >= _SURE_CITED and bool(_AS_CITED.match(text, claim.end, claim.end + 30))


def _words(text: str, claim: Claim) -> list[str]:
    """List the folded words of a claim that can be a name's."""
    return [word for word in parse(text[claim.start : claim.end]).words if len(word) > 1]
