"""Denied: names of which a text says outright that they are nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.declared import CAP, NAME
from pipeline.footnotes import footnoted
from pipeline.names import fold
from pipeline.people import TITLES

_DENIED = re.compile(
    rf"""["“‘']?(?P<name>{NAME})["”’']?(?i:
    (?:[ ](?:here|throughout)|[ ](?:for|as)[ ](?:[a-z][\w'’\-]*+[ ]?){{1,5}}?)?
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
      |(?:(?:which|it)(?:['’]s|[ ]is)[ ])?(?:an?[ ])?
       (?:pen[ ]name|invented|fictional|fictitious|made[- ]up(?![ ](?:with|that|about|to|by|for|the)\b)
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
    )\b(?![ ](?:sort|kind)[ ]of|[ ]on[ ](?:the|his|her)\b|[ ]but[ ](?:he|she|they|everyone)\b
      |[ ](?:any[ ]?more|any[ ]longer|now|yet|at|since|legally|until|by)\b)""",
    re.VERBOSE,
)
"""What says outright that names are nobody's, wherever it stands: "Tam and Lou are not their real names"."""

_IS_NOT = re.compile(
    rf"""(?:^|(?<=[.!?][ ])|(?<=\n))(?P<names>{NAME})[ ](?:is|was)n['’]t[ ](?:his|her|their)[ ]name(?=[.;])
    (?![.;][ ][^.;\n]{{0,40}}(?:\b(?:is|was|called|as)|['’]s)[ ](?:really[ ]|actually[ ])?{CAP})""",
    re.VERBOSE,
)
"""The same of one name, in a sentence of its own that no other name follows: "Zeb isn't his name"."""

_UNREAL = re.compile(
    rf"""(?P<names>{NAME})["”’']?(?:
     [ ]do(?:es)?(?:[ ]not|n['’]t)[ ](?:really[ ])?exist[.;]
       [ ]I(?:['’]ve|[ ]have)?[ ](?:built|made|invented|put)\b
     |[.;][ ](?:[Tt]hat|[Tt]his|[Ii]t)(?:['’]s|[ ]is)[ ]a[ ](?:pen[ ]name|pseudonym)\b)""",
    re.VERBOSE,
)
"""Who the next words say is nobody: "Zeb does not exist. I made him up", "as Zeb. It's a pen name"."""

_FOR_THIS = r"(?:for|in)[ ]this[ ](?:account|essay|piece|reflection)"
_RENAMED = re.compile(
    rf"""\b(?i:his|her|their)[ ](?:first[ ])?names?[ ](?:(?:is|are|was|were|(?:has|have)[ ]been)[ ])?
    (?:changed|altered)[ ]to[ ]["“‘']?(?P<renamed>{NAME})["”’']?[ ]
    (?:throughout|{_FOR_THIS})(?=[ ]?[(.,;:)\n]|$)
    |\bwhom[ ]I[ ](?:here[ ])?name[ ]["“‘']?(?P<named>{NAME})["”’']?(?=[.,;)]|[ ]and\b)""",
    re.VERBOSE,
)
"""What a name was changed to for what is written: "her name changed to Zeb throughout"; "whom I name Zeb"."""

_UNDER_FICTION = re.compile(
    rf"""^[^\n]{{0,60}}\((?:[a-z ]{{0,20}}[ ])?
    (?:fictional|fictitious|made[- ]up|invented|constructed|composite|not[ ]real)\b[^)\n]{{0,60}}\)
    [^\n]{{0,10}}\n+(?P<names>(?>{NAME}))(?=[\s,.;:(’'])
    (?![ ](?:led|ran|facilitated|delivered|taught|set|gave|wrote|and[ ]I)\b|,[ ](?:my|our)\b)""",
    re.VERBOSE | re.MULTILINE,
)
"""A heading that says that what stands under it is fiction, and the name that it begins with."""

_AGAINST = re.compile(r"\b(?:about|against|by|concerning|from|on|to|towards|with)[ ]$")
"""What stands before somebody of whom something else is invented: "the claims about Zeb were invented"."""

_NAMES_OF = re.compile(NAME)
_PART = re.compile(r"[^\W\d_][\w'’\-]{2,30}")


def denied(text: str) -> Iterator[str]:
    """Give the names of which the text says that they are nobody's."""
    for found in _DENIED.finditer(text):
        yield from with_parts([found["name"]])
    for found in _RENAMED.finditer(text):
        yield from with_parts([found["renamed"] or found["named"]])
    yield from with_parts(footnoted(text))
    for pattern in (_ARE_NOT, _IS_NOT, _UNREAL, _UNDER_FICTION):
        for found in pattern.finditer(text):
            if not _AGAINST.search(text, max(0, found.start() - 15), found.start()):
                yield from with_parts(_NAMES_OF.findall(found["names"]))


def with_parts(names: Iterable[str]) -> list[str]:
    """Add to names their single words, without titles: "Mr Ash" comes back as "Ash"."""
    given = list(names)
    return given + [word for name in given for word in _PART.findall(name) if fold(word) not in TITLES]
