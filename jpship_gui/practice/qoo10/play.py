"""The practice Qoo10 without HTTP: shops, order numbers, their states, and what the calls do to them.

It plays what the Qoo10 reference says and shares no code with the connector it tests. Where the reference is silent it
takes the stricter reading: another tracking number for what is on its way is refused, a parameter left out answers like
a null, a new certification key ends the one before.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

from jpship_gui.practice.qoo10 import records

Json = dict[str, Any]
JST = timezone(timedelta(hours=9))
MAX_ROWS = 500
MAX_SPAN = timedelta(days=90)
MAX_PROMISE = timedelta(days=3)  # for ordinary goods a date four days ahead was refused (reference 3.2)
_CANCELLED = frozenset({"3", "16"})
_DATES = {"1": "注文日", "2": "入金日", "3": "発送日", "4": "配送完了日"}
_CLAIM_DATES = {"1": "注文日", "2": "CLAIMED", "3": "CLAIMED"}


def reply(code: int, words: str, result: object = None) -> Json:
    """A whole reply."""
    return {"ResultCode": code, "ResultMsg": words, "ResultObject": result}


SUCCESS = "SUCCESS"
WRONG_KEY = reply(-10000, "Please check the Seller Authorization Key.")
FORMAT = reply(-10001, "OrderNo format error")
DATE_ERROR = reply(-10002, "Search Date Error")
SPAN = reply(-10003, "Searching period exceeds to 90 days.")
NO_API = reply(-90001, "The API does not exist")
EXPIRED = reply(-90004, "Seller authorization key is expired. Use a new key.")


@dataclass(slots=True)
class Shop:
    """One practice shop and its order numbers as rows of the detail file. `told` is every accepted SetSendingInfo."""

    name: str
    api_key: str
    key: str
    user: str
    password: str
    expires: date
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    told: list[tuple[str, str]] = field(default_factory=list)
    keys_given: int = 0


class QooPlay:
    """All practice shops of one server; every method may be called from several threads."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._days = 0
        self.shops: dict[str, Shop] = {}
        self.without: set[str] = set()  # calls this service does not have (any more)

    def now(self) -> datetime:
        """Japan's time here: the real one plus the nights that were played."""
        return self._clock().astimezone(JST) + timedelta(days=self._days)

    def open_shop(self, shop: Shop, rows: Iterable[Mapping[str, str]]) -> Shop:
        """Add a shop or replace it; order numbers are the keys."""
        with self._lock:
            shop.rows = {row["注文番号"]: {"CLAIM": "", "CLAIMED": "", **row} for row in rows}
            self.shops[shop.name] = shop
            return shop

    # -- control ------------------------------------------------------------------------------------------------

    def change(self, number: str, changes: Mapping[str, str]) -> list[str]:
        """Overwrite cells of an order number or of all of a cart, as a buyer's or Qoo10's act would; `CLAIM` sets a
        claim of today. Gives the order numbers changed."""
        with self._lock:
            found = [r for s in self.shops.values() for r in s.rows.values() if number in _names(r)]
            for row in found:
                row.update(changes)
                if "CLAIM" in changes:
                    row["CLAIMED"] = f"{self.now():%Y-%m-%d %H:%M:%S}"
            return [row["注文番号"] for row in found]

    def record(self) -> list[Json]:
        """Every registered number: one row for each order number that has one. `times` counts how often it was told."""
        with self._lock:
            return [
                {
                    "shop": shop.name,
                    "order": row["カート番号"],
                    "line": number,
                    "tracking_no": row["送り状番号"],
                    "carrier": row["配送会社"],
                    "date": row["発送日"].replace("/", "-"),
                    "state": row["STATE"],
                    "times": sum(told == number for told, _ in shop.told),
                }
                for shop in self.shops.values()
                for number, row in sorted(shop.rows.items())
                if row["送り状番号"]
            ]

    def night(self) -> list[str]:
        """Let a night pass: what was on its way arrives. Gives the carts that moved."""
        with self._lock:
            self._days += 1
            moved = []
            for shop in self.shops.values():
                for row in shop.rows.values():
                    if row["STATE"] == "4":
                        row |= {"STATE": "5", "配送完了日": f"{self.now():%Y/%m/%d}"}
                        moved.append(row["カート番号"])
            return sorted(set(moved))

    # -- reading ------------------------------------------------------------------------------------------------

    def shipping_info(self, shop: Shop, body: Mapping[str, str], version: str) -> Json:
        """GetShippingInfo; cancelled order numbers are in no state any more."""
        names = (
            ("ShippingStatus", "SearchStartDate", "SearchEndDate", "SearchCondition")
            if version == "v3"
            else ("ShippingStat", "search_Sdate", "search_Edate", "search_condition")
        )
        if any(name not in body for name in names):
            return NO_API
        state, first, last, condition = (body[name] for name in names)
        states = ("1", "2", "3") if state in ("", "0") else (state,)
        if not set(states) <= set("12345") or (condition or "1") not in _DATES:
            return reply(-10001, "parameter format error")
        start, end = _moment(first, ends=False), _moment(last, ends=True)
        if start is None or end is None or end < start:
            return DATE_ERROR
        if end - start > MAX_SPAN:
            return SPAN
        make = records.v3 if version == "v3" else records.v2
        with self._lock:
            found = [
                make(row, self._related(shop, row))
                for row in shop.rows.values()
                if row["STATE"] in states
                and row["CLAIM"] not in _CANCELLED
                and _within(row[_DATES[condition or "1"]], start, end)
            ]
        return reply(0, SUCCESS, found)

    def _related(self, shop: Shop, row: Mapping[str, str]) -> str:
        same = (r["注文番号"] for r in shop.rows.values() if r["カート番号"] == row["カート番号"])
        return ", ".join(same)

    def claims(self, shop: Shop, body: Mapping[str, str]) -> Json:
        """GetClaimInfo_V3."""
        names = ("ClaimStat", "search_Sdate", "search_Edate", "search_condition")
        if any(name not in body for name in names):
            return NO_API
        claim, first, last, condition = (body[name] for name in names)
        start, end = _moment(first, ends=False), _moment(last, ends=True)
        if start is None or end is None or end < start or (condition or "1") not in _CLAIM_DATES:
            return DATE_ERROR
        if end - start > MAX_SPAN:
            return SPAN
        with self._lock:
            found = [
                records.claim(row)
                for row in shop.rows.values()
                if row["CLAIM"]
                and claim in ("", row["CLAIM"])
                and _within(row[_CLAIM_DATES[condition or "1"]], start, end)
            ]
        return reply(0, SUCCESS, found)

    def one(self, shop: Shop, body: Mapping[str, str]) -> Json:
        """GetShippingAndClaimInfoByOrderNo_V2; one number, none joined by commas."""
        if "OrderNo" not in body:
            return NO_API
        if not body["OrderNo"].isdecimal():
            return FORMAT
        with self._lock:
            row = shop.rows.get(body["OrderNo"])
            return reply(0, SUCCESS, [records.one(row)] if row else [])

    # -- writing ------------------------------------------------------------------------------------------------

    def seller_check(self, shop: Shop, body: Mapping[str, str]) -> Json:
        """SetSellerCheckYN_V2: accept one order number and promise its ship date."""
        if any(name not in body for name in ("OrderNo", "DelayType", "DelayMemo")):
            return NO_API
        if not body["OrderNo"].isdecimal():
            return FORMAT
        with self._lock:
            return reply(*self._accept(shop, body))

    def seller_check_bulk(self, shop: Shop, body: Mapping[str, str], partial: bool) -> Json:
        """SetSellerCheckYNBulk; the row's number is called cont_no here."""
        rows = _rows(body.get("SendPlanDtInfoJson"))
        if rows is None:
            return reply(-10001, "JSON format error")
        if len(rows) > MAX_ROWS:
            return reply(-10011, "Over the limit")
        with self._lock:
            answers = [
                (row, (-10013, "Not in request state") if partial and n % 2 else self._accept(shop, row))
                for n, row in enumerate(rows)
            ]
        return reply(0, SUCCESS, [_answer("cont_no", row, code, words) for row, (code, words) in answers])

    def _accept(self, shop: Shop, body: Mapping[str, str]) -> tuple[int, str]:
        row = shop.rows.get(str(body.get("OrderNo")))
        if row is None or row["CLAIM"]:
            return -10013, "Not in request state"
        if row["STATE"] in "345":
            return -10012, "Already confirmed"
        if row["STATE"] != "2":
            return -10013, "Not in request state"
        text = str(body.get("EstShipDt") or "")
        moment = _moment(text, ends=False) if len(text) == 8 else None
        if moment is None:
            return -10016, "EstShipDt is null"
        today = self.now().date()
        if moment.date() <= today:
            return -10018, "EstShipDt must be later than today"
        if moment.date() > today + MAX_PROMISE:
            return -10017, "EstShipDt exceeds the latest date"
        row |= {"STATE": "3", "発送予定日": f"{moment:%Y/%m/%d}"}
        return 0, SUCCESS

    def sending(self, shop: Shop, body: Mapping[str, str], partial: bool) -> Json:
        """SetSendingInfo: one order number."""
        if any(name not in body for name in ("OrderNo", "ShippingCorp", "TrackingNo")):
            return NO_API
        if not body["OrderNo"].isdecimal():
            return FORMAT
        with self._lock:
            return reply(*((-10103, _NOT_SENT) if partial else self._send(shop, body)))

    def sending_bulk(self, shop: Shop, body: Mapping[str, str], partial: bool) -> Json:
        """SetSendingInfoBulk; the row's number is called contr_no here."""
        rows = _rows(body.get("ShippingInfoJson"))
        if rows is None:
            return reply(-10001, "JSON format error")
        if len(rows) > MAX_ROWS:
            return reply(-10011, "Over the limit")
        with self._lock:
            answers = [
                (row, (-10103, _NOT_SENT) if partial and n % 2 else self._send(shop, row))
                for n, row in enumerate(rows)
            ]
        made = [
            {**_answer("contr_no", row, code, words), "transc_nm": row["ShippingCorp"]}
            for row, (code, words) in answers
        ]
        return reply(0, SUCCESS, made)

    def _send(self, shop: Shop, body: Mapping[str, str]) -> tuple[int, str]:
        """The date is the moment of the call. What is on its way keeps its number."""
        row = shop.rows.get(str(body["OrderNo"]))
        name, number = str(body["ShippingCorp"]), str(body["TrackingNo"])
        if row is None or row["CLAIM"] or row["STATE"] == "1":
            return -10103, _NOT_SENT
        if not name or len(name) > 200 or not number or len(number) > 50:
            return -10001, "ShippingCorp or TrackingNo format error"
        if row["STATE"] in "45" and row["送り状番号"] != number:
            return -10103, _NOT_SENT
        if row["STATE"] in "23":
            row |= {"STATE": "4", "送り状番号": number, "配送会社": name, "発送日": f"{self.now():%Y/%m/%d}"}
        shop.told.append((row["注文番号"], number))
        return 0, SUCCESS

    def create_key(self, shop: Shop, body: Mapping[str, str]) -> Json:
        """CertificationAPI.CreateCertificationKey; the key before ends."""
        if (body.get("user_id"), body.get("pwd")) != (shop.user, shop.password):
            return reply(-10001, "Not exists seller info")
        with self._lock:
            shop.keys_given += 1
            shop.key = f"{shop.name}_practice_sak_{shop.keys_given}"
            shop.expires = self.now().date() + timedelta(days=365)
            return reply(0, SUCCESS, shop.key)


