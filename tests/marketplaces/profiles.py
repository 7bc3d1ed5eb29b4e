"""Profiles and files for tests: an unseen shop's CSV, valid by default, vary one thing."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from jpship_gui.domain.order import Order
from jpship_gui.formats.detect import open_as_known
from jpship_gui.marketplaces.base import ReadOrders, ShopAccount
from jpship_gui.marketplaces.profile import marketplace_of
from jpship_gui.marketplaces.profile_data import Profile, flaws, of_data

HEADER = ("受注No", "お名前", "〒", "住所", "TEL", "品名", "品番", "個数", "伝票番号")
FIELDS: Mapping[str, Any] = {
    "recipient.name": [{"columns": ["お名前"]}],
    "recipient.postal": [{"columns": ["〒"]}],
    "recipient.address": [{"columns": ["住所"]}],
    "recipient.phone": [{"columns": ["TEL"]}],
    "line.name": [{"columns": ["品名"]}],
    "line.sku": [{"columns": ["品番"]}],
    "line.quantity": [{"columns": ["個数"]}],
}
OUT: Mapping[str, Any] = {
    "columns": [
        {"header": "受注No", "field": "number"},
        {"header": "伝票番号", "field": "tracking_no"},
        {"header": "配送会社", "field": "carrier_code"},
        {"header": "発送日", "field": "ship_date"},
    ]
}


def profile_data(**changes: Any) -> dict[str, Any]:
    """A profile of one row an item as plain values; `fields` and `rows` are added to, the rest is replaced."""
    made: dict[str, Any] = {
        "format": 1,
        "id": "jisha",
        "title": "自社サイト",
        "rows": {"order_key": ["受注No"], **changes.pop("rows", {})},
        "detect": {"required": ["受注No", "お名前", "個数"]},
        "fields": {**FIELDS, **changes.pop("fields", {})},
    }
    return {**made, **changes}


def a_profile(**changes: Any) -> Profile:
    """The same as a sound profile."""
    made = of_data(profile_data(**changes))
    assert flaws(made) == []
    return made


def a_row(number: str = "A-1", **changes: str) -> dict[str, str]:
    """One row of its file."""
    given = {
        "受注No": number,
        "お名前": "見本 花子",
        "〒": "113-0022",
        "住所": "東京都文京区千駄木9-99-9",
        "TEL": "090-0000-0101",
        "品名": "マグカップ",
        "品番": "mug-blue",
        "個数": "1",
        "伝票番号": "",
    }
    return {**given, **changes}


def csv_of(
    rows: Sequence[Mapping[str, str] | Sequence[str]], header: Sequence[str] = HEADER, **how: Any
) -> bytes:
    """Rows as a UTF-8 file; a row of its own cells stands as it is."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", **how)
    writer.writerow(header)
    for row in rows:
        writer.writerow([row.get(name, "") for name in header] if isinstance(row, Mapping) else row)
    return out.getvalue().encode()


def read(
    profile: Profile, *files: bytes, refused: frozenset[str] = frozenset(), **settings: str
) -> ReadOrders:
    """Read a file, or the two of a pair, as an import does once it knows the profile."""
    market = marketplace_of(profile)
    account = ShopAccount("自社", market.id, settings, lambda field: "")
    opened = [open_as_known(f"{n}.csv", data, market.order_layouts) for n, data in enumerate(files)]
    table, layout = opened[0][0], opened[0][1].layout
    if market.join is not None:
        (joined, *_) = market.join([(table, match.layout) for table, match in opened])
        if joined.fault is not None:
            raise joined.fault
        table, layout = joined.table, joined.layout
    assert market.read_orders is not None
    return market.read_orders(table, layout, lambda part: account, refused)


def read_rows(profile: Profile, *rows: Mapping[str, str] | Sequence[str], **how: Any) -> ReadOrders:
    """The same from rows."""
    header = how.pop("header", HEADER)
    return read(profile, csv_of(rows, header), **how)


def only(found: ReadOrders) -> Order:
    """The one order a file holds."""
    assert found.rejections == ()
    (order,) = found.orders
    return order
