"""Rich text cut into tokens: groups, control words with their number, bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>.)"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+",
    re.DOTALL,
)


class Sort(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    SYMBOL = auto()
    TEXT = auto()
    BINARY = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        name: The control word or symbol.
        number: The number behind a control word, if there is one.
        content: The bytes of a text or of a packed object.
    """

    sort: Sort
    name: str = ""
    number: int | None = None
    content: bytes = b""


def tokens(untrusted: bytes) -> Iterator[Token]:
    """Yield the tokens of a rich-text file. Whatever is malformed is skipped byte by byte."""
    at = 0
    while at < len(untrusted):
        match = _TOKEN.match(untrusted, at)
        if match is None:
            at += 1
            continue
        at = match.end()
        token = _token(match)
        if token is None:
            continue
        if token.name == "bin" and token.sort is Sort.WORD:
            length = max(0, token.number or 0)
            yield Token(Sort.BINARY, content=untrusted[at : at + length])
            at += length
        else:
            yield token


def _token(match: re.Match[bytes]) -> Token | None:
    kind = match.lastgroup
    if kind in ("word", "number"):
        number = match["number"]
        return Token(Sort.WORD, match["word"].decode(), None if number is None else int(number))
    if kind == "hex":
        return Token(Sort.TEXT, "'", content=bytes.fromhex(match["hex"].decode()))
    if kind == "symbol":
        return Token(Sort.SYMBOL, match["symbol"].decode("latin-1"))
    if kind == "brace":
        return Token(Sort.OPEN if match["brace"] == b"{" else Sort.CLOSE)
    return Token(Sort.TEXT, content=match["text"]) if kind == "text" else None
