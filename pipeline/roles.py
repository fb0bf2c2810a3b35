"""Whose data is it: one role for every person, the same at all mentions, and one for every number."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.document import Document, SegmentKind
from models.findings import EntityType, Finding, Person, Role
from models.results import Context
from models.text import Span
from pipeline.general import sentence_around
from pipeline.names import fold
from pipeline.own_facts import is_own_fact
from pipeline.people import parse
from pipeline.portrait import with_portraits
from pipeline.role_traits import Mention, Named, traits_of, with_neighbours
from pipeline.spelling import is_misspelling
from rules.roles import Floats, RoleRules, RoleWeights

UNSURE = 0.3
"""Share of the likeliest role below which it is not told: below it most are wrong."""

UNTOLD = 0.6
"""Share needed to take someone for the practitioner whose own name was not told."""

BLANK = "\ufffc"
"""Stands for each character of a name where the words around names are read."""

REACH = 120
"""Characters around a day in which somebody speaking of themselves says so."""

_INITIAL = re.compile(r"\b[^\W\d_a-z]\.\s\Z")
"""The point after an initial, which ends no sentence."""

_HEADER = re.compile(
    r"^[>\s]*From:[^\n]*\n(?:[>\s]*(?:To|Cc|Subject):[^\n]*\n){0,3}[>\s]*(?:Sent|Date):[^\n]*\Z",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_HEADER = 300
"""Characters before a message's day in which its sender is named."""

_FIRST_PERSON = re.compile(r"\b(?:i|my|me|mine|myself|our|we)\b", re.IGNORECASE)
_METADATA = (SegmentKind.AUTHOR, SegmentKind.PROPERTY)


@dataclass(frozen=True, slots=True)
class Roles:
    """The findings with one role a person, and the persons themselves."""

    findings: tuple[Finding, ...]
    people: tuple[Person, ...]


def tell_roles(document: Document, findings: Sequence[Finding], context: Context, rules: RoleRules) -> Roles:
    """Give every finding a role that is the same for all mentions of one person.

    What the tagger says of each mention, the words beside it, the people named next to it
    and the practitioner's own name are weighed together. A name too little speaks for
    keeps the role `unknown`, which policy treats like the name of someone supported.
    """
    people = named_people(document, findings, context)
    shares = role_shares(people, rules)
    told = {p.number: _role(p, share, rules.weights) for p, share in zip(people, shares, strict=True)}
    owners = _Owners(document, findings, people, told)
    return Roles(
        tuple(replace(f, role=owners.role(f, rules), other_roles=()) for f in findings),
        with_portraits(people, told, rules.table),
    )


def named_people(document: Document, findings: Sequence[Finding], context: Context) -> list[Named]:
    """Gather the mentions of each person, in the order in which people are first named."""
    names = [f for f in findings if is_name(f) and f.person is not None]
    texts = _Texts(document, names)
    mentions: dict[int, list[Mention]] = defaultdict(list)
    for finding in names:
        if finding.person is not None:
            mentions[finding.person].append(texts.mention(finding))
    return [Named(n, tuple(met), _is_own(met, context)) for n, met in mentions.items()]


def role_shares(people: Sequence[Named], rules: RoleRules) -> list[Floats]:
    """Weigh the traits of all people: alone first, then with those named beside them."""
    traits = traits_of(people, rules.table)
    first = [rules.weights.first.shares(t) for t in traits]
    both = with_neighbours(traits, people, first, rules.weights.roles)
    return [rules.weights.second.shares(t) for t in both]


def text_of(document: Document, finding: Finding) -> str:
    """Return the words of a finding."""
    return document.by_id[finding.segment].text[finding.span.start : finding.span.end]


def is_name(finding: Finding) -> bool:
    """Tell whether a finding names somebody of the story."""
    return finding.entity_type is EntityType.PERSON and finding.look_alike is None


def is_own_name(text: str, own_name: str | None) -> bool:
    """Tell whether a name is the practitioner's own: all of it, a part, or two and more initials."""
    if not own_name:
        return False
    parts = [part for word in parse(own_name).words for part in word.split()]
    named = [part for word in parse(text).words for part in word.split()]
    if fold(text) in parts and len(fold(text)) > 1:
        return True
    if not named or named == [named[0][0]]:
        return False
    return all(part in parts or part in {p[0] for p in parts} for part in named)


def is_own_form(text: str, own_name: str | None) -> bool:
    """Tell whether a name can be a short form or a misspelling of the practitioner's own: "Rob", "Hannan".

    Others may be called so too. It counts only where the text shows the role as well.
    """
    own = parse(own_name or "").words
    named = parse(text).words
    if not own or not named or len(named[0]) < 2:
        return False
    first, given = named[0], own[0]
    is_form = first[:3] == given[:3] or given.startswith(first) or is_misspelling(first, given)
    return is_form and all(word in own or is_misspelling(word, own[-1]) for word in named[1:])


def _is_own(met: Sequence[Mention], context: Context) -> bool | None:
    if not context.own_name:
        return None
    return any(is_own_name(" ".join(m.name.words), context.own_name) for m in met)


