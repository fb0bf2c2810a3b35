"""Learn how much each trait of a person speaks for each role, and say how well that works.

usage: python -m training.roles [--measure]
Reads the labelled training folders with the recorded marks of taggers that saw none of the folder;
writes `rules/role_weights.json`. With `--measure` it leaves out one folder at a time instead and
prints the share of mentions with the right role.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.document import Document, Found, Place, SegmentKind, assemble
from models.findings import EntityType, Finding, Role
from models.results import Context
from models.serialize import from_json
from models.text import Span
from pipeline.people import Cast
from pipeline.role_traits import Named, traits_of, with_neighbours
from pipeline.roles import named_people
from pipeline.tagger import Mark
from rules.roles import ROLES, WEIGHTS, Floats, Layer, RoleTable
from tests.quality.gold import LOOK_ALIKES, GoldDocument, GoldSpan, read_folder
from tests.quality.recorded import OUT_OF_FOLD, RecordedTagger

GOLD = Path("tests/gold")
TOLD = (
    Role.SUPPORTED, Role.FAMILY, Role.COLLEAGUE, Role.MANAGER, Role.PROFESSIONAL, Role.STUDENT, Role.SELF,
)  # fmt: skip
STEPS, RATE, DECAY = 250, 0.05, 1.0
RARE = 4
"""Fewest people that must show a trait before it is given a weight."""


@dataclass(frozen=True, slots=True)
class Case:
    """The people of one document with their true roles, mention by mention."""

    folder: str
    people: list[Named]
    roles: list[Counter[Role]]
    tagged: list[Role]
    true: list[Role]


def case(folder: str, gold: GoldDocument, marks: Sequence[Mark], own_name: str | None) -> Case:
    """Make the people of a labelled document: the marked names, with what a tagger says of them."""
    document = assemble([Found(SegmentKind.TEXT, Place("the text"), gold.text, body=True)])
    spans = [s for s in gold.spans if s.type == EntityType.PERSON]
    cast = Cast()
    cast.meet(gold.text[s.start : s.end] for s in spans)
    findings = [_finding(s, gold.text, cast, marks) for s in spans]
    people = _people(document, findings, own_name)
    true: dict[int, Counter[Role]] = {p.number: Counter() for p in people}
    for span, finding in zip(spans, findings, strict=True):
        true[finding.person or 0][Role(span.role)] += 1
    return Case(
        folder,
        people,
        [true[p.number] for p in people],
        [f.role for f in findings],
        [Role(s.role) for s in spans],
    )


def _people(document: Document, findings: Sequence[Finding], own_name: str | None) -> list[Named]:
    return named_people(document, findings, Context(own_name=own_name))


def _finding(span: GoldSpan, text: str, cast: Cast, marks: Sequence[Mark]) -> Finding:
    mark = next((m for m in marks if m.start < span.end and span.start < m.end), None)
    return Finding(
        "s1",
        Span(span.start, span.end),
        EntityType.PERSON,
        1.0,
        "gold",
        Role(mark.role) if mark else Role.UNKNOWN,
        cast.number(text[span.start : span.end]) or 0,
        role_score=mark.role_score if mark else 0.0,
        other_roles=tuple((Role(role), sure) for role, sure in mark.other_roles) if mark else (),
    )


def cases(recorded: RecordedTagger) -> list[Case]:
    """Make every training document twice: with the practitioner's own name told, and without."""
    made = []
    for folder in sorted(GOLD.glob("train-*")):
        for gold in read_folder(folder):
            marks = _marks(recorded, gold.text)
            made += [case(folder.name, gold, marks, own) for own in dict.fromkeys((gold.own_name, None))]
    return made


def _marks(recorded: RecordedTagger, text: str) -> list[Mark]:
    try:
        tagging = recorded.read(text)
    except KeyError:
        return []
    return [m for m in (*tagging.sure, *tagging.weak) if m.label not in LOOK_ALIKES]


