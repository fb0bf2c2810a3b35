"""Memory: a name found once is looked for everywhere, in every form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from models.findings import EntityType, LookAlike
from pipeline.capitals import lacks_capitals
from pipeline.claims import Claim, Places
from pipeline.edges import SPELT_OUT, shape
from pipeline.initials import WHO_ACT, declared_initials
from pipeline.names import fold
from pipeline.people import MERE_TITLES, Name, parse
from pipeline.spelling import Misspellings
from rules.lists.lists import load_list

NAME = "memory"

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.[ ]?){1,3}[^\W\d_]\.?(?!\w)")
_CAPITALS = re.compile(r"(?<![^\W_])(?<![&/'’\-])[A-Z]{2,4}(?![^\W_]|&|/[A-Z]|-\w)")

_ACTS_BEFORE = re.compile(
    r"(?:\b(?:asked|told|from|by|to|with|and|while|when|that|than|said|is|was|if|for"
    r"|Chair|chair|minutes|w)[ /]"
    r"|[&+→>/|(,]+[ ]?|\n[ \t*•\-]*|[.:;][ ])$"
)
_ACTS_AFTER = re.compile(
    r"['’]s\b|[ ]?[:+&→/|]|[ ]{2,}|[ ](?:in|just|very|clear|if|stays?|keep|Mon|Tues|Wed|Thurs|Fri"
    r"|to|and|&|said|says|asked|asks|told|felt|happy|will|has|had|is|was|did"
    r"|does|agreed|noted|raised|stayed"
    r"|carried|pleased|apologised|thought|who|keep|assessed|yes|no|on|stated|advised|reported|confirmed|suggested|explained"
    r"|\w+ed|whenever)\b|[ ]?[).,;\n]"
)

_KEYED = re.compile(r"[ ]?=[ ]?[^\W\d_a-z]")
"""What follows letters that a key explains by a name: "HA = Haroon Akhtar"."""

_ORDINARY = load_list("words")
_WORD_NAMES = load_list("word_names")
_NO_NAMES = MERE_TITLES | {"station", "group", "watch", "crew", "staff", "manager", "officer", "governor"}
_NO_NAMES |= {"he", "she", "it", "we", "they", "you", "i"}
"""Titles, words of those that have several, and pronouns: after "as Ms. He is 44" no "He" is somebody."""

_EXACT, _LOWER, _SPELT, _INITIALS = 0.8, 0.7, 0.6, 0.6
"""How sure: as the name was written; in lower case; misspelt; by initials."""


_WITH_GIVEN_NAMES = frozenset({LookAlike.THEORIST, LookAlike.INQUIRY, LookAlike.PSEUDONYM, LookAlike.GENERIC})
_SHORT = 3
"""Most letters of a name that is taken for a word where only it lacks a capital: "ye", "wis", "ed"; and
fewest that somebody is called for short."""

_MINUTED = 2
"""Fewest people whom minutes name by initials that mean nothing else."""

_LEFT_OUT = 6
"""Most letters that a short form leaves out."""


@dataclass(slots=True)
class Memory:
    """The names known of a document and its entry, in the forms they may come back in.

    Attributes:
        ordinary: Words that are ordinary English too.
        acronyms: Letters that mean something else.
        words: Folded words of names.
        joined: Full names written as one word.
        short: What people may be called for short: the beginnings of their given names.
        initials: Initials of people named in full.
        declared: Initials that a text gives beside the name they are short for.
    """

    ordinary: frozenset[str]
    acronyms: frozenset[str]
    words: set[str] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    declared: set[str] = field(default_factory=set)
    spelt: Misspellings = field(default_factory=Misspellings)

    def learn(self, names: Iterable[str]) -> None:
        """Remember names."""
        for name in map(parse, names):
            if not name.is_initials:
                self._learn(name)

    def read_lists(self, text: str) -> None:
        """Remember initials that an attendance list gives after the names."""
        self.declared.update(declared_initials(text))

    def _learn(self, name: Name) -> None:
        """Remember the forms of one name."""
        parts = [part for word in name.words for part in (word, *word.split())]
        for part in parts:
            if len(part) > 1 and part not in _NO_NAMES and part not in self.words:
                self.words.add(part)
                if part not in self.ordinary:
                    self.spelt.add(part)
        if name.words and not name.titles:
            self.short.update(_short_forms(name.words[0]))
        if name.is_full:
            self.joined.update(("".join(name.words), "".join(reversed(name.words))))
            self.initials.update({name.initials, name.words[0][0] + name.words[-1][0]})

    def recall(self, text: str, taken: Places) -> Iterator[Claim]:
        """Find the names again where nothing else has been found.

        An ordinary word is taken for a name only where it is written as one.
        """
        for found in _WORD.finditer(text):
            if not taken.over(found.start(), found.end()) and not _is_of_look_alike(found, text, taken):
                sure = self._sureness(found, text)
                if sure:
                    yield shape(Claim(found.start(), found.end(), EntityType.PERSON, sure, NAME), text)
        yield from self._recall_initials(text, taken)
        for found in SPELT_OUT.finditer(text):
            spelt = fold(re.sub(r"[ -]", "", found.group()))
            if (spelt in self.words or spelt in self.joined) and not taken.over(found.start(), found.end()):
                yield Claim(found.start(), found.end(), EntityType.PERSON, _EXACT, NAME)

    def _sureness(self, found: re.Match[str], text: str) -> float:
        """Tell how sure one word is a known name; 0 where it is not."""
        written = found.group()
        word = fold(_SHORT_VERB.sub("", written))
        if self._is_office_letters(found, text):
            return 0.0
        if word in self.words:
            return self._known(found, text, is_ordinary=word in self.ordinary)
        if word in self.joined:
            return _EXACT
        if word in self.ordinary:
            return 0.0
        if len(word) < 5:
            return _SPELT if written[0].isupper() and word in self.short else 0.0
        return _SPELT if self.spelt.of(word) else 0.0

    def _is_office_letters(self, found: re.Match[str], text: str) -> bool:
        """Tell whether a word stands for an office here, not for somebody: "the LADO", not "LADO ABEBE"."""
        written = found.group()
        letters = written.casefold()
        if letters not in self.acronyms or letters in self.initials or letters in self.declared:
            return False
        if written.islower():
            return len(letters) > _SHORT
        return written.isupper() and not text[max(0, found.start() - 20) : found.end() + 20].isupper()

    @staticmethod
    def _known(found: re.Match[str], text: str, *, is_ordinary: bool) -> float:
        """Tell how sure a word of a known name is that name here."""
        if is_ordinary:
            return _EXACT if is_written_as_name(text, found.start(), found.end()) else 0.0
        if not found.group().islower():
            return _EXACT
        is_word = len(found.group()) <= _SHORT and not lacks_capitals(text, found.start(), found.end())
        return 0.0 if is_word else _LOWER

    def _recall_initials(self, text: str, taken: Places) -> Iterator[Claim]:
        """Find people named in full by their initials."""
        minuted = self.initials - WHO_ACT if self._speaks_in_initials(text) else frozenset[str]()
        somebodys = self.declared | minuted
        for pattern in (_DOTTED, _CAPITALS):
            for found in pattern.finditer(text):
                is_free = not taken.over(found.start(), found.end())
                if is_free and self._is_somebody(found, text, somebodys):
                    yield Claim(found.start(), found.end(), EntityType.PERSON, _INITIALS, NAME)

    def _speaks_in_initials(self, text: str) -> bool:
        """Tell whether a text names people by their initials, as minutes do."""
        letters = {found.group().casefold() for found in _CAPITALS.finditer(text)}
        return len((letters & (self.initials | self.declared)) - self.acronyms) >= _MINUTED

    def _is_somebody(self, found: re.Match[str], text: str, somebodys: AbstractSet[str]) -> bool:
        """Tell whether letters are the initials of somebody here.

        Letters that mean something else are only where they are among `somebodys`.
        """
        letters = re.sub(r"\W", "", found.group()).casefold()
        is_acronym = letters in self.acronyms and "." not in found.group()
        if letters not in (somebodys if is_acronym else self.initials | self.declared):
            return False
        is_keyed = bool(_KEYED.match(text, found.end()))
        return not is_acronym or is_keyed or acts(text, found.start(), found.end())


def _is_of_look_alike(found: re.Match[str], text: str, taken: Places) -> bool:
    """Tell whether a word is the given name of an author or the like, whose surname alone was marked."""
    end = found.end()
    if not found.group().istitle() or text[end : end + 1] != " ":
        return False
    return any(c.start == end + 1 and c.look_alike in _WITH_GIVEN_NAMES for c in taken.over(end + 1, end + 2))


def _short_forms(given: str) -> Iterator[str]:
    """Give what somebody can be called for short: "Reg" for Reggie."""
    return (given[:end] for end in range(max(_SHORT, len(given) - _LEFT_OUT), len(given) + 1))


def acts(text: str, start: int, end: int) -> bool:
    """Tell whether letters stand where somebody does or is given something."""
    return bool(
        _ACTS_BEFORE.search(text, max(0, start - 12), start) and _ACTS_AFTER.match(text, end, end + 14)
    )


_SHORT_VERB = re.compile(r"['’](?:d|ll|re|ve|m)$")
_START = re.compile(r"(?:^|[.!?:\n|>•\-–(\"“'‘])[\s*_]*$")
_DOES = re.compile(
    r"['’]?s?[ ](?:(?:had|has|was|is|said|says|told|tells|asked|asks|rang|rings|came|comes|went|goes"
    r"|wants?|wanted|did|does"
    r"|didn['’]t|doesn['’]t|wasn['’]t|isn['’]t|hadn['’]t|gave|gives|took|takes|knows?|knew|felt|feels|thought|thinks|lives|lived"
    r"|laughed|cried|looked|looks|sat|sits|stood|put|puts|got|gets|made|makes|let|lets|kept|keeps|left|told|brought|brings"
    r"|works|worked|used|uses|nodded|smiled|shrugged|never|always|and[ ]I|and[ ](?:her|his|the)|who"
    r"|whose)\b|\()",
)
_ALWAYS_CAPITAL = frozenset(
    ("may", "april", "june", "august", "march", "friday", "sunday", "monday", "saturday")
)
"""Words whose capital says nothing: something must be done by whom they name."""

_CALENDAR = _ALWAYS_CAPITAL | frozenset(("summer", "autumn", "winter", "spring"))
_IN_TIME = re.compile(
    r"\b(?:in|since|early|mid|late|last|next|by|until|till|from|of|this|during|every|before|after|end"
    r"|\d{1,2}(?:st|nd|rd|th)?)[ ]$",
    re.IGNORECASE,
)


def begins(text: str, start: int) -> bool:
    """Tell whether a sentence, a line or something in quotes begins at a place."""
    return bool(_START.search(text[max(0, start - 6) : start]))


def is_written_as_name(text: str, start: int, end: int) -> bool:
    """Tell whether a word that is ordinary too is written as a name.

    Inside a sentence a capital says so; where every word has one, what follows must.
    """
    word = text[start:end]
    if not word[0].isupper() or (word.isupper() and len(word) > 1):
        return False
    if word.lower() in _CALENDAR and (
        _IN_TIME.search(text, max(0, start - 12), start) or text[end : end + 6].strip().isdigit()
    ):
        return False
    if word.lower() in _ALWAYS_CAPITAL:
        return bool(_DOES.match(text, end, end + 12))
    if begins(text, start):
        return bool(_DOES.match(text, end, end + 12))
    return True
