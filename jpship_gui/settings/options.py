"""Settings, each declared once in options.toml: typed, checked, with the desk's own values in a TOML file."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from jpship_gui.domain.fault import Refused, WorldFault

Value = Any  # bool, int, str, time, tuple[str, ...] or a JSON structure, as Option.type says


class Scope(StrEnum):
    """Where a setting's value is kept: this desk's file, one shop's row, or one row for all."""

    DESK = "desk"
    SHOP = "shop"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Option:
    """One declared setting. Words: `option.<key>`; a choice's words: `option.<key>.<choice>`."""

    key: str
    scope: Scope
    type: str
    default: Value
    choices: tuple[str, ...] = ()
    min: int = 0
    max: int = 0
    pattern: str = ""
    group: str = ""  # where a shop's form shows it; "" = by the first part of the key
    needed: bool = (
        False  # of a shop's: without it the API cannot be called; secrets are, unless they say otherwise
    )

    @property
    def text_key(self) -> str:
        """Key of the label's words."""
        return f"option.{self.key}"


def read_declarations(path: Path) -> dict[str, Option]:
    """The settings a TOML file declares; ValueError when a declaration contradicts itself (a bug in shipped data)."""
    with path.open("rb") as file:
        tables = tomllib.load(file)
    declared: dict[str, Option] = {}
    for key, table in tables.items():
        usual = {"needed": table.get("type") == "secret"}
        given = usual | dict(table, choices=tuple(table.get("choices", ())))
        option = Option(key=key, **{**given, "scope": Scope(given["scope"])})
        if option.type not in _READERS:
            raise ValueError(f"{path.name}: {key} has the unknown type {option.type}")
        default = parse(option, as_text(option, _default(option)))
        declared[key] = Option(key=key, **{**given, "scope": option.scope, "default": default})
    return declared


@cache
def declared() -> Mapping[str, Option]:
    """jpship's own settings; a marketplace declares its fields in its own options.toml."""
    return read_declarations(Path(__file__).with_name("options.toml"))


def parse(option: Option, text: str) -> Value:
    """The typed value of a text; Refused("option_value") tells what would be right."""
    try:
        return _READERS[option.type](option, text.strip())
    except ValueError as error:
        raise Refused("option_value", key=option.key, value=text, expected=expected(option)) from error


def as_text(option: Option, value: Value) -> str:
    """The text form of a typed value, which `parse` takes back."""
    return _WRITERS.get(option.type, str)(value)


def expected(option: Option) -> str:
    """What `parse` takes, in the form a person types it, without words of any language."""
    shapes: dict[str, str] = {
        "switch": "on | off",
        "choice": " | ".join(option.choices),
        "number": f"{option.min}–{option.max}",
        "time": "HH:MM",
        "day": "YYYY-MM-DD",
        "json": "JSON",
        "text": option.pattern or f"≤ {option.max}",
    }
    return shapes.get(option.type, option.type)


def find(key: str, more: Mapping[str, Option] | None = None) -> Option:
    """The declaration of a key, first among `more` (a marketplace's own, which may give one of jpship's settings of a
    shop another default); Refused("option_unknown") otherwise."""
    option = (more or {}).get(key) or declared().get(key)
    if option is None:
        raise Refused("option_unknown", key=key)
    return option


def check_shop_setting(key: str, value: str, more: Mapping[str, Option] | None = None) -> str:
    """The canonical text to store for a shop's setting; Refused when unknown, no shop's, secret or wrong."""
    option = find(key, more)
    if option.type == "secret":
        raise Refused("option_secret", key=key)
    if option.scope is not Scope.SHOP:
        raise Refused("option_scope", key=key)
    return as_text(option, parse(option, value))


class ShopOptions:
    """Typed reading of one shop's stored settings (key → text); what is not stored has its default."""

    __slots__ = ("_more", "_stored")

    def __init__(self, stored: Mapping[str, str], more: Mapping[str, Option] | None = None) -> None:
        self._stored = stored
        self._more = more

    def get(self, key: str) -> Value:
        """The typed value; Refused("option_unknown") for a key nobody declared."""
        option = find(key, self._more)
        text = self._stored.get(key)
        return option.default if text is None else parse(option, text)


