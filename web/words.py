"""Words in requests: text that can be written down again."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field


def _is_text(value: str) -> str:
    """Refuse halves of surrogate pairs: JSON can carry them, no text has them."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("it holds characters that are no text") from error
    return value


def _is_year(value: str) -> str:
    """Refuse what is no registration year: one ends in the year in which it began or up to nine later."""
    if (int(value[5:]) - int(value[2:4])) % 100 > _LONGEST_YEAR:
        raise ValueError(
            "it is no registration year; write the two years in which it begins and ends: 2026-27"
        )
    return value


_LONGEST_YEAR = 9
"""Years that one registration can last: some regulators ask for CPD over several."""

YearName = Annotated[str, Field(pattern=r"^20\d\d-\d\d$", examples=["2026-27"]), AfterValidator(_is_year)]
"""A registration year as entries name it."""

Text = Annotated[str, AfterValidator(_is_text)]
"""A string that is text."""

Plain = Annotated[str, Field(pattern=r"^[ -~]*$")]
"""An id, a code or an address: printable ASCII, which every database can be asked for."""
