"""JSON in and out for every frozen dataclass of the project, by one generic serializer."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin

T = TypeVar("T")
Json = None | bool | int | float | str | list[Any] | dict[str, Any]


def to_json(value: object) -> Json:
    """Turn a value of the project's types into JSON values.

    Raises:
        TypeError: If the value holds something that has no place in JSON.
    """
    if isinstance(value, Enum):
        return to_json(value.value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, (tuple, list)):
        return [to_json(v) for v in value]
    if isinstance(value, dict):
        return {str(to_json(k)): to_json(v) for k, v in value.items()}
    raise TypeError(f"no JSON for {type(value).__name__}")


def from_json(kind: type[T], untrusted: Json) -> T:
    """Build a value of a project type from JSON values.

    Raises:
        ValueError: If a field is missing, unknown or of the wrong type; the message
            names the field, never its value.
    """
    return typing.cast("T", _build(kind, untrusted, kind.__name__))


def read_json(kind: type[T], path: Path) -> T:
    """Build a value of a project type from a JSON file of ours.

    Raises:
        ValueError: As `from_json`, or if the file is not JSON.
    """
    return from_json(kind, json.loads(path.read_text(encoding="utf-8")))


@cache
def _fields(kind: type) -> dict[str, tuple[Any, bool]]:
    hints = typing.get_type_hints(kind)
    return {
        f.name: (
            hints[f.name],
            f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING,
        )
        for f in dataclasses.fields(kind)
    }


def _build(kind: Any, value: Json, at: str) -> object:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _build_union(args, value, at)
    if origin is tuple:
        return _build_tuple(args, value, at)
    if origin is dict:
        return _build_dict(args, value, at)
    if dataclasses.is_dataclass(kind):
        return _build_dataclass(typing.cast("type", kind), value, at)
    return _build_plain(kind, value, at)


def _build_union(args: tuple[Any, ...], value: Json, at: str) -> object:
    if value is None and type(None) in args:
        return None
    for kind in args:
        if kind is not type(None):
            try:
                return _build(kind, value, at)
            except ValueError:
                continue
    raise ValueError(f"{at}: not one of the expected types")


def _build_tuple(args: tuple[Any, ...], value: Json, at: str) -> object:
    if not isinstance(value, list):
        raise ValueError(f"{at}: a list is needed")
    kinds = [args[0]] * len(value) if len(args) == 2 and args[1] is ... else list(args)
    if len(kinds) != len(value):
        raise ValueError(f"{at}: {len(kinds)} items are needed")
    return tuple(_build(k, v, f"{at}[{i}]") for i, (k, v) in enumerate(zip(kinds, value, strict=True)))


def _build_dict(args: tuple[Any, ...], value: Json, at: str) -> object:
    if not isinstance(value, dict):
        raise ValueError(f"{at}: an object is needed")
    return {_build(args[0], k, at): _build(args[1], v, f"{at}.{k}") for k, v in value.items()}


def _build_dataclass(kind: type, value: Json, at: str) -> object:
    if not isinstance(value, dict):
        raise ValueError(f"{at}: an object is needed")
    fields = _fields(kind)
    unknown = sorted(set(value) - set(fields))
    missing = sorted(name for name, (_, needed) in fields.items() if needed and name not in value)
    if unknown or missing:
        raise ValueError(f"{at}: unknown fields {unknown}, missing fields {missing}")
    return kind(**{name: _build(fields[name][0], v, f"{at}.{name}") for name, v in value.items()})


def _build_plain(kind: Any, value: Json, at: str) -> object:
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(value)
        except ValueError as error:
            raise ValueError(f"{at}: not a {kind.__name__}") from error
    if kind in (date, datetime) and isinstance(value, str):
        try:
            return kind.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"{at}: not a date") from error
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    raise ValueError(f"{at}: a {kind.__name__} is needed")
