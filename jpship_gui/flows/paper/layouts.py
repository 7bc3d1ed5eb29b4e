"""Layouts of papers: those of the build and the shop's own, saved in versions, shared as files, given to shops."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from jpship_gui.documents.layout import (
    PAPERS,
    STANDARD,
    Layout,
    LayoutKind,
    PaperLayout,
    checked,
    layout_kind,
    layout_kinds,
    resolved,
)
from jpship_gui.documents.layout_file import MOST_BYTES, of_text, to_text
from jpship_gui.documents.logo import Logo, check_vector, kept_logo, read_logo
from jpship_gui.documents.words import Words
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.reader import file_bytes
from jpship_gui.formats.writer import write_whole
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import layouts, shops
from jpship_gui.store.layouts import StoredLayout
from jpship_gui.texts import text

_OWN = "own-"
_PAPER_WORDS = "ja"  # of texts nobody wrote: papers speak the buyer's language


@dataclass(frozen=True, slots=True)
class Listed:
    """One layout as a list shows it; `shops` are those that use it, `fault` why it cannot be read."""

    id: str
    kind: str
    name: str
    own: bool
    version: int = 1
    form: str = STANDARD
    at: datetime | None = None
    person: str = ""
    shops: tuple[str, ...] = ()
    fault: Refused | None = None


def every(ws: Workspace, kind: str) -> list[Listed]:
    """The forms of the build, then the shop's own layouts by name; Refused("layout_kind_unknown")."""
    declared = layout_kind(kind)
    assigned = layouts.assigned(ws.store, kind)
    used: dict[str, list[str]] = {}
    for shop in shops.every(ws.store):
        used.setdefault(assigned.get(shop.name, STANDARD), []).append(shop.name)
    made = [
        Listed(form, kind, form_name(kind, form), own=False, form=form, shops=tuple(used.get(form, ())))
        for form in declared.forms
    ]
    for stored in layouts.every(ws.store, kind):
        listed = _listed(stored)
        made.append(replace(listed, shops=tuple(used.get(listed.id, ()))))
    return made


def form_name(kind: str, form: str) -> str:
    """What a form of the build is called in the language of the window."""
    return text(f"layout.form.{kind}.{form}")


def _listed(stored: StoredLayout) -> Listed:
    common = {"version": stored.version, "at": stored.at, "person": stored.person}
    made = Listed(f"{_OWN}{stored.row_id}", stored.kind, stored.name, own=True, **common)  # type: ignore[arg-type]
    try:
        return replace(made, form=of_text(stored.body).form)
    except Refused as fault:
        return replace(made, fault=fault)


def find(ws: Workspace, kind: str, wish: str) -> str:
    """The id of the layout meant by an id or a name; Refused("layout_unknown")."""
    for listed in every(ws, kind):
        if wish in (listed.id, listed.name):
            return listed.id
    raise Refused("layout_unknown", name=wish, kind=kind)


def show(ws: Workspace, kind: str, layout_id: str) -> Layout:
    """One layout; Refused("layout_unknown") and what reading a newer one raises."""
    if layout_id in layout_kind(kind).forms:
        return Layout(kind, form_name(kind, layout_id), form=layout_id)
    return _opened(ws, _stored(ws, layout_id))


def _stored(ws: Workspace, layout_id: str) -> StoredLayout:
    number = layout_id.removeprefix(_OWN)
    own = layout_id.startswith(_OWN) and number.isdigit()
    found = layouts.find(ws.store, int(number)) if own else None
    if found is None:
        raise Refused("layout_unknown", name=layout_id, kind="")
    return found


def _opened(ws: Workspace, stored: StoredLayout) -> Layout:
    png = layouts.logo(ws.store, stored.logo) if stored.logo else None
    made = of_text(stored.body, kept_logo(png) if png else None)
    return replace(made, name=stored.name, version=stored.version)


def save(ws: Workspace, layout: Layout, layout_id: str = "") -> str:
    """Keep a layout: a new one, or the next version of `layout_id` made from `layout.version`; gives its id.

    Refused("layout_built_in", "layout_unknown", "layout_changed", "layout_exists") and what `checked` refuses; then
    nothing is written.
    """
    made = checked(layout)
    if layout_id in layout_kind(made.kind).forms:
        raise Refused("layout_built_in", name=layout.name)
    with ws.store.transaction():
        if layout_id:
            before = made.version
            row_id = _stored(ws, layout_id).row_id
        else:
            before = 0
            row_id = layouts.add(ws.store, made.kind, made.name)
        _put(ws, row_id, made, before)
    return f"{_OWN}{row_id}"


def _put(ws: Workspace, row_id: int, made: Layout, before: int) -> None:
    made = replace(made, version=before + 1)
    logo = made.logo.fingerprint if made.logo else ""
    if made.logo is not None:
        layouts.keep_logo(ws.store, logo, made.logo.png)
    body = to_text(made, with_logo=False)
    stored = StoredLayout(row_id, made.kind, made.name, made.version, ws.now(), ws.person, body, logo)
    layouts.put(ws.store, stored, before)


def copy(ws: Workspace, kind: str, layout_id: str, name: str = "") -> str:
    """Keep a copy under a name of its own; gives its id. Faults as `show` and `save`."""
    found = show(ws, kind, layout_id)
    return save(ws, replace(found, name=name or free_name(ws, kind, found.name), version=1))


def free_name(ws: Workspace, kind: str, wish: str) -> str:
    """A name no layout of the kind has: the wish, with a number where it is taken."""
    taken = {listed.name for listed in every(ws, kind)}
    number, found = 2, wish
    while found in taken:
        found = f"{wish[:54]} {number}"
        number += 1
    return found


