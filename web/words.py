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


Text = Annotated[str, AfterValidator(_is_text)]
"""A string that is text."""

Plain = Annotated[str, Field(pattern=r"^[ -~]*$")]
"""An id, a code or an address: printable ASCII, which every database can be asked for."""
