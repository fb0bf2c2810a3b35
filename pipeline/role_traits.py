"""Traits of a person as the text shows them: what stands beside the name at all mentions."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from models.findings import Role
from models.text import Span
from pipeline.people import Name
from pipeline.role_signs import Met, shape_of, signs_beside
from rules.roles import Floats, RoleTable

_LISTED = re.compile(r"\s*(?:,|;|&|and|/|\+|or|,\s*and)\s*")
_NEXT = 80
"""Characters between two names that still stand next to each other."""


@dataclass(frozen=True)
class Mention:
    """One mention of a person.

    Attributes:
        text: The text it stands in, with all names blanked out.
        span: Its place there.
        name: The name as written, taken apart.
        role: What the tagger says of it.
        role_score: How sure the tagger is.
        other_roles: The other roles that the tagger holds for possible, with how sure it is.
        is_metadata: Whether it names the author of the file or of a comment.
    """

    text: str
    span: Span
    name: Name
    role: Role
    role_score: float
    is_metadata: bool = False
    other_roles: tuple[tuple[Role, float], ...] = ()


@dataclass(frozen=True)
class Named:
    """A person with all mentions in reading order.

    Attributes:
        is_own: Whether it is the practitioner, by name; None where no own name was told.
    """

    number: int
    mentions: tuple[Mention, ...]
    is_own: bool | None = None

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Last words of names with a given name or a title."""
        names = (m.name for m in self.mentions)
        return frozenset(n.words[-1] for n in names if n.words and (len(n.words) > 1 or n.titles))

    def signs(self, table: RoleTable) -> list[Met]:
        """List the signs at all mentions."""
        return [met for m in self.mentions for met in signs_beside(m.text, m.span, table)]


def traits_of(people: Sequence[Named], table: RoleTable) -> list[dict[str, float]]:
    """Describe every person of a document by numbers that a weight can be given to."""
    most = max((len(p.mentions) for p in people), default=1)
    surnames = Counter(word for p in people for word in p.surnames)
    return [
        _beside(p, table) | _tagged(p) | _about(p, rank, len(people), most, surnames)
        for rank, p in enumerate(people)
    ]


def _beside(person: Named, table: RoleTable) -> dict[str, float]:
    """Count what stands beside the mentions: how often, and whether more than once."""
    counts: Counter[str] = Counter()
    for mention in person.mentions:
        signs = signs_beside(mention.text, mention.span, table)
        counts.update({f"{met.place} {met.sign.kind}" for met in signs})
        counts.update(shape_of(mention.text, mention.span, mention.name))
    total = len(person.mentions)
    traits = {trait: math.sqrt(count / total) for trait, count in counts.items()}
    return traits | {f"again {t}": min(1.0, (c - 1) / 3) for t, c in counts.items() if c > 1}


def _tagged(person: Named) -> dict[str, float]:
    """Sum what the tagger says of the mentions."""
    votes: dict[Role, float] = defaultdict(float)
    leaning: dict[Role, float] = defaultdict(float)
    told = [m for m in person.mentions if m.role is not Role.UNKNOWN]
    for mention in told:
        votes[mention.role] += mention.role_score
        for role, sure in ((mention.role, mention.role_score), *mention.other_roles):
            leaning[role] += sure
    if not told:
        return {"tagger silent": 1.0}
    share = {f"tagger {role}": 2 * vote / len(told) for role, vote in votes.items()}
    share |= {f"tagger leans to {role}": 2 * vote / len(told) for role, vote in leaning.items()}
    return share | {f"tagger again {role}": math.log1p(vote) for role, vote in votes.items()}


