"""A layout as one file to share or keep: TOML, the logo inside."""

from __future__ import annotations

import base64
import binascii
import json
import tomllib
from typing import Any

from jpship_gui.documents.layout import Layout, checked
from jpship_gui.documents.logo import Logo, kept_logo
from jpship_gui.domain.fault import Refused

FORM = 1  # of the file; grows when an older jpship could not understand what is written
MOST_BYTES = 6_000_000
_KEYS = frozenset(
    {"jpship_layout", "kind", "name", "version", "form", "paper", "fields", "texts", "sizes", "logo"}
)


def to_text(layout: Layout, *, with_logo: bool = True) -> str:
    """The file's text, which `of_text` takes back; without its logo for the database, which keeps logos once."""
    lines = [f"jpship_layout = {FORM}"]
    lines += [f"{key} = {_quoted(getattr(layout, key))}" for key in ("kind", "name")]
    lines += [f"version = {layout.version}", f"form = {_quoted(layout.form)}"]
    if layout.paper:
        lines.append(f"paper = {_quoted(layout.paper)}")
    if layout.logo is not None and with_logo:
        lines.append(f"logo = {_quoted(base64.b64encode(layout.logo.png).decode('ascii'))}")
    lines += _table("fields", {name: "true" if on else "false" for name, on in layout.fields.items()})
    lines += _table("texts", {name: _quoted(value) for name, value in layout.texts.items()})
    lines += _table("sizes", {name: f"{value:g}" for name, value in layout.sizes.items()})
    return "\n".join(lines) + "\n"


def of_text(text: str, logo: Logo | None = None) -> Layout:
    """A layout from its file's text; Refused("layout_file", "layout_newer", "layout_part_unknown", "layout_value",
    "layout_kind_unknown", "logo_format")."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Refused("layout_file", detail=str(fault)) from fault
    form = data.get("jpship_layout")
    if not isinstance(form, int):
        raise Refused("layout_file", detail="jpship_layout")
    if form > FORM:
        raise Refused("layout_newer", found=form, known=FORM)
    unknown = sorted(set(data) - _KEYS)
    if unknown:
        raise Refused("layout_part_unknown", part=unknown[0], kind=", ".join(sorted(_KEYS)))
    return checked(
        Layout(
            kind=_value(data, "kind", str, ""),
            name=_value(data, "name", str, ""),
            version=_value(data, "version", int, 1),
            form=_value(data, "form", str, "standard"),
            paper=_value(data, "paper", str, ""),
            fields=_values(data, "fields", bool),
            texts=_values(data, "texts", str),
            sizes={name: float(size) for name, size in _values(data, "sizes", (int, float)).items()},
            logo=_logo(data) or logo,
        )
    )


def _logo(data: dict[str, Any]) -> Logo | None:
    given = _value(data, "logo", str, "")
    if not given:
        return None
    try:
        return kept_logo(base64.b64decode(given, validate=True))
    except binascii.Error as fault:
        raise Refused("logo_format") from fault


def _value(data: dict[str, Any], key: str, form: type, default: Any) -> Any:
    found = data.get(key, default)
    if not isinstance(found, form) or (form is int and isinstance(found, bool)):
        raise Refused("layout_value", part=key, value=str(found)[:40], expected=form.__name__)
    return found


def _values(data: dict[str, Any], key: str, form: type | tuple[type, ...]) -> dict[str, Any]:
    table = _value(data, key, dict, {})
    for name, value in table.items():
        if not isinstance(value, form) or (form is not bool and isinstance(value, bool)):
            raise Refused("layout_value", part=f"{key}.{name}", value=str(value)[:40], expected=_named(form))
    return dict(table)


def _named(form: type | tuple[type, ...]) -> str:
    return "number" if isinstance(form, tuple) else form.__name__


def _table(name: str, values: dict[str, str]) -> list[str]:
    return ["", f"[{name}]", *(f"{key} = {value}" for key, value in values.items())] if values else []


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
