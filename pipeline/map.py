"""Map: suggest the parts of a CPD standard that a text may demonstrate, with its own words."""

from __future__ import annotations

from dataclasses import dataclass

from models.document import Document
from models.redaction import Redaction
from models.standards import Band, Candidate, Quote, Standard
from pipeline.map_cues import CueTable
from pipeline.map_places import Places
from pipeline.sentences import split_sentences
from rules.standards import Guide, load_standard_files

MOST = 3
"""Suggestions shown at most: more would be a list to tick off, not a hint."""


@dataclass(frozen=True, slots=True)
class Mapper:
    """What mapping needs, loaded once: the guides and cues of every standard."""

    guides: dict[str, tuple[Guide, ...]]
    cues: dict[str, CueTable]


def load_mapper() -> Mapper:
    """Load the guides of every standard."""
    files = load_standard_files()
    return Mapper(
        guides={name: file.guides for name, file in files.items()},
        cues={name: CueTable(file) for name, file in files.items()},
    )


def map_parts(
    document: Document, redaction: Redaction, standard: Standard, mapper: Mapper
) -> tuple[Candidate, ...]:
    """Suggest the parts of a standard that a text may show, likeliest first.

    Looks at the redacted text only. A suggestion is never a finding that a part is met:
    that is for people to say.
    """
    places = Places(document, redaction)
    spans = [s.span for s in split_sentences(places.text) if not s.is_heading]
    found = [mapper.cues[standard.id].names_in(places.text[s.start : s.end]) for s in spans]
    candidates = []
    for number, guide in enumerate(mapper.guides[standard.id]):
        scored = [(_strength(found, at, number), -at) for at in range(len(spans))]
        best, at = max(scored, default=(0, 0))
        if best >= 2:
            names = sorted({n for near in found[max(0, -at - 1) : 2 - at] for n in near[number]})
            quote = places.quote(spans[-at])
            candidates.append(
                (best, build_candidate(places, standard, guide, Band.POSSIBLE, (quote,), names))
            )
    candidates.sort(key=lambda pair: -pair[0])
    return tuple(candidate for _, candidate in candidates[:MOST])


def _strength(found: list[tuple[tuple[str, ...], ...]], at: int, part: int) -> int:
    """Count a part's cue groups in a sentence and, for half, in the sentences beside it."""
    here = set(found[at][part])
    near = {name for other in found[max(0, at - 1) : at + 2] for name in other[part]}
    return 2 * len(here) + len(near - here) if here else 0


def build_candidate(
    places: Places, standard: Standard, guide: Guide, band: Band, quotes: tuple[Quote, ...], names: list[str]
) -> Candidate:
    """Build a candidate whose quotes stand verbatim at their places.

    Raises:
        ValueError: If a quote does not, or the standard has no such part.
    """
    if guide.part not in {part.id for part in standard.parts}:
        raise ValueError(f"{standard.id} has no part {guide.part}")
    if any(places.redacted(quote.span) != quote.text for quote in quotes):
        raise ValueError(f"a quote does not stand at its place: {guide.part}")
    why = "Your text mentions " + " and ".join(names) + "."
    return Candidate(standard.id, guide.part, band, quotes, why, guide.prompt)
