"""The order table's queries: ids by SQL, rows by page, counters of the saved views."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.stage import FACT_NAMES, Stage
from jpship_gui.store import search
from jpship_gui.store.database import Store, from_ms, to_ms

_DONE = (
    *(Stage.PACKED, Stage.HANDED_OVER, Stage.SENT, Stage.ACCEPTED, Stage.SHIPPED),
    *(Stage.CANCELLED, Stage.NOT_OURS),
)
_OPEN = frozenset(Stage) - frozenset(_DONE)
_REMARK_UNREAD = "(buyer_text <> '' AND remark_read = 0)"

# A view is the stages it holds and what else must be true; :now, :today and :tomorrow are moments in milliseconds, the
# latter two ends of days in Japan.
_VIEWS: Mapping[str, tuple[frozenset[Stage], str]] = {
    "all": (frozenset(Stage) - {Stage.NOT_OURS}, ""),
    "open": (_OPEN, ""),
    "today": (_OPEN, "ship_by < :today"),
    "late": (_OPEN, "ship_by < :now"),
    "tomorrow": (_OPEN, "ship_by >= :today AND ship_by < :tomorrow"),
    "later": (_OPEN, "(ship_by >= :tomorrow OR ship_by IS NULL)"),
    "hold": (frozenset({Stage.HOLD}), ""),
    "attention": (frozenset({Stage.CHECK, Stage.HOLD}), ""),
    "remarks": (_OPEN, _REMARK_UNREAD),
    "gift": (_OPEN, "gift = 1"),
    "unsent": (frozenset({Stage.VERIFY, Stage.CONFIRM}), "confirms = 1"),
    "to_send": (frozenset({Stage.CONFIRM}), ""),
    "cancelled": (frozenset({Stage.CANCELLED}), ""),
}


def _condition(stages: frozenset[Stage], more: str) -> str:
    left_out = frozenset(Stage) - stages
    word, named = ("NOT IN", left_out) if len(left_out) < len(stages) else ("IN", stages)
    listed = ", ".join(sorted(f"'{stage.value}'" for stage in named))
    return f"stage {word} ({listed})" + (f" AND {more}" if more else "")


VIEWS: Mapping[str, str] = {view: _condition(*held) for view, held in _VIEWS.items()}
_STAGE_VIEWS = {f"stage:{stage.value}": f"stage = '{stage.value}'" for stage in Stage}
SORTS: Mapping[str, str] = {
    "ship_by": "ship_by IS NULL, ship_by",
    "work": "ship_by IS NULL, ship_by, :cutoff, shelf = '', shelf",
    "shop": "marketplace, shop",
    "number": "number",
    "recipient": "kana, name",
    "goods": "goods_name, goods_variant",
    "quantity": "pieces",
    "wish": "wish_day = '', wish_day, wish_slot",
    "carrier": "carrier, service",
    "stage": "stage",
    "batch": "batch IS NULL, batch, batch_row",
    "prefecture": "prefecture",
    "imported": "id",
}
FILTERS = ("marketplace", "shop", "carrier", "stage", "prefecture", "gift", "service", "batch", "worst")


@dataclass(frozen=True, slots=True)
class Query:
    """What the table shows. `filters` are (column, value) pairs: equal columns joined by or, different ones by and."""

    view: str = "all"
    filters: tuple[tuple[str, str], ...] = ()
    search: str = ""
    sort: str = "ship_by"
    descending: bool = False
    cutoffs: tuple[tuple[str, str], ...] = ()  # of the sort "work": (carrier, HH:MM) it fetches at


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as the table shows it; `facts` is a bit mask in the order of FACT_NAMES."""

    row_id: int
    key: str
    marketplace: str
    shop: str
    number: str
    recipient_name: str
    prefecture: str
    goods_name: str
    goods_variant: str
    goods_quantity: int
    more_lines: int
    pieces: int
    wish_day: str
    wish_slot: str
    carrier: str
    service: str
    ship_by: datetime | None
    stage: Stage
    facts: int
    problem_count: int
    worst_severity: str
    hold: bool
    gift: bool
    remark_unread: bool
    cool: str
    batch_label: str
    tracking_no: str
    parcels: int = 1
    together: int = 0  # orders in its parcel, 0 where it goes alone
    leads: bool = False


def ids(store: Store, query: Query, now: datetime) -> array[int]:
    """Row ids of a query, in its order."""
    where, params = _where(store, query, now)
    order = _order(query)
    cursor = store.execute(f"SELECT id FROM shipments WHERE {where} ORDER BY {order}", params)
    return array("q", (row_id for (row_id,) in cursor.fetchall()))


def _order(query: Query) -> str:
    fetched = cutoff(query.cutoffs)
    parts = [part.replace(":cutoff", fetched) for part in SORTS[query.sort].split(", ")]
    direction = " DESC" if query.descending else ""
    return (
        ", ".join(part if " IS NULL" in part or " = ''" in part else part + direction for part in parts)
        + ", id"
    )


