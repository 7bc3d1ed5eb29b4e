"""searchOrder of the practice marketplace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from jpship_gui.practice.rakuten.answer import Answer, Json, bad, message, moment_of

SEARCH_DATES: Mapping[int, str] = {
    1: "orderDatetime",
    2: "shopOrderCfmDatetime",
    3: "orderFixDatetime",
    5: "shippingCmplRptDatetime",
}
MAX_HITS = 15_000


def search(orders: Iterable[Json], body: Json, now: datetime) -> Answer:
    """The page of order numbers asked for."""
    fault = _fault(body, now)
    if fault is not None:
        fault.body.update(orderNumberList=None, PaginationResponseModel=None)
        return fault
    start, end = moment_of(body["startDatetime"]), moment_of(body["endDatetime"])
    assert start is not None
    assert end is not None
    hits = [order for order in orders if _matches(order, body, start, end)]
    hits.sort(key=lambda o: (o["orderDatetime"], o["orderNumber"]), reverse=_descending(body))
    return _page([order["orderNumber"] for order in hits], body.get("PaginationRequestModel") or {})


def _fault(body: Json, now: datetime) -> Answer | None:
    for name in ("dateType", "startDatetime", "endDatetime"):
        if body.get(name) is None:
            return bad("SEARCH_ORDER_ERROR_009", f"{name}が指定されていません。")
    start, end = moment_of(body["startDatetime"]), moment_of(body["endDatetime"])
    if body["dateType"] not in (1, 2, 3, 4, 5, 6):
        return bad("SEARCH_ORDER_ERROR_011", "dateTypeの形式が不正です。")
    if start is None or end is None or end < start:
        return bad("SEARCH_ORDER_ERROR_011", "期間の形式が不正です。")
    if end - start > timedelta(days=63):
        return bad("SEARCH_ORDER_ERROR_011", "期間は63日以内で指定してください。")
    if now - start > timedelta(days=730):
        return bad("SEARCH_ORDER_ERROR_011", "過去730日以内で指定してください。")
    paging = body.get("PaginationRequestModel") or {}
    if not 1 <= paging.get("requestRecordsAmount", 30) <= 1000 or paging.get("requestPage", 1) < 1:
        return bad("SEARCH_ORDER_ERROR_011", "PaginationRequestModelの形式が不正です。")
    return None


def _matches(order: Json, body: Json, start: datetime, end: datetime) -> bool:
    wanted = body.get("orderProgressList")
    if wanted and order["orderProgress"] not in wanted:
        return False
    rows = [row for package in order["PackageModelList"] for row in package.get("ShippingModelList") or []]
    if body.get("shippingNumberBlankFlag") == 1 and rows and all(row["shippingNumber"] for row in rows):
        return False
    if body.get("shippingDateBlankFlag") == 1 and rows and all(row["shippingDate"] for row in rows):
        return False
    if body["dateType"] == 4:
        days = (date.fromisoformat(row["shippingDate"]) for row in rows if row["shippingDate"])
        return any(start.date() <= day <= end.date() for day in days)
    moment = moment_of(order.get(SEARCH_DATES.get(body["dateType"], "orderFixDatetime")))
    return moment is not None and start <= moment <= end


def _descending(body: Json) -> bool:
    sorts = (body.get("PaginationRequestModel") or {}).get("SortModelList") or []
    return bool(sorts) and sorts[0].get("sortDirection") == 2


def _page(numbers: Sequence[str], paging: Json) -> Answer:
    prefix = "SEARCH_ORDER"
    if not numbers:
        note = message("INFO", f"{prefix}_INFO_102", "検索条件に該当する受注はありません。")
        nothing = {"totalRecordsAmount": None, "totalPages": None, "requestPage": None}
        return Answer(
            200, {"orderNumberList": [], "MessageModelList": [note], "PaginationResponseModel": nothing}
        )
    size, page = paging.get("requestRecordsAmount", 30), paging.get("requestPage", 1)
    shown = list(numbers[:MAX_HITS][(page - 1) * size : page * size])
    pages = -(-len(numbers) // size)
    return Answer(
        200,
        {
            "orderNumberList": shown,
            "MessageModelList": [message("INFO", f"{prefix}_INFO_101", "受注検索に成功しました。")],
            "PaginationResponseModel": {
                "totalRecordsAmount": len(numbers),
                "totalPages": pages,
                "requestPage": page,
            },
        },
    )
