"""JSON in and out for every frozen dataclass of the project, by one generic serializer."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin

T = TypeVar("T")
Json = None | bool | int | float | str | list[Any] | dict[str, Any]

Reader = Callable[[Json], object]
"""Builds a value of one type. In an error each caller puts its own place before."""

_AS_THEY_ARE = frozenset({type(None), bool, int, float, str})


def to_json(value: object) -> Json:
    """Turn a value of the project's types into JSON values.

    Raises:
        TypeError: If the value holds something that has no place in JSON.
    """
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return typing.cast("Json", value)
    names = _names(kind)
    if names is not None:
        return {name: to_json(getattr(value, name)) for name in names}
    if isinstance(value, (tuple, list)):
        return [to_json(v) for v in value]
    if isinstance(value, dict):
        return {str(to_json(k)): to_json(v) for k, v in value.items()}
    return _plain_json(value)


def _plain_json(value: object) -> Json:
    if isinstance(value, Enum):
        return to_json(value.value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (int, float, str)):
        return value
    raise TypeError(f"no JSON for {type(value).__name__}")


def from_json(kind: type[T], untrusted: Json) -> T:
    """Build a value of a project type from JSON values.

    Raises:
        ValueError: If a field is missing, unknown or of the wrong type; the message
            names the field, never its value.
    """
    try:
        return typing.cast("T", _reader(typing.cast("Any", kind))(untrusted))
    except ValueError as error:
        raise ValueError(f"{kind.__name__}{error}") from error


def read_json(kind: type[T], path: Path) -> T:
    """Build a value of a project type from a JSON file of ours.

    Raises:
        ValueError: As `from_json`, or if the file is not JSON.
    """
    return from_json(kind, json.loads(path.read_text(encoding="utf-8")))


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """Return the names of a dataclass's fields; None of another type."""
    return tuple(f.name for f in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else None


@cache
def _reader(kind: Any) -> Reader:
    """Return what builds values of a type. A type is looked at once, however many values there are."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _union_reader(args)
    if origin is tuple:
        return _many_reader(args[0]) if len(args) == 2 and args[1] is ... else _tuple_reader(args)
    if origin is dict:
        return _dict_reader(args)
    return _simple_reader(kind)


def _simple_reader(kind: Any) -> Reader:
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(typing.cast("type", kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum_reader(kind)
    return _date_reader(kind) if kind in (date, datetime) else _plain_reader(kind)


def _union_reader(args: tuple[Any, ...]) -> Reader:
    has_none = type(None) in args
    readers = [_reader(kind) for kind in args if kind is not type(None)]

    def read(value: Json) -> object:
        if value is None and has_none:
            return None
        for reader in readers:
            try:
                return reader(value)
            except ValueError:
                continue
        raise ValueError(": not one of the expected types")

    return read


def _many_reader(kind: Any) -> Reader:
    reader = _reader(kind)

    def read(value: Json) -> object:
        if not isinstance(value, list):
            raise ValueError(": a list is needed")
        built: list[object] = []
        try:
            for item in value:
                built.append(reader(item))  # noqa: PERF401  (how many there are tells the place of an error)
        except ValueError as error:
            raise ValueError(f"[{len(built)}]{error}") from error
        return tuple(built)

    return read


def _tuple_reader(args: tuple[Any, ...]) -> Reader:
    readers = [_reader(kind) for kind in args]

    def read(value: Json) -> object:
        if not isinstance(value, list) or len(value) != len(readers):
            raise ValueError(f": a list of {len(readers)} items is needed")
        built: list[object] = []
        try:
            for reader, item in zip(readers, value, strict=True):
                built.append(reader(item))
        except ValueError as error:
            raise ValueError(f"[{len(built)}]{error}") from error
        return tuple(built)

    return read


def _dict_reader(args: tuple[Any, ...]) -> Reader:
    read_key, read_value = map(_reader, args)

    def read(value: Json) -> object:
        if not isinstance(value, dict):
            raise ValueError(": an object is needed")
        built = {}
        for key, item in value.items():
            try:
                built[read_key(key)] = read_value(item)
            except ValueError as error:
                raise ValueError(f".{key}{error}") from error
        return built

    return read


def _dataclass_reader(kind: type) -> Reader:
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)
    readers = {f.name: _reader(hints[f.name]) for f in fields}
    missing = dataclasses.MISSING
    needed = {f.name for f in fields if f.default is missing and f.default_factory is missing}

    def read(value: Json) -> object:
        if not isinstance(value, dict):
            raise ValueError(": an object is needed")
        if not (needed <= value.keys() <= readers.keys()):
            unknown, lacking = sorted(value.keys() - readers.keys()), sorted(needed - value.keys())
            raise ValueError(f": unknown fields {unknown}, missing fields {lacking}")
        built, name = {}, ""
        try:
            for name, item in value.items():
                built[name] = readers[name](item)
        except ValueError as error:
            raise ValueError(f".{name}{error}") from error
        try:
            return kind(**built)
        except ValueError as error:
            raise ValueError(f": {error}") from error

    return read


def _enum_reader(kind: type[Enum]) -> Reader:
    members: dict[object, object] = {member.value: member for member in kind}

    def read(value: Any) -> object:
        try:
            return members[value]
        except (KeyError, TypeError) as error:
            raise ValueError(f": not a {kind.__name__}") from error

    return read


def _date_reader(kind: Any) -> Reader:
    def read(value: Json) -> object:
        if not isinstance(value, str):
            raise ValueError(f": a {kind.__name__} is needed")
        try:
            return typing.cast("object", kind.fromisoformat(value))
        except ValueError as error:
            raise ValueError(": not a date") from error

    return read


def _plain_reader(kind: Any) -> Reader:
    def read(value: Json) -> object:
        if type(value) is kind:
            return value
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if isinstance(value, kind) and not isinstance(value, bool):
            return value
        raise ValueError(f": a {kind.__name__} is needed")

    return read