_NOT_SENT = "配送情報を登録できない注文です。"


def _names(row: Mapping[str, str]) -> tuple[str, str]:
    return row["注文番号"], row["カート番号"]


def _answer(name: str, row: Mapping[str, Any], code: int, words: str) -> Json:
    return {name: row.get("OrderNo"), "result_cd": str(code), "ResultCode": code, "ResultMsg": words}


def _rows(text: str | None) -> Sequence[Mapping[str, Any]] | None:
    """The rows of a bulk call, None unless they are a list of objects without a null."""
    try:
        rows = json.loads(text or "")
    except ValueError:
        return None
    if not isinstance(rows, list) or not all(isinstance(r, dict) and r.get("OrderNo") for r in rows):
        return None
    return None if any(value is None for row in rows for value in row.values()) else rows


def _moment(text: str, *, ends: bool) -> datetime | None:
    """`yyyyMMdd` (its beginning or end) or `yyyyMMddHHmmss`."""
    form = {8: "%Y%m%d", 14: "%Y%m%d%H%M%S"}.get(len(text))
    if form is None or not text.isdecimal():
        return None
    try:
        moment = datetime.strptime(text, form)
    except ValueError:
        return None
    return moment + timedelta(days=1, seconds=-1) if ends and len(text) == 8 else moment


def _within(cell: str, start: datetime, end: datetime) -> bool:
    text = cell.replace("/", "-")
    if not text:
        return False
    moment = datetime.fromisoformat(text)
    return start <= moment <= end
