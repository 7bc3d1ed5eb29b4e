"""Tables a seller edits, as frozen values read from plain data: every mistake is named by its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any, TypeVar

T = TypeVar("T")


class TableError(ValueError):
    """Data that says nothing; `where` is a place such as `price.3.yen`."""

    def __init__(self, where: str, found: object = "") -> None:
        super().__init__(where)
        self.where = where
        self.found = str(found)


def entries(data: Mapping[str, Any], name: str, kind: type[T]) -> tuple[T, ...]:
    """The list `name` of a table as values of a dataclass; TableError for a key it has not, or a wrong kind of value.
    Numbers are whole and not negative, empty texts are left out."""
    found = data.get(name, [])
    if not isinstance(found, list):
        raise TableError(name, found)
    return tuple(_entry(one, f"{name}.{place}", kind) for place, one in enumerate(found, start=1))


def _entry(given: Any, where: str, kind: type[T]) -> T:
    if not isinstance(given, Mapping):
        raise TableError(where, given)
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    for name in given:
        if name not in known:
            raise TableError(f"{where}.{name}", name)
    values = {}
    for name, field in known.items():
        if name in given and given[name] != "":
            values[name] = _READ[str(field.type)](given[name], f"{where}.{name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise TableError(f"{where}.{name}")
    return kind(**values)


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise TableError(where, value)
    return value.strip()


def _whole(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TableError(where, value)
    return value


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise TableError(where, value)
    return value


def _day(value: Any, where: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise TableError(where, value) from None


def _many(read: Callable[[Any, str], Any]) -> Callable[[Any, str], tuple[Any, ...]]:
    def all_of(value: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise TableError(where, value)
        return tuple(read(one, f"{where}.{place}") for place, one in enumerate(value, start=1))

    return all_of


_READ: Mapping[str, Callable[[Any, str], Any]] = {
    "str": _text,
    "int": _whole,
    "int | None": _whole,
    "bool": _flag,
    "date | None": _day,
    "tuple[str, ...]": _many(_text),
    "tuple[int, ...]": _many(_whole),
    "tuple[date, ...]": _many(_day),
}


def valid_on(day: date, since: date | None, until: date | None) -> bool:
    """Whether a dated entry holds on that day, both ends included."""
    return (since is None or since <= day) and (until is None or day <= until)
