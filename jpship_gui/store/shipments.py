"""Shipments in the database: written in bulk at intake, read one by one at the desk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from jpship_gui.domain.goods_facts import UNMEASURED, Measures, sides_of
from jpship_gui.domain.order import Contact, OrderId, OrderLine, OrderState, Wish
from jpship_gui.domain.order_key import make_key, number_of, parcel_key, without_paper
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.shipment import Content, Parcel, Shipment
from jpship_gui.domain.stage import FACT_NAMES, Facts, Mark, Stage, Standing, stage_of
from jpship_gui.store import bundles, goods_index, search, to_journal
from jpship_gui.store.codec import dumps, list_from_json, to_plain
from jpship_gui.store.database import Store, from_ms, to_ms

RECIPIENT = tuple(f.name for f in fields(Contact))
_FACT_COLUMNS = tuple(f"{name}_{part}" for name in FACT_NAMES for part in ("at", "by", "how"))
_COLUMNS = (
    *("id", "key", "order_id", "package_id", "marketplace", "shop", "number"),
    *RECIPIENT,
    *(
        "lines",
        "wish_day",
        "wish_slot",
        "wish_text",
        "ship_by",
        "carrier",
        "service",
        "gift",
        "wrapping",
        "noshi",
        "cod",
    ),
    *(
        "buyer_text",
        "remark_read",
        "hold_reason",
        "changed",
        "problems",
        "batch",
        "batch_row",
        "stage",
        "cool",
        "bundle",
        "stops",
    ),
    *_FACT_COLUMNS,
)
_SELECT = "SELECT " + ", ".join(_COLUMNS) + " FROM shipments"
_STANDING = (
    *("cancelled", "hold_reason", "blocked", "releasable"),
    *("shipped_at_source", "not_ours", "confirms", "wait_until"),
)
_GROUP = 400  # ids per statement, below SQLite's smallest limit of parameters
_NAMED = "handover"  # parcels.handed_how: the name on it was chosen as the driver took it
NO_WISH = Wish()


@dataclass(frozen=True, slots=True)
class NewShipment:
    """One shipment to be made of a package, with what the rules found; `blocked` = something of it stops it.
    `lines_text` is the lines' JSON where it is at hand."""

    order_row: int
    order_id: OrderId
    package_id: str
    state: OrderState
    recipient: Contact
    lines: tuple[OrderLine, ...]
    wish: Wish = NO_WISH
    ship_by: datetime | None = None
    carrier: str = ""
    service: str = ""
    cool: str = ""
    gift: bool = False
    wrapping: tuple[str, ...] = ()
    noshi: str = ""
    cash_on_delivery: bool = False
    buyer_text: str = ""
    not_ours: bool = False
    shipped_at_source: bool = False
    remark_read: bool = False
    confirms: bool = True  # False: nobody is told of it
    problems: tuple[Problem, ...] = ()
    blocked: bool = False
    tags: tuple[str, ...] = ()
    lines_text: str = ""
    plan: str = ""  # as `store.plans` keeps it
    wait_until: str = ""
    shelf: str = ""


@dataclass(frozen=True, slots=True)
class CheckedProblems:
    """What the rules found for one shipment, after approvals; `blocked` = something still stops it."""

    row_id: int
    problems: tuple[Problem, ...]
    blocked: bool


@dataclass(frozen=True, slots=True)
class ReadyShipment:
    """A new shipment with everything worked out that needs no database, so that the writing transaction is short."""

    carrier: str
    columns: tuple[Any, ...]  # from package_id on
    words: str  # search text without the key
    skus: tuple[str, ...]


def make_ready(new: NewShipment) -> ReadyShipment:
    """Work out a new shipment's columns; its order's row is given when it is added."""
    words = search.words_of(_searched(new))
    return ReadyShipment(new.carrier, _new_columns(new), words, goods_index.skus_of(new.lines))


