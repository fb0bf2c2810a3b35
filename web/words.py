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


def _follow_each_other(value: str) -> str:
    """Refuse two years that do not follow each other."""
    if (int(value[2:4]) + 1) % 100 != int(value[5:]):
        raise ValueError("a registration year is two years that follow each other, such as 2026-27")
    return value


Text = Annotated[str, AfterValidator(_is_text)]
"""A string that is text."""

Plain = Annotated[str, Field(pattern=r"^[ -~]*$")]
"""An id, a code or an address: printable ASCII, which every database can be asked for."""

Year = Annotated[str, Field(pattern=r"^20\d\d-\d\d$", examples=["2026-27"])]
"""A year that is asked about: whether there is such a one, the table of what each asks for tells."""

RegistrationYear = Annotated[Year, AfterValidator(_follow_each_other)]
"""The registration year of an entry."""
