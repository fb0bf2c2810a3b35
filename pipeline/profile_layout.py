"""What stands on the pages of a profile, in order, whatever the file's format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.profile import Activity, Profile


class Kind(StrEnum):
    """What a block is."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    TEXT = "text"
    TABLE = "table"


_WARNING = "Personal data that was found is hidden. Read it through before you share it."


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a profile: some text, or the rows of a table, the first of them its head."""

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def lay_out(profile: Profile) -> Iterator[Block]:
    """Yield the blocks of a profile in reading order."""
    yield Block(Kind.TITLE, profile.name)
    yield Block(Kind.TEXT, f"{profile.standard}\n{written(profile.start)} to {written(profile.end)}")
    for statement in profile.statements:
        yield Block(Kind.HEADING, statement.name)
        yield Block(Kind.TEXT, statement.text)
    yield Block(Kind.HEADING, "What was recorded")
    if profile.activities:
        yield Block(Kind.TABLE, rows=(("Date", "What", "Parts"), *map(_row, profile.activities)))
    else:
        yield Block(Kind.TEXT, "Nothing was submitted in this time.")
    yield from _evidence(profile)
    if profile.notes:
        yield Block(Kind.HEADING, "Still to look at")
        yield from (Block(Kind.TEXT, note) for note in profile.notes)
    yield Block(Kind.HEADING, "About this file")
    yield Block(Kind.TEXT, f"{_WARNING}\nForm of the profile: {profile.source}.")


def written(day: date | None) -> str:
    """Write a day as people in England do."""
    return "no date" if day is None else f"{day.day} {day:%B %Y}"


def _row(activity: Activity) -> tuple[str, ...]:
    return (written(activity.day), activity.title or "not checked yet", ", ".join(activity.parts))


def _evidence(profile: Profile) -> Iterator[Block]:
    chosen = [a for a in profile.activities if a.evidence]
    if chosen:
        yield Block(Kind.HEADING, "Evidence")
    for activity in chosen:
        yield Block(Kind.SUBHEADING, f"{written(activity.day)}: {activity.title or 'not checked yet'}")
        for passage in activity.evidence:
            yield Block(Kind.TEXT, f"{passage.heading}\n{passage.text}")
