"""The practice marketplace itself, without HTTP: shops, orders, registered parcels and the nightly move.

It plays what the Rakuten reference says of the order API and shares no code with the connector it tests. Where the
reference is silent (which states refuse a report with ERROR_101) it takes the stricter reading.
"""

from __future__ import annotations

import copy
import itertools
import threading
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

from jpship_gui.practice.rakuten.answer import Answer, Json, bad, message, moment_of
from jpship_gui.practice.rakuten.report_form import format_fault
from jpship_gui.practice.rakuten.search import search

JST = timezone(timedelta(hours=9))

REPORTABLE = frozenset({200, 300, 500, 600, 700})
CANCELLED = frozenset({900})
VERSION_FIELDS: Mapping[int, frozenset[str]] = {
    10: frozenset({"socialGiftFlag", "SocialGiftModel"}),
    9: frozenset({"dropOffFlag", "dropOffLocation"}),
    8: frozenset({"deliveryCertPrgFlag", "oneDayOperationFlag"}),
    7: frozenset({"SkuModelList"}),
}


@dataclass(slots=True)
class Shop:
    """One practice shop: who may call, and its orders as getOrder's OrderModel, by order number."""

    number: str
    service_secret: str
    license_key: str
    expires: date
    orders: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class _Job:
    due: datetime
    reports: list[Json]
    partial: bool
    results: list[Json] | None = None


