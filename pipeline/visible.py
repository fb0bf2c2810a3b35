"""Make characters that would not show, or would fool the eye or the terminal, visible."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_PLAIN = frozenset("\n\t\u00ad\u200c\u200d")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def is_hidden(character: str) -> bool:
    """Tell whether a character draws nothing of its own or changes how others are drawn.

    Line feed, tab, soft hyphen and the joiners of Indic and Persian script are plain text.
    """
    return character not in _PLAIN and unicodedata.category(character) in _HIDDEN


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Divide a text into runs that are safe to show and the names of characters that are not.

    Line ends of every system become line feeds.

    Yields:
        Pairs of whether the second is a name ("U+202E"), and the text or name.
    """
    if text and text.replace("\n", "").isprintable():  # as most are: nothing hidden is
        yield False, text
        return
    run: list[str] = []
    for character in text.replace("\r\n", "\n").replace("\r", "\n"):
        if not is_hidden(character):
            run.append(character)
            continue
        if run:
            yield False, "".join(run)
            run.clear()
        yield True, f"U+{ord(character):04X}"
    if run:
        yield False, "".join(run)


def visible(text: str) -> str:
    """Return a text that is safe to print: hidden characters stand by their names in brackets."""
    return "".join(f"[{piece}]" if is_name else piece for is_name, piece in pieces(text))


def on_one_line(text: str) -> str:
    """Return a short text safe to print on one line."""
    return visible(" ".join(text.split()))
