"""Map: suggest the parts of a CPD standard that a text may demonstrate, with its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.document import Document
from models.redaction import Redaction
from models.standards import Band, Candidate, Mapping, PartScore, Quote, Standard
from pipeline.map_calibration import Calibration, read_calibrations
from pipeline.map_cues import CueTable
from pipeline.map_encoder import Encoder
from pipeline.map_measure import MOST
from pipeline.map_notes import Notes, load_notes
from pipeline.map_places import Places
from pipeline.map_reading import Prototypes, Reader, Reading
from pipeline.map_scores import read_gate, read_parts
from pipeline.map_skim import read_skim
from pipeline.sentences import split_sentences
from rules.standards import Guide, StandardFile, load_standard_files

FOLDER = Path(__file__).parents[1] / "rules" / "mapper"

_UNSURE = 1.5
"""Score of a sentence by likeness alone from which a part is worth considering."""


@dataclass(frozen=True, slots=True)
class Mapper:
    """What mapping needs, loaded once.

    Attributes:
        readers: Of each standard: its parts are told as learnt, or by likeness to examples.
        calibrations: Of the standards that have labelled passages.
    """

    notes: Notes
    files: dict[str, StandardFile]
    readers: dict[str, Reader]
    calibrations: dict[str, Calibration]


def load_mapper(folder: Path = FOLDER) -> Mapper:
    """Load the encoder and the tables. It takes about a second: do it once."""
    files = load_standard_files()
    encoder, gate, skim = Encoder.load(folder), read_gate(folder), read_skim(folder)
    trained = read_parts(folder)
    readers = {
        name: Reader(encoder, gate, skim, trained.get(name) or Prototypes(file, encoder), CueTable(file))
        for name, file in files.items()
    }
    return Mapper(load_notes(folder), files, readers, read_calibrations(folder))


def map_parts(document: Document, redaction: Redaction, standard: Standard, mapper: Mapper) -> Mapping:
    """Suggest the parts of a standard that a text may show, or say why none is suggested.

    Looks at the redacted text only. A suggestion is never a finding that a part is met:
    that is for people to say.
    """
    places = Places(document, redaction)
    sentences = split_sentences(places.text)
    if note := mapper.notes.looks(places.text, sentences):
        return Mapping(standard.id, (), note)
    reading = mapper.readers[standard.id].read(places.text, sentences)
    ranked = _rank(reading, standard, mapper)
    shown = [(score, column) for score, column in ranked if score.shown]
    guides = mapper.files[standard.id].guides
    candidates = tuple(_candidate(places, reading, standard, guides[n], score, n) for score, n in shown)
    note = None if candidates else mapper.notes.reading(places.text)
    return Mapping(standard.id, candidates, note, tuple(score for score, _ in ranked))


def _rank(reading: Reading, standard: Standard, mapper: Mapper) -> list[tuple[PartScore, int]]:
    """Score the parts, likeliest first, and choose the bands of those to be shown."""
    calibration = mapper.calibrations.get(standard.id)
    scored = []
    for column, part in enumerate(standard.parts):
        features = reading.features(column)
        chance = calibration.probability(part.id, features) if calibration else features[0]
        scored.append((chance, column, part.id, features))
    scored.sort(key=lambda row: (-row[0], row[1]))
    found = []
    for place, (chance, column, name, features) in enumerate(scored):
        band = _band(calibration, name, chance, features) if place < MOST else None
        found.append((PartScore(name, features, round(chance, 4) if calibration else 0.0, band), column))
    return found


def _band(
    calibration: Calibration | None, part: str, chance: float, features: tuple[float, ...]
) -> Band | None:
    """Choose the band in which a part is shown, or None.

    Without labelled passages nothing is known of how often a suggestion is right: it is
    then offered for consideration only, and only where words of the part stand there too.
    """
    sentences, cues, gate = features
    if calibration is None:
        return Band.CONSIDER if sentences >= _UNSURE and cues and gate > 0 else None
    return calibration.band(part, chance) if gate >= calibration.gate else None


def _candidate(
    places: Places, reading: Reading, standard: Standard, guide: Guide, score: PartScore, column: int
) -> Candidate:
    """Make the candidate of one part, with the one or two sentences that show it best."""
    rows = sorted(_quoted(reading, column))
    quotes = tuple(places.quote(reading.spans[row]) for row in rows)
    names = reading.cue_names(column, reading.best(column)[0])
    band = score.shown or Band.CONSIDER
    return build_candidate(places, standard, guide, band, quotes, names)


def _quoted(reading: Reading, column: int) -> Iterator[int]:
    """Yield the best sentence for a part, and the second best where it says something too."""
    best, *others = reading.best(column)
    yield best
    yield from others[:1]


def build_candidate(
    places: Places, standard: Standard, guide: Guide, band: Band, quotes: tuple[Quote, ...], names: list[str]
) -> Candidate:
    """Build a candidate whose quotes stand verbatim at their places.

    Raises:
        ValueError: If a quote does not, or the standard has no such part.
    """
    if guide.part not in {part.id for part in standard.parts}:
        raise ValueError(f"{standard.id} has no part {guide.part}")
    if any(not quote.text.strip() or places.redacted(quote.span) != quote.text for quote in quotes):
        raise ValueError(f"a quote does not stand at its place: {guide.part}")
    return Candidate(standard.id, guide.part, band, quotes, explain(guide, names), prompt(guide, names, band))


def explain(guide: Guide, names: Sequence[str]) -> str:
    """Say in plain words why a part is suggested, and on what else it rests."""
    found = f"We found {' and '.join(names)} in your text. " if names else ""
    history = f" {guide.history}" if guide.history else ""
    return f"{found}What this part looks for: {guide.gloss[0].lower()}{guide.gloss[1:]}{history}"


def prompt(guide: Guide, names: Sequence[str], band: Band) -> str | None:
    """Ask for what is missing: where a thing is mentioned, and nothing says what came of it.

    What came of it is the last cue group of a part. Of a text that shows the part well nothing is asked.
    """
    *mentioned, outcome = (group.name for group in guide.cues)
    is_open = outcome not in names and not set(mentioned).isdisjoint(names)
    return guide.prompt if is_open and band is not Band.STRONG else None
