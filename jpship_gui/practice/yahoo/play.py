"""The practice marketplace itself, without HTTP: stores, orders, what is told of them and how their states move.

It plays what the Yahoo! reference says and shares no code with the connector it tests. Where the reference is silent
it takes the stricter reading: a state that is not 処理中 refuses shipping, and completing right after shipping fails.
Which code goes with which refusal is not known beyond od90101, od91801 and px-04307: the other pairs are invented.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from jpship_gui.practice.server import Reply
from jpship_gui.practice.yahoo import request_form as form
from jpship_gui.practice.yahoo.answer import add_flat, add_order, error, result_set, xml_reply
from jpship_gui.practice.yahoo.samples import Model

JST = timezone(timedelta(hours=9))
Json = dict[str, Any]
# OrderStatus → where it may go (6.2).
MOVES: Mapping[str, frozenset[str]] = {
    "1": frozenset({"4", "5"}),
    "2": frozenset({"3", "4", "5"}),
    "3": frozenset({"2", "4", "5"}),
    "4": frozenset(),
    "5": frozenset({"2", "4"}),
}
_NODES = ("Order", "Pay", "Ship", "Detail")


@dataclass(slots=True)
class Store:
    """One practice store. `notices`: how often each order's buyer was told of shipping, `shipped_at`: when last."""

    seller_id: str
    orders: dict[str, Model] = field(default_factory=dict)
    notices: dict[str, int] = field(default_factory=dict)
    shipped_at: dict[str, datetime] = field(default_factory=dict)


class YahooPlay:
    """All practice stores of one server; every method may be called from several threads."""

    def __init__(self, clock: Callable[[], datetime], settle_seconds: float = 10.0) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._days = 0
        self.settle_seconds = settle_seconds  # completing sooner after shipping fails (5.7)
        self.warns = False  # a warning comes with what is taken
        self.stores: dict[str, Store] = {}

    def now(self) -> datetime:
        """The practice marketplace's time in Japan: the real one plus the nights that were played."""
        return self._clock().astimezone(JST) + timedelta(days=self._days)

    def open_store(self, seller_id: str, orders: Iterable[Model]) -> Store:
        """Add a store or replace its orders."""
        with self._lock:
            store = Store(seller_id, {o["Order"]["OrderId"]: copy.deepcopy(o) for o in orders})
            self.stores[seller_id] = store
            return store

    def change_order(self, number: str, changes: Mapping[str, str]) -> bool:
        """Overwrite fields of an order, as a buyer's or the store's act in the browser would."""
        with self._lock:
            for store in self.stores.values():
                if number in store.orders:
                    self._write(store.orders[number], changes)
                    return True
            return False

    def record(self) -> list[Json]:
        """Every tracking number that stands, in the order of order numbers."""
        with self._lock:
            return [
                self._row(store, number, order, place)
                for store in self.stores.values()
                for number, order in sorted(store.orders.items())
                for place in (1, 2)
                if order["Ship"].get(f"ShipInvoiceNumber{place}")
            ]

    def _row(self, store: Store, number: str, order: Model, place: int) -> Json:
        ship = order["Ship"]
        return {
            "shop": store.seller_id,
            "order": number,
            "tracking_no": ship[f"ShipInvoiceNumber{place}"],
            "carrier": ship.get("ShipCompanyCode", ""),
            "date": ship.get("ShipDate", ""),
            "ship_status": ship["ShipStatus"],
            "order_status": order["Order"]["OrderStatus"],
            "notices": store.notices.get(number, 0),
            "times": store.notices.get(number, 0),
        }

    def night(self) -> list[str]:
        """Let a night pass: what was shipped arrives (着荷済み)."""
        with self._lock:
            self._days += 1
            moved = []
            for store in self.stores.values():
                for number, order in store.orders.items():
                    if order["Ship"]["ShipStatus"] == "3":
                        self._write(order, {"ShipStatus": "4"})
                        moved.append(number)
            return sorted(moved)

    # -- the calls ----------------------------------------------------------------------------------------------

    def count(self, store: Store) -> Reply:
        """orderCount."""
        with self._lock:
            orders = [o["Order"] for o in store.orders.values()]
        root, result = result_set()
        counts = SubElement(result, "Count")
        new = [o for o in orders if o["IsSeen"] == "false"]
        found = {
            "NewOrder": sum(o["OrderStatus"] == "2" for o in new),
            "NewReserve": sum(o["OrderStatus"] == "1" for o in new),
            "Holding": sum(o["OrderStatus"] == "3" for o in orders),
        }
        for name, number in found.items():
            SubElement(counts, name).text = str(number)
        return xml_reply(root)

    def list_orders(self, store: Store, request: Element) -> Reply:
        """orderList: one page of what fits."""
        fault = form.list_fault(request)
        if fault:
            return error(400, "od90101", fault)
        search = request.find("Search")
        assert search is not None
        with self._lock:
            hits = [order for order in store.orders.values() if _fits(order, search)]
            hits.sort(
                key=lambda o: o["Order"]["OrderTime"], reverse=form.text_of(search, "Sort").startswith("-")
            )
            first = int(form.text_of(search, "Start") or 1)
            size = int(form.text_of(search, "Result") or 10)
            wanted = form.text_of(search, "Field").split(",")
            root = Element("Result")
            SubElement(root, "Status").text = "OK"
            found = SubElement(root, "Search")
            SubElement(found, "TotalCount").text = str(len(hits))
            for index, order in enumerate(hits[first - 1 : first - 1 + size], start=first):
                add_flat(found, order, wanted)
                SubElement(found[-1], "Index").text = str(index)
        return xml_reply(root)

    def order_info(self, store: Store, request: Element) -> Reply:
        """orderInfo: one order."""
        fault = form.info_fault(request)
        if fault:
            return error(400, "od90101", fault)
        wanted = frozenset(form.text_of(request, "Target/Field").split(","))
        with self._lock:
            order = store.orders.get(form.text_of(request, "Target/OrderId"))
            if order is None:
                return _not_found()
            root, result = result_set()
            add_order(result, order, wanted)
        return xml_reply(root)

    def ship(self, store: Store, request: Element, refuse: bool) -> Reply:
        """orderShipStatusChange."""
        fault = form.target_fault(request) or form.ship_fault(request, self.now().date())
        if fault:
            return error(400, "od90101", fault)
        number = form.text_of(request, "Target/OrderId")
        with self._lock:
            order = store.orders.get(number)
            if order is None:
                return _not_found()
            ship = request.find("Order/Ship")
            assert ship is not None
            told = {child.tag: (child.text or "").strip() for child in ship}
            fault = "出荷ステータスを変更できない注文です。" if refuse else _ship_refusal(order, told)
            if fault:
                return error(400, "od90150", fault)
            told["ShipCompanyCode"] = form.carrier_of(
                told.get("ShipCompanyCode") or order["Ship"].get("ShipCompanyCode", ""),
                told.get("ShipMethod", ""),
            )
            if told.get("ShipDate"):
                told["ShipDate"] = datetime.strptime(told["ShipDate"], "%Y%m%d").date().isoformat()
            if told["ShipStatus"] == "3":
                store.notices[number] = store.notices.get(number, 0) + 1
                store.shipped_at[number] = self._clock()
            self._write(order, told)
        return self._taken()

    def move(self, store: Store, request: Element) -> Reply:
        """orderStatusChange."""
        fault = form.target_fault(request)
        wanted = form.text_of(request, "Order/OrderStatus")
        if fault or wanted not in MOVES:
            return error(400, "od90101", fault or "Order/OrderStatusは必須です。")
        number = form.text_of(request, "Target/OrderId")
        with self._lock:
            order = store.orders.get(number)
            if order is None:
                return _not_found()
            fault = self._move_refusal(store, number, order, wanted)
            if fault:
                return error(400, "od90137", fault)
            self._write(order, {"OrderStatus": wanted})
        return self._taken()

    def _move_refusal(self, store: Store, number: str, order: Model, wanted: str) -> str:
        if wanted not in MOVES[order["Order"]["OrderStatus"]] or order["Order"].get("Suspect") == "1":
            return "注文ステータスを変更できません。"
        shipped = store.shipped_at.get(number)
        settled = shipped is None or self._clock() - shipped >= timedelta(seconds=self.settle_seconds)
        if wanted == "5" and (order["Ship"]["ShipStatus"] not in ("3", "4") or not settled):
            return "完了にできる状態ではありません。"
        return ""

    def _taken(self) -> Reply:
        root, result = result_set()
        if self.warns:
            warning = SubElement(result, "Warning")
            SubElement(warning, "Code").text = "od91704"
            SubElement(warning, "Message").text = "お問い合わせ伝票番号を確認してください。"
        return xml_reply(root)

    def _write(self, order: Model, changes: Mapping[str, str]) -> None:
        for name, value in changes.items():
            node = next((n for n in _NODES if name in order[n]), _home(name))
            order[node][name] = value
        stamp = self.now()
        last = datetime.fromisoformat(order["Order"]["LastUpdateTime"])
        order["Order"]["LastUpdateTime"] = _later(last, stamp).isoformat(timespec="seconds")


