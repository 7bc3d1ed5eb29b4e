"""The goods list: bar codes and aliases taught one by one, and with shelves and sets from a file (PK-05)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.goods_facts import CHILLED, FROZEN
from jpship_gui.domain.handling_marks import marks_in
from jpship_gui.domain.packing.commands import command_of
from jpship_gui.domain.packing.kinds import shipment_key_of, tidy
from jpship_gui.domain.packing.tick_turn import tick_code
from jpship_gui.flows.check.check import check_goods
from jpship_gui.flows.upkeep.goods_sets import Component, SetRow, take_rows
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.damage import without_hidden
from jpship_gui.formats.detect import plain
from jpship_gui.formats.reader import read_file
from jpship_gui.store import products
from jpship_gui.store.products import Product

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "code": ("JANコード", "JAN", "バーコード", "コード", "code", "barcode"),
    "sku": ("SKU", "システム連携用SKU番号", "商品コード"),
    "quantity": ("入数", "pieces"),
    "name": ("商品名", "name"),
    "variant": ("種類", "variant"),
    "shelf": ("棚", "棚番", "shelf"),
    "marks": ("荷扱い", "取扱い", "marks"),
    "temperature": ("温度帯", "温度", "temperature"),
    "grams": ("重量(g)", "重量g", "重さ(g)", "grams"),
    "length_mm": ("長さ(mm)", "奥行(mm)", "length_mm"),
    "width_mm": ("幅(mm)", "width_mm"),
    "height_mm": ("高さ(mm)", "height_mm"),
    "set": ("セットSKU", "セット商品SKU", "set"),
    "set_pieces": ("セット内数", "構成数", "set_pieces"),
    "set_name": ("セット名", "set_name"),
}


@dataclass(frozen=True, slots=True)
class GoodsTaken:
    """`codes` taken; `rejected` lines as an editor counts them with a code of `goods.rejected.<code>`."""

    codes: int
    rejected: Sequence[tuple[int, str]]
    sets: int = 0


def teach(
    ws: Workspace,
    code: str,
    sku: str,
    quantity: int = 1,
    *,
    name: str = "",
    variant: str = "",
    shelf: str = "",
    marks: str = "",
    temperature: str = "",
    grams: int | None = None,
    sides: tuple[int, int, int] | None = None,
) -> Product:
    """Let a code stand for `quantity` pieces of a SKU; Refused("goods_<why>") for what no goods code can be.
    `marks` are handling marks by id or in the carriers' words; `grams` and `sides` (mm) are those of one piece."""
    named, unknown = marks_in(marks)
    made = Product(tidy(code), sku.strip(), quantity, name, variant, shelf, marks=named)
    length, width, height = sides or (None, None, None)
    made = replace(made, temperature=_TEMPERATURES.get(temperature, temperature), grams=grams)
    made = replace(made, length_mm=length, width_mm=width, height_mm=height)
    why = "marks" if unknown else _why_not(made)
    if temperature not in _TEMPERATURES:
        why = why or "temperature"
    if any(found is not None and not 0 < found < 1_000_000 for found in (grams, length, width, height)):
        why = why or "measures"
    if why:
        raise Refused(f"goods_{why}", code=code)
    products.put(ws.store, [made])
    check_goods(ws, facts=_tells(made))
    return made


