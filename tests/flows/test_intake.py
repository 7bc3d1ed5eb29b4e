"""Files to shipments: preview, taking over, importing again, changes at the source."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Order
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.intake.accept import Accepted, Source, accept, accept_orders
from jpship_gui.flows.intake.preview import CHANGED, NEW, UNCHANGED, Preview, preview
from jpship_gui.flows.intake.rejected import save_rejected
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.formats.reader import read_file
from jpship_gui.practice.rakuten import samples
from jpship_gui.store import carrier_files, orders, shipments, shops
from jpship_gui.store.carrier_files import CarrierFile

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
Row = dict[str, str]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: NOW)
    shops.add(opened.store, "本店", "rakuten", {}, NOW)
    yield opened
    opened.close()


def plain(count: int = 3, **changes: str) -> list[Row]:
    return [{**row, **changes} for row in samples.rakuten_rows(count, plain=True)]


def take(
    ws: Workspace, tmp_path: Path, rows: list[Row], header: list[str] | None = None, **options: Any
) -> Accepted:
    """Import rows as a file."""
    path = tmp_path / "orders.csv"
    path.write_bytes(samples.csv_bytes(rows, header))
    return accept(ws, preview(ws, [path], **options))


def counts(done: Accepted | Preview) -> tuple[int, int, int, int]:
    return tuple(done.counts[name] for name in (NEW, CHANGED, UNCHANGED, "rejected"))  # type: ignore[return-value]


def stored(ws: Workspace) -> list[Shipment]:
    ids = [row_id for (row_id,) in ws.store.rows("SELECT id FROM shipments ORDER BY id")]
    return shipments.by_ids(ws.store, ids)


def everything(ws: Workspace) -> list[Any]:
    """All that intake may write, as plain rows."""
    tables = ("shops", "imports", "orders", "source_rows", "shipments", "parcels", "history", "counters")
    return [ws.store.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]


def normal(order: Order) -> tuple[Any, ...]:
    """An order without what reading noticed."""
    return tuple(getattr(order, name) for name in order.__slots__ if name != "findings")


# -- one reading ------------------------------------------------------------------------------------------------------


def test_the_preview_writes_nothing(ws: Workspace, tmp_path: Path) -> None:
    before = everything(ws)
    path = samples.write_csv(tmp_path / "a.csv", samples.rakuten_rows(30))
    shown = preview(ws, [path])
    assert counts(shown) == (30, 0, 0, 0)
    (file,) = shown.files
    assert (file.layout, file.encoding, file.delimiter, file.rows) == (
        "rakuten.orders",
        "cp932",
        ",",
        len(samples.rakuten_rows(30)),
    )
    assert everything(ws) == before


def test_shipments_are_made_with_key_ship_by_and_problems(ws: Workspace, tmp_path: Path) -> None:
    done = take(ws, tmp_path, samples.rakuten_rows(60))
    made = stored(ws)
    assert [shipment.key for shipment in made] == list(done.keys)
    assert len(made) == 62  # two orders go to two addresses
    assert all(shipment.ship_by for shipment in made)
    stages = {shipment.stage for shipment in made}
    assert {Stage.PRINT, Stage.CHECK, Stage.CANCELLED, Stage.WAITING} <= stages
    by_problem = {problem.code for shipment in made for problem in shipment.problems}
    assert {"remark_unread", "remark_wish_found", "gift_recipient_waiting"} <= by_problem


def test_sample_addresses_are_quiet(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, plain(200))
    codes = {problem.code for shipment in stored(ws) for problem in shipment.problems}
    assert codes <= {"wish_unreachable"}


def test_one_order_to_two_addresses(ws: Workspace, tmp_path: Path) -> None:
    first, second = plain(1, 送付先ID="1", 商品明細ID="1")[0], plain(1, 送付先ID="2", 商品明細ID="2")[0]
    take(ws, tmp_path, [first, {**second, "送付先姓": "例田"}])
    one, two = stored(ws)
    assert one.order_id == two.order_id
    assert [s.package_id for s in (one, two)] == ["1", "2"]
    assert [len(s.lines) for s in (one, two)] == [1, 1]
    assert two.recipient.name.startswith("例田")


def test_source_rows_are_kept_as_received(ws: Workspace, tmp_path: Path) -> None:
    rows, header = samples.shuffled(samples.rakuten_rows(12, seed=3))
    take(ws, tmp_path, rows, header)
    table = read_file(tmp_path / "orders.csv")
    kept = {}
    for row_id, number in ws.store.rows("SELECT id, number FROM orders"):
        kept[number] = orders.source_rows(ws.store, row_id)
    at = table.header.index("注文番号")
    for row in table.rows:
        (same,) = [source for source in kept[row.cells[at]] if source.line == row.line]
        assert same.cells == tuple(zip(table.header, row.cells, strict=True))


def test_an_order_already_shipped_when_first_seen_is_not_ours(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, plain(1, ステータス="500"))
    assert [shipment.stage for shipment in stored(ws)] == [Stage.NOT_OURS]


# -- the same orders in other clothes ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def six_hundred() -> list[Row]:
    return samples.rakuten_rows(600, seed=7)


@pytest.mark.parametrize("twin", ["workbook", "typed workbook", "shuffled", "utf-8", "tabs", "damaged"])
def test_twins_of_a_file_give_the_same_orders(
    ws: Workspace, tmp_path: Path, six_hundred: list[Row], twin: str
) -> None:
    original = samples.write_csv(tmp_path / "original.csv", six_hundred)
    path = tmp_path / "twin"
    if twin.endswith("workbook"):
        samples.write_xlsx(path, six_hundred, typed=twin.startswith("typed"))
    elif twin == "shuffled":
        rows, header = samples.shuffled(six_hundred)
        path.write_bytes(samples.csv_bytes(rows, header))
    elif twin == "damaged":
        path.write_bytes(samples.csv_bytes(samples.damaged(six_hundred), line_end="\n"))
    else:
        encoding, delimiter = ("utf-8", ",") if twin == "utf-8" else ("cp932", "\t")
        path.write_bytes(samples.csv_bytes(six_hundred, encoding=encoding, delimiter=delimiter))
    one, two = preview(ws, [original]).files[0], preview(ws, [path]).files[0]
    assert two.rejections == ()
    assert [normal(o.order) for o in two.outcomes] == [normal(o.order) for o in one.outcomes]
    assert len(one.outcomes) == 600
    assert bool(two.damages) == (twin in ("damaged", "typed workbook"))
    assert two.repeated_rows == (3 if twin == "damaged" else 0)
    warned = {"damaged": ("resaved",), "typed workbook": ("resaved", "codes_as_numbers")}
    assert two.warnings == warned.get(twin, ())
    accept(ws, preview(ws, [original]))
    assert counts(preview(ws, [path])) == (0, 0, 600, 0)


# -- files that are none ----------------------------------------------------------------------------------------------

AMAZON = "order-id\torder-item-id\tquantity-purchased\trecipient-name\n503-1234567-1234567\t1\t1\t例田 茜\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (AMAZON.encode("cp932"), "shop_none"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200), "file_not_table"),
        (b"", "file_empty"),
        ("氏名,住所\r\n例田,東京都\r\n".encode("cp932"), "file_unknown"),
    ],
)
def test_other_files_are_refused_and_nothing_is_written(
    ws: Workspace, tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(content)
    before = everything(ws)
    shown = preview(ws, [path])
    fault = shown.files[0].fault
    assert fault is not None
    assert (fault.code, fault.values["file"], shown.usable) == (code, "orders.csv", False)
    with pytest.raises(Refused, match=code):
        accept(ws, shown)
    assert everything(ws) == before


def test_a_foreign_file_does_not_keep_the_others_out(ws: Workspace, tmp_path: Path) -> None:
    good, bad = samples.write_csv(tmp_path / "good.csv", plain(2)), tmp_path / "bad.csv"
    bad.write_text(AMAZON, encoding="utf-8")
    done = accept(ws, preview(ws, [bad, good]))
    assert counts(done) == (2, 0, 0, 0)
    assert len(stored(ws)) == 2


# -- shops ------------------------------------------------------------------------------------------------------------


def test_the_only_shop_learns_its_number(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, plain(1))
    assert shops.get(ws.store, "本店").settings["shop_number"] == "345678"
    other = samples.rakuten_rows(1, shop="222222", plain=True)
    path = samples.write_csv(tmp_path / "other.csv", other)
    assert [r.code for r in preview(ws, [path]).files[0].rejections] == ["shop_unknown"]


def test_a_file_of_several_shops_is_divided_by_number(ws: Workspace, tmp_path: Path) -> None:
    shops.set_settings(ws.store, "本店", {"shop_number": "345678"})
    shops.add(ws.store, "二号店", "rakuten", {"shop_number": "222222"}, NOW)
    rows = (
        plain(2)
        + samples.rakuten_rows(3, shop="222222", plain=True)
        + samples.rakuten_rows(1, shop="111111", plain=True)
    )
    done = take(ws, tmp_path, rows)
    assert counts(done) == (5, 0, 0, 1)
    assert sorted(s.order_id.shop for s in stored(ws)) == ["二号店"] * 3 + ["本店"] * 2


def test_a_named_shop_takes_the_file(ws: Workspace, tmp_path: Path) -> None:
    shops.add(ws.store, "二号店", "rakuten", {}, NOW)
    path = samples.write_csv(tmp_path / "a.csv", plain(1))
    assert preview(ws, [path]).files[0].rejected_orders == 1
    accept(ws, preview(ws, [path], shop="二号店"))
    assert [s.order_id.shop for s in stored(ws)] == ["二号店"]


def test_without_a_shop_the_file_is_refused(tmp_path: Path) -> None:
    empty = open_workspace(str(tmp_path / "empty"))
    path = samples.write_csv(tmp_path / "a.csv", plain(1))
    fault = preview(empty, [path]).files[0].fault
    empty.close()
    assert fault is not None
    assert fault.code == "shop_none"


# -- importing again (IN-07) ------------------------------------------------------------------------------------------


def test_the_same_file_three_times(ws: Workspace, tmp_path: Path) -> None:
    rows = samples.rakuten_rows(40)
    assert counts(take(ws, tmp_path, rows)) == (40, 0, 0, 0)
    before = stored(ws)
    for _ in range(2):
        assert counts(take(ws, tmp_path, rows)) == (0, 0, 40, 0)
    assert stored(ws) == before


def test_the_same_file_twice_in_one_import(ws: Workspace, tmp_path: Path) -> None:
    paths = [samples.write_csv(tmp_path / name, plain(4)) for name in ("a.csv", "b.csv")]
    done = accept(ws, preview(ws, paths))
    assert counts(done) == (4, 0, 4, 0)
    assert len(stored(ws)) == 4


def test_what_we_confirmed_stays_confirmed(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, plain(1))
    (shipment,) = stored(ws)
    with ws.store.transaction():
        for fact in ("printed", "linked", "verified", "sent", "accepted"):
            shipments.mark(ws.store, [shipment.row_id], fact, NOW)
        shipments.restage(ws.store, [shipment.row_id])
    assert counts(take(ws, tmp_path, plain(1))) == (0, 0, 1, 0)
    assert stored(ws)[0].stage is Stage.ACCEPTED
    assert counts(take(ws, tmp_path, plain(1, ステータス="500"))) == (0, 0, 1, 0)
    assert stored(ws)[0].stage is Stage.SHIPPED


def test_a_template_with_fewer_columns_takes_nothing_back(ws: Workspace, tmp_path: Path) -> None:
    rows = samples.rakuten_rows(20, seed=9)
    take(ws, tmp_path, rows)
    before = stored(ws)
    fewer = ["注文番号", "送付先ID", "商品明細ID", "ステータス", "個数"]
    assert counts(take(ws, tmp_path, rows, fewer)) == (0, 0, 20, 0)
    assert stored(ws) == before


# -- changes at the source (IN-08, IN-09) -----------------------------------------------------------------------------


def printed(ws: Workspace) -> Shipment:
    (shipment,) = stored(ws)
    with ws.store.transaction():
        shipments.mark(ws.store, [shipment.row_id], "printed", NOW, "佐藤")
        shipments.restage(ws.store, [shipment.row_id])
    return stored(ws)[0]


CHANGES = [
    ({"送付先住所それ以降の住所": "神浦9-9-9"}, "recipient.address"),
    ({"送付先姓": "例田"}, "recipient.name"),
    ({"個数": "7"}, "quantity"),
    ({"お届け日指定": "2026-12-01"}, "wish"),
    ({"SKU情報": "カラー:緑"}, "goods"),
    ({"のし": "御祝"}, "noshi"),
    ({"コメント": "[配送日時指定:]\n\n\n玄関前でお願いします"}, "remark"),
    ({"支払方法名": "代金引換"}, "payment"),
]


@pytest.mark.parametrize(("changes", "field"), CHANGES)
def test_before_printing_a_change_is_simply_taken(
    ws: Workspace, tmp_path: Path, changes: Row, field: str
) -> None:
    take(ws, tmp_path, plain(1))
    done = take(ws, tmp_path, plain(1, **changes))
    assert counts(done) == (0, 1, 0, 0)
    assert field in {c.field for c in done.files[0].outcomes[0].changes}
    (shipment,) = stored(ws)
    assert (shipment.hold_reason, shipment.changed, done.held) == ("", (), ())
    fresh = done.files[0].outcomes[0].order
    assert (shipment.recipient, shipment.lines, shipment.wish) == (
        fresh.packages[0].recipient,
        fresh.lines,
        fresh.wish,
    )
    assert (shipment.noshi, shipment.buyer_text) == (fresh.packages[0].noshi, fresh.buyer_text)
    assert shipment.cash_on_delivery == fresh.cash_on_delivery


@pytest.mark.parametrize(("changes", "field"), CHANGES)
def test_after_printing_a_change_holds_with_old_and_new(
    ws: Workspace, tmp_path: Path, changes: Row, field: str
) -> None:
    take(ws, tmp_path, plain(1))
    key = printed(ws).key
    path = samples.write_csv(tmp_path / "later.csv", plain(1, **changes))
    shown = preview(ws, [path])
    assert shown.files[0].outcomes[0].holds
    done = accept(ws, shown)
    assert done.held == (key,)
    (shipment,) = stored(ws)
    assert shipment.hold_reason
    assert shipment.facts.printed is None  # to be printed again
    (change,) = [c for c in shipment.changed if c[0] == field]
    assert change[1] != change[2]


def test_what_stands_in_a_carriers_file_is_held_as_well(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, plain(1))
    (shipment,) = stored(ws)
    file = CarrierFile(0, NOW, "佐藤", "yamato", "out", "yamato.csv", "0")
    with ws.store.transaction():
        carrier_files.add(ws.store, file, {}, [(shipment.parcels[0].key, "", 2)])
    assert take(ws, tmp_path, plain(1, 送付先姓="例田")).held == (shipment.key,)


def test_a_change_after_confirming_leaves_the_shipment_alone(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, plain(1))
    (before,) = stored(ws)
    with ws.store.transaction():
        shipments.mark(ws.store, [before.row_id], "sent", NOW)
        shipments.restage(ws.store, [before.row_id])
    assert counts(take(ws, tmp_path, plain(1, 送付先姓="例田"))) == (0, 1, 0, 0)
    (after,) = stored(ws)
    assert after.recipient == before.recipient
    assert after.hold_reason == ""


@pytest.mark.parametrize("code", ["800", "900"])
def test_a_cancellation_stops_at_any_stage(ws: Workspace, tmp_path: Path, code: str) -> None:
    take(ws, tmp_path, plain(1))
    printed(ws)
    assert counts(take(ws, tmp_path, plain(1, ステータス=code))) == (0, 1, 0, 0)
    assert stored(ws)[0].stage is Stage.CANCELLED


def test_a_release_by_the_marketplace_is_a_change_that_holds_nothing(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, plain(1, ステータス="200"))
    assert stored(ws)[0].stage is Stage.WAITING
    done = take(ws, tmp_path, plain(1))
    assert counts(done) == (0, 1, 0, 0)
    assert done.held == ()
    assert stored(ws)[0].stage is Stage.PRINT


def test_what_a_person_repaired_stays_until_the_source_says_otherwise(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, plain(1))
    (shipment,) = stored(ws)
    edited = json.dumps({"postal_code": shipment.recipient.postal_code})
    shipments.update(ws.store, shipment.row_id, {"postal_code": "1000001", "edited": edited})
    take(ws, tmp_path, plain(1, 送付先姓="例田"))
    (shipment,) = stored(ws)
    assert (shipment.recipient.name[:2], shipment.recipient.postal_code) == ("例田", "1000001")
    take(ws, tmp_path, plain(1, 送付先姓="例田", 送付先郵便番号1="087", 送付先郵便番号2="0026"))
    assert stored(ws)[0].recipient.postal_code == "0870026"


def test_a_recipient_added_and_one_taken_away(ws: Workspace, tmp_path: Path) -> None:
    first = plain(1, 送付先ID="1", 商品明細ID="1")[0]
    second = {**first, "送付先ID": "2", "商品明細ID": "2", "送付先姓": "例田"}
    take(ws, tmp_path, [first])
    take(ws, tmp_path, [first, second])
    assert [s.package_id for s in stored(ws)] == ["1", "2"]
    take(ws, tmp_path, [second])
    assert [(s.package_id, s.stage is Stage.CANCELLED) for s in stored(ws)] == [("1", True), ("2", False)]


def test_registered_parcels_reach_the_order(ws: Workspace, tmp_path: Path) -> None:
    (row,) = plain(1)
    take(ws, tmp_path, [row])
    path = tmp_path / "report.csv"
    header = "注文番号,送付先ID,発送明細ID,お荷物伝票番号,配送会社,発送日"
    line = f"{row['注文番号']},{row['送付先ID']},100000000001,480012345675,1001,2026-11-21"
    unknown = line.replace(row["注文番号"], "345678-20261120-9999999999")
    path.write_bytes(f"{header}\r\n{line}\r\n{unknown}\r\n".encode("cp932"))
    done = accept(ws, preview(ws, [path]))
    assert counts(done) == (0, 1, 0, 1)
    assert [(r.line, r.code) for r in done.files[0].rejections] == [(3, "order_unknown")]
    (order_row,) = (r for (r,) in ws.store.rows("SELECT id FROM orders"))
    order = orders.by_row(ws.store, order_row)
    assert order is not None
    assert [p.detail_id for p in order.packages[0].registered] == ["100000000001"]
    take(ws, tmp_path, [row])
    assert (
        orders.by_row(ws.store, order_row) == order
    )  # the order file does not know them and does not forget them


# -- damage -----------------------------------------------------------------------------------------------------------


def test_repairs_can_be_refused(ws: Workspace, tmp_path: Path) -> None:
    path = samples.write_csv(tmp_path / "a.csv", plain(1, 送付先郵便番号1="60", 送付先郵便番号2="1"))
    shown = preview(ws, [path])
    (damage,) = shown.files[0].damages
    assert (damage.code, damage.repaired) == ("lost_zero_postal", "060-0001")
    accept(ws, shown, accept_repairs=False)
    (shipment,) = stored(ws)
    assert shipment.recipient.postal_code == "601"
    assert shipment.stage is Stage.CHECK


def test_a_sound_file_clears_what_a_damaged_one_left_in_doubt(ws: Workspace, tmp_path: Path) -> None:
    rows = plain(1)
    take(ws, tmp_path, samples.damaged(rows))
    assert [p.code for p in stored(ws)[0].problems] == ["cells_repaired"]
    assert counts(take(ws, tmp_path, rows)) == (0, 0, 1, 0)
    assert stored(ws)[0].problems == ()
    take(ws, tmp_path, samples.damaged(rows))
    assert stored(ws)[0].problems == ()


def test_rejected_rows_are_saved_and_can_be_imported_once_mended(ws: Workspace, tmp_path: Path) -> None:
    good, bad = plain(2)
    second = {**bad, "商品明細ID": "99", "個数": ""}
    path = samples.write_csv(tmp_path / "a.csv", [good, bad, second])
    shown = preview(ws, [path])
    accept(ws, shown)
    assert len(stored(ws)) == 1
    out = tmp_path / "rejected.csv"
    assert save_rejected(shown, out) == 2
    table = read_file(out)
    assert table.header == samples.rakuten_header()
    assert [dict(zip(table.header, row.cells, strict=True))["商品明細ID"] for row in table.rows] == [
        bad["商品明細ID"],
        "99",
    ]
    mended = tmp_path / "mended.csv"
    header = list(table.header)
    rows = [dict(zip(header, row.cells, strict=True)) for row in table.rows]
    mended.write_bytes(
        samples.csv_bytes([{**row, "個数": row["個数"] or "1"} for row in rows], encoding="utf-8-sig")
    )
    assert counts(accept(ws, preview(ws, [mended]))) == (1, 0, 0, 0)
    with pytest.raises(Refused, match="nothing_rejected"):
        save_rejected(preview(ws, [mended]), out)


# -- one transaction --------------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.workspace import open_workspace

class Kill:
    def step(self, done, total=0, note=""):
        if self.armed and done == 1:
            os.kill(os.getpid(), signal.SIGKILL)

ws = open_workspace(sys.argv[1])
kill = Kill()
kill.armed = False
shown = preview(ws, [Path(name) for name in sys.argv[2:]], progress=kill)
kill.armed = True
accept(ws, shown, progress=kill)
"""


