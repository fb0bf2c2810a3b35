"""Names in places that hold little else: authors, properties, file names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from models.document import SegmentKind
from models.findings import EntityType, Role
from pipeline.claims import Claim
from pipeline.sheets import Sheet
from rules.lists.lists import load_list

_ORDINARY = load_list("words")
_WORD_NAMES = load_list("word_names")
_NEUTRAL = load_list("neutral_authors")
_FILE_WORDS = load_list("file_words")

_NAME_WORDS = re.compile(r"[A-Za-zÀ-ž'’.\-]+(?:[ ,]+[A-Za-zÀ-ž'’.\-]+){0,3}")
_PART = re.compile(r"[A-ZÀ-Þ][a-zß-ž'’]+|[A-ZÀ-Þ]{2,}(?![a-z])|[a-zß-ž'’]+")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_LONGEST_NAME = 60


def claims_by_kind(sheet: Sheet) -> Iterator[Claim]:
    """Find names by the kind of place a text stands in."""
    if sheet.kind is SegmentKind.AUTHOR:
        yield from _author(sheet.text)
    elif sheet.kind is SegmentKind.PROPERTY:
        if _is_two_names(sheet.text):
            yield from _author(sheet.text)
    elif _is_file_name(sheet):
        yield from _file_name(sheet.text)


def beyond_endings(claims: Iterable[Claim], sheet: Sheet) -> Iterator[Claim]:
    """Leave out what is claimed of a file name's ending: it names a program's kind of file."""
    ending = _ENDING.search(sheet.text) if _is_file_name(sheet) else None
    yield from (claim for claim in claims if ending is None or claim.start < ending.start())


def _is_file_name(sheet: Sheet) -> bool:
    """Tell whether a text is the name of a file; the words of an attached file are none."""
    is_inside = any(segment.origins for segment in sheet.segments)
    return sheet.kind in (SegmentKind.FILE_NAME, SegmentKind.ATTACHMENT) and not is_inside


def _author(text: str) -> Iterator[Claim]:
    """Take a whole text for a name, unless it is a program's or an office's."""
    name = text.strip()
    if (
        not name
        or name.casefold() in _NEUTRAL
        or len(name) > _LONGEST_NAME
        or not any(c.isalpha() for c in name)
    ):
        return
    start = text.index(name)
    yield Claim(
        start, start + len(name), EntityType.PERSON, 0.9, "author_field", role=Role.AUTHOR, role_score=1.0
    )


def _is_two_names(text: str) -> bool:
    """Tell whether a short text is two to four words with capitals that are no ordinary words."""
    if not _NAME_WORDS.fullmatch(text.strip()):
        return False
    words = text.split()
    plain = [w for w in words if w.lower().strip(".,") in _ORDINARY and w.lower() not in _WORD_NAMES]
    return len(words) > 1 and all(w[0].isupper() for w in words) and not plain


def _file_name(text: str) -> Iterator[Claim]:
    """Find two words side by side in a file name that are neither ordinary nor office words."""
    stem = text.rsplit(".", 1)[0]
    parts = [p for p in _PART.finditer(stem) if len(p.group()) > 1]
    runs: list[list[re.Match[str]]] = [[]]
    for part in parts:
        word = part.group().lower()
        is_name = (
            part.group()[0].isupper()
            and word not in _FILE_WORDS
            and (word not in _ORDINARY or word in _WORD_NAMES)
        )
        if is_name and runs[-1] and part.start() - runs[-1][-1].end() <= 1:
            runs[-1].append(part)
        elif is_name:
            runs.append([part])
    for run in runs:
        if len(run) > 1 and any(p.group().lower() not in _ORDINARY for p in run):
            yield Claim(run[0].start(), run[-1].end(), EntityType.PERSON, 0.7, "file_name")
