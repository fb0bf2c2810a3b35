"""Letters: what each odd letter, digit or sign of a text is read as."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LINE_HYPHENS = "\u00ad\u0002\ufffe"
"""What stands where a word was divided at the end of a line: PDF readers give all three."""

_UNSEEN = re.compile(
    r"[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u034f\u115f\u1160\u180b-\u180e\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u20d0-\u20f0\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
"""What draws nothing of its own, and the frames round the letter before them."""

_LINE_ENDS = "\u000b\u000c\u0085\u2028\u2029"
_HYPHENS = "–\u2010\u2011\u2012\u2212\ufe63"
_APOSTROPHES = "\u0060\u00b4\u02b9\u02bc\u2018\u201b\u2032"
_RAISED = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2473\u2776-\u277f"
_LONGEST_NOTE = 3
"""Most raised or circled digits that are the mark of a note; more are a number."""

_ACCENTS = r"\u0300-\u036f\u20d0-\u20f0\ufe0f"
"""Accents and strokes that stand after their letter, and the frame of a key round its digit."""

_ACCENT = re.compile(f"[{_ACCENTS}]")
_MARKS = rf"{_ACCENTS}\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f"

_READ_AS = {
    **dict.fromkeys(_LINE_HYPHENS, ""),
    **dict.fromkeys(_LINE_ENDS, "\n"),
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_APOSTROPHES, "'"),
}

PLAIN = re.compile(r"[\t\n\r\x20-\x5f\x61-\x7e]*\Z")
"""A text in which nothing is odd."""

ODD = re.compile(
    rf"[{_LINE_HYPHENS}]\r?\n?"
    r"|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
    rf"|[{_RAISED}]{{1,32}}"
    rf"|(?<=[^\W\d_])[{_APOSTROPHES}](?=[^\W\d_])"
    rf"|[^\u0000-\u007f\u2013-\u2027\u2030-\u205e][{_MARKS}]{{0,64}}"
    rf"|[\x20-\x7e][{_ACCENTS}]{{1,64}}"
    r"|(?<=\d)–(?=\d{1,4}–\d)|(?:(?<=–\d)|(?<=–\d\d)|(?<=–\d\d\d)|(?<=–\d{4}))–(?=\d)"
    r"|(?:(?<=\b0\d\d)|(?<=\b0\d{3})|(?<=\b0\d{4}))–(?=\d{3,4}[ ]?\d{3,4})"
)
"""One character that may have to be read as another, with the marks that combine with it.

A dash between digits is one where it makes no range: "12–03–2024", "07700–900123"."""

_DRAWN_ALIKE = {
    **dict(zip("аеорсухіјѕһԁԛԝӏѵк", "aeopcyxijshdqwlvk", strict=True)),  # Cyrillic
    **dict(zip("АВЕКМНОРСТУХІЈЅԌԚԜ", "ABEKMHOPCTYXIJSGQW", strict=True)),
    **dict(zip("αειηκνορτυχ", "aeinkvoptux", strict=True)),  # Greek
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
}
"""Letters of other scripts with the Latin ones that they are drawn like."""

_LATIN_FOR = str.maketrans(_DRAWN_ALIKE)
_SMALL_CAPITALS = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz")
_ALIKE = re.compile(f"[{''.join(_DRAWN_ALIKE)}]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_THEIRS = re.compile(
    f"[{''.join(c for c in map(chr, range(0x370, 0x530)) if c.isalpha() and c not in _DRAWN_ALIKE)}]"
)
"""Letters of Greek and Cyrillic that no Latin one is drawn like."""

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def readable(odd: str) -> str:
    """Write what `ODD` found in its readable form."""
    first = odd[0]
    if first in _READ_AS:
        return _READ_AS[first]
    if _UNSEEN.match(first):
        return ""
    kind = unicodedata.category(first)
    if kind == "No":
        return _raised(odd)
    if kind == "Nd":
        return str(unicodedata.decimal(first))
    return " " if kind == "Zs" else _composed(odd, kind)


def _raised(odd: str) -> str:
    """Read raised or circled digits: nothing where they mark a note, else a number."""
    if not odd[0].isdigit() and len(odd) == 1:
        return odd
    return "" if len(odd) <= _LONGEST_NOTE else "".join(str(int(unicodedata.numeric(c))) for c in odd)


def _composed(odd: str, kind: str) -> str:
    """Compose a letter with its accents, and leave out those that no such letter has."""
    plain = unicodedata.normalize("NFKC", odd)
    is_drawn = kind == "So" and len(plain) == 1 and plain.isalnum()
    if kind[0] == "L" or is_drawn or "\uff01" <= odd[0] <= "\uff5e":
        return _ACCENT.sub("", plain).translate(_SMALL_CAPITALS)
    return _ACCENT.sub("", unicodedata.normalize("NFC", odd))


def in_latin(text: str) -> str:
    """Read Cyrillic and Greek letters as the Latin ones they are drawn like, among Latin letters.

    A word that has letters of both scripts is no Greek or Russian one, and neither is any in
    a line of Latin ones that has no letter which only those scripts have. Offsets stay.
    """
    if not _ALIKE.search(text):
        return text
    return _LINE.sub(lambda line: _latin_line(line.group()), text)


def _latin_line(line: str) -> str:
    if not _THEIRS.search(line):
        return _latin_word(line)
    return _WORD.sub(lambda word: _latin_word(word.group()), line)


def _latin_word(word: str) -> str:
    is_mixed = _LATIN.search(word) and not _THEIRS.search(word)
    return word.translate(_LATIN_FOR) if is_mixed else word
