"""The values of a spreadsheet's cells as a person sees them: text, dates, numbers with their zeros."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from pipeline.ooxml import attribute, child, name_of, whole_number

_DATES = frozenset({*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 59)})
_TIMES = frozenset({18, 19, 20, 21, 32, 33, 45, 46, 47})
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  (a spreadsheet's dates know no zone)
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_MOST_DAYS = 2_958_465  # 31 December 9999


@dataclass(frozen=True, slots=True)
class Look:
    """How a workbook shows its values.

    Attributes:
        strings: The shared strings.
        formats: For each cell style its number format: an id and, where it has one, a code.
        epoch: The day that is number 0.
    """

    strings: tuple[str, ...]
    formats: tuple[tuple[int, str], ...]
    epoch: datetime = _EPOCH

    def shown(self, cell: etree._Element) -> str:
        """Return a cell's text as it is shown."""
        kind = attribute(cell, "t") or "n"
        if kind == "inlineStr":
            inline = child(cell, "x:is")
            return "" if inline is None else rich_text(inline)
        value = child(cell, "x:v")
        raw = "" if value is None else value.text or ""
        if kind == "s":
            number = whole_number(raw)
            return "" if number is None or number >= len(self.strings) else self.strings[number]
        return self._number(raw, attribute(cell, "s") or "0") if kind == "n" else raw

    def _number(self, raw: str, style: str) -> str:
        number = whole_number(style) or 0
        format_id, code = self.formats[number] if number < len(self.formats) else (0, "")
        plain = _LITERAL.sub("", code).casefold()
        if re.fullmatch("0+", plain) and raw.isdecimal():
            return raw.zfill(len(plain))
        if format_id in _DATES or re.search("[dy]", plain):
            return _moment(raw, self.epoch, "%d/%m/%Y")
        if format_id in _TIMES or re.search("[hs]", plain):
            return _moment(raw, self.epoch, "")
        return raw


def _moment(raw: str, epoch: datetime, day_format: str) -> str:
    try:
        days = float(raw)
    except ValueError:
        return raw
    if not 0 <= days <= _MOST_DAYS:
        return raw
    moment = epoch + timedelta(seconds=round(days * 86400))
    day = moment.strftime(day_format)
    time = moment.strftime("%H:%M") if days % 1 or not day_format else ""
    return " ".join(part for part in (day, time) if part)


def rich_text(element: etree._Element) -> str:
    """Return the text of a string, run by run, without the reading aids beside it."""
    pieces = []
    for part in element:
        name = name_of(part)
        if name == "x:t":
            pieces.append(part.text or "")
        elif name == "x:r":
            pieces.append(rich_text(part))
    return "".join(pieces)


def look_of(workbook: etree._Element, strings: etree._Element | None, styles: etree._Element | None) -> Look:
    """Gather how a workbook shows its values."""
    properties = child(workbook, "x:workbookPr")
    is_1904 = properties is not None and attribute(properties, "date1904") in ("1", "true")
    texts = () if strings is None else tuple(rich_text(s) for s in strings if name_of(s) == "x:si")
    return Look(texts, _formats(styles), _EPOCH_1904 if is_1904 else _EPOCH)


def _formats(styles: etree._Element | None) -> tuple[tuple[int, str], ...]:
    if styles is None:
        return ()
    own = child(styles, "x:numFmts")
    codes = {attribute(f, "numFmtId"): attribute(f, "formatCode") or "" for f in (() if own is None else own)}
    cells = child(styles, "x:cellXfs")
    ids = [attribute(x, "numFmtId") for x in (() if cells is None else cells)]
    return tuple((whole_number(i) or 0, codes.get(i, "")) for i in ids)
