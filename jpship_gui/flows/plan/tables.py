"""The seller's prices and limits, taken over from a file and written to one: TOML whole, prices also as CSV (PL-06)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.planning.limits import Limits, read_limits
from jpship_gui.domain.planning.prices import PriceTable, read_prices
from jpship_gui.domain.planning.tables import TableError
from jpship_gui.flows.check.check import check_all
from jpship_gui.flows.check.plan_tables import limits_of, prices_of, table_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.detect import plain
from jpship_gui.formats.layout import Column, Layout
from jpship_gui.formats.reader import read_file
from jpship_gui.formats.toml_text import dumps
from jpship_gui.formats.writer import table_bytes, write_whole
from jpship_gui.store import plans

PRICES, LIMITS = plans.PRICES, plans.LIMITS
_READ: Mapping[str, Callable[[Mapping[str, Any]], PriceTable | Limits]] = {
    PRICES: read_prices,
    LIMITS: read_limits,
}
_EMPTY: Mapping[str, Mapping[str, Any]] = {
    PRICES: {"zone": [], "price": [], "surcharge": []},
    LIMITS: {"service": [], "area": [], "pickup": []},
}
_FORM: Mapping[str, str] = {
    PRICES: """# zone      = [{ name = "近畿", prefectures = ["大阪府"], carrier = "" }]
# price     = [{ carrier = "yamato", service = "takkyubin", from_zone = "", to_zone = "近畿", size = 60, grams = 2000,
#                yen = 1, valid_from = "2026-12-01", valid_until = "", source = "契約書" }]
# surcharge = [{ carrier = "yamato", kind = "chilled", size = 60, yen = 1 }]   kind: chilled frozen cash island parcel
#             cash counts up to `amount` yen; what has no size, weight or zone holds for all
""",
    LIMITS: """# service = [{ carrier = "yamato", service = "nekopos", grams = 1000, size = 60, sides = [312, 228, 30],
#              value = 3000, parcels = 1, valid_from = "2026-12-01", source = "契約書" }]
# area    = [{ carrier = "", service = "", prefectures = ["沖縄県"], postal = ["90715"], island = true, closed = false,
#              no_slot = true, no_cash = true, no_chilled = true, no_frozen = true, extra_days = 1, source = "…" }]
# pickup  = [{ carrier = "yamato", closed_weekdays = ["sun"], closed_days = ["2027-01-01"], holidays = false }]
""",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """How many entries each list of the table has now."""

    kind: str
    counts: Mapping[str, int]
    before: Mapping[str, Any] = field(default_factory=dict)  # the table there was, for `keep`


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a table, the newest counts."""

    row_id: int
    at: datetime
    person: str
    name: str


def prices(ws: Workspace) -> PriceTable:
    """The prices that count."""
    return prices_of(ws)


def limits(ws: Workspace) -> Limits:
    """The limits that count, those of the program among them."""
    return limits_of(ws)


def take(ws: Workspace, kind: str, path: Path) -> Taken:
    """Take a table over whole from a TOML file, prices also from a table (CSV, XLSX), and plan anew what waits.

    Refused("plan_table_invalid", names the place), ("plan_table_service") for a service there is not, and what reading
    a file raises; nothing is changed then.
    """
    data = _of_table(path) if kind == PRICES and path.suffix.lower() != ".toml" else _of_toml(path)
    return put(ws, kind, data, path.name)


def put(ws: Workspace, kind: str, data: Mapping[str, Any], name: str = "") -> Taken:
    """The same from plain data, as the window edits it."""
    try:
        table = _READ[kind](data)
    except TableError as error:
        raise Refused("plan_table_invalid", file=name, where=error.where, value=error.found) from error
    _must_be_known(ws, table, name)
    counts = {key: len(value) for key, value in data.items()}
    with ws.store.transaction():
        before = table_of(ws, kind)
        keep(ws, kind, data, name)
    return Taken(kind, counts, before)


def keep(ws: Workspace, kind: str, data: Mapping[str, Any], name: str = "") -> None:
    """A new version of a table that was read before, and everything open planned with it."""
    with ws.store.transaction():
        plans.keep_table(ws.store, kind, data, name, ws.now(), ws.person)
        check_all(ws)


def write(ws: Workspace, kind: str, path: Path) -> Taken:
    """Write the table that counts, with a form to fill in where there is none yet; faults as `write_whole`."""
    data = {**_EMPTY[kind], **table_of(ws, kind)}
    if kind == PRICES and path.suffix.lower() == ".csv":
        write_whole(path, table_bytes(_CSV, _rows(data)))
    else:
        write_whole(path, (_FORM[kind] + dumps(data)).encode())
    return Taken(kind, {key: len(value) for key, value in data.items()})