def add(store: Store, news: Sequence[NewShipment]) -> list[tuple[int, str]]:
    """Make shipments with one parcel each, in this order; returns their (row id, key). Inside a transaction."""
    return add_ready(store, [(new.order_row, make_ready(new)) for new in news])


def add_ready(store: Store, news: Sequence[tuple[int, ReadyShipment]]) -> list[tuple[int, str]]:
    """The same for shipments made ready before, as (order row, shipment)."""
    if not news:
        return []
    first = store.next_numbers("shipment", len(news))
    made = [(first + i, make_key(first + i)) for i in range(len(news))]
    for place, key in to_journal.take_keys(store, [_identity(new.columns) for _, new in news]).items():
        made[place] = (number_of(key), key)  # the order had it before the database was lost
    rows = [(*ids, order_row, *new.columns) for ids, (order_row, new) in zip(made, news, strict=True)]
    marks = ", ".join("?" * len(_NEW_COLUMNS))
    store.many(f"INSERT INTO shipments ({', '.join(_NEW_COLUMNS)}) VALUES ({marks})", rows)
    store.many(
        "INSERT INTO parcels (shipment_id, no, key, carrier) VALUES (?, 1, ?, ?)",
        [
            (row_id, parcel_key(key, 1), new.carrier)
            for (row_id, key), (_, new) in zip(made, news, strict=True)
        ],
    )
    search.add(
        store,
        [
            (row_id, f"{search.words_of_key(key)} {new.words}")
            for (row_id, key), (_, new) in zip(made, news, strict=True)
        ],
    )
    goods_index.add(store, [(row_id, new.skus) for (row_id, _), (_, new) in zip(made, news, strict=True)])
    to_journal.note_keys(store, [row_id for row_id, _ in made])
    return made


def _identity(columns: Sequence[Any]) -> tuple[OrderId, str]:
    """Order and package of a new shipment's columns."""
    package, marketplace, shop, number = columns[:4]
    return OrderId(marketplace, shop, number), package


_NEW_COLUMNS = (
    *("id", "key", "order_id", "package_id", "marketplace", "shop", "number"),
    *RECIPIENT,
    *("lines", "goods_name", "goods_variant", "goods_quantity", "more_lines", "pieces"),
    *(
        "wish_day",
        "wish_slot",
        "wish_text",
        "ship_by",
        "carrier",
        "service",
        "cool",
        "gift",
        "wrapping",
        "noshi",
        "cod",
    ),
    *("buyer_text", "remark_read", "state"),
    *("problems", "problem_count", "worst", "blocked", "tags"),
    *("plan", "wait_until", "shelf"),
    *("cancelled", "releasable", "shipped_at_source", "not_ours", "confirms", "stage"),
)


def _new_columns(new: NewShipment) -> tuple[Any, ...]:
    standing = _standing_of(
        new.state, new.not_ours, new.shipped_at_source, new.confirms, new.blocked, bool(new.wait_until)
    )
    contact = new.recipient
    return (
        *(new.package_id, *_id_columns(new.order_id)),
        *(contact.name, contact.kana, contact.postal_code, contact.prefecture, contact.city, contact.street),
        *(contact.phone, contact.email),
        *goods_columns(new.lines, new.lines_text),
        *wish_columns(new.wish),
        *(
            to_ms(new.ship_by),
            new.carrier,
            new.service,
            new.cool,
            int(new.gift),
            dumps(new.wrapping) if new.wrapping else "[]",
            new.noshi,
        ),
        *(int(new.cash_on_delivery), new.buyer_text, int(new.remark_read), new.state.value),
        *problem_columns(new.problems, new.blocked),
        dumps(new.tags) if new.tags else "[]",
        *(new.plan, new.wait_until, new.shelf),
        *_first_standing(standing),
    )