class RakutenPlay:
    """All practice shops of one server; every method may be called from several threads."""

    def __init__(self, clock: Callable[[], datetime], result_delay: float = 0.3) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._details = itertools.count(700_000_000_001)
        self._jobs: dict[str, _Job] = {}
        self._days = 0
        self.result_delay = result_delay
        self.shops: dict[str, Shop] = {}

    # -- the practice marketplace's own clock and records -------------------------------------------------------

    def now(self) -> datetime:
        """The practice marketplace's time in Japan: the real one plus the nights that were played."""
        return self._clock().astimezone(JST) + timedelta(days=self._days)

    def open_shop(
        self, number: str, service_secret: str, license_key: str, orders: Iterable[Json], days_left: int = 60
    ) -> Shop:
        """Add a shop or replace its orders; order numbers are the keys."""
        with self._lock:
            expires = (self.now() + timedelta(days=days_left)).date()
            shop = Shop(number, service_secret, license_key, expires)
            shop.orders = {order["orderNumber"]: copy.deepcopy(order) for order in orders}
            self.shops[number] = shop
            return shop

    def change_order(self, number: str, changes: Mapping[str, object]) -> bool:
        """Overwrite top-level fields of an order, as a buyer's or Rakuten's act would."""
        with self._lock:
            for shop in self.shops.values():
                if number in shop.orders:
                    shop.orders[number].update(changes)
                    return True
            return False

    def others(self, numbers: Collection[str]) -> list[Json]:
        """As many models of other orders; where there are not enough, they are made up."""
        with self._lock:
            known = {n: order for shop in self.shops.values() for n, order in shop.orders.items()}
            found = [copy.deepcopy(order) for n, order in known.items() if n not in numbers]
            for number in sorted(numbers)[len(found) :]:
                made = copy.deepcopy(known[number])
                made["orderNumber"] = number[:-1] + str((int(number[-1]) + 5) % 10) + "1"
                found.append(made)
            return found[: len(numbers)]

    def record(self) -> list[Json]:
        """Every registered parcel of every shop, in the order of order numbers."""
        with self._lock:
            self._run_due_jobs()
            return [
                {
                    "shop": shop.number,
                    "orderNumber": number,
                    "orderProgress": order["orderProgress"],
                    "basketId": package["basketId"],
                    **parcel,
                }
                for shop in self.shops.values()
                for number, order in sorted(shop.orders.items())
                for package in order["PackageModelList"]
                for parcel in package.get("ShippingModelList") or []
            ]

    def night(self) -> list[str]:
        """Let a night pass: orders whose every parcel row is complete move to 500; returns their numbers."""
        with self._lock:
            self._run_due_jobs(everything=True)
            self._days += 1
            now = self.now()
            stamp = now.strftime("%Y-%m-%dT01:23:45+0900")
            moved = []
            for shop in self.shops.values():
                for number, order in shop.orders.items():
                    if order["orderProgress"] == 300 and _complete(order, now.date()):
                        order["orderProgress"] = 500
                        order["shippingCmplRptDatetime"] = stamp
                        moved.append(number)
            return sorted(moved)

    # -- the calls of the order API -----------------------------------------------------------------------------

    def search(self, shop: Shop, body: Json) -> Answer:
        """searchOrder."""
        with self._lock:
            return search(shop.orders.values(), body, self.now())

    def get(self, shop: Shop, body: Json) -> Answer:
        """getOrder; numbers that are unknown, another shop's or older than 730 days are simply absent."""
        with self._lock:
            self._run_due_jobs()
            numbers, version = body.get("orderNumberList"), body.get("version")
            if not numbers or version is None:
                return bad("GET_ORDER_ERROR_009", "orderNumberListまたはversionが指定されていません。")
            if len(numbers) > 100 or version not in range(3, 11):
                return bad("GET_ORDER_ERROR_011", "orderNumberListまたはversionの形式が不正です。")
            oldest = self.now() - timedelta(days=730)
            found = [shop.orders[n] for n in dict.fromkeys(numbers) if n in shop.orders]
            found = [o for o in found if (moment_of(o["orderDatetime"]) or oldest) >= oldest]
            words = f"受注情報取得に成功しました。(取得件数{len(found)}件)"
            note = message("INFO", "GET_ORDER_INFO_101", words)
            models = [_as_of_version(o, version) for o in found]
            return Answer(200, {"MessageModelList": [note], "OrderModelList": models, "version": version})

    def update_shipping(self, shop: Shop, body: Json, partial: bool = False) -> Answer:
        """updateOrderShipping: one order, at once."""
        with self._lock:
            fault = format_fault(body)
            if fault is not None:
                return bad("UPDATE_ORDERSHIPPING_ERROR_011", fault[0], dataNumber=fault[1])
            return Answer(200, {"MessageModelList": self._register(shop, body, partial)})

    def update_shipping_async(self, shop: Shop, body: Json, partial: bool = False) -> Answer:
        """updateOrderShippingAsync: format faults at once and for the whole request, the rest after a moment."""
        with self._lock:
            reports = body.get("OrderShippingModelList") or []
            prefix = "UPDATE_ORDERSHIPPING_ASYNC"
            if not reports:
                return bad(f"{prefix}_ERROR_009", "OrderShippingModelListが指定されていません。")
            numbers = [report.get("orderNumber") for report in reports]
            faults = [
                message(
                    "ERROR", f"{prefix}_ERROR_011", f[0], orderNumber=r.get("orderNumber"), dataNumber=f[1]
                )
                for r in reports
                if (f := format_fault(r)) is not None
            ]
            if len(reports) > 100 or len(set(numbers)) != len(numbers):
                faults.append(message("ERROR", f"{prefix}_ERROR_011", "受注番号の件数または重複が不正です。"))
            if faults:
                return Answer(200, {"MessageModelList": faults})
            now = self.now()
            request_id = f"{uuid.uuid4()}_{now:%Y%m%d%H%M%S}"
            due = self._clock() + timedelta(seconds=self.result_delay)
            self._jobs[request_id] = _Job(due, [{**r, "_shop": shop.number} for r in reports], partial)
            note = message(
                "INFO", f"{prefix}_INFO_101", "発送情報の更新を受け付けました。", requestId=request_id
            )
            return Answer(200, {"MessageModelList": [note]})

    def result(self, shop: Shop, body: Json) -> Answer:
        """getResultUpdateOrderShippingAsync: not ready, unknown and expired answer alike."""
        with self._lock:
            self._run_due_jobs()
            prefix = "GET_RESULT_UPDATEORDERSHIPPING_ASYNC"
            if not body.get("requestId"):
                return bad(f"{prefix}_ERROR_009", "requestIdが指定されていません。")
            job = self._jobs.get(body["requestId"])
            if job is None or job.results is None or job.reports[0]["_shop"] != shop.number:
                note = message("INFO", f"{prefix}_INFO_101", "対象のデータが存在しません。")
                return Answer(200, {"ResultShippingModelList": None, "MessageModelList": [note]})
            return Answer(200, {"ResultShippingModelList": copy.deepcopy(job.results)})

    # -- what a report does -------------------------------------------------------------------------------------

    def _run_due_jobs(self, everything: bool = False) -> None:
        now = self._clock()
        for job in self._jobs.values():
            if job.results is None and (everything or job.due <= now):
                job.results = [
                    {
                        "orderNumber": report["orderNumber"],
                        "MessageModelList": self._register(
                            self.shops[report["_shop"]], report, job.partial and position % 2 == 1
                        ),
                    }
                    for position, report in enumerate(job.reports)
                ]

    def _register(self, shop: Shop, body: Json, refuse: bool) -> list[Json]:
        number = body["orderNumber"]
        order = shop.orders.get(number)
        if order is not None and order["orderProgress"] in CANCELLED:
            return [
                message("ERROR", "UPDATE_ORDERSHIPPING_ERROR_102", "キャンセル済みの受注です。", dataNumber=1)
            ]
        if order is None or refuse or order["orderProgress"] not in REPORTABLE:
            words = "発送情報を更新できない受注です。"
            return [message("ERROR", "UPDATE_ORDERSHIPPING_ERROR_101", words, dataNumber=1)]
        packages = {package["basketId"]: package for package in order["PackageModelList"]}
        notes: list[Json] = []
        for basket in body["BasketidModelList"]:
            for parcel in basket["ShippingModelList"]:
                note = self._apply(packages.get(basket["basketId"]), parcel)
                notes.append({**note, "dataNumber": len(notes) + 1})
        return notes

    def _apply(self, package: Json | None, parcel: Json) -> Json:
        prefix = "UPDATE_ORDERSHIPPING"
        if package is None:
            return message("ERROR", f"{prefix}_ERROR_011", "送付先IDが正しくありません。")
        rows: list[Json] = package.get("ShippingModelList") or []
        package["ShippingModelList"] = rows
        values = {k: (v or None) for k, v in parcel.items() if k in _PARCEL_FIELDS}
        if parcel.get("shippingDetailId") is None:
            row = {"shippingDetailId": next(self._details), **dict.fromkeys(_PARCEL_FIELDS), **values}
            rows.append(row)
            words, code = "発送情報を追加しました。", "INFO_101"
        else:
            known = [r for r in rows if r["shippingDetailId"] == parcel["shippingDetailId"]]
            if not known:
                return message("ERROR", f"{prefix}_ERROR_011", "発送明細IDが正しくありません。")
            row = known[0]
            if parcel.get("shippingDeleteFlag") == 1:
                rows.remove(row)
                words, code = "発送情報を削除しました。", "INFO_103"
            else:
                row.update(values)
                words, code = "発送情報を変更しました。", "INFO_102"
        return message("INFO", f"{prefix}_{code}", words, shippingDetailId=row["shippingDetailId"])


_PARCEL_FIELDS = ("shippingNumber", "deliveryCompany", "shippingDate")


def _complete(order: Json, today: date) -> bool:
    """Whether the nightly run takes the order: one parcel or more per recipient, none half filled or dated ahead."""
    for package in order["PackageModelList"]:
        rows = package.get("ShippingModelList") or []
        if not rows or not all(row[name] for row in rows for name in _PARCEL_FIELDS):
            return False
        if any(date.fromisoformat(row["shippingDate"]) > today for row in rows):
            return False
    return True


def _as_of_version(order: Json, version: int) -> Json:
    hidden = frozenset().union(*(names for since, names in VERSION_FIELDS.items() if since > version))

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: strip(v) for k, v in value.items() if k not in hidden}
        return [strip(v) for v in value] if isinstance(value, list) else value

    model: Json = strip(order)
    return model
