"""Values of the domain as JSON text and back. Fields at their default are left out, so old rows stay readable."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache as _untyped_cache
from typing import Any, TypeVar

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_Convert = Callable[[Any], Any] | None


def cache(function: F) -> F:
    """functools.cache for functions of a class; its stub does not take `type[object]` as hashable."""
    return typing.cast(F, _untyped_cache(function))


def dumps(value: object) -> str:
    """JSON text of a plain value."""
    return _ENCODER.encode(value)


def to_json(value: object) -> str:
    """JSON text of a dataclass of the domain or a tuple of them."""
    return dumps(to_plain(value))


def to_plain(value: object) -> Any:
    """Dicts, lists and text for a dataclass of the domain or a tuple of them."""
    convert = _encoder(type(value))
    return convert(value) if convert else value


def from_json(cls: type[T], text: str) -> T:
    """The value of a dataclass `cls` from `to_json`'s text; unknown keys are ignored."""
    return typing.cast(T, _object_decoder(cls)(json.loads(text)))


def list_from_json(cls: type[T], text: str) -> tuple[T, ...]:
    """A tuple of `cls` from JSON text of a list."""
    decode = _object_decoder(cls)
    return tuple(decode(item) for item in json.loads(text))


@cache
def _encoder(cls: type) -> _Convert:
    if dataclasses.is_dataclass(cls):
        return _object_encoder(cls)
    if issubclass(cls, tuple):
        return lambda items: [to_plain(item) for item in items]
    if issubclass(cls, Mapping):
        return lambda items: {str(k): to_plain(v) for k, v in items.items()}
    if issubclass(cls, date):
        return lambda moment: moment.isoformat()
    if issubclass(cls, Enum):
        return lambda member: member.value
    return None


@cache
def _object_encoder(cls: type) -> Callable[[Any], dict[str, Any]]:
    """Written out field by field and compiled, as dataclasses write their `__init__`: a loop over the fields takes
    twice as long, and every order of an import passes here."""
    hints = typing.get_type_hints(cls)
    scope: dict[str, Any] = {"encoder": _encoder}
    source = ["def encode(value):", " plain = {}"]
    for number, field in enumerate(dataclasses.fields(cls)):
        default = scope[f"default_{number}"] = _default(field)
        source.append(f" item = value.{field.name}")
        put = f"plain[{field.name!r}] = item"
        if hints[field.name] in (str, int, bool):
            source.append(f" if item is not default_{number} and item != default_{number}: {put}")
            continue
        source.append(f" if item is not default_{number}:")
        if _is_empty(default):  # comparing values of the domain is dear
            source += ["  item = encoder(type(item))(item)", f"  if item: {put}"]
            continue
        source += [
            f"  if item != default_{number}:",
            "   convert = encoder(type(item))",
            "   if convert: item = convert(item)",
            f"   {put}",
        ]
    exec("\n".join([*source, " return plain"]), scope)  # nothing but names of our own fields
    return typing.cast(Callable[[Any], dict[str, Any]], scope["encode"])


def _is_empty(default: object) -> bool:
    """Whether a default is a value of the domain all of whose fields are at theirs."""
    return dataclasses.is_dataclass(default) and not isinstance(default, type) and not to_plain(default)


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default is not dataclasses.MISSING:
        return field.default
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return dataclasses.MISSING


@cache
def _object_decoder(cls: type) -> Callable[[Mapping[str, Any]], Any]:
    hints = typing.get_type_hints(cls)
    converts: dict[str, _Convert] = {f.name: _decoder(hints[f.name]) for f in dataclasses.fields(cls)}

    def decode(plain: Mapping[str, Any]) -> Any:
        values = {}
        for name, item in plain.items():
            if name in converts:
                convert = converts[name]
                values[name] = convert(item) if convert and item is not None else item
        return cls(**values)

    return decode


@cache
def _decoder(hint: Any) -> _Convert:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _decoder(next(a for a in args if a is not type(None)))
    if origin is tuple:
        return _tuple_decoder(args)
    if isinstance(hint, type):
        if dataclasses.is_dataclass(hint):
            return _object_decoder(hint)
        if issubclass(hint, datetime | date):
            return hint.fromisoformat
        if issubclass(hint, Enum):
            return hint
    return None


def _tuple_decoder(args: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(args) == 2 and args[1] is Ellipsis:
        inner = _decoder(args[0])
        return tuple if inner is None else lambda items: tuple(inner(item) for item in items)
    inners = [_decoder(a) for a in args]
    return lambda items: tuple(i(x) if i else x for i, x in zip(inners, items, strict=True))
