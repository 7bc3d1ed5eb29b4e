"""The seller's pre-printed forms: kept as files, shared as files, and measured for each printer (PR-07)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jpship_gui.documents import form as forms_
from jpship_gui.documents.form import Form, FormField, form_table, read_form
from jpship_gui.documents.form_overlay import paper_of, render_test
from jpship_gui.documents.ruler import render_ruler
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.reader import file_bytes
from jpship_gui.formats.toml_text import dumps
from jpship_gui.formats.writer import write_whole
from jpship_gui.texts import language, text

__all__ = [
    "Form",
    "FormField",
    "Offset",
    "calibration_page",
    "delete_form",
    "export_form",
    "form",
    "forms",
    "import_form",
    "keep_form",
    "keep_offset",
    "offset_of",
    "sample",
    "value_name",
    "value_names",
    "with_field",
]

OPTION = "form.offsets"
LIMIT = 200  # tenths of a millimetre a form may be moved each way
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Offset:
    """How far a form is moved on a printer, in 0.1 mm right and down."""

    x: int = 0
    y: int = 0


def forms(ws: Workspace) -> tuple[Form, ...]:
    """All forms by name; Refused("form_file") names one that cannot be read."""
    found = [_read(path) for path in sorted(_folder(ws).glob("*.toml"))]
    return tuple(sorted(found, key=lambda form: (form.name, form.id)))


def form(ws: Workspace, id_: str) -> Form:
    """One form; Refused("form_unknown", "form_file")."""
    path = _folder(ws) / f"{id_}.toml"
    if not _ID.fullmatch(id_) or not path.is_file():
        raise Refused("form_unknown", form=id_, known=", ".join(one.id for one in forms(ws)))
    return _read(path)


def keep_form(ws: Workspace, kept: Form) -> Form:
    """Write a form; an empty id is made from its name. Refused("form_file") where a field lies outside the paper."""
    id_ = kept.id or _free_id(ws, kept.name)
    data = dumps(form_table(kept))
    try:
        made = read_form(id_, data)
    except ValueError as fault:
        raise Refused("form_file", file=kept.name, detail=str(fault)) from fault
    write_whole(_folder(ws) / f"{id_}.toml", data.encode("utf-8"))
    return made


def import_form(ws: Workspace, path: Path) -> Form:
    """Take a file over as a form of its own; Refused("form_file")."""
    try:
        found = read_form("", file_bytes(path).decode("utf-8-sig"))
    except ValueError as fault:
        raise Refused("form_file", file=path.name, detail=str(fault)) from fault
    return keep_form(ws, found)


def export_form(ws: Workspace, id_: str, out: Path) -> None:
    """Write a form as a file, an empty id the example without fields; Refused("form_unknown")."""
    if id_:
        write_whole(out, dumps(form_table(form(ws, id_))).encode("utf-8"))
    else:
        write_whole(out, Path(forms_.__file__).with_name("form_example.toml").read_bytes())


def delete_form(ws: Workspace, id_: str) -> None:
    """Forget a form and how it was measured; Refused("form_unknown")."""
    form(ws, id_)
    (_folder(ws) / f"{id_}.toml").unlink()
    kept = {key: value for key, value in _offsets(ws).items() if key.partition("\n")[0] != id_}
    ws.options.set(OPTION, kept)


def offset_of(ws: Workspace, id_: str) -> Offset:
    """How the desk's printer for forms needs this form moved."""
    kept = _offsets(ws).get(_key(ws, id_), {})
    x, y = (kept.get(axis) for axis in ("x", "y"))
    good = type(x) is int and type(y) is int and max(abs(x), abs(y)) <= LIMIT
    return Offset(x, y) if good else Offset()


def keep_offset(ws: Workspace, id_: str, offset: Offset) -> None:
    """Keep it for this printer and form; Refused("form_unknown", "preset_value")."""
    form(ws, id_)
    for name, value in (("x", offset.x), ("y", offset.y)):
        if abs(value) > LIMIT:
            raise Refused("preset_value", field=name, value=value, low=-LIMIT, high=LIMIT)
    ws.options.set(OPTION, {**_offsets(ws), _key(ws, id_): {"x": offset.x, "y": offset.y}})


def calibration_page(ws: Workspace, id_: str, *, ruler: bool = False) -> bytes:
    """A cross at each field's origin, or the ruler page on the form's own paper."""
    found, offset = form(ws, id_), offset_of(ws, id_)
    moved = (offset.x / 10, offset.y / 10)
    dpi = named(ws, "form").dpi
    if ruler:
        return render_ruler(paper_of(found, dpi), language(), offset=moved)
    return render_test(found, value_names(), dpi, moved)


def value_names() -> Mapping[str, str]:
    """Each value a field may hold in the present language."""
    every = (*forms_.VALUES, *forms_.TICKS, forms_.TEXT)
    return {value: value_name(value) for value in every}


def value_name(value: str) -> str:
    """One value's name."""
    if value in ("mark.chilled", "mark.frozen"):
        return text(f"documents.cool.{value.removeprefix('mark.')}")
    return text(value) if value.startswith("mark.") and value != "mark.cash" else text(f"form.value.{value}")


def _folder(ws: Workspace) -> Path:
    path = ws.places.layouts / "forms"
    path.mkdir(exist_ok=True)
    return path


def _read(path: Path) -> Form:
    try:
        return read_form(path.stem, path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as fault:
        raise Refused("form_file", file=path.name, detail=str(fault)) from fault


def _free_id(ws: Workspace, name: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:30] or "form"
    taken = {path.stem for path in _folder(ws).glob("*.toml")}
    return next(id_ for n in range(1, 10_000) if (id_ := base if n == 1 else f"{base}-{n}") not in taken)


def _offsets(ws: Workspace) -> dict[str, Any]:
    kept: dict[str, Any] = ws.options.get(OPTION) or {}
    return kept


def _key(ws: Workspace, id_: str) -> str:
    return f"{id_}\n{named(ws, 'form').printer}"


_SAMPLES = {
    "to_postal": "541-0041",
    "to_postal_first": "541",
    "to_postal_last": "0041",
    "to_phone": "090-0000-0000",
    "to_address": "大阪府大阪市中央区北浜9-9-9 コーポことり203",
    "to_street": "大阪府大阪市中央区北浜9-9-9",
    "to_building": "コーポことり203",
    "to_company": "株式会社ことりの森",
    "to_name": "山田 花子",
    "to_name_title": "山田 花子 様",
    "from_postal": "605-0000",
    "from_postal_first": "605",
    "from_postal_last": "0000",
    "from_phone": "075-000-0000",
    "from_address": "京都府京都市東山区ことり町9-9",
    "from_name": "くらしの道具 ことり舎",
    "goods": "陶器（食器）",
    "number": "4001-2345-6003",
    "cash": "12,800",
    "wish": "11/23(月) 午前中",
    "wish_slot": "午前中",
}


def sample(field: FormField) -> str:
    """What a preview shows in a field: an invented order's value, the field's own word, or the value's name."""
    if field.value.startswith("mark."):
        return field.text or "○"
    if field.value == forms_.TEXT:
        return field.text or value_name(field.value)
    return _SAMPLES.get(field.value, value_name(field.value))


def with_field(form_: Form, value: str) -> Form:
    """A form with one more field at its upper left, to be dragged where it belongs."""
    wide, high = form_.size
    step = len(form_.fields) % 12 * 80
    new = FormField(value, min(100, wide - 400), min(100 + step, high - 80), min(400, wide), min(70, high))
    return replace(form_, fields=(*form_.fields, new))
