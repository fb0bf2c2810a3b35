"""The versions that a result is keyed by: of the rules, the models and the code."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

RULES = Path(__file__).parent
_MODEL_ENDINGS = {".onnx"}


def _digest(paths: list[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.relative_to(RULES).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:12]


def _files() -> list[Path]:
    return sorted(p for p in RULES.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


@cache
def rules_version() -> str:
    """Return a short hash over every table and every line of code in `rules/`."""
    return _digest([p for p in _files() if p.suffix not in _MODEL_ENDINGS])


@cache
def model_version() -> str:
    """Return a short hash over the model files."""
    return _digest([p for p in _files() if p.suffix in _MODEL_ENDINGS])


@cache
def code_version() -> str:
    """Return the version of the installed project."""
    return version("cpd-evidence")
