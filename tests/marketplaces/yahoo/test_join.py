"""注文情報 and 商品情報 read as one."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from openpyxl import Workbook

from jpship_gui.domain.fault import Refused
from jpship_gui.formats.detect import recognise
from jpship_gui.formats.reader import read_bytes
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import Joined
from jpship_gui.practice.yahoo.files import ITEMS, LEGACY_ITEMS, LEGACY_ORDERS, ORDERS, item_rows, order_row
from jpship_gui.practice.yahoo.samples import Model, yahoo_orders
from tests.marketplaces.yahoo.reading import by_number, items_csv, orders_csv, packed_csv, read_pair

MODELS = yahoo_orders(8)
PACKED = ["OrderId", "ShipName", "OrderStatus", "ItemId", "Title", "QuantityDetail"]
SHORT_ORDERS = [name for name in ORDERS if name != "Id"]
SHORT_ITEMS = [name for name in ITEMS if name != "Id"]


def join(*files: bytes) -> list[Joined]:
    market = marketplaces()["yahoo"]
    tables = [read_bytes(f"file-{n}.csv", data) for n, data in enumerate(files)]
    assert market.join is not None
    return list(market.join([(t, recognise(t, market.order_layouts).layout) for t in tables]))


def faults(joined: list[Joined]) -> list[tuple[tuple[int, ...], str]]:
    return [(one.members, one.fault.code if one.fault else "") for one in joined]


def test_a_pair_in_either_order() -> None:
    assert faults(join(orders_csv(MODELS), items_csv(MODELS))) == [((0, 1), "")]
    assert faults(join(items_csv(MODELS), orders_csv(MODELS))) == [((1, 0), "")]


def test_every_order_has_its_lines() -> None:
    read = read_pair(orders_csv(MODELS), items_csv(list(reversed(MODELS))))
    found = by_number(read)
    assert list(found) == [model["Order"]["OrderId"] for model in MODELS]
    for model in MODELS:
        lines = found[model["Order"]["OrderId"]].lines
        assert [line.line_id for line in lines] == [item["LineId"] for item in model["Item"]]


@pytest.mark.parametrize(
    ("order_header", "item_header"),
    [(ORDERS, SHORT_ITEMS), (SHORT_ORDERS, ITEMS), (SHORT_ORDERS, SHORT_ITEMS)],
)
def test_either_file_may_lack_the_long_number(order_header: list[str], item_header: list[str]) -> None:
    read = read_pair(orders_csv(MODELS, order_header), items_csv(MODELS, item_header))
    assert list(by_number(read)) == [model["Order"]["OrderId"] for model in MODELS]


def test_orders_without_lines_and_lines_without_orders_are_named() -> None:
    (one,) = join(orders_csv(MODELS[:6]), items_csv(MODELS[1:]))
    assert one.members == (0, 1)
    assert one.fault is not None
    assert one.fault.code == "yahoo_orphans"
    assert one.fault.values["orders_alone"] == "jpship-renshu-1-10000001"
    assert one.fault.values["items_alone"] == "jpship-renshu-1-10000007・jpship-renshu-1-10000008"


def test_many_orphans_are_counted() -> None:
    many = yahoo_orders(30)
    (one,) = join(orders_csv(many), items_csv(many[:5]))
    assert one.fault is not None
    assert one.fault.code == "yahoo_orphan_orders"
    assert str(one.fault.values["orders_alone"]).endswith("… (25)")
    (other,) = join(orders_csv(many[:5]), items_csv(many))
    assert other.fault is not None
    assert (other.fault.code, other.fault.values["orders_alone"]) == ("yahoo_orphan_items", "")


def test_one_file_alone_is_refused_with_what_is_missing() -> None:
    assert faults(join(orders_csv(MODELS))) == [((0,), "yahoo_items_missing")]
    assert faults(join(items_csv(MODELS))) == [((0,), "yahoo_orders_missing")]


def test_a_packed_order_file_needs_no_other() -> None:
    assert faults(join(packed_csv(MODELS, PACKED))) == [((0,), "")]


def test_a_packed_order_file_with_its_item_file_takes_the_lines_from_there() -> None:
    header = [*PACKED, "UnitPrice"]
    read = read_pair(
        packed_csv(MODELS, header), items_csv(MODELS, [n for n in SHORT_ITEMS if n != "UnitPrice"])
    )
    lines = [line for order in by_number(read).values() for line in order.lines]
    assert len(lines) == sum(len(model["Item"]) for model in MODELS)
    assert {line.unit_price for line in lines} == {0}  # the packed price stands beside, untouched


def test_two_stores_pairs_find_each_other() -> None:
    other = yahoo_orders(5, seller="another-store")
    for model in other:
        number = int(model["Order"]["OrderId"].rpartition("-")[2]) + 500
        model["Order"]["OrderId"] = f"another-store-{number}"
    joined = join(orders_csv(MODELS), items_csv(other), items_csv(MODELS), orders_csv(other))
    assert faults(joined) == [((0, 2), ""), ((3, 1), "")]


def test_the_same_number_of_two_stores_is_not_guessed() -> None:
    twin: list[Model] = yahoo_orders(1, seller="another-store")
    (one,) = join(orders_csv(MODELS[:1], SHORT_ORDERS), items_csv([*MODELS[:1], *twin]))
    assert one.fault is not None
    assert one.fault.code == "yahoo_orphans"


def test_messages_name_the_right_file_and_line() -> None:
    models = yahoo_orders(3)
    models[2]["Item"][0]["Quantity"] = "0"
    models[1]["Ship"]["ShipZipCode"] = "600001"
    read = read_pair(orders_csv(models), items_csv(models))
    (rejection,) = read.rejections
    assert (rejection.file, rejection.line, rejection.column) == ("items.csv", 4, "Quantity")
    (damage,) = read.damages
    assert (damage.line, damage.found, damage.repaired) == (3, "600001", "0600001")


def test_damage_of_an_order_with_several_lines_is_told_once() -> None:
    models = yahoo_orders(4)
    models[3]["Ship"]["ShipPhoneNumber"] = "9012345678"
    assert len(models[3]["Item"]) > 1
    read = read_pair(orders_csv(models), items_csv(models))
    assert [(d.line, d.repaired) for d in read.damages] == [(5, "09012345678")]
    found = by_number(read)[models[3]["Order"]["OrderId"]]
    assert dict(found.findings[0].values)["count"] == "1"


def test_the_legacy_files() -> None:
    assert (len(LEGACY_ORDERS), len(LEGACY_ITEMS)) == (106, 27)
    read = read_pair(orders_csv(MODELS, LEGACY_ORDERS), items_csv(MODELS, LEGACY_ITEMS))
    assert len(by_number(read)) == len(MODELS)


def test_a_legacy_order_file_alone_is_not_packed() -> None:
    with pytest.raises(Refused, match="yahoo_items_missing"):
        read_pair(orders_csv(MODELS, LEGACY_ORDERS))


def test_a_row_with_too_many_cells_is_rejected() -> None:
    lines = orders_csv(MODELS[:2]).decode("cp932").split("\r\n")
    lines[2] += ",more"
    read = read_pair("\r\n".join(lines).encode("cp932"), items_csv(MODELS[:2]))
    assert [(r.code, r.value) for r in read.rejections] == [("row_too_long", "more")]
    assert len(read.orders) == 1


def workbook(rows: list[dict[str, str]], header: Sequence[str]) -> bytes:
    """A spreadsheet that turned everything it could into numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(header))
    for row in rows:
        cells = [row.get(name, "") for name in header]
        sheet.append([int(c) if c.isascii() and c.isdecimal() and len(c) < 15 else c for c in cells])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_workbooks_and_texts_make_a_pair() -> None:
    whole = by_number(read_pair(orders_csv(MODELS), items_csv(MODELS)))
    book = workbook([order_row(model) for model in MODELS], ORDERS)
    items = workbook([row for model in MODELS for row in item_rows(model)], ITEMS)
    for orders_data, items_data in ((book, items_csv(MODELS)), (book, items), (orders_csv(MODELS), items)):
        found = by_number(read_pair(orders_data, items_data))
        assert list(found) == list(whole)
        for number, order in found.items():
            assert (order.packages, order.lines, order.money) == (
                *(whole[number].packages, whole[number].lines),
                whole[number].money,
            )
