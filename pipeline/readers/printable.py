"""Words in packed settings, such as a printer's: runs of letters between other bytes."""

from __future__ import annotations

import re

_RUN = re.compile(rb"[\x20-\x7e\xa0-\xff]{4,}")
_WIDE_RUN = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){4,}")
_WORD = re.compile(r"[^\W\d_]{3}")


def printable_words(packed: bytes) -> str:
    """Return the runs of text in packed bytes, one a line: 8-bit and 16-bit letters alike."""
    wide = [run.decode("utf-16-le") for run in _WIDE_RUN.findall(packed)]
    narrow = [run.decode("cp1252", "ignore") for run in _RUN.findall(packed)]
    return "\n".join(dict.fromkeys(run.strip() for run in (*wide, *narrow) if _WORD.search(run)))