@cache
def _first_standing(standing: Standing) -> tuple[Any, ...]:
    """The columns cancelled, releasable, shipped_at_source, not_ours, confirms, stage of a new shipment, of which there
    are few."""
    return (
        int(standing.cancelled),
        int(standing.releasable),
        int(standing.shipped_at_source),
        int(standing.not_ours),
        int(standing.confirms),
        stage_of(Facts(), standing).value,
    )


def _id_columns(order_id: OrderId) -> tuple[str, str, str]:
    return order_id.marketplace, order_id.shop, order_id.number


def goods_columns(lines: Sequence[OrderLine], lines_text: str = "") -> tuple[Any, ...]:
    """The columns lines, goods_name, goods_variant, goods_quantity, more_lines, pieces; `lines_text` is the first of
    them where it is known."""
    shown = [line for line in lines if not line.deleted] or list(lines)
    first = shown[0] if shown else OrderLine("", "", "", "", 0)
    pieces = sum(line.quantity for line in shown)
    lines_text = lines_text or dumps([to_plain(line) for line in lines])
    return lines_text, first.name, first.variant, first.quantity, max(len(shown) - 1, 0), pieces


def wish_columns(wish: Wish) -> tuple[str, str, str]:
    """The columns wish_day (ISO or blank), wish_slot, wish_text."""
    return (wish.day.isoformat() if wish.day else "", wish.slot, wish.text)


@cache
def _standing_of(
    state: OrderState,
    not_ours: bool,
    shipped: bool,
    confirms: bool = True,
    blocked: bool = False,
    waits: bool = False,
) -> Standing:
    return Standing(
        blocked=blocked,
        waits=waits,
        cancelled=state in (OrderState.CANCELLED, OrderState.CANCELLING),
        releasable=state in (OrderState.TO_SHIP, OrderState.SHIPPED, OrderState.UNKNOWN),
        shipped_at_source=shipped or state is OrderState.SHIPPED,
        not_ours=not_ours,
        confirms=confirms,
    )


def _searched(new: NewShipment) -> list[str]:
    contact = new.recipient
    texts = [
        new.order_id.number,
        contact.name,
        contact.kana,
        contact.phone,
        contact.postal_code,
        contact.address,
    ]
    for line in new.lines:
        texts += (line.sku, line.name, line.variant)
    return texts


def index(store: Store, row_ids: Iterable[int]) -> None:
    """Make search text and stock keys of shipments anew after their recipient, goods or numbers changed; a tracking
    number finds every order in its parcel."""
    entries, goods = [], []
    for shipment in by_ids(store, bundles.with_bundles(store, row_ids)):
        texts = [shipment.key, shipment.order_id.number, *(getattr(shipment.recipient, f) for f in RECIPIENT)]
        texts.append(shipment.recipient.address)
        for line in shipment.lines:
            texts += (line.sku, line.name, line.variant)
        for parcel in dict.fromkeys((*shipment.parcels, *shipment.boxes)):
            texts += (parcel.tracking_no, parcel.file_no)
        entries.append((shipment.row_id, search.words_of(texts)))
        goods.append((shipment.row_id, goods_index.skus_of(shipment.lines)))
    search.replace(store, entries)
    goods_index.replace(store, goods)


