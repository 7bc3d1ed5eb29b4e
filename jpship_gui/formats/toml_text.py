"""Plain values → TOML a person can read, which `tomllib` takes back unchanged."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

_BARE = re.compile("[A-Za-z0-9_-]+")
_WIDTH = 100
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def dumps(data: Mapping[str, Any]) -> str:
    """Text, numbers, truth values, days, lists and tables of these; a table's own values stand before its tables.

    TypeError for anything else: it would not come back as it was.
    """
    return "\n".join(_table((), data)).strip("\n") + "\n"


def _table(path: tuple[str, ...], data: Mapping[str, Any]) -> Iterator[str]:
    tables = {key: value for key, value in data.items() if isinstance(value, Mapping)}
    if path and (len(tables) < len(data) or not data):
        yield ""
        yield f"[{'.'.join(map(_key, path))}]"
    for key, value in data.items():
        if key not in tables:
            yield f"{_key(key)} = {_value(value, len(key) + 3)}"
    for key, value in tables.items():
        yield from _table((*path, key), value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any, used: int = 0) -> str:
    """A list of tables, or one too long for a line, has a line for each item."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return repr(value)
    if isinstance(value, date) and type(value) is date:
        return value.isoformat()
    if isinstance(value, Mapping):
        return (
            "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }" if value else "{}"
        )
    if isinstance(value, list | tuple):
        items = [_value(item) for item in value]
        line = f"[{', '.join(items)}]"
        if used and (len(line) + used > _WIDTH or any(isinstance(item, Mapping) for item in value)):
            return "[\n" + "".join(f"  {item},\n" for item in items) + "]"
        return line
    raise TypeError(f"{type(value).__name__} has no place in TOML here")


def _text(text: str) -> str:
    return '"' + "".join(map(_character, text)) + '"'


def _character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x20 or code == 0x7F else character
