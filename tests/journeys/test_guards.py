"""The guards against the costliest mistakes (features, section 5), each under its own number.

Everything below goes through what people use: a file taken in, the packing desk, the review that decides what is told to
the marketplace. Each guard is asked the same thing: is the mistake stopped, where, and does what is right still pass?
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.handover.world import Way
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.outcomes import Klass
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.handover.desk import HandoverDesk
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.table.list_rows import counters
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.rakuten import samples
from jpship_gui.store import products
from jpship_gui.store import shipments as stored
from jpship_gui.store.products import Product
from tests.documents.reading import page_texts
from tests.flows.confirming import yamato_number

ACK, NEXT, TICK = (code_of(c) for c in (Command.ACK, Command.NEXT, Command.TICK))
W1, W2, W3 = (yamato_number(n) for n in (1, 2, 3))
NOW = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
B2 = "お客様管理番号,送り状種類,伝票番号,出荷予定日,お届け先名"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A shop of one desk on a morning in November."""
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤", desk="1"), clock=lambda: NOW)
    shops.add(opened, "rakuten", "本店", {"pack.goods": "off", "sender.name": "ことり雑貨店"})
    yield opened
    opened.close()


def take_in(ws: Workspace, folder: Path, rows: list[dict[str, str]]) -> list[Shipment]:
    """These rows as a file of the marketplace; every shipment there is, oldest first."""
    path = folder / "orders.csv"
    path.write_bytes(samples.csv_bytes(rows, None))
    accept(ws, preview(ws, [path]))
    return everything(ws)


def everything(ws: Workspace) -> list[Shipment]:
    """All shipments, oldest first."""
    return stored.by_ids(ws.store, [row for (row,) in ws.store.rows("SELECT id FROM shipments ORDER BY id")])


def printed(ws: Workspace, folder: Path, count: int = 3, **changes: str) -> list[str]:
    """Keys of `count` orders whose slips were printed."""
    rows = [{**row, **changes} for row in samples.rakuten_rows(count, plain=True)]
    keys = [shipment.key for shipment in take_in(ws, folder, rows)]
    print_slips(ws, keys, folder / "slips.pdf")
    return keys


def proof(ws: Workspace, name: str) -> None:
    """How this shop proves."""
    shops.set_values(ws, "本店", {"pack.proof": name})


def scan(ws: Workspace, *raws: str, person: str = "佐藤", desk: str = "1") -> list[str]:
    """What a run of scans comes to."""
    with Desk(ws, desk, person) as opened:
        return [opened.scan(raw).outcome.value for raw in raws]


def carriers_file(ws: Workspace, folder: Path, *pairs: tuple[str, str]) -> None:
    """The numbers a carrier's tool gave, taken in."""
    lines = [B2, *(f"{key},0,{number},2026/11/20,見本 太郎" for key, number in pairs)]
    path = folder / "20261120_発行済データ.csv"
    path.write_text("\r\n".join(lines) + "\r\n", "cp932")
    take(ws, "", path)


def green(ws: Workspace) -> list[str]:
    """Keys that would be told to the marketplace now."""
    return sorted(row.key for row in review(ws).green)


def why_red(ws: Workspace, key: str) -> set[str]:
    """Reasons why a shipment would not be told."""
    return next(({r.code for r in row.reasons} for row in review(ws).red if row.key == key), set())


def _verified(ws: Workspace, key: str) -> bool:
    (shipment,) = stored.by_keys(ws.store, [key])
    return shipment.facts.verified is not None


@pytest.mark.parametrize("name", ["file", "label", "double", "handover"])
def test_guard_1_the_waybill_of_a_on_parcel_b(ws: Workspace, tmp_path: Path, name: str) -> None:
    a, b, c = printed(ws, tmp_path)
    proof(ws, name)
    if name == "file":
        carriers_file(ws, tmp_path, (a, W1), (b, W2), (c, W3))
        assert scan(ws, a, W2, ACK, NEXT)[1] == "NG_OTHER_ORDER"
    if name == "label":
        assert scan(ws, a, W2, b, ACK, NEXT)[1:3] == ["OK_LINK", "NG_OTHER_ORDER"]
    if name in (
        "double",
        "handover",
    ):  # both waybills read the wrong way round; on each stands the other's name
        assert scan(ws, a, W2, b, W1, c, W3)[1::2] == ["OK_LINK"] * 3
        asked = [a, W2] if name == "double" else [W2]
        with Desk(ws, "1", "鈴木") as desk:
            assert [desk.scan(raw).outcome.value for raw in asked][-1] == "ATT_ASK"
            question = desk.session.state.question
            assert question is not None
            wrong = next(n for n in range(10) if n != question.right)
            assert desk.scan(str(wrong)).outcome.value == "NG_OTHER_ORDER"
    assert green(ws) == []
    assert {key for key in (a, b) if _verified(ws, key)} == set()