def _about(person: Named, rank: int, people: int, most: int, surnames: Mapping[str, int]) -> dict[str, float]:
    """Describe a person's part in the whole document."""
    mentions = len(person.mentions)
    names = [m.name for m in person.mentions]
    return {
        "always": 1.0,
        "mentions": math.log(mentions) / 2,
        "most mentioned": float(mentions == most),
        "mentions to most": mentions / most,
        "named first": float(rank == 0),
        "rank": min(rank, 10) / 10,
        "people": min(people, 20) / 20,
        "named once": float(mentions == 1),
        "shares a surname": float(any(surnames[word] > 1 for word in person.surnames)),
        "first name only": float(
            all(len(n.words) == 1 and not n.titles and not n.is_initials for n in names)
        ),
        "has a title": float(any(n.titles for n in names)),
        "own name": 2.0 * (person.is_own is True),
        "own name not told": float(person.is_own is None),
        "metadata only": float(all(m.is_metadata for m in person.mentions)),
    }


def with_neighbours(
    traits: Sequence[dict[str, float]],
    people: Sequence[Named],
    shares: Sequence[Floats],
    roles: Sequence[Role],
) -> list[dict[str, float]]:
    """Add to each person's traits what the first look made of the person and the neighbours."""
    added: list[dict[str, float]] = []
    around = neighbours(people)
    total = np.sum(shares, axis=0) if len(shares) else np.zeros(len(roles))
    sums = _by_surname(people, shares)
    for index, person in enumerate(people):
        means = {kind: _mean(shares, found) for kind, found in around[index].items()}
        means["surname"] = _relatives(person, shares[index], sums)
        means["others"] = (total - shares[index]) / (len(people) - 1) if len(people) > 1 else None
        means["first look"] = shares[index]
        added.append(
            {
                f"{kind} {role}": float(x)
                for kind, mean in means.items()
                if mean is not None
                for role, x in zip(roles, mean, strict=True)
            }
        )
    return [own | more for own, more in zip(traits, added, strict=True)]


def _by_surname(people: Sequence[Named], shares: Sequence[Floats]) -> dict[str, tuple[int, Floats]]:
    """Sum the shares of all people with one surname, so that many relatives cost no more than few."""
    sums: dict[str, tuple[int, Floats]] = {}
    for person, share in zip(people, shares, strict=True):
        for word in person.surnames:
            count, total = sums.get(word, (0, np.zeros(len(share))))
            sums[word] = (count + 1, total + share)
    return sums


def _relatives(person: Named, own: Floats, sums: Mapping[str, tuple[int, Floats]]) -> Floats | None:
    """Average the shares of the others with one of a person's surnames."""
    found = [(count - 1, total - own) for count, total in (sums[w] for w in person.surnames) if count > 1]
    if not found:
        return None
    return np.asarray(sum(total for _, total in found) / sum(count for count, _ in found))


def _mean(shares: Sequence[Floats], found: Mapping[int, int]) -> Floats | None:
    """Average the shares of neighbours, each as often as it is one."""
    if not found:
        return None
    return np.asarray(sum(count * shares[i] for i, count in found.items()) / sum(found.values()))


def neighbours(people: Sequence[Named]) -> list[dict[str, Counter[int]]]:
    """For each person count who is named next to them: in a list, in the line, or just after."""
    around: list[dict[str, Counter[int]]] = [defaultdict(Counter) for _ in people]
    row = sorted(
        ((id(m.text), m.span, index, m.text) for index, p in enumerate(people) for m in p.mentions),
        key=lambda item: item[:2],
    )
    for (here, span, left, text), (there, after, right, _) in pairwise(row):
        if here == there and left != right and (kind := _nearness(text, span, after)):
            around[left][kind][right] += 1
            around[right][kind][left] += 1
    return around


def _nearness(text: str, left: Span, right: Span) -> str | None:
    """Say how two names that follow each other stand together."""
    if not 0 <= right.start - left.end < _NEXT:
        return None
    gap = text[left.end : right.start]
    if _LISTED.fullmatch(gap):
        return "list"
    lines = gap.count("\n")
    return ("line", "next")[lines] if lines < 2 else None