def remove(ws: Workspace, layout_id: str) -> None:
    """Forget an own layout with its versions; Refused("layout_unknown"), Refused("layout_in_use") while a shop uses
    it."""
    stored = _stored(ws, layout_id)
    with ws.store.transaction():
        assigned = layouts.assigned(ws.store, stored.kind)
        used = [shop for shop, layout in assigned.items() if layout == layout_id]
        if used:
            raise Refused("layout_in_use", name=stored.name, shops="・".join(used))
        layouts.remove(ws.store, stored.row_id)


def versions(ws: Workspace, layout_id: str) -> list[Listed]:
    """Every version of an own layout, newest first; Refused("layout_unknown")."""
    return [_listed(stored) for stored in layouts.versions(ws.store, _stored(ws, layout_id).row_id)]


def version(ws: Workspace, layout_id: str, number: int) -> Layout:
    """One version of an own layout; Refused("layout_unknown", "layout_version_unknown")."""
    stored = _stored(ws, layout_id)
    found = next((v for v in layouts.versions(ws.store, stored.row_id) if v.version == number), None)
    if found is None:
        raise Refused("layout_version_unknown", name=stored.name, version=number)
    return _opened(ws, found)


def take_back(ws: Workspace, layout_id: str, number: int) -> str:
    """Make an older version the newest again, under the name the layout has now; none is lost."""
    stored = _stored(ws, layout_id)
    old = version(ws, layout_id, number)
    return save(ws, replace(old, name=stored.name, version=stored.version), layout_id)


def assign(ws: Workspace, kind: str, shop: str, layout_id: str) -> None:
    """Let a shop use a layout from now on; Refused("shop_unknown", "layout_unknown")."""
    shops.get(ws.store, shop)
    show(ws, kind, layout_id)
    with ws.store.transaction():
        layouts.assign(ws.store, kind, shop, layout_id)


def assigned(ws: Workspace, kind: str, shop: str) -> str:
    """The id of the layout a shop uses."""
    return layouts.assigned(ws.store, kind).get(shop, STANDARD)


# -- files to share -----------------------------------------------------------------------------------------------


def file_text(layout: Layout) -> str:
    """A layout as its file, for reading: without the logo's bytes."""
    return to_text(layout, with_logo=False)


def export(ws: Workspace, kind: str, layout_id: str, path: Path) -> None:
    """Write a layout with its logo as one file; WorldFault("file_locked", "file_write")."""
    write_whole(path, to_text(show(ws, kind, layout_id)).encode("utf-8"))


def read_file(path: Path) -> Layout:
    """A layout from a file, not kept; Refused("layout_file", "layout_newer", "layout_part_unknown" …)."""
    data = file_bytes(path)
    if len(data) > MOST_BYTES:
        raise Refused("layout_file", detail=f"{len(data) // 1_000_000} MB")
    try:
        return of_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused("layout_file", detail=path.name) from None


def import_file(ws: Workspace, path: Path, name: str = "") -> str:
    """Keep a layout from a file under `name` or its own name; a name that is taken gets a number. Gives its id."""
    found = read_file(path)
    return save(ws, replace(found, name=free_name(ws, found.kind, name or found.name), version=1))


Drawing = Callable[[bytes], bytes]  # an SVG's bytes → a PNG


def logo_from(path: Path, draw: Drawing | None = None) -> Logo:
    """A logo from a PNG or JPEG file, or from an SVG where the caller can `draw` one; Refused("logo_format",
    "logo_vector", "logo_too_big", "logo_empty")."""
    data = file_bytes(path)
    if draw is not None and path.suffix.lower() == ".svg":
        check_vector(data)
        data = draw(data)
    return read_logo(data)


# -- for printing -------------------------------------------------------------------------------------------------


def for_shop(ws: Workspace, kind: str, shop: str, options: ShopOptions | None = None) -> PaperLayout:
    """The layout a shop's paper of a kind is drawn with; a shop without one uses the standard form.

    Refused where the layout was made by a newer jpship.
    """
    return laid_out(ws, show(ws, kind, assigned(ws, kind, shop)), options or ws.shop_options(shop))


def laid_out(ws: Workspace, layout: Layout, options: ShopOptions) -> PaperLayout:
    """A layout, kept or not, with a shop's words where it has none of its own; Refused as `checked`."""
    return resolved(checked(layout), shop_texts(layout.kind, options))


def shop_texts(kind: str, options: ShopOptions) -> Mapping[str, str]:
    """What stands in each text of a kind while a layout says nothing: the shop's setting, else the build's words."""
    words = Words(_PAPER_WORDS)
    found: dict[str, str] = {}
    for name, part in layout_kind(kind).texts.items():
        set_by_shop = str(options.get(part.setting)) if part.setting else ""
        found[name] = set_by_shop or (words(part.words) if part.words else "")
    return found


def cached(ws: Workspace, kind: str) -> Callable[[str], PaperLayout]:
    """`for_shop` that looks up each shop once, so that all its pages share one layout."""
    known: dict[str, PaperLayout] = {}

    def of(shop: str) -> PaperLayout:
        if shop not in known:
            known[shop] = for_shop(ws, kind, shop)
        return known[shop]

    return of


__all__ = [
    "PAPERS",
    "STANDARD",
    "Layout",
    "LayoutKind",
    "Listed",
    "Logo",
    "PaperLayout",
    "assign",
    "assigned",
    "cached",
    "checked",
    "copy",
    "every",
    "export",
    "file_text",
    "find",
    "for_shop",
    "form_name",
    "free_name",
    "import_file",
    "laid_out",
    "layout_kind",
    "layout_kinds",
    "logo_from",
    "read_file",
    "remove",
    "save",
    "shop_texts",
    "show",
    "take_back",
    "version",
    "versions",
]
