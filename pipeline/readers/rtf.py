"""RTF: text, headers, notes, comments, properties, hidden and deleted words, pictures, objects."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from models.document import Found, Place, SegmentKind
from models.ledger import LedgerLine
from models.upload import Received
from pipeline.limits import Limits
from pipeline.readers.docx_placeholders import is_placeholder
from pipeline.readers.rtf_objects import native_file, words_of_packed_xml
from pipeline.readers.rtf_places import (
    BEHIND,
    BODY,
    CHARSETS,
    ENDS_CELL,
    ENDS_LINE,
    NOTHING,
    PLACES,
    SHAPE_WORDS,
    SYMBOLS,
    TRANSPARENT,
    UNKNOWN,
    Use,
    Where,
)
from pipeline.readers.rtf_tokens import Sort, Token, tokens
from pipeline.readers.stock_styles import is_stock_style
from pipeline.readers.strands import Piece, Strand, account

_SIDES = {
    "v": (SegmentKind.HIDDEN, "hidden text"),
    "deleted": (SegmentKind.DELETION, "deleted text in tracked changes"),
}
_WORDS = re.compile(r"[^\W\d_]{2}")
_HEX = re.compile(r"[0-9a-fA-F\s]*")


@dataclass(slots=True)
class Spot:
    r"""One place while its text is gathered.

    Attributes:
        text: The text of the line that is being gathered.
        sides: Hidden and deleted text of the same line.
        packed: Bytes that stand there as they are (`\bin`).
    """

    where: Where
    text: list[str] = field(default_factory=list)
    sides: dict[str, list[str]] = field(default_factory=dict)
    packed: bytes = b""
    gap: str = "\n"


@dataclass(frozen=True, slots=True)
class State:
    r"""What holds inside a group and ends with it.

    Attributes:
        skip: Characters that stand for those that cannot read Unicode.
        side: "v" where text is hidden, "deleted" where it was struck, else "".
        is_starred: Whether `\*` was met and its word is still to come.
    """

    spot: Spot
    encoding: str
    skip: int = 1
    side: str = ""
    is_starred: bool = False
    is_table: bool = False
    is_fresh: bool = True


def read_rtf(received: Received, limits: Limits) -> tuple[list[Found], list[LedgerLine]]:  # noqa: ARG001
    """Read every place of a rich-text file."""
    reading = Reading()
    for token in tokens(received.untrusted_bytes):
        reading.take(token)
    reading.finish()
    strands = [*reading.body, *reading.notes, *reading.beside]
    return [*(s.found() for s in strands), *reading.files], account(strands)


class Reading:
    """The walk through the tokens of one file."""

    def __init__(self) -> None:
        self.body: list[Strand] = []
        self.notes: list[Strand] = []
        self.beside: list[Strand] = []
        self.files: list[Found] = []
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._state = State(Spot(BODY), self._encoding)
        self._stack: list[State] = []
        self._bytes = bytearray()
        self._to_skip = 0
        self._shape_name = ""
        self._numbers: Counter[str] = Counter()

    def take(self, token: Token) -> None:
        """Take up the next token."""
        if token.sort is Sort.TEXT:
            self._take_bytes(token.content)
            return
        self._decode()
        if token.sort is Sort.OPEN:
            self._stack.append(self._state)
            self._state = replace(self._state, is_fresh=True, is_starred=False)
        elif token.sort is Sort.CLOSE:
            self._close()
        elif token.sort is Sort.BINARY:
            self._state.spot.packed += token.content
        else:
            self._take_word(token)

    def finish(self) -> None:
        """Take what is left when the file ends, groups that were never closed among it."""
        self._decode()
        while self._stack:
            self._close()
        self._end_spot(self._state.spot)

    def _close(self) -> None:
        if not self._stack:
            return
        inner, self._state = self._state.spot, self._stack.pop()
        if inner is not self._state.spot:
            self._end_spot(inner)
        if not self._stack:
            self._end_spot(self._state.spot)
            self._state = State(Spot(BEHIND), self._encoding)

    def _take_bytes(self, content: bytes) -> None:
        dropped = min(self._to_skip, len(content))
        self._to_skip -= dropped
        self._bytes += content[dropped:]
        self._state = replace(self._state, is_fresh=False) if self._state.is_fresh else self._state

    def _decode(self) -> None:
        if self._bytes:
            self._say(self._bytes.decode(self._state.encoding, "replace"))
            self._bytes.clear()

    def _say(self, text: str) -> None:
        spot, side = self._state.spot, self._state.side
        (spot.sides.setdefault(side, []) if side else spot.text).append(text)

    def _take_word(self, token: Token) -> None:
        state = self._state
        name, number = token.name, token.number
        if name == "*":
            self._state = replace(state, is_starred=True)
        elif state.is_fresh and (where := self._place(name)) is not None:
            self._state = replace(state, spot=Spot(where), is_fresh=False, is_starred=False, side="")
        else:
            self._state = replace(state, is_fresh=False, is_starred=False)
            self._take_plain(name, number)

    def _place(self, name: str) -> Where | None:
        if self._state.spot.where is NOTHING:
            return None
        if self._state.is_starred and name not in PLACES and name not in TRANSPARENT:
            return UNKNOWN
        return PLACES.get(name)

    def _take_plain(self, name: str, number: int | None) -> None:
        if name in SYMBOLS:
            self._say(SYMBOLS[name])
        elif name == "u" and number is not None:
            self._say(chr(number & 0xFFFF))
            self._to_skip = self._state.skip
        elif name in ENDS_LINE or name in ENDS_CELL:
            self._end_line(self._state.spot, is_cell=name in ENDS_CELL)
            self._state.spot.gap = " | " if name in ENDS_CELL else "\n"
        else:
            self._change(name, number)

    def _change(self, name: str, number: int | None) -> None:
        """Take up a word that changes how what follows is read."""
        state = self._state
        if name in _SIDES:
            self._state = replace(state, side="" if number == 0 else name)
        elif name in ("plain", "pard"):
            self._state = replace(state, side="" if name == "plain" else state.side, is_table=False)
        elif name == "intbl":
            self._state = replace(state, is_table=True)
        elif name == "uc":
            self._state = replace(state, skip=max(0, number or 0))
        else:
            self._change_letters(name, number or 0)

    def _change_letters(self, name: str, number: int) -> None:
        """Take up a word that says how bytes become letters."""
        if name == "ansicpg":
            self._encoding = _codec(f"cp{number}")
            self._state = replace(self._state, encoding=self._encoding)
        elif name == "f":
            self._font = number
            self._state = replace(self._state, encoding=self._fonts.get(number, self._encoding))
        elif name == "fcharset" and number in CHARSETS:
            self._fonts[self._font] = CHARSETS[number]

    def _end_spot(self, spot: Spot) -> None:
        """Turn a place whose group ended into what its words are."""
        use, text = spot.where.use, _joined(spot.text).strip()
        if use is Use.LINES:
            self._end_line(spot)
        elif use is Use.LIST:
            for item in text.split(";"):
                self._tell_name(spot.where, item.strip())
        elif use is Use.SHAPE_VALUE:
            self._take_shape_value(spot.where, text)
        elif use is Use.WHOLE:
            self._tell_whole(spot, text)
        elif use is not Use.NOTHING:
            self._take_file(spot, text)

    def _tell_name(self, where: Where, name: str) -> None:
        is_stock = where.kind is SegmentKind.OTHER and is_stock_style(name)
        if name and name != "Unknown" and not is_stock:
            self._tell(where, name)

    def _tell_whole(self, spot: Spot, text: str) -> None:
        text = "".join([text, *(_joined(side) for side in spot.sides.values())])
        is_noise = _HEX.fullmatch(text) or not _WORDS.search(text)
        if text and not (is_noise and spot.where in (UNKNOWN, BEHIND)):
            self._tell(spot.where, text)

    def _take_shape_value(self, where: Where, text: str) -> None:
        if self._shape_name in SHAPE_WORDS and text:
            self._tell(where, text)
        self._shape_name = text

    def _take_file(self, spot: Spot, text: str) -> None:
        content = spot.packed or bytes.fromhex(_even(text))
        if spot.where.use is Use.PACKED_XML:
            if words := words_of_packed_xml(content):
                self._tell(spot.where, words)
            return
        name = self._number("picture" if spot.where.use is Use.PICTURE else "embedded file")
        content = native_file(content) if spot.where.use is Use.FILE else content
        self.files.append(Found(spot.where.kind, Place(name), "", untrusted_file=content))

    def _tell(self, where: Where, text: str) -> None:
        self.beside.append(Strand(where.kind, where.group, Place(where.group), [Piece(text)]))

    def _end_line(self, spot: Spot, *, is_cell: bool = False) -> None:
        where = spot.where
        if where.use is not Use.LINES:
            spot.text.append("\n")
            return
        text = _joined(spot.text)
        if where is BODY and (is_cell or self._state.is_table):
            where = replace(where, kind=SegmentKind.TABLE_CELL, group="table cells")
        if text and not is_placeholder(text):
            self._tell_line(where, text, spot.gap)
            spot.gap = "\n"
        for side, words in spot.sides.items():
            kind, group = _SIDES[side]
            self.beside.append(Strand(kind, group, Place(group), [Piece(_joined(words))]))
        spot.text.clear()
        spot.sides.clear()

    def _tell_line(self, where: Where, text: str, gap: str) -> None:
        number = self._number(where.group.removesuffix("s"))
        strand = Strand(where.kind, where.group, Place(number), [Piece(text)], where.body, gap)
        place = self.notes if where.is_note else self.body if where.body else self.beside
        place.append(strand)

    def _number(self, what: str) -> str:
        self._numbers[what] += 1
        return f"{what} {self._numbers[what]}"


def _joined(pieces: list[str]) -> str:
    """Join pieces of text, and characters that were written in two halves."""
    return "".join(pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _even(text: str) -> str:
    """Keep the hexadecimal digits of a text, an even number of them."""
    digits = re.sub(r"[^0-9a-fA-F]", "", text)
    return digits[: len(digits) // 2 * 2]


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
