"""Programs by other hands that look into redacted copies: Debian's, installed where they are missing."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

INSTALL = Path(__file__).with_name("install-readers.sh")
SECONDS = 600
_PARTS = ("libswlo.so", "libsclo.so")
"""Libraries of LibreOffice's text and spreadsheet programs, which are packages of their own."""


def needed(program: str) -> str:
    """Return where a program is; skip the test, and say so, where there is none and none can be had."""
    if not _is_whole(program):
        _install()
    if not _is_whole(program):
        pytest.skip(f"{program} is not installed in full, and could not be")
    return shutil.which(program) or program


def _is_whole(program: str) -> bool:
    found = shutil.which(program)
    if found is None or program != "soffice":
        return found is not None
    return all((Path(found).resolve().parent / part).exists() for part in _PARTS)


@cache
def _install() -> None:
    """Install all of them, once."""
    subprocess.run(["sh", str(INSTALL)], check=False, capture_output=True, timeout=SECONDS)
