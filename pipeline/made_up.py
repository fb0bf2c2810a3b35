"""Made-up names: which names a text says are nobody's, and every place where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from pipeline.declared import CAP, NAME, Declared
from pipeline.denied import denied, with_parts
from pipeline.names import DAYS, MONTHS, fold
from pipeline.people import TITLES
from pipeline.placeholders import lettered, letters_of_nobody, options
from rules.lists.lists import load_list

_AT_HOME = (
    r"(?:(?:birth|foster|young|older|younger|other)[ ])?(?:m(?:other|um)|father|dad|parents?|child(?:ren)?"
    r"|sons?|daughters?|brothers?|sisters?|siblings|baby|twins|boys?|girls?|famil(?:y|ies)|couple|partner"
    r"|husband|wife|grand(?:mother|father|parents)|nan|aunt|uncle|adopters|carers|woman|man|young[ ]person)"
)
"""Who is supported, and who is at home with them."""

_SUPPORTED = r"(?:service[ ]user|client|patient|resident|adult|person)"

_CALLED = re.compile(
    rf"""
    (?:(?:\b(?:I|we|We)(?:['’](?:ll|ve|m)|[ ](?:will|shall|have|am))(?:[ ](?:just|now|be|only))?
        [ ](?:call(?:ing|ed)?|name|naming|refer(?:ring|red)?[ ]to
        |(?:use[sd]?|using)(?![a-z ]{{0,60}}[ ](?:about|from|of|with)[ ]{CAP}))
        |\bill[ ]just[ ]call)
      [ ](?:him|her|them|(?:the|this|that|my|one|a|an)[ ](?:[a-z][\w\-]*+[ ]?){{1,7}}?)[ ]?(?:as[ ])?
     |\b(?:I|[Ww]e)[ ](?:(?:will|shall|do)[ ]not|won['’]t|shan['’]t|don['’]t)[ ]use[ ](?:his|her|their)
        [ ](?:own[ ]|real[ ])?names?[.,;:][ ](?:so[ ])?(?:in[ ])?here[ ](?:he|she|they)
        (?:['’](?:s|re)|[ ](?:is|are))[ ]
     |\b[Nn]ames?[ ]withheld[\])]?,[ ]here[ ](?=["“‘])
     |\b(?:who|whom|that|which)[ ]I(?:['’]ll|[ ]will|[ ]shall|[ ]have|['’]ve|[ ]am|['’]m)[ ](?:call(?:ed
     |ing)?|refer(?:red|ring)?[ ]to[ ]as|name[d]?)[ ]
     |\b(?:he|she|they|man|woman|lady|gentleman|girl|boy|family|user|person|adult|child)[ ]I(?:['’]ll
     |[ ]will|[ ]shall)[ ](?:just[ ])?call[ ]
     |\b(?:he|she|they|mother|father|mum|dad|boy|girl|man|woman)(?:['’]ll|[ ]will|[ ]shall)[ ]be[ ]
     |\b(?:will|shall)[ ]be[ ](?:called|named|known[ ]as)[ ]
     |\b(?:(?:referred[ ]to|shown|appears?)(?:[ ](?:here|in[ ]this[ ](?!re(?:ferral|port))\w+))?
        |known[ ](?:here|in[ ]this[ ]\w+))[ ]as[ ]
     |\b(?:changed|altered)[ ](?:it|this|that)[ ]to[ ]
     |\b(?:I|[Ww]e)(?:['’]ve|[ ]have|[ ]had)?(?:[ ][a-z]+)?[ ](?:changed|altered)
        [ ](?:the|his|her|their)[ ](?:first[ ])?names?[ ]to[ ]
     |(?<!\bI[ ])(?<!\bhe[ ])(?<!she[ ])(?<!\bwe[ ])(?<!they[ ])(?<!ha[sd][ ])(?<!have[ ])
        (?<!not[ ])(?<!well[ ])
        \b(?:composite|constructed|invented|fictional|fictitious|made[- ]up)\b
        (?![ ](?:by|the|an?|it|with|his|her|their|my|picture)\b)[^.:;\n]{{0,60}}:[ ]
     |\b(?:I|[Ww]e)(?:['’]ll|[ ](?:will|shall))[ ](?:just[ ])?call[ ]you[ ]
     |\bmade[ ]up[^.\n]{{0,80}}?Vignette[ ]A:[ ]
     |\bI(?:['’](?:ve|m)|[ ](?:have|am))?[ ]us(?:e|ed|ing)[ ](?:characters|colours|flowers|trees|birds|animals
        |stars|planets|pseudonyms|(?:made[- ]up|invented|other|different)[ ]names)[ ](?:for|instead[ ]of)[ ]
        (?:the[ ])?(?:people|names|households|families|everyone|members|clients|residents|children)\b
        [^.:\n]{{0,20}}:[ ]
    )["“‘']?(?P<names>{NAME}(?=[\s,.;:)("”’'-]|$))""",
    re.VERBOSE,
)
_MORE = re.compile(
    rf"""["”’']?(?:[ ]throughout|[ ]for[ ](?:the|his|her|their|a|my)(?:[ ][a-z]+){{1,3}})?
    (?:[ ]?\([^)\n]{{2,60}}\))?
    (?:,[ ]and|,|[ ]and)[ ]
    (?:(?:his|her|their|the|my|for)[ ](?:(?!(?:is|was|were|from|since)\b)[a-z][\w\-]*[ ]){{1,4}}(?:as[ ])?
      |to[ ](?:his|her|their|the|my)[ ](?:[a-z\d][\w\-]*[ ]){{1,5}}?as[ ])?
    ["“‘']?(?P<name>{NAME})(?=[\s,.;:)("”’'-]|$)""",
    re.VERBOSE,
)
_IN_LIFE = re.compile(
    r"(?<=['’]s)|[ ](?:(?:twice|back|about|yesterday|today|tomorrow|several[ ]times|and[ ](?:left|asked|told)"
    r"|to[ ](?:arrange|ask|book|chase|check|let|say|tell)|this[ ](?:morning|afternoon|week)|after|since|when"
    r"|by(?![ ](?:me|us)\b)|(?:in|on)[ ](?:the|his|her|their)[ ](?:bundle|court|file|minutes|notes"
    r"|referral|report)|on[ ](?:the[ ]phone|(?:Mon|Tues|Wednes|Thurs|Fri)day))\b|(?:at|in)[ ]\d)"
)
"""What follows a name by which somebody is called in life, or who was called by telephone; or "Zeb's"."""

_OWN_LETTER = re.compile(
    r"(?![^\n]{0,40}(?:\bnot?\b|n['’]t\b))[^\n]{0,40}?\b(?:first[ ](?:letter|initial)"
    r"|(?:is|was|['’]s)[ ](?:her|his|their)[ ](?:own[ ]|real[ ]|actual[ ])?(?:initial|letter|name))\b"
)
"""What follows a letter or name that is somebody's own: "I call her H. It's the first letter of her name"."""

_DOES = re.compile(
    r"(?<=['’]s)|[ ](?:is|was|has|had|wrote|said|gave|read|took|led|ran|saw|met|asked|thought|told|helped"
    r"|supervised|suggested|agreed|reminded|wanted)\b"
)
"""What follows a name that begins something else and is none of a list: "her Zeb, and Oonagh asked"."""

_PROTECTED = re.compile(
    rf"""\b(?:(?:[Cc]onfidential|[Aa]nonym|[Pp]rotect|[Pp]rivacy)[^.\n]{{0,60}}?
      |[Nn]ames[ ](?:have[ ]been|are|were)[ ](?:all[ ])?(?:changed|altered)[^.\n]{{0,60}}?(?:[.][ ])?)
    \b(?:[Ii]n[ ]this[ ][a-z\-]{{1,20}}[ ](?:the|my|his|her|their)[ ]{_AT_HOME}[ ](?:is|are)
     |(?:I|we)[ ](?:refer[ ]to|call)[ ](?:the|this|that|my)[ ](?:{_AT_HOME}|{_SUPPORTED})(?:[ ]as)?)
    [ ](?:the[ ])?
    ["“‘']?(?P<names>{NAME}(?=[\s,.;:)("”’'-]|$))""",
    re.VERBOSE,
)
"""What a writer who speaks of confidentiality calls a family, or one of it."""

_CHANGED_HERE = re.compile(
    rf"""\b(?:I|[Ww]e)(?:['’]ve|[ ]have)[ ](?:changed|altered)[ ](?:all[ ])?the[ ]names
    (?:[ ](?:throughout|here))?
    (?:,?[ ]and[ ](?:(?:some|a[ ]few|other|all|most)[ ])?(?:of[ ])?(?:the[ ])?(?:other[ ])?
       (?:facts|details|particulars|places|dates)(?:[ ](?:throughout|here))?)?[.][ ]
    The[ ](?:[a-z]+[ ])?{_AT_HOME}[ ](?:is|are)[ ](?:the[ ])?["“‘']?(?P<names>{NAME}(?=[\s,.;:)("”’'-]|$))""",
    re.VERBOSE,
)
"""The same of a writer who has changed the names and says in the next sentence who is who."""

_SO_TOO = re.compile(
    rf"""(?:(?<=[.:;][ ])|(?<=[,(][ ]))(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir)[ ]{_AT_HOME}
    [ ](?:is|are|will[ ]be)[ ](?:called[ ])?(?:the[ ])?["“‘']?(?P<names>{NAME})(?=[\s,.;:)("”’'-]|$)""",
    re.VERBOSE,
)
"""What comes after the first of several such names: "I call them the Ashes. The parents are Ash and Elm"."""

_MINE = re.compile(
    r"\b(?:(?:[Mm]y|[Oo]ur)[ ](?:[a-z]+[ ]){1,4}|(?i:student|pe|educator|supervisor|manager|assessor"
    r"|author|by|signed|officer|worker|practitioner|nqsw|guardian|nurse|teacher|doctor|chair|tutor"
    r"|name)s?(?:[ ]|$))$"
)
"""What stands before "is" or a colon and the name of one of the writer's own people: "My manager is ..."."""

_NEAR = 400
"""Longest sentence, with the one after it, in which names are introduced; in code points."""

_QUOTED = re.compile(rf"\b(?:will[ ]be|is|as|are)[ ][“\"‘](?:the[ ])?(?P<names>{NAME})[”\"’]")
_CHANGED = re.compile(
    r"(?:\bnames?\b[^.\n]{0,60}\b(?:have[ ]been|has[ ]been|are|were)[ ](?:all[ ])?(?:changed|altered"
    r"|invented|made[ ]up)"
    r"|\bchose[ ](?:a|his|her|their)[ ](?:own[ ])?(?:made-up[ ])?names?\b[^.\n:]{0,40}"
    r"|\bnames[ ](?:for|in)[ ]this[ ]\w+:|\bplaceholders:|\bpseudonyms?(?:[ ]used)?:|\bmade-up[ ](?:name"
    r"|story|people)|\binvented[ ]people)",
    re.IGNORECASE,
)
_IS_CALLED = re.compile(
    rf"(?:\b(?:is|are|be|was)[ ](?:called[ ]|here[ ])?[“\"‘']?|:[ ]"
    rf"|[Vv]ignette[ ][A-Z]:[ ])(?P<names>{NAME})(?=[\s,.;:)(\"”’'-]|$)"
)
_IS_WHO = re.compile(
    rf"(?P<names>{NAME})(?=(?:[ ](?:is|was|are|were))?[ ](?:the|his|her|their|a)[ ]{_AT_HOME}\b"
    r"(?!['’]|[ ](?:support|court|social|group|liaison|solicitor|team|centre|services?)\b))",
    re.VERBOSE,
)
"""Who is introduced as what, after names that were changed: "Zeb is the father, Oonagh the girl"."""

_NAMES_CHANGED = re.compile(r"names?\b[^.\n]{0,25}\b(?:have[ ]been|are|were)\b", re.IGNORECASE)

_REAL = re.compile(r"\breal\b")
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n")
_ORDINARY = load_list("words")
_WORD_NAMES = load_list("word_names")
_CASELESS = frozenset(
    (
        *("i", "he", "she", "they", "it", "the", "this", "that", "these", "we", "you"),
        *("a", "an", "my", "his", "her", "their", "our", "all", "names", "name"),
    )
)
_OF_TIME = DAYS | (MONTHS - _WORD_NAMES) | {"today", "tomorrow", "christmas", "easter"}
"""When somebody is called by telephone."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A text with the places where names first stand in it, each looked for once."""

    text: str
    first: dict[str, int] = field(default_factory=dict)

    def fresh(self, at: int, names: Iterable[str]) -> list[str]:
        """Keep the names that do not stand in the text before a place."""
        return [name for name in names if self._place(name) >= at]

    def _place(self, name: str) -> int:
        """Find where a name first stands and is no part of a longer word."""
        if name not in self.first:
            found = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(self.text)
            self.first[name] = found.start() if found else len(self.text)
        return self.first[name]


def declared(text: str) -> Declared:
    """Read which names a text declares to be made up.

    A name that the text used before it begins to call somebody so is a real one's and stays; one
    of which it says outright that it is nobody's does not.
    """
    read = _Read(text)
    chosen = set(_called(read))
    names = chosen.union(denied(text))
    for found in _CHANGED.finditer(text):
        names.update(_introduced(read, found))
    if names:
        for found in _QUOTED.finditer(text):
            names.update(read.fresh(found.start(), _listed(text, found, "names")))
    names.update(lettered(text))
    kept = {name for name in names if _is_name(name) or (name in chosen and _is_chosen(name))}
    return Declared(frozenset(kept), frozenset(letters_of_nobody(text)), options(text))


def _called(read: _Read) -> Iterator[str]:
    """Give the names by which the writer begins to call somebody."""
    text = read.text
    for found in chain(_CALLED.finditer(text), _PROTECTED.finditer(text), _CHANGED_HERE.finditer(text)):
        if not (_IN_LIFE.match(text, found.end()) or _OWN_LETTER.match(text, found.end())):
            names = _listed(text, found, "names")
            for more in _SO_TOO.finditer(text, found.end(), _sentences_end(text, found.end())):
                names += _listed(text, more, "names")
            yield from read.fresh(found.start(), with_parts(names))


def _is_name(name: str) -> bool:
    """Tell whether words with a capital are a name, not ordinary words or days."""
    words = fold(name).split()
    is_other = not words or words[0] in _CASELESS or words[0] in _OF_TIME
    return not is_other and any(word not in _ORDINARY or word in _WORD_NAMES for word in words)


def _is_chosen(name: str) -> bool:
    """Tell whether a word by which the writer calls somebody can be a name: "Amber", "Delta"."""
    words = fold(name).split()
    return bool(words) and not any(word in _CASELESS or word in _OF_TIME or word in TITLES for word in words)


def _listed(text: str, found: re.Match[str], group: str) -> list[str]:
    """List the name that a match gives and those that follow it in the same breath."""
    names = [found[group]]
    at = found.end()
    while (more := _MORE.match(text, at, at + 140)) and not _DOES.match(text, more.end()):
        names.append(more["name"])
        at = more.end()
    return names


def _introduced(read: _Read, changed: re.Match[str]) -> list[str]:
    """List the names given in the rest of a sentence that says that names are changed, and in the next."""
    text, at = read.text, changed.end()
    end, stop = _SENTENCE_END.search(text, at, at + _NEAR), _sentences_end(text, at)
    if end and _REAL.search(text, end.end(), stop):
        stop = end.start()
    whom = _IS_WHO.finditer(text, at, stop) if _NAMES_CHANGED.match(changed.group()) else ()
    return [
        name
        for found in chain(_IS_CALLED.finditer(text, at, stop), whom)
        if not _MINE.search(text, at, found.start())
        for name in read.fresh(at, _listed(text, found, "names"))
    ]


def _sentences_end(text: str, at: int) -> int:
    """Find where the sentence after the one at a place ends."""
    stop = min(len(text), at + _NEAR)
    end = _SENTENCE_END.search(text, at, stop)
    after = _SENTENCE_END.search(text, end.end(), stop) if end else None
    return after.start() if after else stop