def test_killed_in_the_middle_nothing_is_there(ws: Workspace, tmp_path: Path) -> None:
    paths = [
        samples.write_csv(tmp_path / f"{shop}.csv", samples.rakuten_rows(40, shop=shop, plain=True))
        for shop in ("345678", "222222")
    ]
    shops.set_settings(ws.store, "本店", {"shop_number": "345678"})
    shops.add(ws.store, "二号店", "rakuten", {"shop_number": "222222"}, NOW)
    before = everything(ws)
    command = [sys.executable, "-c", KILLED, str(tmp_path / "home"), *map(str, paths)]
    root = Path(__file__).resolve().parents[2]
    killed = subprocess.run(command, check=False, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    assert killed.returncode == -signal.SIGKILL
    assert everything(ws) == before
    assert counts(accept(ws, preview(ws, paths))) == (80, 0, 0, 0)


def test_api_readings_take_the_same_way(ws: Workspace, tmp_path: Path) -> None:
    path = samples.write_csv(tmp_path / "a.csv", plain(2))
    readings = [outcome.order for outcome in preview(ws, [path]).files[0].outcomes]
    source = Source("api", "本店")
    assert counts(accept_orders(ws, readings, source)) == (2, 0, 0, 0)
    assert counts(accept_orders(ws, readings, source)) == (0, 0, 2, 0)
    assert counts(take(ws, tmp_path, plain(2))) == (0, 0, 2, 0)


def test_a_file_without_recipient_ids_neither_cancels_nor_doubles(ws: Workspace, tmp_path: Path) -> None:
    """A seller's own template may leave 送付先ID and 商品明細ID out."""
    rows = plain(2)
    poor = [name for name in rows[0] if name not in ("送付先ID", "商品明細ID")]
    take(ws, tmp_path, rows)
    before = stored(ws)
    assert counts(take(ws, tmp_path, rows, poor)) == (0, 0, 2, 0)
    assert stored(ws) == before


def test_recipient_ids_may_come_later(ws: Workspace, tmp_path: Path) -> None:
    rows = plain(1)
    take(ws, tmp_path, rows, [name for name in rows[0] if name != "送付先ID"])
    (before,) = stored(ws)
    assert before.package_id == ""
    take(ws, tmp_path, rows)
    (after,) = stored(ws)
    assert (after.key, after.package_id, after.stage) == (before.key, rows[0]["送付先ID"], before.stage)


def rsl(sub_status: str = "") -> list[Row]:
    return plain(1, サブステータス=sub_status)


def test_an_order_that_goes_to_the_marketplaces_warehouse_leaves_the_desk_and_may_come_back(
    ws: Workspace, tmp_path: Path
) -> None:
    shops.set_settings(ws.store, "本店", {"rakuten.rsl_words": "RSL"})
    take(ws, tmp_path, rsl())
    take(ws, tmp_path, rsl("RSL出荷"))
    assert stored(ws)[0].stage is Stage.NOT_OURS
    take(ws, tmp_path, rsl("通常"))
    assert stored(ws)[0].stage is Stage.PRINT


def test_an_order_printed_here_that_goes_to_the_warehouse_is_held(ws: Workspace, tmp_path: Path) -> None:
    shops.set_settings(ws.store, "本店", {"rakuten.rsl_words": "RSL"})
    take(ws, tmp_path, rsl())
    shipments.mark(ws.store, [stored(ws)[0].row_id], "printed", ws.now())
    assert len(take(ws, tmp_path, rsl("RSL出荷")).held) == 1
    assert stored(ws)[0].stage is Stage.HOLD


def test_a_file_that_still_lists_what_we_reported_says_how_many(ws: Workspace, tmp_path: Path) -> None:
    rows = plain(3)
    keys = take(ws, tmp_path, rows).keys
    first = stored(ws)[0]
    with ws.store.transaction():
        shipments.mark(ws.store, [first.row_id], "accepted", NOW, "佐藤", "api")
        shipments.restage(ws.store, [first.row_id])
    for _ in range(3):
        shown = preview(ws, [tmp_path / "orders.csv"])
        assert (counts(shown), shown.files[0].told) == ((0, 0, 3, 0), 1)
        accept(ws, shown)
    assert [s.stage for s in stored(ws)] == [Stage.ACCEPTED, Stage.PRINT, Stage.PRINT]
    assert [s.key for s in stored(ws)] == list(keys)
    rows[0]["ステータス"] = "500"
    (tmp_path / "orders.csv").write_bytes(samples.csv_bytes(rows))
    assert preview(ws, [tmp_path / "orders.csv"]).files[0].told == 0  # it has seen our report by now
