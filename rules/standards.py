"""CPD standards as data: one file a set, with what helps to recognise each part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.serialize import read_json
from models.standards import Standard
from rules.cues import check_cue

FOLDER = Path(__file__).parent / "standards"


@dataclass(frozen=True, slots=True)
class CueGroup:
    """Words that hint at one side of a part.

    Attributes:
        name: What the words are about, in words that a practitioner reads.
        words: Cues, written as `rules/cues.py` says.
    """

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """What helps to recognise one part. Ours, not the regulator's.

    Attributes:
        gloss: The part in plain words, said to the practitioner.
        prompt: Asked when the text mentions the part's matter but does not show it.
        prototypes: Sentences that would show the part.
        history: Said where the part rests on the account's record more than on a text.
    """

    part: str
    gloss: str
    cues: tuple[CueGroup, ...]
    prototypes: tuple[str, ...]
    prompt: str
    history: str | None = None


@dataclass(frozen=True, slots=True)
class StandardFile:
    """One file of `rules/standards/`: a standard and the guides to its parts.

    Attributes:
        version: Raised by whoever changes the file.
        note: Where the wording is known from, and what is not known.
        negatives: Sentences that sound like a part and show none.
    """

    version: str
    note: str
    standard: Standard
    guides: tuple[Guide, ...]
    negatives: tuple[str, ...]


@cache
def load_standard_files() -> dict[str, StandardFile]:
    """Read every set in `rules/standards/`, by its id.

    Raises:
        ValueError: If a file does not keep to the schema or contradicts itself.
    """
    files = [read_standard_file(path) for path in sorted(FOLDER.glob("*.json"))]
    return {file.standard.id: file for file in files}


def load_standards() -> dict[str, Standard]:
    """Read the CPD standards, by their id."""
    return {name: file.standard for name, file in load_standard_files().items()}


def read_standard_file(path: Path) -> StandardFile:
    """Read one set and check it.

    Raises:
        ValueError: If the file does not keep to the schema or contradicts itself.
    """
    try:
        file = read_json(StandardFile, path)
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error
    if file.standard.id != path.stem:
        raise ValueError(f"{path.name}: holds the standard {file.standard.id}")
    if problems := list(check_standard_file(file)):
        raise ValueError(f"{path.name}: " + "; ".join(problems))
    return file


def check_standard_file(file: StandardFile) -> Iterator[str]:
    """Say what is wrong with a set, in sentences for whoever edits it."""
    standard = file.standard
    parts = [part.id for part in standard.parts]
    if not parts or [guide.part for guide in file.guides] != parts:
        yield "each part needs one guide, in the order of the parts"
    yield from (f"part {part} stands there twice" for part, n in Counter(parts).items() if n > 1)
    if standard.valid_to and standard.valid_to <= standard.valid_from:
        yield "it ends before it begins"
    if not file.negatives:
        yield "it needs examples of none of the parts"
    if not standard.source.startswith(("https://", "http://")):
        yield "the source is not an address"
    yield from (
        f"part {p.id} lacks its wording or name" for p in standard.parts if not (p.wording and p.name)
    )
    for guide in file.guides:
        yield from _check_guide(guide)


def check_standards() -> tuple[str, ...]:
    """Check every file of the folder; return what is wrong, file by file. Empty: nothing."""
    problems = []
    for path in sorted(FOLDER.glob("*.json")):
        try:
            read_standard_file(path)
        except ValueError as error:
            problems.append(str(error))
    return tuple(problems)


def _check_guide(guide: Guide) -> Iterator[str]:
    """Say what is wrong with a guide."""
    if not guide.gloss or not guide.prompt.endswith("?"):
        yield f"part {guide.part} needs a gloss, and a prompt that asks"
    if len(guide.prototypes) < 2:
        yield f"part {guide.part} needs two examples"
    if len(guide.cues) < 2:
        yield f"part {guide.part} needs two groups of cues: one alone shows nothing"
    for group in guide.cues:
        for cue in group.words:
            if problem := check_cue(cue):
                yield f"part {guide.part}, {group.name}: {cue!r}: {problem}"