def cutoff(cutoffs: Sequence[tuple[str, str]]) -> str:
    """When the carrier fetches, carriers without a time last; ids and times are checked, not quoted."""
    whens = [
        f"WHEN '{carrier}' THEN '{at}'"
        for carrier, at in sorted(cutoffs)
        if re.fullmatch(r"[a-z0-9_]+", carrier) and re.fullmatch(r"\d{2}:\d{2}", at)
    ]
    return f"CASE carrier {' '.join(whens)} ELSE '99:99' END" if whens else "carrier = ''"


def _where(store: Store, query: Query, now: datetime) -> tuple[str, list[Any]]:
    conditions = [_with_days(VIEWS.get(query.view) or _STAGE_VIEWS[query.view], now)]
    params: list[Any] = []
    grouped: dict[str, list[Any]] = {}
    for column, value in query.filters:
        if column not in FILTERS:
            raise ValueError(f"no filter {column}")
        grouped.setdefault(column, []).append(int(value) if column in ("gift", "batch") else value)
    for column, values in grouped.items():
        conditions.append(f"{column} IN ({', '.join('?' * len(values))})")
        params += values
    match = search.match_of(query.search, store.postgres)
    if match is not None:
        conditions.append(search.condition(store))
        params.append(match)
    return " AND ".join(conditions), params


def _with_days(condition: str, now: datetime) -> str:
    midnight = to_jst(now).replace(hour=0, minute=0, second=0, microsecond=0)
    moments = {
        ":now": now,
        ":today": midnight + timedelta(days=1),
        ":tomorrow": midnight + timedelta(days=2),
    }
    for name, moment in sorted(moments.items(), key=lambda m: -len(m[0])):
        condition = condition.replace(name, str(to_ms(moment)))
    return condition


_MASK = " + ".join(
    f"(CASE WHEN s.{name}_at IS NULL THEN 0 ELSE {1 << i} END)" for i, name in enumerate(FACT_NAMES)
)
_ROWS = (
    "SELECT s.id, s.key, s.marketplace, s.shop, s.number, s.name, s.prefecture, s.goods_name, s.goods_variant, "
    "s.goods_quantity, s.more_lines, s.pieces, s.wish_day, s.wish_slot, s.carrier, s.service, s.ship_by, s.stage, "
    f"{_MASK}, s.problem_count, s.worst, s.hold_reason <> '', s.gift, {_REMARK_UNREAD}, "
    "s.cool, (SELECT COUNT(*) FROM parcels p WHERE p.shipment_id = COALESCE(s.bundle, s.id)), "
    "(SELECT COUNT(*) FROM shipments o WHERE o.bundle = s.bundle), s.bundle IS NOT NULL AND s.bundle = s.id, "
    "s.batch, s.batch_row, (SELECT CASE WHEN p.tracking_no <> '' THEN p.tracking_no ELSE p.file_no END "
    "FROM parcels p WHERE p.shipment_id = COALESCE(s.bundle, s.id) AND p.no = 1) FROM shipments s"
)


def rows(store: Store, row_ids: Sequence[int]) -> list[TableRow]:
    """These rows in the order asked for."""
    marks = ", ".join("?" * len(row_ids))
    if not row_ids:
        return []
    found = {row[0]: _row(row) for row in store.rows(f"{_ROWS} WHERE s.id IN ({marks})", list(row_ids))}
    return [found[i] for i in row_ids if i in found]


def _row(row: tuple[Any, ...]) -> TableRow:
    batch, batch_row, tracking_no = row[-3:]
    label = f"{batch}-{batch_row}" if batch is not None else ""
    flags = (bool(row[21]), bool(row[22]), bool(row[23]))
    cells = (
        *row[:16],
        from_ms(row[16]),
        Stage(row[17]),
        *row[18:21],
        *flags,
        row[24],
        label,
        tracking_no or "",
        *(row[25], row[26], bool(row[27])),
    )
    return TableRow(*cells)


def counters(store: Store, now: datetime) -> dict[str, int]:
    """How many shipments each view and each stage (`stage:<name>`) holds; every count is read from an index alone."""
    stages = {
        stage: int(n) for stage, n in store.rows("SELECT stage, COUNT(*) FROM shipments GROUP BY stage")
    }
    counted = {f"stage:{stage.value}": stages.get(stage.value, 0) for stage in Stage}
    for view, (held, more) in _VIEWS.items():
        if more:
            counted[view] = int(
                store.value(f"SELECT COUNT(*) FROM shipments WHERE {_with_days(VIEWS[view], now)}")
            )
        else:
            counted[view] = sum(stages.get(stage.value, 0) for stage in held)
    return counted


def choices(store: Store, column: str) -> list[tuple[str, int]]:
    """The values a filter column has, with how often."""
    if column not in FILTERS:
        raise ValueError(f"no filter {column}")
    found = store.rows(f"SELECT {column}, COUNT(*) FROM shipments GROUP BY {column} ORDER BY {column}")
    return [(str(value), int(count)) for value, count in found if value not in (None, "")]