def test_guard_2_numbers_exchanged_in_the_data(ws: Workspace, tmp_path: Path) -> None:
    a, b, c = printed(ws, tmp_path)
    carriers_file(ws, tmp_path, (a, W2), (b, W1), (c, W3))  # somebody sorted one column
    assert scan(ws, a, W1, ACK, NEXT, b, W2, ACK, NEXT, c, W3) == [
        *("OK_OPEN", "NG_OTHER_ORDER", "OK_ACK", "OK_NEXT") * 2,
        *("OK_OPEN", "OK_DONE"),
    ]
    assert green(ws) == [c]


def test_guard_3_wrong_variant_or_quantity(ws: Workspace, tmp_path: Path) -> None:
    shops.set_values(ws, "本店", {"pack.goods": "on"})
    (a,) = printed(ws, tmp_path, 1, 個数="2")
    (shipment,) = everything(ws)
    sku = shipment.lines[0].sku
    products.put(ws.store, [Product("4901234567894", sku), Product("4901234567900", f"{sku}-other")])
    assert scan(ws, a, "4901234567900", ACK)[1] == "NG_NOT_HERE"
    assert scan(ws, "4901234567894", W1, ACK, "4901234567894", "4901234567894", ACK, W1) == [
        *("OK_ITEM", "NG_ORDER", "OK_ACK", "OK_ITEM_LAST", "NG_OVER", "OK_ACK", "OK_LINK"),
    ]


def test_guard_4_late(ws: Workspace, tmp_path: Path) -> None:
    printed(ws, tmp_path)
    assert all(shipment.ship_by is not None for shipment in everything(ws))
    assert counters(ws)["late"] == 0
    last = max(s.ship_by for s in everything(ws) if s.ship_by is not None)
    later = replace(ws, clock=lambda: last + timedelta(minutes=1))
    assert counters(later)["late"] == 3  # in sight on every page, in the packing page's bar too


def test_guard_5_confirmed_but_not_handed_over(ws: Workspace, tmp_path: Path) -> None:
    a, b, c = printed(ws, tmp_path)
    carriers_file(ws, tmp_path, (a, W1), (b, W2), (c, W3))
    shops.set_values(ws, "本店", {"confirm.after": "handed_over"})
    scan(ws, a, W1, b, W2)
    assert green(ws) == []
    assert why_red(ws, a) == why_red(ws, b) == {"not_handed_over"}
    with HandoverDesk(ws, "1", "佐藤") as handing:
        handing.begin("yamato", Way.DRIVER)
        assert [handing.scan(raw).klass for raw in (W1, W3)] == [
            Klass.OK,
            Klass.NG,
        ]  # the third was never packed
    assert green(ws) == [a]
    assert why_red(ws, b) == {"not_handed_over"}


def test_guard_6_a_wrong_number_or_carrier(ws: Workspace, tmp_path: Path) -> None:
    a, *_ = printed(ws, tmp_path)
    wrong = W1[:-1] + str((int(W1[-1]) + 1) % 7)
    assert scan(ws, a, wrong, ACK)[1] == "NG_CHECKDIGIT"
    assert scan(ws, "512547123454", ACK) == ["NG_CARRIER", "OK_ACK"]  # begins as only another carrier's do
    assert scan(ws, W1) == ["OK_LINK"]
    assert track(ws, a, wrong, wrong).outcome == "NG_CHECKDIGIT"


def test_guard_7_the_same_order_shipped_twice(ws: Workspace, tmp_path: Path) -> None:
    a, *_ = printed(ws, tmp_path)
    assert len(take_in(ws, tmp_path, samples.rakuten_rows(3, plain=True))) == 3  # the same file again
    with Desk(ws, "1") as one:
        one.scan(a)
        one.apply_pending()
        assert scan(ws, a, desk="2") == ["NG_BUSY"]
        one.scan(W1)
    assert scan(ws, a, W1, person="鈴木")[0] == "OK_OPEN"
    with Desk(ws, "1", "鈴木") as desk:
        question = desk.session.state.question
        assert question is not None
        desk.scan(str(question.right))
    assert scan(ws, a, ACK, desk="3") == ["NG_DUPLICATE", "OK_ACK"]
    assert green(ws) == [a]
    assert queue(ws, [a]).keys == queue(ws, [a]).keys == (a,)
    assert ws.store.value("SELECT COUNT(*) FROM outbox", ()) == 1


