"""Pre-printed forms as a seller measured them: which value goes where, in tenths of a millimetre. No carrier's form is
known to the program (documents reference 7.1 and 15)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jpship_gui.domain.handling_marks import MARKS

INCH = 254.0  # tenths of a millimetre
VALUES = (
    *("to_postal", "to_postal_first", "to_postal_last", "to_phone", "to_address", "to_street", "to_building"),
    *("to_company", "to_name", "to_name_title"),
    *("from_postal", "from_postal_first", "from_postal_last", "from_phone", "from_address", "from_name"),
    *("goods", "piece", "pieces", "service", "cash", "number", "key", "order", "tail"),
    *("ship_year", "ship_month", "ship_day", "wish", "wish_month", "wish_day", "wish_slot"),
)
TICKS = tuple(f"mark.{mark}" for mark in (*MARKS, "chilled", "frozen", "cash"))
TEXT = "text"  # a word of the seller's own
ALIGN = {"left": 0.0, "centre": 0.5, "right": 1.0}
_NAMED = {
    "a4": (2100, 2970),
    "a4 landscape": (2970, 2100),
    "a5": (1480, 2100),
    "b5": (1820, 2570),
    "b4": (2570, 3640),
}
_SIZE = re.compile(r"(?P<w>\d{1,4}(?:\.\d{1,3})?) ?[x×] ?(?P<h>\d{1,4}(?:\.\d{1,3})?) ?(?P<unit>mm|in)")
_FIELD_KEYS = {"value", "x", "y", "width", "height", "size", "pitch", "align", "bold", "text"}
_MOST = 200


@dataclass(frozen=True, slots=True)
class FormField:
    """One value on a form: its box in 0.1 mm from the paper's top left corner, type in points. With `pitch` each
    character has a box of its own, that many 0.1 mm from the one before."""

    value: str
    x: int
    y: int
    width: int
    height: int
    size: float = 10.0
    pitch: int = 0
    align: str = "left"
    bold: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form; `paper` as it was written (A4, 10 x 4.5 in, 241 x 114 mm), `size` the same in 0.1 mm."""

    id: str
    name: str
    paper: str
    fields: tuple[FormField, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in 0.1 mm."""
        return paper_size(self.paper)

    def moved(self, index: int, x: int, y: int) -> Form:
        """With the field `index` at another place, kept on the paper."""
        wide, high = self.size
        old = self.fields[index]
        new = replace(old, x=max(0, min(x, wide - old.width)), y=max(0, min(y, high - old.height)))
        return replace(self, fields=(*self.fields[:index], new, *self.fields[index + 1 :]))


def paper_size(text: str) -> tuple[int, int]:
    """A paper in 0.1 mm: a name, or width x height in mm or in (forms with sprocket holes are measured in inches);
    ValueError."""
    known = _NAMED.get(text.strip().lower())
    if known:
        return known
    found = _SIZE.fullmatch(text.strip().lower())
    unit = (INCH if found["unit"] == "in" else 10.0) if found else 0.0
    size = (round(float(found["w"]) * unit), round(float(found["h"]) * unit)) if found else (0, 0)
    if not all(300 <= side <= 6000 for side in size):
        raise ValueError(f"paper: {text}")
    return size


def read_form(id_: str, text: str) -> Form:
    """A form from its file; ValueError says what is wrong."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ValueError(str(fault)) from fault
    fields = table.get("fields", [])
    name, paper = table.get("name"), table.get("paper")
    if not (isinstance(name, str) and name.strip() and isinstance(paper, str) and isinstance(fields, list)):
        raise ValueError("name, paper, fields")
    if len(fields) > _MOST:
        raise ValueError(f"fields: {len(fields)} > {_MOST}")
    size = paper_size(paper)
    return Form(id_, name.strip(), paper, tuple(_field(n, f, size) for n, f in enumerate(fields, 1)))


def form_table(form: Form) -> dict[str, Any]:
    """The form as `read_form` takes it, for a TOML writer."""
    return {"name": form.name, "paper": form.paper, "fields": [_field_table(field) for field in form.fields]}


def _field_table(field: FormField) -> dict[str, Any]:
    usual = FormField(field.value, 0, 0, 0, 0)
    table: dict[str, Any] = {key: getattr(field, key) for key in ("value", "x", "y", "width", "height")}
    for key in ("size", "pitch", "align", "bold", "text"):
        if getattr(field, key) != getattr(usual, key):
            table[key] = getattr(field, key)
    return table


def _field(number: int, table: Any, paper: tuple[int, int]) -> FormField:
    def wrong(key: str) -> ValueError:
        return ValueError(f"fields {number}: {key}")

    if not isinstance(table, dict) or not table.keys() <= _FIELD_KEYS:
        raise wrong(", ".join(sorted(_FIELD_KEYS)))
    for key, most in (("x", paper[0]), ("y", paper[1]), ("width", paper[0]), ("height", paper[1])):
        if not _within(table, key, 0 if key in "xy" else 10, most):
            raise wrong(key)
    size = table.get("size", 10.0)
    good = {
        "value": table.get("value") in (*VALUES, *TICKS, TEXT),
        "size": type(size) in (int, float) and 4 <= size <= 72,
        "pitch": _within({"pitch": table.get("pitch", 0)}, "pitch", 0, 500),
        "align": table.get("align", "left") in ALIGN,
        "bold": isinstance(table.get("bold", False), bool),
        "text": isinstance(table.get("text", ""), str),
        "width": table["x"] + table["width"] <= paper[0],
        "height": table["y"] + table["height"] <= paper[1],
    }
    for key, holds in good.items():
        if not holds:
            raise wrong(key)
    return FormField(**{**table, "size": float(size)})


def _within(table: Mapping[str, Any], key: str, low: int, high: int) -> bool:
    return type(table.get(key)) is int and low <= table[key] <= high
