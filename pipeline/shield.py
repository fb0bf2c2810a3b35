"""The shield: what looks like a person and is an author, a pseudonym, a name everybody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim
from pipeline.names import fold
from pipeline.people import MERE_TITLES, parse
from rules.lists.lists import load_list

NAME = "shield"

_SURE = 0.985
"""Above what the classifier says of a name: what a text declares about itself decides."""

_CAP = r"[^\W\d_a-zß-öø-ÿ]"
_NAME = (
    rf"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?[ ])?(?<![\w'’\-]){_CAP}[\w'’\-]{{0,30}}"
    rf"(?:[ ](?:De[ ])?{_CAP}[\w'’\-]{{0,30}})?"
)
_CALLED = re.compile(
    rf"""
    (?:(?:\b(?:I|we|We)(?:['’](?:ll|ve|m)|[ ](?:will|shall|have|am))(?:[ ](?:just|now|be|only))?
        [ ](?:call(?:ing|ed)?|name|naming|refer(?:ring|red)?[ ]to|use[sd]?|using)
        |\bill[ ]just[ ]call)
      [ ](?:him|her|them|(?:the|this|that|my|one|a|an)[ ](?:[a-z][\w\-]*[ ]?){{1,7}}?)[ ]?(?:as[ ])?
     |\b(?:who|whom|that|which)[ ]I(?:['’]ll|[ ]will|[ ]shall|[ ]have|['’]ve|[ ]am|['’]m)[ ](?:call(?:ed
     |ing)?|refer(?:red|ring)?[ ]to[ ]as|name[d]?)[ ]
     |\b(?:he|she|they|man|woman|lady|gentleman|girl|boy|family|user|person|adult|child)[ ]I(?:['’]ll
     |[ ]will|[ ]shall)[ ](?:just[ ])?call[ ]
     |\b(?:(?:referred[ ]to|shown|appears?)(?:[ ](?:here|in[ ]this[ ]\w+))?|known[ ](?:here
     |in[ ]this[ ]\w+))[ ]as[ ]
     |\b(?:changed|altered)[ ](?:it|this|that|(?:the|his|her|their)[ ](?:first[ ])?names?)[ ]to[ ]
     |\b(?:composite|constructed|invented|fictional|fictitious|made[- ]up)\b[^.:;\n]{{0,60}}:[ ]
     |\bmade[ ]up[^.\n]{{0,80}}?Vignette[ ]A:[ ]
    )["“‘']?(?P<names>{_NAME}(?=[\s,.;:)("”’'-]|$))""",
    re.VERBOSE,
)
_MORE = re.compile(
    rf"""["”’']?(?:[ ]throughout)?(?:[ ]?\([^)\n]{{2,60}}\))?(?:,[ ]and|,|[ ]and)[ ]
    (?:(?:his|her|their|the|my|for)[ ](?:[a-z][\w\-]*[ ]){{1,4}}(?:as[ ])?)?
    ["“‘']?(?P<name>{_NAME})(?=[\s,.;:)("”’'-]|$)""",
    re.VERBOSE,
)
_DENIED = re.compile(
    rf"""["“‘']?(?P<name>{_NAME})["”’']?(?i:
    (?:[ ](?:here|throughout)|[ ](?:for|as)[ ](?:[a-z][\w'’\-]*[ ]?){{1,5}}?)?
    [ ]?[,(\[–-]{{1,2}}[ ]?
    (?:(?:(?:that['’]?s|which|this|it['’]s|it)[ ])?(?:(?:is|was)[ ])?
        (?:not|isn['’]?t|wasn['’]?t|aren['’]t|nothing[ ]like)[ ](?:actually[ ])?
        (?:his|her|their|the|a|an|any)[ ](?:(?:actual|real|own|true)[ ])?(?:first[ ])?
        (?:names?|letters?|initials?)
      |(?:which[ ](?:is|was)[ ])?(?:a[ ]|all[ ])?pseudonyms?
      |(?:her[ ]|his[ ]|their[ ])?(?:names?|initials?)[ ](?:ha(?:ve|s)[ ]been[ ]|was[ ]|were[ ]|is[ ])?
        (?:changed|altered|invented|made[ ]up)
      |also[ ](?:changed|invented|not)|(?:an?[ ])?(?:invented|fictional|fictitious|made[- ]up|composite
      |assumed)\b))""",
    re.VERBOSE,
)
_QUOTED = re.compile(rf"\b(?:will[ ]be|is|as|are)[ ][“\"‘](?:the[ ])?(?P<names>{_NAME})[”\"’]")
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
    rf"|[Vv]ignette[ ][A-Z]:[ ])(?P<names>{_NAME})(?=[\s,.;:)(\"”’'-]|$)"
)
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n")
_ORDINARY = load_list("words")
_WORD_NAMES = load_list("word_names")
_CASELESS = frozenset(
    [
        "i",
        "he",
        "she",
        "they",
        "it",
        "the",
        "this",
        "that",
        "these",
        "we",
        "you",
        "a",
        "an",
        "my",
        "his",
        "her",
        "their",
        "our",
        "all",
        "names",
        "name",
    ]
)


@dataclass(frozen=True, slots=True)
class Declared:
    """Names that a text says are made up, folded, and where it first says so."""

    names: frozenset[str]

    def claims(self, text: str) -> Iterator[Claim]:
        """Find every place where a made-up name stands."""
        words = sorted((name for name in self.names if name), key=len, reverse=True)
        if not words:
            return
        pattern = re.compile(r"(?<![\w])(?:" + "|".join(map(_spelled, words)) + r")(?![\w])")
        for found in pattern.finditer(text):
            yield Claim(
                found.start(),
                found.end(),
                EntityType.PERSON,
                _SURE,
                "declared_pseudonym",
                LookAlike.PSEUDONYM,
            )


def _spelled(name: str) -> str:
    return re.escape(name)


def declared(text: str) -> Declared:
    """Read which names a text declares to be made up.

    A name that the text used before it says so is a real one's and stays.
    """
    names: set[str] = set()
    for found in _CALLED.finditer(text):
        names.update(_fresh(text, found.start(), _listed(text, found, "names")))
    for found in _DENIED.finditer(text):
        names.update(_fresh(text, _sentence_start(text, found.start()), [found["name"]]))
    for found in _CHANGED.finditer(text):
        names.update(_introduced(text, found.end()))
    if names:
        for found in _QUOTED.finditer(text):
            names.update(_fresh(text, found.start(), _listed(text, found, "names")))
    names.update(_placeholders(text))
    return Declared(frozenset(name for name in names if _is_name(name)))


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
    while more := _MORE.match(text, at, at + 140):
        names.append(more["name"])
        at = more.end()
    return names


def _introduced(text: str, at: int) -> list[str]:
    """List the names that are given in the rest of a sentence and in the next one."""
    end = _SENTENCE_END.search(text, at)
    after = _SENTENCE_END.search(text, end.end()) if end else None
    stop = min(after.start() if after else len(text), at + 400)
    return [
        name
        for found in _IS_CALLED.finditer(text, at, stop)
        for name in _fresh(text, at, _listed(text, found, "names"))
    ]


def _sentence_start(text: str, at: int) -> int:
    """Return where the sentence around a place begins, roughly."""
    return max(text.rfind(". ", 0, at), text.rfind("\n", 0, at), 0)


def _fresh(text: str, at: int, names: Iterable[str]) -> list[str]:
    """Keep the names that do not stand in the text before a place."""
    return [n for n in names if not re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text[:at])]


def cited(text: str, claims: Iterable[Claim]) -> frozenset[str]:
    """Gather the folded surnames of authors that a text cites."""
    words: set[str] = set()
    for claim in claims:
        if claim.look_alike is LookAlike.THEORIST and claim.score >= 0.98:
            words.update(word for word in fold(text[claim.start : claim.end]).split() if len(word) > 2)
    return frozenset(words - {"and", "colleagues", "others", "the", "et", "al"})


def in_story(text: str, claims: Iterable[Claim]) -> frozenset[str]:
    """Gather the folded words of names that surely are somebody's in the story."""
    words: set[str] = set()
    for claim in claims:
        if claim.entity_type is EntityType.PERSON and claim.look_alike is None and claim.score >= 0.85:
            words.update(set(parse(text[claim.start : claim.end]).words) - MERE_TITLES)
    return frozenset(words)
