"""The seller's packing checklist: read, tried on the orders of today, kept (PK-16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jpship_gui.domain.goods_set import opened
from jpship_gui.domain.packing.checklist import (
    CheckItem,
    Checklist,
    CheckSubject,
    Flaw,
    Group,
    fits,
    items_for,
    read_checklist,
)
from jpship_gui.domain.packing.tick_turn import code_of
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.pack.extras import subject_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import checklists, goods_sets, marks, products, shipments, shops, table
from jpship_gui.texts import known, text

__all__ = [
    "CheckItem",
    "Checklist",
    "Fitting",
    "Flaw",
    "Group",
    "Tried",
    "asks_words",
    "flaw_words",
    "item_code",
    "kept_text",
    "read",
    "save",
    "try_on_today",
]

_MOST = 3_000  # shipments it is tried on
_CHUNK = 300


@dataclass(frozen=True, slots=True)
class Fitting:
    """A shipment a group is for: its key and its order's number."""

    key: str
    order: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What a checklist does with the orders that wait: by group (line where it begins) which it is for; how many were
    looked at, of how many; and the most that one parcel asks for."""

    fitting: Mapping[int, tuple[Fitting, ...]]
    looked: int
    waiting: int
    most_items: int
    most_order: str


def kept_text(ws: Workspace) -> str:
    """The checklist as it was written last."""
    return checklists.newest(ws.store)[1]


def read(ws: Workspace, written: str) -> Checklist:
    """Its groups, and the lines that could not be used; carriers, services and shops nobody knows are such."""
    carriers = ws.carriers()
    return read_checklist(
        written,
        {
            "carrier": frozenset(carriers),
            "service": frozenset(one.id for carrier in carriers.values() for one in carrier.services),
            "shop": frozenset(shop.name for shop in shops.every(ws.store)),
        },
    )


def save(ws: Workspace, written: str) -> Checklist:
    """Keep it as a new version; lines with flaws are kept as written and not used. The same text makes no version."""
    body = "\n".join(line.rstrip() for line in written.strip().splitlines())
    if body != kept_text(ws):
        with ws.store.transaction():
            checklists.keep(ws.store, body, ws.now(), ws.person)
            ws.store.touch()
    return read(ws, body)


def flaw_words(flaw: Flaw) -> str:
    """Which line is not used, and why."""
    return text(f"checklist.flaw.{flaw.code}", line=flaw.line, word=flaw.word)


def asks_words(group: Group) -> str:
    """What a group asks, in words: 商品 mug-*・運送会社 yamato."""
    parts = []
    for question, answers in group.asks:
        shown = [_answer(question, answer) for answer in answers]
        key = f"checklist.ask.{question}"
        name = text(key) if known(key) else question
        parts.append(f"{name} {text('checklist.or').join(shown)}".strip())
    return "　".join(parts) or text("checklist.every")


def _answer(question: str, answer: str) -> str:
    key = f"checklist.answer.{question}.{answer}"
    return text(key) if known(key) else answer


def item_code(item: CheckItem) -> str:
    """What its bar code holds."""
    return code_of(item.id)


def try_on_today(ws: Workspace, checklist: Checklist) -> Tried:
    """Which of the orders that wait for printing and packing each group is for; the most urgent ones first."""
    ids: list[int] = []
    for stage in (Stage.PACK, Stage.PRINT):
        ids += table.ids(ws.store, table.Query(view=f"stage:{stage.value}"), ws.now())
    found: dict[int, list[Fitting]] = {group.line: [] for group in checklist.groups}
    looked, most, most_order = 0, 0, ""
    for start in range(0, min(len(ids), _MOST), _CHUNK):
        waiting = shipments.by_ids(ws.store, ids[start : min(start + _CHUNK, _MOST)])
        for shipment, subject in _subjects(ws, [one for one in waiting if not one.is_member]):
            looked += 1
            count = len(items_for(checklist, subject))
            if count > most:
                most, most_order = count, shipment.order_id.number
            for group in checklist.groups:
                if fits(group, subject):
                    found[group.line].append(Fitting(shipment.key, shipment.order_id.number))
    return Tried({line: tuple(some) for line, some in found.items()}, looked, len(ids), most, most_order)


def _subjects(ws: Workspace, some: Sequence[Shipment]) -> Iterator[tuple[Shipment, CheckSubject]]:
    """As the groups ask about them, the goods list read once for all."""
    lines = [line for one in some for _, line in one.goods]
    sets = goods_sets.by_skus(ws.store, (line.sku for line in lines))
    skus = [piece.sku for piece in opened(lines, sets)]
    listed = products.by_skus(ws.store, skus)
    named = marks.of_goods(ws.store, listed)
    default = {
        shop.name: str(ws.shop_options(shop.name).get("carrier.default")) for shop in shops.every(ws.store)
    }
    for one in some:
        pieces = [piece for each in one.bundle for piece in opened(each.lines, sets)]
        carrier = one.carrier or default.get(one.order_id.shop, "")
        yield one, subject_of(one.bundle, pieces, listed, named, carrier)