def fit(rows: Sequence[dict[str, float]], roles: Sequence[Counter[Role]]) -> Layer:
    """Fit one layer: a weight of every trait for every role, kept small by a ridge."""
    seen = Counter(trait for row in rows for trait in row)
    traits = sorted(t for t, n in seen.items() if n >= RARE)
    table = _table(rows, traits)
    goal = np.array([[c[r] / c.total() for r in TOLD] for c in roles])
    heavy = np.sqrt([c.total() for c in roles])[:, None]
    weights = np.zeros((len(traits), len(TOLD)))
    moment, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = (table.T @ ((_shares(table @ weights) - goal) * heavy) + DECAY * weights) / heavy.sum()
        moment = 0.9 * moment + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        weights -= RATE * (moment / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return Layer(tuple(traits), tuple(tuple(round(float(w), 3) for w in row) for row in weights))


def _table(rows: Sequence[dict[str, float]], traits: Sequence[str]) -> NDArray[np.float64]:
    column = {trait: n for n, trait in enumerate(traits)}
    table = np.zeros((len(rows), len(traits)))
    for n, row in enumerate(rows):
        for trait, value in row.items():
            if trait in column:
                table[n, column[trait]] = value
    return table


def _shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True))


def first_looks(made: Sequence[Case], rows: Sequence[list[dict[str, float]]]) -> list[list[Floats]]:
    """Let a first layer that saw nothing of a folder look at each of its documents."""
    looks: list[list[Floats]] = [[] for _ in made]
    for folder in sorted({c.folder for c in made}):
        layer = _fit_without(folder, made, rows)
        for n, c in enumerate(made):
            if c.folder == folder:
                looks[n] = [layer.shares(row) for row in rows[n]]
    return looks


def _fit_without(folder: str | None, made: Sequence[Case], rows: Sequence[list[dict[str, float]]]) -> Layer:
    kept = [
        (row, r)
        for c, own in zip(made, rows, strict=True)
        if c.folder != folder
        for row, r in zip(own, c.roles, strict=True)
    ]
    return fit([row for row, _ in kept], [roles for _, roles in kept])


def measure(
    made: Sequence[Case], first: Sequence[list[dict[str, float]]], second: Sequence[list[dict[str, float]]]
) -> None:
    """Print the share of mentions with the right role, folder by folder, each left out in turn."""
    print(f"{'folder':10}{'tagger':>8}{'voted':>8}{'first':>8}{'second':>8}{'unsure':>8}{'mentions':>10}")
    totals = np.zeros(6)
    for folder in sorted({c.folder for c in made}):
        layers = (_fit_without(folder, made, first), _fit_without(folder, made, second))
        counts = sum(
            (_counts(c, layers, first[n], second[n]) for n, c in enumerate(made) if c.folder == folder),
            np.zeros(6),
        )
        _print(folder, counts)
        totals += counts
    _print("all", totals)


def _counts(
    c: Case, layers: tuple[Layer, Layer], first: list[dict[str, float]], second: list[dict[str, float]]
) -> Floats:
    voted = firsts = seconds = unsure = 0
    for person, roles, one, two in zip(c.people, c.roles, first, second, strict=True):
        votes: Counter[Role] = Counter()
        for mention in person.mentions:
            votes[mention.role] += mention.role_score  # type: ignore[assignment]
        voted += roles[votes.most_common(1)[0][0]]
        firsts += roles[TOLD[int(layers[0].shares(one).argmax())]]
        share = layers[1].shares(two)
        seconds += roles[TOLD[int(share.argmax())]]
        unsure += roles.total() * (share.max() < 0.3)
    alone = sum(a is b for a, b in zip(c.tagged, c.true, strict=True))
    return np.array([alone, voted, firsts, seconds, unsure, len(c.true)], dtype=np.float64)


def _print(name: str, counts: Floats) -> None:
    shares = "".join(f"{x / max(1, counts[-1]):8.3f}" for x in counts[:-1])
    print(f"{name:10}{shares}{int(counts[-1]):10}", flush=True)


def main() -> None:
    """Learn the weights and write them, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true")
    wants_measure = parser.parse_args().measure
    table = from_json(RoleTable, json.loads(ROLES.read_text(encoding="utf-8")))
    made = cases(RecordedTagger.load(OUT_OF_FOLD))
    first = [traits_of(c.people, table) for c in made]
    looks = first_looks(made, first)
    second = [
        with_neighbours(rows, c.people, look, TOLD) for c, rows, look in zip(made, first, looks, strict=True)
    ]
    if wants_measure:
        measure(made, first, second)
        return
    layers = {"first": _fit_without(None, made, first), "second": _fit_without(None, made, second)}
    written = {"roles": list(TOLD)} | {
        k: {"traits": v.traits, "weights": v.weights} for k, v in layers.items()
    }
    WEIGHTS.write_text(json.dumps(written, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