def test_guard_8_a_second_address_is_not_shipped_by_the_first(ws: Workspace, tmp_path: Path) -> None:
    made = take_in(ws, tmp_path, samples.rakuten_rows(60))
    numbers = [shipment.order_id.number for shipment in made]
    twin = next(number for number in numbers if numbers.count(number) == 2)
    one, other = (shipment.key for shipment in made if shipment.order_id.number == twin)
    print_slips(ws, [one, other], tmp_path / "slips.pdf")
    carriers_file(ws, tmp_path, (one, W1), (other, W2))
    assert scan(ws, one, W1)[-1] == "OK_DONE"
    stages = {shipment.key: shipment.stage for shipment in everything(ws)}
    assert (stages[one], stages[other]) == (Stage.CONFIRM, Stage.PACK)
    assert other not in green(ws)
    assert scan(ws, other, W2)[-1] == "OK_DONE"
    assert {one, other} <= set(green(ws))


def test_guard_9_a_wrong_address(ws: Workspace, tmp_path: Path) -> None:
    (row,) = samples.rakuten_rows(1, plain=True)
    row = {**row, "送付先郵便番号1": "999", "送付先郵便番号2": "9999"}
    (shipment,) = take_in(ws, tmp_path, [row])
    assert shipment.stage is Stage.CHECK
    assert scan(ws, shipment.key) == ["NG_HOLD"]


def test_guard_10_a_remark_overlooked(ws: Workspace, tmp_path: Path) -> None:
    (row,) = samples.rakuten_rows(1, plain=True)
    (shipment,) = take_in(
        ws, tmp_path, [{**row, "コメント": "[配送日時指定:]\n名入れを忘れずにお願いします"}]
    )
    assert scan(ws, shipment.key, ACK)[0] == "NG_HOLD"
    with ws.store.transaction():
        stored.update(ws.store, shipment.row_id, {"remark_read": 1, "blocked": 0})
        stored.mark(ws.store, [shipment.row_id], "printed", NOW)
        stored.restage(ws.store, [shipment.row_id])
    assert scan(ws, shipment.key, W1, TICK, W1) == ["OK_OPEN", "ATT_TICK", "OK_TICK", "OK_LINK"]


def test_guard_11_prices_in_a_gift(ws: Workspace, tmp_path: Path) -> None:
    gift = {"送付先姓": "青木", "送付先名": "結衣", "送付先一致フラグ": "0"}
    (row,) = samples.rakuten_rows(1, plain=True)
    (shipment,) = take_in(ws, tmp_path, [{**row, **gift}])
    print_slips(ws, [shipment.key], tmp_path / "gift.pdf")
    (page,) = page_texts((tmp_path / "gift.pdf").read_bytes())
    assert "青木" in page
    assert not re.search("[¥円]|合計", page)


def test_guard_12_zeros_exponents_and_broken_encodings(ws: Workspace, tmp_path: Path) -> None:
    rows = [
        {**row, "送付先郵便番号1": "60", "送付先郵便番号2": "1"}
        for row in samples.rakuten_rows(1, plain=True)
    ]
    path = tmp_path / "spoilt.csv"
    path.write_bytes(samples.csv_bytes(rows, None))
    (damage,) = preview(ws, [path]).files[0].damages
    assert (damage.code, damage.repaired) == ("lost_zero_postal", "060-0001")  # shown before it is taken
    a, b, _ = printed(ws, tmp_path)
    with pytest.raises(Refused) as refused:
        carriers_file(ws, tmp_path, (a, "4.00000E+11"))
    assert refused.value.code
    carriers_file(ws, tmp_path, (a, "4.00000E+11"), (b, W2))
    assert [bool(s.parcels[0].file_no) for s in stored.by_keys(ws.store, [a, b])] == [False, True]
    assert scan(ws, a, "4.00000E+11", ACK)[1] in ("NG_UNKNOWN", "NG_CHECKDIGIT")


def test_guard_13_a_cancelled_order(ws: Workspace, tmp_path: Path) -> None:
    a, b, c = printed(ws, tmp_path)
    carriers_file(ws, tmp_path, (a, W1), (b, W2), (c, W3))
    assert scan(ws, a, W1, b) == ["OK_OPEN", "OK_DONE", "OK_OPEN"]
    rows = [{**row, "ステータス": "900"} for row in samples.rakuten_rows(3, plain=True)]
    take_in(ws, tmp_path, rows)
    assert scan(ws, W2, ACK, c, ACK, W1, ACK)[::2] == ["NG_CANCELLED"] * 3
    assert green(ws) == []
    assert "cancelled" in why_red(ws, a)
