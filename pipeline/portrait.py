"""What a neutral label may tell of a person: child or adult, kin and of whom, the job."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from models.findings import Person, Role
from pipeline.role_signs import Met
from pipeline.role_traits import Named
from rules.roles import RoleTable

_KIN = ("kin", "offspring", "network")
_JOBS: dict[Role, tuple[str, ...]] = {
    Role.PROFESSIONAL: ("professional",),
    Role.COLLEAGUE: ("colleague",),
    Role.MANAGER: ("manager",),
}
_TELLING = ("just before", "just after", "label")
_STAGES = {"child": "child", "adult": "adult", "offspring": "child"}


def with_portraits(
    people: Sequence[Named], roles: Mapping[int, Role], table: RoleTable
) -> tuple[Person, ...]:
    """Draw every person in neutral words. What the text does not say stays None."""
    drawn = [_portrait(p, roles[p.number], p.signs(table)) for p in people]
    supported = [p for p in people if roles[p.number] is Role.SUPPORTED]
    main = max(supported, key=lambda p: len(p.mentions), default=None)
    if main is None:
        return tuple(drawn)
    return tuple(_kin_of(p, main.number) for p in drawn)


def _portrait(person: Named, role: Role, signs: Sequence[Met]) -> Person:
    telling = [met for met in signs if met.place in _TELLING]
    if role is Role.SUPPORTED:
        kinds = Counter(_STAGES[met.sign.kind] for met in signs if met.sign.kind in _STAGES)
        return Person(person.number, role, stage=_most(kinds))
    if role is Role.FAMILY:
        return Person(person.number, role, kin=_word(telling, _KIN))
    return Person(person.number, role, job=_word(telling, _JOBS.get(role, ())))


def _word(signs: Sequence[Met], kinds: Sequence[str]) -> str | None:
    """Return the neutral word that the signs of some kinds speak for most often."""
    return _most(Counter(met.sign.word for met in signs if met.sign.kind in kinds and met.sign.word))


def _most(words: Counter[str]) -> str | None:
    return words.most_common(1)[0][0] if words else None


def _kin_of(person: Person, supported: int) -> Person:
    if person.kin is None:
        return person
    return Person(person.number, person.role, kin=person.kin, kin_of=supported)