def take_file(ws: Workspace, path: Path) -> GoodsTaken:
    """Teach a whole table, CSV or XLSX, by its headers; rows that cannot be are left out and told.

    A row that names a set says that its SKU is in it; all rows of a set together say what it consists of.
    Refused("goods_columns") without a column of SKUs and one of codes or sets, and what reading a table raises.
    """
    table = read_file(path)
    heads = [plain(header) for header in table.header]
    at = {
        field: place
        for field, names in _HEADERS.items()
        if (place := next((heads.index(plain(n)) for n in names if plain(n) in heads), None)) is not None
    }
    if "sku" not in at or not at.keys() & {"code", "set"}:
        raise Refused("goods_columns", file=table.name)
    taken: dict[str, Product] = {}
    meanings: dict[str, set[tuple[str, int]]] = {}
    lines: dict[str, list[int]] = {}
    rejected: list[tuple[int, str]] = []
    of_sets: list[SetRow] = []
    for row in table.rows:
        cells = {field: row.cells[place].strip() for field, place in at.items() if place < len(row.cells)}
        made = _product(cells)
        why = "" if cells.get("set") and not made.code else _why_not(made)
        why = why or ("marks" if marks_in(cells.get("marks", ""))[1] else "") or _wrong_facts(cells)
        if why:
            rejected.append((row.line, why))
            continue
        if cells.get("set"):
            of_sets.append(_set_row(row.line, made.sku, cells))
        if not made.code:
            continue
        code = made.code.upper()  # as codes are compared
        taken[code] = made
        meanings.setdefault(code, set()).add((made.sku, made.quantity))
        lines.setdefault(code, []).append(row.line)
    for code in [code for code, found in meanings.items() if len(found) > 1]:
        del taken[code]
        rejected += [(line, "twice") for line in lines[code]]
    with ws.store.transaction():
        products.put(ws.store, taken.values())
        sets, left_out = take_rows(ws, of_sets)
        check_goods(ws, facts=any(map(_tells, taken.values())))
    return GoodsTaken(len(taken), sorted((*rejected, *left_out)), sets)


def _set_row(line: int, sku: str, cells: Mapping[str, str]) -> SetRow:
    pieces = cells.get("set_pieces") or "1"
    component = Component(sku, int(pieces) if pieces.isdecimal() else 0)
    return SetRow(line, without_hidden(cells["set"]), cells.get("set_name", ""), component)


def _product(cells: Mapping[str, str]) -> Product:
    pieces = cells.get("quantity") or "1"
    name, variant, shelf = (cells.get(field, "") for field in ("name", "variant", "shelf"))
    marks, _ = marks_in(cells.get("marks", ""))
    code, sku = (without_hidden(cells.get(field, "")) for field in ("code", "sku"))
    grams, length, width, height = (_whole(cells.get(field, "")) for field in _MEASURES)
    return Product(
        tidy(code),
        sku,
        int(pieces) if pieces.isdecimal() else 0,
        name,
        variant,
        shelf,
        marks=marks,
        temperature=_TEMPERATURES.get(cells.get("temperature", ""), ""),
        grams=grams,
        length_mm=length,
        width_mm=width,
        height_mm=height,
    )


_MEASURES = ("grams", "length_mm", "width_mm", "height_mm")
_TEMPERATURES = {
    **dict.fromkeys(("", "常温", "normal"), ""),
    **dict.fromkeys(("冷蔵", "チルド", "クール冷蔵", CHILLED), CHILLED),
    **dict.fromkeys(("冷凍", "クール冷凍", FROZEN), FROZEN),
}


def _tells(product: Product) -> bool:
    return bool(product.temperature or product.grams or product.length_mm or product.shelf)


def _whole(text: str) -> int | None:
    plain_text = unicodedata.normalize("NFKC", text).replace(",", "")
    return int(plain_text) if plain_text.isdecimal() and 0 < int(plain_text) < 1_000_000 else None


def _wrong_facts(cells: Mapping[str, str]) -> str:
    """Why temperature or measures say nothing, blank where they are right or absent."""
    if cells.get("temperature", "") not in _TEMPERATURES:
        return "temperature"
    wrong = any(cells.get(name) and _whole(cells[name]) is None for name in _MEASURES)
    return "measures" if wrong else ""


def _why_not(product: Product) -> str:
    """Blank, or why the desk could never read this as goods."""
    if not product.code or not product.sku:
        return "incomplete"
    if product.quantity < 1:
        return "pieces"
    reserved = command_of(product.code) or tick_code(product.code) or shipment_key_of(product.code)
    return "reserved" if reserved else ""