class Options:
    """The desk's settings: read when the file changed, written whole and atomically; unknown keys stay."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._values: dict[str, Value] = {}

    def get(self, key: str) -> Value:
        """The typed value of a desk setting, or its default; a hand-edited wrong value is Refused("option_value")."""
        option = self._desk_option(key)
        self._refresh()
        if key not in self._values:
            return option.default
        return parse(option, as_text(option, self._values[key]))

    def set(self, key: str, value: Value) -> None:
        """Keep a value (typed, or its text); nothing is written when it is refused."""
        option = self._desk_option(key)
        checked = parse(option, value if isinstance(value, str) else as_text(option, value))
        self._refresh()
        self._values[key] = checked
        self._write()

    def reset(self, key: str) -> None:
        """Back to the default."""
        self._desk_option(key)
        self._refresh()
        if self._values.pop(key, None) is not None:
            self._write()

    def __iter__(self) -> Iterator[Option]:
        return (option for option in declared().values() if option.scope is Scope.DESK)

    def _desk_option(self, key: str) -> Option:
        option = find(key)
        if option.scope is not Scope.DESK:
            raise Refused("option_scope", key=key)
        return option

    def _refresh(self) -> None:
        try:
            stat = self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            self._seen, self._values = None, {}
            return
        seen = (stat.st_mtime_ns, stat.st_size)
        if seen == self._seen:
            return
        try:
            self._values = tomllib.loads(self._path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise Refused("options_unreadable", path=str(self._path), detail=str(error)) from error
        self._seen = seen

    def _write(self) -> None:
        lines = [f"{_toml(key)} = {_toml_value(key, value)}\n" for key, value in sorted(self._values.items())]
        scratch = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            scratch.write_text("".join(lines), encoding="utf-8")
            scratch.replace(self._path)
        except OSError as error:
            with suppress(OSError):
                scratch.unlink()
            raise WorldFault("options_not_written", path=str(self._path), detail=str(error)) from error
        self._seen = None


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _toml_value(key: str, value: Value) -> str:
    option = declared().get(key)
    if option is not None and option.type == "json":
        return _toml(
            value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
        )
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_toml(str(item)) for item in value)}]"
    return _toml(as_text(option, value) if option is not None else str(value))


_TRUE = frozenset({"on", "true", "yes", "1"})
_FALSE = frozenset({"off", "false", "no", "0"})


def _switch(option: Option, text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise ValueError(text)
    return text.lower() in _TRUE


def _choice(option: Option, text: str) -> str:
    if text not in option.choices:
        raise ValueError(text)
    return text


def _text(option: Option, text: str) -> str:
    too_long = option.max and len(text) > option.max
    if too_long or (option.pattern and not re.fullmatch(option.pattern, text)):
        raise ValueError(text)
    return text


def _number(option: Option, text: str) -> int:
    number = int(text)
    if not option.min <= number <= option.max:
        raise ValueError(text)
    return number


def _time(option: Option, text: str) -> time:
    if not re.fullmatch(r"\d{1,2}:\d{2}", text):
        raise ValueError(text)
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


def _day(option: Option, text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _lines(option: Option, text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.replace("\\n", "\n").splitlines() if line.strip())


def _json(option: Option, text: str) -> Value:
    value = json.loads(text)
    same_shape = isinstance(value, type(option.default))
    if not same_shape:
        raise ValueError(text)
    return value


def _default(option: Option) -> Value:
    return tuple(option.default) if option.type == "lines" else option.default


_READERS: dict[str, Callable[[Option, str], Value]] = {
    "switch": _switch,
    "choice": _choice,
    "text": _text,
    "number": _number,
    "time": _time,
    "day": _day,
    "lines": _lines,
    "json": _json,
    "secret": lambda option, text: text,
}
_WRITERS: dict[str, Callable[[Value], str]] = {
    "switch": lambda value: "on" if value in (True, "on") else "off",
    "time": lambda value: value if isinstance(value, str) else f"{value:%H:%M}",
    "day": lambda value: value.isoformat() if isinstance(value, date) else str(value or ""),
    "lines": lambda value: value if isinstance(value, str) else "\n".join(value),
    "json": lambda value: (
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    ),
}