def update(store: Store, row_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of one shipment (names of the table); call `restage` when standing or facts are touched."""
    names = ", ".join(f"{name} = ?" for name in values)
    store.execute(f"UPDATE shipments SET {names} WHERE id = ?", (*values.values(), row_id))


def decide(store: Store, row_id: int, values: Mapping[str, Any], at: datetime | None, person: str) -> None:
    """The same where a hold or an approval may be among them, which the journals hear of."""
    update(store, row_id, values)
    to_journal.note_decision(store, row_id, values, at, person)


def set_state(store: Store, row_id: int, state: OrderState) -> None:
    """Take over what the marketplace now says of the order."""
    standing = _standing_of(state, False, False)
    update(
        store,
        row_id,
        {
            "state": state.value,
            "cancelled": int(standing.cancelled),
            "releasable": int(standing.releasable),
            "shipped_at_source": int(standing.shipped_at_source),
        },
    )


def set_problems(store: Store, checked: Iterable[CheckedProblems]) -> None:
    """Store what the rules found; call `restage` afterwards."""
    store.many(
        "UPDATE shipments SET problems = ?, problem_count = ?, worst = ?, blocked = ? WHERE id = ?",
        [(*problem_columns(found.problems, found.blocked), found.row_id) for found in checked],
    )


def problem_columns(problems: Sequence[Problem], blocked: bool) -> tuple[Any, ...]:
    """The columns problems, problem_count, worst, blocked."""
    if not problems:
        return "[]", 0, "", int(blocked)
    worst = _BY_RANK[min(_RANK[p.severity] for p in problems)]
    return dumps([to_plain(p) for p in problems]), len(problems), worst.value, int(blocked)


_BY_RANK = (Severity.STOP, Severity.BLOCK, Severity.WARN)
_RANK = {severity: rank for rank, severity in enumerate(_BY_RANK)}


def mark(
    store: Store, row_ids: Iterable[int], fact: str, at: datetime, person: str = "", how: str = ""
) -> None:
    """Set one fact (a name of FACT_NAMES); call `restage` afterwards."""
    row_ids = list(row_ids)
    set_fact(store, row_ids, fact, at, person, how)
    to_journal.note_fact(store, row_ids, to_journal.FACT, fact, at, person, how)


def unmark(store: Store, row_ids: Iterable[int], fact: str) -> None:
    """Take a fact back; call `restage` afterwards."""
    row_ids = list(row_ids)
    unset_fact(store, row_ids, fact)
    to_journal.note_fact(store, row_ids, to_journal.UNFACT, fact, None, "", "")


def unprint(store: Store, row_id: int) -> None:
    """A person or the source changed what the slip says: printed, it and those it is packed with are so no longer."""
    to_journal.note_fact(store, bundles.family_of(store, row_id), to_journal.UNFACT, "printed", None, "", "")
    bundles.unprint(store, row_id)


def set_fact(store: Store, row_ids: Iterable[int], fact: str, at: datetime, person: str, how: str) -> None:
    """As `mark`, where a journal says so."""
    _must_be_fact(fact)
    ms = to_ms(at)
    store.many(
        f"UPDATE shipments SET {fact}_at = ?, {fact}_by = ?, {fact}_how = ? WHERE id = ?",
        [(ms, person, how, row_id) for row_id in row_ids],
    )


def unset_fact(store: Store, row_ids: Iterable[int], fact: str) -> None:
    """As `unmark`, where a journal says so."""
    _must_be_fact(fact)
    store.many(
        f"UPDATE shipments SET {fact}_at = NULL, {fact}_by = '', {fact}_how = '' WHERE id = ?",
        [(row_id,) for row_id in row_ids],
    )


def _must_be_fact(fact: str) -> None:
    if fact not in FACT_NAMES:
        raise ValueError(f"no fact {fact}")


def restage(store: Store, row_ids: Iterable[int]) -> None:
    """Derive the stage of these shipments, and of those they are packed with, anew and tell open views. Inside a
    transaction."""
    columns = ", ".join(("s.id", "s.stage", *(f"s.{name}" for name in _STANDING), _BUNDLE_STOPPED))
    facts = ", ".join(f"s.{name}" for name in _FACT_COLUMNS)
    select, at_facts = f"SELECT {columns}, {facts} FROM shipments s", 3 + len(_STANDING)
    changes = []
    for row in _in_groups(store, select, "s.id", bundles.follow(store, row_ids)):
        stage = stage_of(_facts(row[at_facts:]), _standing(row[2:at_facts]))
        if stage.value != row[1]:
            changes.append((stage.value, row[0]))
    if changes:
        store.many("UPDATE shipments SET stage = ? WHERE id = ?", changes)
    store.touch()


_BUNDLE_STOPPED = (
    "EXISTS (SELECT 1 FROM shipments o WHERE o.bundle = s.bundle AND o.id <> s.id AND o.stops <> '')"
)


def _standing(cells: Sequence[Any]) -> Standing:
    """Columns in the order of `Standing`'s fields."""
    return Standing(*map(bool, cells))


def _facts(cells: Sequence[Any]) -> Facts:
    marks: list[Mark | None] = []
    for i in range(0, len(cells), 3):
        at = from_ms(cells[i])
        marks.append(None if at is None else Mark(at, cells[i + 1], cells[i + 2]))
    return Facts(*marks)


def by_ids(store: Store, row_ids: Sequence[int]) -> list[Shipment]:
    """These shipments in the order asked for; unknown ids are absent."""
    found = {s.row_id: s for s in _load(store, "id", row_ids)}
    return [found[i] for i in row_ids if i in found]


def by_keys(store: Store, keys: Sequence[str]) -> list[Shipment]:
    """These shipments in the order asked for; unknown keys are absent."""
    wanted = [without_paper(key) for key in keys]
    found = {s.key: s for s in _load(store, "key", wanted)}
    return [found[k] for k in wanted if k in found]


def leading(store: Store, found: Sequence[Shipment]) -> list[Shipment]:
    """What these are packed as: each member of a bundle replaced by the one that leads it, each once."""
    wanted = list(dict.fromkeys(s.leader or s.key for s in found))
    known = {s.key: s for s in found}
    known |= {s.key: s for s in by_keys(store, [key for key in wanted if key not in known])}
    return [known[key] for key in wanted]


def by_key(store: Store, key: str) -> Shipment | None:
    """One shipment by its key, or by the code on its slip."""
    found = _load(store, "key", [without_paper(key)])
    return found[0] if found else None


def of_orders(store: Store, order_rows: Sequence[int]) -> dict[int, list[Shipment]]:
    """Shipments by the row id of their order."""
    pairs = _in_groups(store, "SELECT id, order_id FROM shipments", "order_id", order_rows)
    by_row = {s.row_id: s for s in by_ids(store, [row_id for row_id, _ in pairs])}
    grouped: dict[int, list[Shipment]] = {}
    for row_id, order_row in sorted(pairs):
        grouped.setdefault(order_row, []).append(by_row[row_id])
    return grouped


def with_siblings(store: Store, row_ids: Sequence[int]) -> list[int]:
    """The rows of all shipments of the orders these belong to, in the order they were made."""
    sql = "SELECT s.id FROM shipments s JOIN shipments known ON known.order_id = s.order_id"
    return sorted({row_id for (row_id,) in _in_groups(store, sql, "known.id", row_ids)})


def told_orders(store: Store, order_rows: Sequence[int]) -> frozenset[int]:
    """Of these orders those all of whose shipments have been told to their marketplace."""
    untold = "MIN(CASE WHEN sent_at IS NULL AND accepted_at IS NULL THEN 0 ELSE 1 END)"
    found: set[int] = set()
    for start in range(0, len(order_rows), _GROUP):
        group = order_rows[start : start + _GROUP]
        marks = ", ".join("?" * len(group))
        sql = f"SELECT order_id FROM shipments WHERE order_id IN ({marks}) GROUP BY order_id HAVING {untold} = 1"
        found |= {row_id for (row_id,) in store.rows(sql, group)}
    return frozenset(found)


def by_number(store: Store, tracking_no: str) -> list[Shipment]:
    """Shipments that have this tracking number, linked or from a carrier's file."""
    ids = store.rows(
        "SELECT shipment_id FROM parcels WHERE tracking_no = ? OR file_no = ?", (tracking_no, tracking_no)
    )
    return by_ids(store, list(dict.fromkeys(row_id for (row_id,) in ids)))


def by_parcel_key(store: Store, key: str) -> Shipment | None:
    """The shipment of a parcel key."""
    row_id = store.value("SELECT shipment_id FROM parcels WHERE key = ?", (key,))
    found = by_ids(store, [row_id]) if row_id is not None else []
    return found[0] if found else None


def _load(store: Store, column: str, values: Sequence[Any]) -> list[Shipment]:
    """Each with those it is packed with, which take one query more where there are any."""
    asked = _in_groups(store, _SELECT, column, values)
    roots = list({row[_BUNDLE] for row in asked if row[_BUNDLE] is not None})
    packed = {row[0]: row for row in _in_groups(store, _SELECT, "bundle", roots)} if roots else {}
    rows = list({row[0]: row for row in (*asked, *packed.values())}.values())
    parcels = parcels_of(store, [row[0] for row in rows])
    buyers = _buyers(store, list({row[2] for row in rows}))
    made = {row[0]: _shipment(row, parcels.get(row[0], ()), buyers.get(row[2], Contact())) for row in rows}
    if packed:
        _bundle(store, {row[0]: row[_BUNDLE] for row in rows if row[_BUNDLE] is not None}, made)
    return [made[row[0]] for row in asked]


_BUNDLE = _COLUMNS.index("bundle")


def _bundle(store: Store, roots: Mapping[int, int], made: dict[int, Shipment]) -> None:
    """Let shipments know the others of their bundle; `roots` are the leaders' rows by row."""
    ids: dict[int, dict[str, str]] = {}
    sql = "SELECT shipment_id, parcel_key, detail_id FROM parcel_ids"
    for row_id, parcel, detail_id in _in_groups(store, sql, "shipment_id", list(roots)):
        ids.setdefault(row_id, {})[parcel] = detail_id
    alone = {
        row_id: replace(made[row_id], leader=made[root].key, own_ids=ids.get(row_id, {}))
        for row_id, root in roots.items()
        if root in made
    }
    for row_id, one in alone.items():
        others = (alone[o] for o in sorted(alone) if o != row_id and roots[o] == roots[row_id])
        made[row_id] = replace(one, together=tuple(others))


def parcels_of(store: Store, row_ids: Sequence[int]) -> dict[int, tuple[Parcel, ...]]:
    """Parcels by shipment row id, in their order."""
    sql = (
        "SELECT shipment_id, key, no, carrier, tracking_no, how, file_no, detail_id, contents, verified_at, handed_at, "
        "handed_how, grams, length_mm, width_mm, height_mm FROM parcels"
    )
    grouped: dict[int, list[Parcel]] = {}
    for row in sorted(_in_groups(store, sql, "shipment_id", row_ids), key=lambda r: (r[0], r[2])):
        contents, proven, handed, how, grams, *sides = row[8:]
        measures = Measures(grams, sides_of(*sides)) if grams or sides[0] else UNMEASURED
        named = handed is not None and how == _NAMED
        cells = (*row[1:8], contents_of(contents), proven is not None, from_ms(handed), measures, named)
        grouped.setdefault(row[0], []).append(Parcel(*cells))
    return {row_id: tuple(found) for row_id, found in grouped.items()}


def contents_of(text: str) -> tuple[Content, ...]:
    """The column `contents`."""
    return tuple(Content(*item) for item in json.loads(text)) if text else ()


def contents_text(contents: Iterable[Content]) -> str:
    """The reverse of `contents_of`."""
    return dumps([[c.shipment, c.line_id, c.quantity] for c in contents])


def _buyers(store: Store, order_rows: Sequence[int]) -> dict[int, Contact]:
    rows = _in_groups(store, "SELECT id, body FROM orders", "id", order_rows)
    return {row_id: Contact(**json.loads(body).get("buyer", {})) for row_id, body in rows}


def _in_groups(store: Store, select: str, column: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(values), _GROUP):
        group = values[start : start + _GROUP]
        found += store.rows(f"{select} WHERE {column} IN ({', '.join('?' * len(group))})", group)
    return found


def _shipment(row: Sequence[Any], parcels: tuple[Parcel, ...], buyer: Contact) -> Shipment:
    cell = dict(zip(_COLUMNS, row, strict=True))
    return Shipment(
        row_id=cell["id"],
        key=cell["key"],
        order_id=OrderId(cell["marketplace"], cell["shop"], cell["number"]),
        package_id=cell["package_id"],
        recipient=Contact(*(cell[name] for name in RECIPIENT)),
        buyer=buyer,
        lines=list_from_json(OrderLine, cell["lines"]),
        stage=Stage(cell["stage"]),
        facts=_facts(row[-len(_FACT_COLUMNS) :]),
        problems=list_from_json(Problem, cell["problems"]) if cell["problems"] != "[]" else (),
        parcels=parcels,
        wish=Wish(
            date.fromisoformat(cell["wish_day"]) if cell["wish_day"] else None,
            cell["wish_slot"],
            cell["wish_text"],
        ),
        ship_by=from_ms(cell["ship_by"]),
        carrier=cell["carrier"],
        service=cell["service"],
        buyer_text=cell["buyer_text"],
        remark_read=bool(cell["remark_read"]),
        gift=bool(cell["gift"]),
        wrapping=tuple(json.loads(cell["wrapping"])),
        noshi=cell["noshi"],
        hold_reason=cell["hold_reason"],
        batch=cell["batch"],
        batch_row=cell["batch_row"],
        cash_on_delivery=bool(cell["cod"]),
        changed=tuple((f, o, n) for f, o, n in json.loads(cell["changed"])),
        extra={"cool": cell["cool"]} if cell["cool"] else {},
        stops=cell["stops"],
    )


def last_parcel(store: Store, row_id: int) -> int:
    """The highest number a parcel of this shipment ever had."""
    return int(store.value("SELECT last_parcel FROM shipments WHERE id = ?", (row_id,)) or 1)


def set_parcel(store: Store, key: str, values: Mapping[str, Any]) -> None:
    """Set columns of one parcel by its key and refresh the search text of the orders in it."""
    names = ", ".join(f"{name} = ?" for name in values)
    row_id = store.value(
        f"UPDATE parcels SET {names} WHERE key = ? RETURNING shipment_id", (*values.values(), key)
    )
    if row_id is not None and {"tracking_no", "file_no"} & values.keys():
        index(store, [row_id])


def promise_numbers(
    store: Store, carrier: str, numbers: Sequence[tuple[str, str]], row_ids: Sequence[int]
) -> None:
    """Note what a carrier's file says of many parcels (key, number) of these shipments; they are found by it then. In a
    transaction."""
    store.many(
        "UPDATE parcels SET file_no = ?, carrier = ? WHERE key = ?",
        [(number, carrier, key) for key, number in numbers],
    )
    index(store, row_ids)


def keep_detail_id(store: Store, keys: Sequence[str], parcel_key: str, detail_id: str) -> None:
    """Note a marketplace's id of a parcel as the order of these shipments has it: each order of a bundle has its
    own."""
    key, marks = keys[0], ", ".join("?" * len(keys))
    own = store.value(
        "UPDATE parcels SET detail_id = ? WHERE key = ? "
        f"AND shipment_id IN (SELECT id FROM shipments WHERE key IN ({marks})) RETURNING id",
        (detail_id, parcel_key, *keys),
    )
    if own is None:
        store.execute(
            "INSERT INTO parcel_ids (shipment_id, parcel_key, detail_id) "
            "SELECT id, ?, ? FROM shipments WHERE key = ? "
            "ON CONFLICT (shipment_id, parcel_key) DO UPDATE SET detail_id = excluded.detail_id",
            (parcel_key, detail_id, key),
        )
