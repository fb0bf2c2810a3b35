"""Tell a text that shows no CPD by its looks, and say in plain words what would help."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.serialize import from_json
from models.standards import MappingNote
from pipeline.sentences import Sentence, count_words
from rules.cues import compile_cues, fold

_FEW_WORDS = 25
_LEAST_ENGLISH = 0.18
"""Least share of everyday English words: English prose has about .4, notes .25, lists .1."""

_EVERYDAY = """the a an and or but of to in on at for with by from as is was are were be been it this that i
    my me we our they their he his she her you your not no so had have has what which who when how
    if then there about into out up do did can could would will am them him us all one more than
    because after before"""
_ENGLISH = frozenset(_EVERYDAY.split())
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_FIRST_PERSON = frozenset(("i", "me", "my", "we", "our", "i'd", "i've", "i'm", "i'll"))
_LENGTH = r"\d+(?:\.\d+)?\s*(?:hrs?|hours?|mins?|minutes|days?|h)\b"
_AMOUNT = re.compile(rf"{_LENGTH}|\b\d{{1,2}}[ /.-](?:\d|[a-z]{{3}})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    message: str
    remedy: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    title: str
    notes: tuple[_Row, ...]


class Notes:
    """The table of notes, ready for use."""

    def __init__(self, table: _Table) -> None:
        """Compile the words of each note."""
        self._title = table.title
        self._rows = {row.code: row for row in table.notes}
        self._words = {row.code: compile_cues(row.words) for row in table.notes if row.words}

    def note(self, code: str) -> MappingNote:
        """Return a note by its code."""
        row = self._rows[code]
        return MappingNote(code, f"{self._title} {row.message}", row.remedy)

    def looks(self, text: str, sentences: Sequence[Sentence]) -> MappingNote | None:
        """Say why a text cannot be mapped at all, or None."""
        words = _WORD.findall(fold(text))
        if len(words) < _FEW_WORDS:
            return self.note("too_short")
        prose = [s for s in sentences if not s.is_heading]
        if sum(count_words(text[s.span.start : s.span.end]) for s in prose) < _FEW_WORDS // 2:
            return self.note("course_list" if self._is_course_list(text, words) else "headings_only")
        if self._is_course_list(text, words):
            return self.note("course_list")
        if sum(word in _ENGLISH for word in words) < _LEAST_ENGLISH * len(words):
            return self.note("not_english")
        return None

    def reading(self, text: str) -> MappingNote:
        """Say what a text that shows no part reads like."""
        folded = fold(text)
        is_own = any(word in _FIRST_PERSON for word in _WORD.findall(folded))
        if not is_own and len(self._words["job_description"].findall(folded)) > 1:
            return self.note("job_description")
        return self.note("case_record")

    def _is_course_list(self, text: str, words: Sequence[str]) -> bool:
        """Tell a list of courses: most lines give a length or a date, and nobody speaks."""
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 3 or any(word in _FIRST_PERSON for word in words):
            return False
        dated = sum(bool(_AMOUNT.search(line)) for line in lines)
        courses = len(self._words["course_list"].findall(fold(text)))
        return 2 * dated >= len(lines) and courses >= len(lines) / 4


def load_notes(folder: Path) -> Notes:
    """Read the table of notes in a folder."""
    untrusted = json.loads((folder / "notes.json").read_text(encoding="utf-8"))
    return Notes(from_json(_Table, untrusted))