def plain_table(ws: Workspace, kind: str) -> Mapping[str, Any]:
    """The seller's own table as plain data, for editing; `put` takes it back."""
    return {**_EMPTY[kind], **table_of(ws, kind)}


def versions(ws: Workspace, kind: str) -> list[Version]:
    """What was taken over before, the newest first."""
    return [Version(one.row_id, one.at, one.person, one.name) for one in plans.versions(ws.store, kind)]


def take_back(ws: Workspace, kind: str, row_id: int) -> Taken:
    """Let an older version count again, as a new one; Refused("plan_table_unknown")."""
    found = next((one for one in plans.versions(ws.store, kind) if one.row_id == row_id), None)
    if found is None:
        raise Refused("plan_table_unknown", version=row_id)
    return put(ws, kind, json.loads(found.body), found.name)


def _must_be_known(ws: Workspace, table: PriceTable | Limits, name: str) -> None:
    known = ws.carriers()
    entries: Sequence[Any] = (
        (*table.prices, *table.surcharges)
        if isinstance(table, PriceTable)
        else (*table.services, *table.areas, *table.pickups)
    )
    for one in entries:
        carrier, service = one.carrier, getattr(one, "service", "")
        found = known.get(carrier)
        if (carrier and found is None) or (found and service and found.service(service) is None):
            raise Refused("plan_table_service", file=name, service=f"{carrier}/{service}".rstrip("/"))


def _of_toml(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WorldFault("file_unreadable", file=path.name, reason=str(error.strerror)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused("plan_table_invalid", file=path.name, where="TOML", value=str(error)) from error


# ── prices as a table ───────────────────────────────────────────────────────────────────────────────────────────────

_LISTS = {"地域": "zone", "料金": "price", "加算": "surcharge"}
_COLUMNS: Mapping[str, str] = {
    "地域名": "name",
    "都道府県": "prefectures",
    "配送会社": "carrier",
    "サービス": "service",
    "発地": "from_zone",
    "着地": "to_zone",
    "サイズ(cm)": "size",
    "重量(g)": "grams",
    "加算の種類": "kind",
    "代金(円)まで": "amount",
    "金額(円)": "yen",
    "適用開始": "valid_from",
    "適用終了": "valid_until",
    "出典": "source",
}
_NUMBERS = frozenset({"size", "grams", "amount", "yen"})
_CSV = Layout(
    id="plan.prices",
    owner="plan",
    title="料金表",
    columns=tuple(Column(key, key) for key in ("種別", *_COLUMNS)),
    encodings=("utf-8-sig",),
)


def _rows(data: Mapping[str, Any]) -> list[tuple[str, ...]]:
    return [
        (word, *(_cell(one.get(field, "")) for field in _COLUMNS.values()))
        for word, name in _LISTS.items()
        for one in data.get(name, ())
    ]


def _cell(value: Any) -> str:
    return " ".join(value) if isinstance(value, list | tuple) else str(value)


def _of_table(path: Path) -> Mapping[str, Any]:
    table = read_file(path)
    heads = [plain(header) for header in table.header]
    at = {name: heads.index(plain(name)) for name in ("種別", *_COLUMNS) if plain(name) in heads}
    if "種別" not in at:
        raise Refused("plan_table_invalid", file=path.name, where="種別", value="")
    data: dict[str, list[dict[str, Any]]] = {name: [] for name in _LISTS.values()}
    for row in table.rows:
        cells = {name: row.cells[place].strip() for name, place in at.items() if place < len(row.cells)}
        kind = _LISTS.get(cells.pop("種別", ""))
        if kind is None:
            raise Refused("plan_table_invalid", file=path.name, where=f"{row.line}: 種別", value="")
        given = {_COLUMNS[name]: cell for name, cell in cells.items() if cell}
        data[kind].append({field: _value(path, row.line, field, cell) for field, cell in given.items()})
    return data


def _value(path: Path, line: int, field: str, cell: str) -> Any:
    if field == "prefectures":
        return cell.replace("、", " ").replace("・", " ").split()
    if field not in _NUMBERS:
        return cell.replace("/", "-") if field.startswith("valid_") else cell
    bare = cell.replace(",", "").replace("，", "")
    if not bare.isdecimal():
        raise Refused("plan_table_invalid", file=path.name, where=f"{line}: {field}", value=cell)
    return int(bare)
