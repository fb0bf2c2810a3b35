"""The policy table: what is done about a finding, by its type, whose it is and the circumstances."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from models.findings import EntityType, Finding, Hide, LookAlike, Role, Verdict
from models.serialize import from_json
from rules.disclosure import DisclosureTable, load_disclosures
from rules.kinds import KindTable, load_kinds
from rules.labels import load_labels
from rules.neutral import neutral_words
from rules.roles import RoleRules, load_roles
from rules.wording import WordingTable, load_wording

POLICY = Path(__file__).with_name("policy.json")
GROUPS: dict[str, frozenset[EntityType]] = {
    "direct": frozenset(t for t in EntityType if t.is_direct),
    "indirect": frozenset(t for t in EntityType if not t.is_direct),
}
CIRCUMSTANCES = frozenset({"own", "own_likely", "initials", "nickname", *LookAlike})
"""What can be true of a finding besides its type and role. A look-alike is a circumstance."""


@dataclass(frozen=True)
class Rule:
    """One line of the policy table. A condition that is left out holds always.

    Attributes:
        types: Entity types, or "direct" and "indirect" for all of a kind.
        circumstances: All of them must be true of the finding.
    """

    id: str
    verdict: Verdict
    hide: Hide
    why: str
    types: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    circumstances: tuple[str, ...] = ()

    @cached_property
    def entity_types(self) -> frozenset[EntityType]:
        """The entity types the rule is about."""
        named = [GROUPS.get(name) or frozenset({EntityType(name)}) for name in self.types]
        return frozenset().union(*named) if named else frozenset(EntityType)

    def applies(self, finding: Finding, circumstances: frozenset[str]) -> bool:
        """Tell whether every condition of the rule holds."""
        return (
            finding.entity_type in self.entity_types
            and (not self.roles or finding.role in self.roles)
            and circumstances.issuperset(self.circumstances)
        )


@dataclass(frozen=True, slots=True)
class PolicyTable:
    """The table as its file has it.

    Attributes:
        pet_names: Names that fit many, in lower case.
    """

    rules: tuple[Rule, ...]
    pet_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """What to do about findings, and everything needed to say so in plain words.

    Attributes:
        neutral: The words that are suggested and the labels: never flagged.
    """

    rules: tuple[Rule, ...]
    pet_names: frozenset[str]
    wording: WordingTable
    kinds: KindTable
    roles: RoleRules
    disclosures: DisclosureTable
    neutral: re.Pattern[str]

    def rule_for(self, finding: Finding, circumstances: frozenset[str]) -> Rule:
        """Return the first rule that applies. There is always one: the last asks for nothing."""
        return next(rule for rule in self.rules if rule.applies(finding, circumstances))


def read_policy(untrusted: str) -> PolicyTable:
    """Read a policy table.

    Raises:
        ValueError: If a line is malformed, names something unknown or repeats an id, or
            if the last line leaves room for a finding that no line speaks of.
    """
    table = from_json(PolicyTable, json.loads(untrusted))
    rules = table.rules
    for rule in rules:
        unknown = set(rule.circumstances) - CIRCUMSTANCES
        if unknown or not rule.entity_types:
            raise ValueError(f"{rule.id}: unknown circumstances {sorted(unknown)}")
    if len({rule.id for rule in rules}) != len(rules):
        raise ValueError("a rule id stands twice")
    last = rules[-1]
    if last.types or last.roles or last.circumstances or last.verdict is not Verdict.BLOCK:
        raise ValueError(f"{last.id}: the last rule must block whatever no other rule speaks of")
    return table


def load_policy() -> Policy:
    """Load the project's policy with its wording and tables."""
    table = read_policy(POLICY.read_text(encoding="utf-8"))
    wording, roles = load_wording(), load_roles()
    return Policy(
        rules=table.rules,
        pet_names=frozenset(table.pet_names),
        wording=wording,
        kinds=load_kinds(),
        roles=roles,
        disclosures=load_disclosures(),
        neutral=neutral_words(wording, load_labels(), roles.table),
    )
