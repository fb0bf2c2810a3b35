"""Read the labelled documents of `tests/gold`: plain text with the spans their authors marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DIRECT = (
    "PERSON", "STREET_ADDRESS", "POSTCODE", "PHONE_NUMBER", "EMAIL_ADDRESS", "SOCIAL_HANDLE", "URL",
    "NHS_NUMBER", "NINO", "REGISTRATION_NUMBER", "CASE_REFERENCE", "DATE_OF_BIRTH",
    "VEHICLE_REGISTRATION", "BANK_ACCOUNT",
)  # fmt: skip
INDIRECT = (
    "LOCATION", "ORGANISATION", "DATE", "AGE", "DEMOGRAPHIC", "HEALTH", "FAMILY", "OCCUPATION", "EVENT",
)  # fmt: skip
ROLES = ("supported", "family", "colleague", "manager", "professional", "self", "student", "employer")
LOOK_ALIKES = ("theorist", "law", "inquiry", "tool", "public_body", "course", "word", "pseudonym")
GENERIC = "generic"

_SPAN = r"\[\[(?P<type>[A-Z_]+)/(?P<role>[a-z]+)\|(?P<text>[^\[\]{}|]+)\]\]"
_LOOK_ALIKE = r"\{\{(?P<reason>[a-z_]+)\|(?P<words>[^\[\]{}|]+)\}\}"
_MARK = re.compile(f"{_SPAN}|{_LOOK_ALIKE}")
_BRACKETS = re.compile(r"\[\[|\]\]|\{\{|\}\}")


class GoldError(ValueError):
    """A labelled document is not written as the guide says."""


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """Identifying words: offsets into the plain text (code points, half-open), type, role."""

    start: int
    end: int
    type: str
    role: str

    @property
    def is_direct(self) -> bool:
        """Whether the span identifies by itself."""
        return self.type in DIRECT


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Words that look identifying and are not, with the reason."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A labelled document: its plain text and what is marked in it, in reading order."""

    id: str
    kind: str
    setting: str
    own_name: str | None
    parts: tuple[str, ...]
    text: str
    spans: tuple[GoldSpan, ...]
    look_alikes: tuple[LookAlike, ...]


def read_document(path: Path) -> GoldDocument:
    """Read one labelled document.

    Raises:
        GoldError: A mark is malformed, or names a type, role or reason the guide does not have.
    """
    head, _, marked = path.read_text(encoding="utf-8").partition("\n")
    facts = json.loads(head)
    plain: list[str] = []
    spans: list[GoldSpan] = []
    look_alikes: list[LookAlike] = []
    length = 0
    for text, mark in _fragments(marked.lstrip("\n")):
        start, length = length, length + len(text)
        plain.append(text)
        if mark is None and (stray := _BRACKETS.search(text)):
            near = text[max(0, stray.start() - 40) : stray.end() + 40]
            raise GoldError(f"{path}: stray {stray.group()} in {near!r}")
        if mark and mark["type"]:
            kind, role = _known(path, mark["type"], DIRECT + INDIRECT), _known(path, mark["role"], ROLES)
            spans.append(GoldSpan(start, length, kind, role))
        elif mark:
            reason = _known(path, mark["reason"], (*LOOK_ALIKES, GENERIC))
            look_alikes.append(LookAlike(start, length, reason))
    if not length:
        raise GoldError(f"{path}: no text")
    return GoldDocument(
        facts["id"], facts["kind"], facts["setting"], facts.get("self"), tuple(facts.get("cpd", ())),
        "".join(plain), tuple(spans), tuple(look_alikes),
    )  # fmt: skip


def _fragments(marked: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Divide a marked text into its plain and its marked words."""
    at = 0
    for mark in _MARK.finditer(marked):
        if mark.start() > at:
            yield marked[at : mark.start()], None
        yield mark["text"] or mark["words"], mark
        at = mark.end()
    if at < len(marked):
        yield marked[at:], None


def _known(path: Path, word: str, words: tuple[str, ...]) -> str:
    """Pass on a word the guide knows."""
    if word not in words:
        raise GoldError(f"{path}: the guide has no {word!r}")
    return word


def read_folder(folder: Path) -> list[GoldDocument]:
    """Read a folder of labelled documents in the order of their names."""
    return [read_document(path) for path in sorted(folder.glob("*.txt"))]
