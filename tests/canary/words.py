"""Words planted where people write, and the search for them in whatever form they may lie about."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

PLACES = (
    "reference", "own_name", "title", "role", "what", "reflection", "text_body", "text_name", "docx_body",
    "docx_name", "pdf_name", "refused_body", "refused_name", "failing_body", "failing_name", "note",
    "reviewers_note", "replaced_body", "replaced_name", "asked_path", "asked_query", "asked_header",
    "asked_key", "asked_field", "wrong_account",
)  # fmt: skip


def plant() -> dict[str, str]:
    """Make a word for each place, none of which is part of another or of any real text.

    They look like names, so that the line takes an interest in them. Some are not ASCII,
    because such words are written in more ways.
    """
    syllables = ("quo", "zev", "wix", "yarn", "jub", "vlo", "xan", "kweh")
    words = {}
    for number, place in enumerate(PLACES):
        tail = syllables[number % 8] + syllables[number // 8] + syllables[(number * 3 + 1) % 8]
        accent = "é" if number % 3 == 0 else "e"
        words[place] = f"Zq{accent}{tail}"
    assert len(set(words.values())) == len(PLACES)
    return words


def forms_of(word: str) -> Iterator[bytes]:
    """Return the bytes by which a word may be known once ASCII letters are made small."""
    for spelt in (word, word.lower(), word.upper()):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp1252"):
            data = spelt.encode(encoding)
            yield data.lower()
            yield data.hex().encode()
        yield quote(spelt).lower().encode()
        yield json.dumps(spelt)[1:-1].lower().encode()
        yield spelt.encode("unicode_escape").lower()


def in_base64(data: bytes) -> Iterator[bytes]:
    """Return what base64 makes of some bytes wherever they begin, as they are (letters' case counts)."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + data)
        first = (before * 8 + 5) // 6
        last = (before + len(data)) * 8 // 6
        yield coded[first:last]
        yield coded[first:last].translate(bytes.maketrans(b"+/", b"-_"))


def found_in(content: bytes, words: Mapping[str, str]) -> set[str]:
    """Return the places whose words stand in some bytes in any form."""
    small = content.lower()
    found = set()
    for place, word in words.items():
        coded = {c for spelt in (word, word.lower()) for c in in_base64(spelt.encode())}
        if any(form in small for form in set(forms_of(word))) or any(form in content for form in coded):
            found.add(place)
    return found


def found_under(folder: Path, words: Mapping[str, str]) -> dict[str, set[str]]:
    """Search every file of a folder; what is found, by the file's name. Names of files count too."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        places = found_in(name.encode() + b"\n" + _content(path), words)
        if places:
            found[name] = places
    return found


def _content(path: Path) -> bytes:
    """Read a file; one that a server at work has taken away meanwhile holds nothing any more."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
