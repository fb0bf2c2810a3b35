"""Plant made-up names: `@{some place}` in a template becomes a name that stands nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

_FIRST = ["Wex", "Quill", "Bram", "Thorn", "Dray", "Fen", "Hask", "Ivel", "Jarr", "Kest"]
_LAST = ["combe", "feather", "stock", "bury", "moor", "wick", "thwaite", "ley", "garth", "holm"]
_MARK = re.compile(r"@\{([\w ]+)(?::(\d*)-(\d*))?\}")


class Planting:
    """The places where names were planted, each with its own name."""

    def __init__(self) -> None:
        self.places: list[str] = []

    def name_in(self, place: str) -> str:
        """Return the name of a place; a new place gets a new name."""
        if place not in self.places:
            self.places.append(place)
        number = self.places.index(place)
        return _FIRST[number % 10] + _LAST[number // 10]

    def plant(self, template: str) -> str:
        """Put names where the marks are. `@{place:0-3}` puts the first three letters."""
        return _MARK.sub(self._replace, template)

    def plant_folder(self, folder: Path) -> dict[str, str | bytes]:
        """Plant names in every file below a folder: the parts of a package."""
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): self.plant(path.read_text()) for path in files}

    def _replace(self, mark: re.Match[str]) -> str:
        start, end = (int(g) if g else None for g in mark.groups()[1:])
        return self.name_in(mark[1])[start:end]