def _role(person: Named, share: Floats, weights: RoleWeights) -> Role:
    """Settle on a role. The own name is sure; a name in the file's properties only is its author's."""
    if person.is_own:
        return Role.SELF
    if all(m.is_metadata for m in person.mentions):
        return Role.AUTHOR
    best = int(share.argmax())
    role = weights.roles[best]
    needed = UNTOLD if role is Role.SELF and person.is_own is None else UNSURE
    return role if share[best] >= needed else Role.UNKNOWN


class _Texts:
    """The texts that names stand in, with the names blanked out: one for the body, one a segment outside."""

    def __init__(self, document: Document, names: Sequence[Finding]) -> None:
        self._document = document
        spans: dict[str | None, list[Span]] = defaultdict(list)
        for finding in names:
            spans[self._place(finding)[0]].append(self._place(finding)[1])
        raw = {segment: document.by_id[segment].text for segment in spans if segment is not None}
        self._texts: dict[str | None, str] = {None: _blanked(document.text, spans[None])}
        self._texts |= {segment: _blanked(text, spans[segment]) for segment, text in raw.items()}

    def _place(self, finding: Finding) -> tuple[str | None, Span]:
        """Return the segment, None for the document text, and the span there."""
        span = self._document.in_text(finding.segment, finding.span)
        return (finding.segment, finding.span) if span is None else (None, span)

    def mention(self, finding: Finding) -> Mention:
        """Describe a mention with the text around it."""
        segment, span = self._place(finding)
        return Mention(
            self._texts[segment],
            span,
            parse(text_of(self._document, finding)),
            finding.role,
            finding.role_score,
            self._document.by_id[finding.segment].kind in _METADATA,
            finding.other_roles,
        )


def _blanked(text: str, spans: Sequence[Span]) -> str:
    pieces, at = [], 0
    for span in sorted(spans):
        if span.start >= at:
            pieces += [text[at : span.start], BLANK * len(span)]
            at = span.end
    return "".join(pieces) + text[at:]


class _Owners:
    """Tells whose a number, an address or a fact is, by the people named around it."""

    def __init__(
        self,
        document: Document,
        findings: Sequence[Finding],
        people: Sequence[Named],
        roles: Mapping[int, Role],
    ) -> None:
        self._document = document
        self._roles = roles
        named = ((p.number, word) for p in people for m in p.mentions for word in m.name.words)
        self._words = {word: roles[number] for number, word in named if len(word) > 2}
        self._names: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for finding in findings:
            if is_name(finding) and finding.person is not None:
                self._names[finding.segment].append((finding.span.start, finding.person))

    def role(self, finding: Finding, rules: RoleRules) -> Role:
        """Return the role of a finding's owner."""
        if finding.look_alike is not None:
            return finding.role
        if not finding.entity_type.is_direct:
            return Role.UNKNOWN if self._is_doubtful(finding) else finding.role
        if finding.entity_type is EntityType.PERSON:
            return self._roles.get(finding.person or 0, finding.role)
        known = rules.table.types.get(finding.entity_type)
        return known or self._by_address(finding) or self._in_line(finding) or finding.role

    def _is_doubtful(self, finding: Finding) -> bool:
        """Tell whether a fact is said to be the practitioner's own though nothing before it says so."""
        if finding.role is not Role.SELF:
            return False
        text = self._document.by_id[finding.segment].text
        if finding.entity_type is not EntityType.DATE:
            is_health = finding.entity_type is EntityType.HEALTH
            return not is_own_fact(text, finding.span, is_health=is_health)
        return not self._is_own_day(text, finding)

    def _is_own_day(self, text: str, finding: Finding) -> bool:
        """Tell whether a day is the practitioner's: by whoever is named beside it, or by an "I" near it.

        A day on which the practitioner met a colleague is the colleague's too.
        """
        start, end = finding.span.start, finding.span.end
        low, high = sentence_around(text, start, end)
        if _INITIAL.search(text, max(0, low - len("R. ")), low):
            low = text.rfind("\n", 0, start) + 1
        if header := _HEADER.search(text, max(0, start - _LONGEST_HEADER), start):
            low = header.start()
        named = self._names.get(finding.segment, [])
        first, at = (bisect_left(named, (place, -1)) for place in (low, start))
        beside = named[at - 1] if at > first else next(iter(named[at : at + 1]), None)
        if beside is not None and low <= beside[0] < high:
            return self._roles.get(beside[1]) in (Role.SELF, Role.AUTHOR)
        return _FIRST_PERSON.search(text, max(0, start - REACH), end + REACH) is not None

    def _by_address(self, finding: Finding) -> Role | None:
        """Tell the owner of an e-mail address or account by the name in it."""
        if finding.entity_type not in (EntityType.EMAIL_ADDRESS, EntityType.SOCIAL_HANDLE):
            return None
        address = text_of(self._document, finding)
        words = fold(address.split("@")[0] or address).split()
        return next((self._words[w] for w in words if w in self._words), None)

    def _in_line(self, finding: Finding) -> Role | None:
        """Tell the owner by the last person named before it in the same line."""
        named = self._names.get(finding.segment, [])
        at = bisect_right(named, (finding.span.start, -1)) - 1
        if at < 0:
            return None
        start, person = named[at]
        between = self._document.by_id[finding.segment].text[start : finding.span.start]
        return None if "\n" in between else self._roles.get(person)