def _later(last: datetime, stamp: datetime) -> datetime:
    """Never the same twice: the stamp has whole seconds."""
    stamp = stamp.replace(microsecond=0)
    return stamp if stamp > last else last + timedelta(seconds=1)


def _home(name: str) -> str:
    return (
        "Ship" if name.startswith(("Ship", "Eazy", "Gift")) else "Pay" if name.startswith("Pay") else "Order"
    )


def _not_found() -> Reply:
    return error(404, "od91801", "指定された注文が見つかりません。")


def _ship_refusal(order: Model, told: Mapping[str, str]) -> str:
    """Why an order is not to be shipped in its state (6.1)."""
    head = order["Order"]
    if head["OrderStatus"] != "2" or head.get("Suspect") == "1" or head.get("IsReadOnly") == "true":
        return "出荷ステータスを変更できない注文です。"
    if order["Ship"]["ShipStatus"] == "0" and told["ShipStatus"] in ("2", "3", "4"):
        return "出荷不可の注文です。"
    return ""


def _fits(order: Model, search: Element) -> bool:
    condition = search.find("Condition")
    assert condition is not None
    flat = {name: value for node in _NODES for name, value in order[node].items()}
    at = "".join(character for character in flat["OrderTime"][:19] if character.isdigit())
    for child in condition:
        wanted = (child.text or "").strip()
        if child.tag == "OrderTimeFrom":
            fits = at >= wanted
        elif child.tag == "OrderTimeTo":
            fits = at <= wanted
        else:
            fits = flat.get(child.tag, "") in wanted.split(",")
        if not fits:
            return False
    return True
