"""Made-up names: which names a text says are nobody's, and every place where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from pipeline.declared import CAP, NAME, Declared
from pipeline.footnotes import footnoted
from pipeline.names import fold
from pipeline.people import TITLES
from rules.lists.lists import load_list

_CALLED = re.compile(
    rf"""
    (?:(?:\b(?:I|we|We)(?:['’](?:ll|ve|m)|[ ](?:will|shall|have|am))(?:[ ](?:just|now|be|only))?
        [ ](?:call(?:ing|ed)?|name|naming|refer(?:ring|red)?[ ]to
        |(?:use[sd]?|using)(?![a-z ]{{0,60}}[ ](?:about|from|of|with)[ ]{CAP}))
        |\bill[ ]just[ ]call)
      [ ](?:him|her|them|(?:the|this|that|my|one|a|an)[ ](?:[a-z][\w\-]*[ ]?){{1,7}}?)[ ]?(?:as[ ])?
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
     |\bmade[ ]up[^.\n]{{0,80}}?Vignette[ ]A:[ ]
    )["“‘']?(?P<names>{NAME}(?=[\s,.;:)("”’'-]|$))""",
    re.VERBOSE,
)
_MORE = re.compile(
    rf"""["”’']?(?:[ ]throughout|[ ]for[ ](?:the|his|her|their|a|my)(?:[ ][a-z]+){{1,3}})?
    (?:[ ]?\([^)\n]{{2,60}}\))?
    (?:,[ ]and|,|[ ]and)[ ]
    (?:(?:his|her|their|the|my|for)[ ](?:[a-z][\w\-]*[ ]){{1,4}}(?:as[ ])?)?
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

_DOES = re.compile(
    r"(?<=['’]s)|[ ](?:is|was|has|had|wrote|said|gave|read|took|led|ran|saw|met|asked|thought|told|helped"
    r"|supervised|suggested|agreed|reminded|wanted)\b"
)
"""What follows a name that begins something else and is none of a list: "her Zeb, and Oonagh asked"."""

_DENIED = re.compile(
    rf"""["“‘']?(?P<name>{NAME})["”’']?(?i:
    (?:[ ](?:here|throughout)|[ ](?:for|as)[ ](?:[a-z][\w'’\-]*[ ]?){{1,5}}?)?
    [ ]?[,(\[–-]{{1,2}}[ ]?
    (?:as[ ](?:I|we)(?:['’]ll|[ ](?:will|shall))[ ](?:call|have|name)[ ](?:him|her|them|it)
      |I(?:['’]ll|['’]ve|[ ](?:will|shall|have))?[ ](?:use|used|am[ ]using)[ ](?:this|that)[ ]name
      |(?:(?:that['’]?s|which|this|it['’]s|it)[ ])?(?:(?:is|was)[ ])?
        (?:not|isn['’]?t|wasn['’]?t|aren['’]t|nothing[ ]like)[ ](?:actually[ ])?
        (?:his|her|their|the|a|an|any)[ ](?:(?:actual|real|own|true)[ ])?(?:first[ ])?
        (?:names?|letters?|initials?)
      |(?:which[ ](?:is|was)[ ])?(?:a[ ]|all[ ])?pseudonyms?
      |(?:her[ ]|his[ ]|their[ ])?(?:names?|initials?)[ ](?:ha(?:ve|s)[ ]been[ ]|was[ ]|were[ ]|is[ ])?
        (?:changed|altered|invented|made[ ]up)
        (?![ ](?:by[ ](?:deed|marriage)|on|after|when|since|in[ ]\d+|to|from|back)\b)
      |also[ ](?:changed|invented|composite|fictional|made[ ]up|not)(?=[ ]?(?:[)\].,;]|$|throughout|here|for))
      |also[ ]not[ ](?:(?:his|her|their|a)[ ])?(?:(?:actual|real|own|true)[ ])?names?\b
      |(?:an?[ ])?(?:invented|fictional|fictitious|made[- ]up(?![ ](?:with|that|about|to|by|for|the)\b)
        |composite(?![ ](?:risk|measure|score)\b)|assumed[ ]name)\b))""",
    re.VERBOSE,
)
_ARE_NOT = re.compile(
    rf"""["“‘']?(?P<names>{NAME}(?:["”’]?(?:,[ ]|,?[ ](?:and|or)[ ])["“‘']?{NAME}){{0,5}})["”’]?[ ]
    (?:is|are|was|were)[ ](?:all[ ]|both[ ]|also[ ]|of[ ]course[ ])?
    (?:(?:a[ ])?pseudonyms?
      |not[ ](?:(?:his|her|their|the|its)[ ])?(?:(?:actual|real|own|true)[ ])?(?:names?|initials?|letters?)\b
      |not[ ]a[ ](?:real[ ])?name
      |not[ ]real[ ]people
      |(?:an?[ ])?(?:invented|fictional|fictitious|made[- ]up|composite|constructed)[ ]
        (?:names?|pe(?:rson|ople)|characters?|famil(?:y|ies)|child(?:ren)?|case|composite)
      |(?:invented|fictional|fictitious|composites?|constructed)(?=[ ]?[.,;:)]|[ ]and)
    )\b(?![ ](?:sort|kind)[ ]of|[ ]on[ ](?:the|his|her)\b|[ ]but[ ](?:he|she|they|everyone)\b)""",
    re.VERBOSE,
)
"""What says outright that names are nobody's, wherever it stands: "Tam and Lou are not their real names"."""

_UNDER_FICTION = re.compile(
    rf"""^[^\n]{{0,60}}\((?:[a-z ]{{0,20}}[ ])?
    (?:fictional|fictitious|made[- ]up|invented|constructed|composite|not[ ]real)\b[^)\n]{{0,60}}\)
    [^\n]{{0,10}}\n+(?P<names>(?>{NAME}))(?=[\s,.;:(’'])
    (?![ ](?:led|ran|facilitated|delivered|taught|set|gave|wrote|and[ ]I)\b|,[ ](?:my|our)\b)""",
    re.VERBOSE | re.MULTILINE,
)
"""A heading that says that what stands under it is fiction, and the name that it begins with."""

_AT_HOME = (
    r"(?:(?:birth|foster|young|older|younger|other)[ ])?(?:m(?:other|um)|father|dad|parents?|child(?:ren)?"
    r"|sons?|daughters?|brothers?|sisters?|siblings|baby|twins|boys?|girls?|famil(?:y|ies)|couple|partner"
    r"|husband|wife|grand(?:mother|father|parents)|nan|aunt|uncle|adopters|carers|woman|man|young[ ]person)"
)
_PROTECTED = re.compile(
    rf"""\b(?:[Cc]onfidential|[Aa]nonym|[Pp]rotect|[Pp]rivacy)[^.\n]{{0,60}}?
    \b(?:[Ii]n[ ]this[ ][a-z\-]{{1,20}}[ ](?:the|my|his|her|their)[ ]{_AT_HOME}[ ](?:is|are)
     |(?:I|we)[ ]refer[ ]to[ ](?:the|this|that|my)[ ]{_AT_HOME}[ ]as)[ ](?:the[ ])?
    ["“‘']?(?P<names>{NAME}(?=[\s,.;:)("”’'-]|$))""",
    re.VERBOSE,
)
"""What a writer who speaks of confidentiality calls a family, or one of it."""

_SO_TOO = re.compile(
    rf"""(?:(?<=[.:;][ ])|(?<=[,(][ ]))(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir)[ ]{_AT_HOME}
    [ ](?:is|are|will[ ]be)[ ](?:called[ ])?(?:the[ ])?["“‘']?(?P<names>{NAME})(?=[\s,.;:)("”’'-]|$)""",
    re.VERBOSE,
)
"""What comes after the first of several such names: "I call them the Ashes. The parents are Ash and Elm"."""

_IN_A_ROW = re.compile(
    r"""\b(?:children|brothers|sisters|siblings|boys|girls|men|women|officers|workers|people|parents
    |residents|clients|families|couple|twins|carers|students)\b[^.\n]{0,30}?
    \b(?P<letters>A(?:,[ ]B)+(?:,[ ][C-H])*,?[ ]and[ ][C-H]|A[ ]and[ ]B
    |[WXY](?:,[ ][XYZ])*,?[ ]and[ ][XYZ])(?![\w'’]|\.\w)""",
    re.VERBOSE,
)
"""People who are called by the first letters of the alphabet, or the last."""

_AGAINST = re.compile(r"\b(?:about|against|by|concerning|from|on|to|towards|with)[ ]$")
"""What stands before somebody of whom something else is invented: "the claims about Zeb were invented"."""

_MINE = re.compile(r"\b(?:[Mm]y|[Oo]ur)[ ](?:[a-z]+[ ]){1,4}$")
"""What stands before "is" and the name of one of the writer's own people: "My manager is ..."."""

_NEAR = 400
"""Longest sentence, with the one after it, in which names are introduced; in code points."""

_NAMES_OF = re.compile(NAME)
_PART = re.compile(r"[^\W\d_][\w'’\-]{2,30}")
_LETTER = re.compile(r"\b[A-Z]\b")
_QUOTED = re.compile(rf"\b(?:will[ ]be|is|as|are)[ ][“\"‘](?:the[ ])?(?P<names>{NAME})[”\"’]")
_CHANGED = re.compile(
    r"(?:\bnames?\b[^.\n]{0,60}\b(?:have[ ]been|has[ ]been|are|were)[ ](?:all[ ])?(?:changed|altered"
    r"|invented|made[ ]up)"
    r"|\bchose[ ](?:a|his|her|their)[ ](?:own[ ])?(?:made-up[ ])?names?\b[^.\n:]{0,40}"
    r"|\bnames[ ](?:for|in)[ ]this[ ]\w+:|\bplaceholders:|\bpseudonyms?(?:[ ]used)?:|\bmade-up[ ](?:name"
    r"|story|people)|\binvented[ ]people)",
    re.IGNORECASE,
)
_LETTERED = re.compile(
    r"(?<![\w.])(?:(?P<title>Mr|Mrs|Ms|Miss|Mx|Dr|MR|MRS|MS|DR)|Child|Person|Adult|Town|Worker|Mother|Father"
    r"|Family|Young[ ][Pp]erson)[.]?[ ](?P<letter>[A-Z])(?![\w'’\-]|\.[ ]?[A-Z])"
)
_IS_CALLED = re.compile(
    rf"(?:\b(?:is|are|be|was)[ ](?:called[ ]|here[ ])?[“\"‘']?|:[ ]"
    rf"|[Vv]ignette[ ][A-Z]:[ ])(?P<names>{NAME})(?=[\s,.;:)(\"”’'-]|$)"
)
_REAL = re.compile(r"\breal\b")
_IN_WORD = re.compile(r"\w")
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n")
_ORDINARY = load_list("words")
_WORD_NAMES = load_list("word_names")
_CASELESS = frozenset(
    (
        *("i", "he", "she", "they", "it", "the", "this", "that", "these", "we", "you"),
        *("a", "an", "my", "his", "her", "their", "our", "all", "names", "name"),
    )
)


def declared(text: str) -> Declared:
    """Read which names a text declares to be made up.

    A name that the text used before it begins to call somebody so is a real one's and stays; one
    of which it says outright that it is nobody's does not.
    """
    names = {*_called(text), *_denied(text)}
    for found in _CHANGED.finditer(text):
        names.update(_introduced(text, found.end()))
    if names:
        for found in _QUOTED.finditer(text):
            names.update(_fresh(text, found.start(), _listed(text, found, "names")))
    names.update(_placeholders(text))
    letters = (letter for found in _IN_A_ROW.finditer(text) for letter in _LETTER.findall(found["letters"]))
    return Declared(frozenset(name for name in names if _is_name(name)), frozenset(letters))


def _called(text: str) -> Iterator[str]:
    """Give the names by which the writer begins to call somebody."""
    for found in chain(_CALLED.finditer(text), _PROTECTED.finditer(text)):
        if not _IN_LIFE.match(text, found.end()):
            names = _listed(text, found, "names")
            for more in _SO_TOO.finditer(text, found.end(), _sentences_end(text, found.end())):
                names += _listed(text, more, "names")
            yield from _fresh(text, found.start(), _with_parts(names))


def _denied(text: str) -> Iterator[str]:
    """Give the names of which the text says that they are nobody's."""
    for found in _DENIED.finditer(text):
        yield from _with_parts([found["name"]])
    yield from _with_parts(footnoted(text))
    for pattern in (_ARE_NOT, _UNDER_FICTION):
        for found in pattern.finditer(text):
            if not _AGAINST.search(text, max(0, found.start() - 15), found.start()):
                yield from _with_parts(_NAMES_OF.findall(found["names"]))


def _with_parts(names: Iterable[str]) -> list[str]:
    """Add to names their single words, without titles: "Mr Ash" comes back as "Ash"."""
    given = list(names)
    return given + [word for name in given for word in _PART.findall(name) if fold(word) not in TITLES]


def _placeholders(text: str) -> Iterator[str]:
    """Give letters after titles that are placeholders: "Mr A" where A, B and so on are all in use."""
    found = list(_LETTERED.finditer(text))
    letters = {match["letter"] for match in found}
    if {"A", "B"} <= letters and len(letters) == ord(max(letters)) - ord("A") + 1:
        yield from (match.group() for match in found if match["title"])


def _is_name(name: str) -> bool:
    """Tell whether words with a capital are a name, not ordinary words."""
    words = fold(name).split()
    return any(word not in _ORDINARY or word in _WORD_NAMES for word in words) and words[0] not in _CASELESS


def _listed(text: str, found: re.Match[str], group: str) -> list[str]:
    """List the name that a match gives and those that follow it in the same breath."""
    names = [found[group]]
    at = found.end()
    while (more := _MORE.match(text, at, at + 140)) and not _DOES.match(text, more.end()):
        names.append(more["name"])
        at = more.end()
    return names


def _introduced(text: str, at: int) -> list[str]:
    """List the names that are given in the rest of a sentence and in the next one."""
    end, stop = _SENTENCE_END.search(text, at, at + _NEAR), _sentences_end(text, at)
    if end and _REAL.search(text, end.end(), stop):
        stop = end.start()
    return [
        name
        for found in _IS_CALLED.finditer(text, at, stop)
        if not _MINE.search(text, at, found.start())
        for name in _fresh(text, at, _listed(text, found, "names"))
    ]


def _sentences_end(text: str, at: int) -> int:
    """Find where the sentence after the one at a place ends."""
    stop = min(len(text), at + _NEAR)
    end = _SENTENCE_END.search(text, at, stop)
    after = _SENTENCE_END.search(text, end.end(), stop) if end else None
    return after.start() if after else stop


def _fresh(text: str, at: int, names: Iterable[str]) -> list[str]:
    """Keep the names that do not stand in the text before a place."""
    return [name for name in names if not _stands(name, text, at)]


def _stands(name: str, text: str, stop: int) -> bool:
    """Tell whether a name stands in a text before a place, and is no part of a longer word."""
    start = text.find(name, 0, stop)
    while start >= 0:
        end = start + len(name)
        if not _IN_WORD.search(text[max(0, start - 1) : start] + text[end : min(end + 1, stop)]):
            return True
        start = text.find(name, start + 1, stop)
    return False
