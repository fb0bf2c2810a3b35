"""Tell a text that shows no CPD by its looks, and say in plain words what would help."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.serialize import read_json
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
_SIGNS = 2
"""Different words of an assessor from which a text is taken for a record of somebody else."""

_THIRD_PERSON = frozenset(("he", "she", "his", "her", "him", "hers", "himself", "herself"))
_LENGTH = r"(?<!\d)\d{1,4}(?:\.\d{1,2})?\s{0,3}(?:hrs?|hours?|mins?|minutes|days?|h)\b"
_ITEM = re.compile(r"[\n\r]+|(?<=[.)])\s+(?=[A-Z])")
_AMOUNT = re.compile(rf"{_LENGTH}|\b\d{{1,2}}[ /.-](?:\d|[a-z]{{3}})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Look:
    """What is said of a text that cannot be read for its parts."""

    message: str
    remedy: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is said of a text that was read and shows no part.

    Attributes:
        own: Whether the writer speaks of themselves at all; None: that does not matter.
        least: How many of the words must be there.
    """

    code: str
    message: str
    remedy: str
    own: bool | None
    least: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    title: str
    looks: dict[str, _Look]
    readings: tuple[_Reading, ...]


class Notes:
    """The table of notes, ready for use."""

    def __init__(self, table: _Table) -> None:
        """Compile the words of each note.

        Raises:
            ValueError: If a text could fit no reading: one that asks for nothing is missing.
        """
        if {r.own for r in table.readings if not r.least} != {True, False}:
            raise ValueError("the readings need a last one for texts in the first person, and one for others")
        self._table = table
        self._courses = compile_cues(table.looks["course_list"].words)
        self._another = compile_cues(table.looks["someone_else"].words)
        self._readings = [(row, compile_cues(row.words) if row.words else None) for row in table.readings]

    def looks(self, text: str, sentences: Sequence[Sentence]) -> MappingNote | None:
        """Say why a text cannot be mapped at all, or None."""
        code = self._look(text, sentences)
        if code is None:
            return None
        look = self._table.looks[code]
        return self._note(code, look.message, look.remedy)

    def reading(self, text: str) -> MappingNote:
        """Say what a text that shows no part reads like."""
        folded = fold(text)
        is_own = _own_words(_WORD.findall(folded)) > 0
        for row, cues in self._readings:
            is_there = cues is None or len(set(cues.findall(folded))) >= row.least
            if is_there and row.own in (None, is_own):
                return self._note(row.code, row.message, row.remedy)
        raise LookupError("a reading without words comes last")

    def _note(self, code: str, message: str, remedy: str) -> MappingNote:
        return MappingNote(code, f"{self._table.title} {message}", remedy)

    def _look(self, text: str, sentences: Sequence[Sentence]) -> str | None:
        words = _WORD.findall(fold(text))
        if len(words) < _FEW_WORDS:
            return "too_short"
        said = [text[s.span.start : s.span.end] for s in sentences if not s.is_heading]
        is_list = self._is_course_list(text, words)
        if sum(count_words(sentence) for sentence in said if sentence[-1:] != "?") < _FEW_WORDS // 2:
            return "course_list" if is_list else "headings_only"
        if is_list:
            return "course_list"
        if _share_of_english(words) < _LEAST_ENGLISH:
            return "not_english"
        return "someone_else" if self._is_about_another(text, words) else None

    def _is_about_another(self, text: str, words: Sequence[str]) -> bool:
        """Tell a record of somebody else's learning, such as an assessor's report.

        One other person is spoken of more than twice as often as the writer, as people speak of a worker.
        """
        others = sum(word in _THIRD_PERSON for word in words)
        signs = set(self._another.findall(fold(text)))
        return others > 2 * _own_words(words) and len(signs) >= _SIGNS

    def _is_course_list(self, text: str, words: Sequence[str]) -> bool:
        """Tell a list of courses: nobody speaks, and most lines or short sentences name or date one."""
        items = [item for item in _ITEM.split(text) if item.strip()]
        if len(items) < 3 or _own_words(words):
            return False
        dated = sum(bool(_AMOUNT.search(item)) for item in items)
        courses = len(self._courses.findall(fold(text)))
        is_terse = _share_of_english(words) < _LEAST_ENGLISH
        return courses >= len(items) / 4 and (2 * dated >= len(items) or is_terse)


def load_notes(folder: Path) -> Notes:
    """Read the table of notes in a folder."""
    return Notes(read_json(_Table, folder / "notes.json"))


def _own_words(words: Sequence[str]) -> int:
    """Count the words by which people speak of themselves."""
    return sum(word in _FIRST_PERSON for word in words)


def _share_of_english(words: Sequence[str]) -> float:
    return sum(word in _ENGLISH for word in words) / len(words)
