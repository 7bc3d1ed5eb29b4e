"""Paper and carrier files of bundles and of several parcels: one slip, one pick list, one waybill a box."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Money, Order, OrderState, TaxPart
from jpship_gui.flows.check.words import problem_words
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.paper.hand_to_carrier import NothingToExport, export, waiting
from jpship_gui.flows.paper.outlook import outlook
from jpship_gui.flows.paper.print_picklist import ORDER, print_picklist
from jpship_gui.flows.paper.print_slips import NothingToPrint, preview_slips, print_slips
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.plan.bundle import bundle, unbundle
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.plan.undecided import keep_apart
from jpship_gui.flows.plan.void import destroyed, void_waybills
from jpship_gui.flows.table.detail import detail
from jpship_gui.flows.upkeep import shops as shop_settings
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings import options
from jpship_gui.settings.options import read_declarations
from jpship_gui.store import history, orders, shipments, shops
from tests.builders import a_contact, a_line, an_order, stored
from tests.documents.reading import page_texts
from tests.flows.carrier_desk import open_desk
from tests.flows.planning import W1, W2


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path / "home")
    yield opened
    opened.close()


def money(goods: int, rate: int = 10, points: int = 0) -> Money:
    """Goods with their tax in them, postage of 500 yen and points spent."""
    total = goods + 500
    tax = total * rate // (100 + rate)
    return Money(
        goods=goods, postage=500, points=points, charged=total - points, taxes=(TaxPart(rate, total, tax),)
    )


def an_order_of(n: int, goods: int, **changes: object) -> Order:
    line = a_line(sku=f"mug-{n}", name=f"マグカップ 第{n}号", unit_price=goods, line_id=str(n))
    return an_order(n, lines=(line,), money=money(goods, points=100 * n), **changes)


def two(ws: Workspace) -> list[str]:
    return [key for _, key in stored(ws.store, an_order_of(1, 1000), an_order_of(2, 2000))]


def pages(path: Path) -> str:
    return "\n".join(page_texts(path.read_bytes()))


# ── slips ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_slip_lists_every_order_with_its_goods_and_the_sums_of_all(ws: Workspace, tmp_path: Path) -> None:
    a, b = two(ws)
    bundle(ws, [a, b])
    made = print_slips(ws, None, tmp_path / "slips.pdf")
    assert (made.printed, made.pages) == ((a,), 1)
    words = pages(made.path)
    for expected in ("20261120-0000000001", "20261120-0000000002", "第1号", "第2号", "2件（下の表のとおり）"):
        assert expected in words
    assert words.index("第1号") < words.index("注文番号 345678-20261120-0000000002") < words.index("第2号")
    for amount in ("3,000", "1,000", "4,000", "1,400", "2,300", "3,700"):
        assert amount in words, amount  # goods, postage, total, charged of each, charged
    found = shipments.by_keys(ws.store, [a, b])
    assert all(s.facts.printed for s in found)
    for shipment in found:
        assert "printed" in [h.what for h in history.of(ws.store, shipment.row_id)]
        shown = detail(ws, shipment.row_id)
        assert shown is not None
        assert [document.document for document in shown.documents] == ["slip"]


def test_asking_for_a_member_prints_the_bundles_slip(ws: Workspace, tmp_path: Path) -> None:
    a, b = two(ws)
    bundle(ws, [a, b])
    assert print_slips(ws, [b], tmp_path / "slips.pdf").printed == (a,)
    assert print_slips(ws, [b, a], tmp_path / "again.pdf").again == (a,)
    assert len(page_texts(preview_slips(ws, [a, b]))) == 1


def test_after_unbundling_each_slip_says_what_it_said_before(ws: Workspace, tmp_path: Path) -> None:
    a, b = two(ws)
    before = page_texts(preview_slips(ws, [a, b]))
    bundle(ws, [a, b])
    unbundle(ws, a)
    assert page_texts(preview_slips(ws, [a, b])) == before


def test_a_gift_among_them_keeps_all_prices_off_the_slip(ws: Workspace, tmp_path: Path) -> None:
    ((_, a),) = stored(ws.store, an_order_of(1, 1234))
    ((_, b),) = stored(ws.store, an_order_of(2, 5678), gift=True)
    bundle(ws, [a, b], agreed=True)
    words = pages(print_slips(ws, None, tmp_path / "slips.pdf").path)
    assert "第1号" in words
    assert "0000000002" in words
    assert "1,234" not in words
    assert "5,678" not in words


def test_orders_of_two_shops_are_told_apart_by_the_shops_names(ws: Workspace, tmp_path: Path) -> None:
    shops.add(ws.store, "支店", "rakuten", {"sender.name": "ことり 支店"}, ws.now())
    ((_, a),) = stored(ws.store, an_order_of(1, 1000))
    ((_, b),) = stored(ws.store, an_order_of(2, 2000, shop="支店"))
    bundle(ws, [a, b], agreed=True)
    assert "ことり 支店" in pages(print_slips(ws, None, tmp_path / "slips.pdf").path)


def test_many_orders_flow_on_and_no_heading_stands_alone_at_a_pages_end(
    ws: Workspace, tmp_path: Path
) -> None:
    keys = [key for _, key in stored(ws.store, *(an_order_of(n, 1000) for n in range(1, 26)))]
    bundle(ws, keys)
    made = print_slips(ws, None, tmp_path / "slips.pdf")
    texts = page_texts(made.path.read_bytes())
    assert len(texts) > 1
    for n in range(1, 26):
        (page,) = [text for text in texts if f"第{n}号" in text]
        assert f"注文番号 345678-20261120-{n:010d}" in page


def test_a_stopped_member_keeps_the_slip_back_and_is_named(ws: Workspace, tmp_path: Path) -> None:
    order = an_order_of(2, 2000)
    a, b = [key for _, key in stored(ws.store, an_order_of(1, 1000), order)]
    bundle(ws, [a, b])
    accept_orders(ws, [replace(order, state=OrderState.CANCELLED)], Source("api", "楽天"))
    with pytest.raises(NothingToPrint) as refused:
        print_slips(ws, [a], tmp_path / "slips.pdf")
    (problem,) = refused.value.refused[a]
    assert (problem.code, problem.values["other"][-1]) == ("print_bundle_stopped", "2")
    with pytest.raises(NothingToExport) as kept:
        export(ws, "yamato", [a], tmp_path / "out.csv")
    assert kept.value.refused[a][0].code == "print_bundle_stopped"


def test_a_members_unread_remark_keeps_it_back_too(ws: Workspace, tmp_path: Path) -> None:
    ((_, a),) = stored(ws.store, an_order_of(1, 1000))
    ((_, b),) = stored(ws.store, an_order_of(2, 2000), buyer_text="玄関に置いてください")
    bundle(ws, [a, b])
    with pytest.raises(NothingToPrint) as refused:
        print_slips(ws, None, tmp_path / "slips.pdf")
    assert refused.value.refused[a][0].code == "print_remark_unread"


def test_a_slip_goes_in_where_any_of_the_shops_wants_one(ws: Workspace, tmp_path: Path) -> None:
    shops.add(ws.store, "支店", "rakuten", {"slip.when": "never"}, ws.now())
    ((_, a),) = stored(ws.store, an_order_of(1, 1000, shop="支店"))
    ((_, b),) = stored(ws.store, an_order_of(2, 2000))
    made = bundle(ws, [a, b], agreed=True)
    assert made.leader == a
    assert print_slips(ws, None, tmp_path / "slips.pdf").printed == (a,)


def test_undecided_candidates_cannot_be_printed_or_handed_over_until_it_is_decided(
    ws: Workspace, tmp_path: Path
) -> None:
    shop_settings.set_values(ws, "本店", {"plan.ask_bundle": "on"})
    a, b = two(ws)
    ((_, c),) = stored(ws.store, an_order(9, recipient=a_contact(name="別の人")))
    assert outlook(ws).undecided == ((a, b),)
    assert outlook(ws, [b]).undecided == ((a, b),)
    made = print_slips(ws, None, tmp_path / "slips.pdf")
    assert (made.printed, set(made.refused)) == ((c,), {a, b})
    (why,) = made.refused[a]
    numbers = {s.key: s.order_id.number for s in shipments.by_keys(ws.store, [a, b])}
    assert (why.code, why.values) == ("print_bundle_undecided", {"order": numbers[a], "others": numbers[b]})
    assert problem_words(why).do
    exported = export(ws, "yamato", None, tmp_path / "b2.csv")
    assert (exported.exported, set(exported.refused)) == ((c,), {a, b})
    with pytest.raises(NothingToExport):
        export(ws, "yamato", [a], tmp_path / "b2.csv")
    keep_apart(ws, [a, b])
    assert print_slips(ws, None, tmp_path / "slips.pdf").printed == (a, b)


def test_a_bundle_or_the_shops_setting_lets_them_be_printed(ws: Workspace, tmp_path: Path) -> None:
    a, b = two(ws)
    assert print_slips(ws, [a], tmp_path / "slips.pdf").printed == (a,)  # tests leave the setting off
    shop_settings.set_values(ws, "本店", {"plan.ask_bundle": "on"})
    with pytest.raises(NothingToPrint):
        print_slips(ws, [b], tmp_path / "slips.pdf")
    assert print_slips(ws, [a], tmp_path / "again.pdf").printed == (a,)  # printing again asks nothing
    bundle(ws, [a, b])
    shown = outlook(ws)
    assert (shown.undecided, shown.keys) == ((), (a,))


def test_outside_of_tests_undecided_candidates_are_asked_about() -> None:
    declared = read_declarations(Path(options.__file__).with_name("options.toml"))
    assert declared["plan.ask_bundle"].default is True


# ── pick lists ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_goods_of_all_orders_stand_on_the_pick_lists(ws: Workspace, tmp_path: Path) -> None:
    a, b = two(ws)
    bundle(ws, [a, b])
    total = print_picklist(ws, None, tmp_path / "total.pdf")
    assert (total.printed, total.rows, total.pieces) == ((a,), 2, 2)
    words = pages(total.path)
    assert "00001" in words
    assert "00002" in words
    single = pages(print_picklist(ws, None, tmp_path / "orders.pdf", ORDER).path)
    assert "第1号" in single
    assert "第2号" in single
    assert "同梱 2件: 00001・00002" in single


# ── carriers ────────────────────────────────────────────────────────────────────────────────────────────────────────


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="cp932", newline="") as opened:
        return list(csv.reader(opened))[1:]


def test_a_bundle_is_one_waybill(ws: Workspace, tmp_path: Path) -> None:
    a, b = two(ws)
    bundle(ws, [a, b])
    assert [s.key for s in waiting(ws, "yamato")] == [a]
    made = export(ws, "yamato", [b], tmp_path / "out.csv")
    assert (made.exported, made.rows, made.again) == ((a,), 1, ())
    assert "ほか" in "".join(rows(tmp_path / "out.csv")[0])
    assert waiting(ws, "yamato") == []
    for shipment in shipments.by_keys(ws.store, [a, b]):
        assert "carrier_exported" in [h.what for h in history.of(ws.store, shipment.row_id)]


def test_parcels_added_after_the_export_wait_alone(ws: Workspace, tmp_path: Path) -> None:
    a, _ = two(ws)
    export(ws, "yamato", [a], tmp_path / "first.csv")
    split(ws, a, 3)
    assert a in [s.key for s in waiting(ws, "yamato")]
    made = export(ws, "yamato", None, tmp_path / "second.csv")
    text = (tmp_path / "second.csv").read_text(encoding="cp932")
    assert (f"{a}P2" in text, f"{a}P3" in text, made.again) == (True, True, ())
    assert len([row for row in rows(tmp_path / "second.csv") if a in "".join(row)]) == 2
    again = export(ws, "yamato", [a], tmp_path / "third.csv")
    assert (again.rows, again.again) == (3, (a,))


def test_each_parcel_takes_its_own_number_back(ws: Workspace, tmp_path: Path) -> None:
    a, _ = two(ws)
    split(ws, a, 2)
    path = tmp_path / "issued.csv"
    given = [f"{key},0,{number},2026/11/20,山田 花子" for key, number in ((a, W1), (f"{a}P2", W2))]
    header = "お客様管理番号,送り状種類,伝票番号,出荷予定日,お届け先名"
    path.write_bytes("".join(f"{line}\r\n" for line in (header, *given)).encode("cp932"))
    result = take(ws, "yamato", path)
    assert [(taken.key, taken.number) for taken in result.matched] == [(a, W1), (f"{a}P2", W2)]
    (found,) = shipments.by_keys(ws.store, [a])
    assert [p.file_no for p in found.parcels] == [W1, W2]


def test_a_void_waybill_destroyed_is_written_anew(ws: Workspace, tmp_path: Path) -> None:
    a, b = two(ws)
    export(ws, "yamato", [a, b], tmp_path / "first.csv")
    bundle(ws, [a, b])
    assert [void.parcel for void in void_waybills(ws)] == [b]
    destroyed(ws, [b])
    unbundle(ws, a)
    assert [s.key for s in waiting(ws, "yamato")] == [b]
    assert export(ws, "yamato", None, tmp_path / "second.csv").again == ()


def test_a_label_bought_at_the_marketplace_carries_its_own_order_only(ws: Workspace) -> None:
    from jpship_gui.domain.order import LABEL_ELSEWHERE

    keys = [
        key
        for _, key in stored(ws.store, an_order_of(1, 1000), an_order_of(2, 2000, flags=(LABEL_ELSEWHERE,)))
    ]
    with pytest.raises(Refused) as refused:
        bundle(ws, keys)
    assert refused.value.code == "bundle_label"


# ── cancelled after the waybill was made (EX-10) ─────────────────────────────────────────────────────────────────────


def read_again(ws: Workspace, key: str, state: OrderState) -> None:
    (found,) = shipments.by_keys(ws.store, [key])
    order = orders.find(ws.store, [found.order_id])[found.order_id].order()
    accept_orders(ws, [replace(order, state=state)], Source("api", "本店"))


def voids_now(ws: Workspace) -> list[tuple[str, str]]:
    return [(one.parcel, one.why) for one in void_waybills(ws)]


def test_a_cancelled_orders_waybill_is_void_until_destroyed_or_the_order_comes_back(
    ws: Workspace, tmp_path: Path
) -> None:
    a, b = two(ws)
    read_again(ws, b, OrderState.CANCELLED)
    assert voids_now(ws) == []  # no waybill was made
    export(ws, "yamato", [a], tmp_path / "b2.csv")
    for _ in range(2):  # told twice, listed once
        read_again(ws, a, OrderState.CANCELLED)
        assert voids_now(ws) == [(a, "cancelled")]
    read_again(ws, a, OrderState.TO_SHIP)
    assert voids_now(ws) == []
    read_again(ws, a, OrderState.CANCELLING)
    destroyed(ws, [a])
    assert voids_now(ws) == []
    read_again(ws, a, OrderState.CANCELLED)
    assert voids_now(ws) == []  # it lies in the bin already


def test_of_a_bundle_the_cancelled_leaders_waybill_is_void_once_the_others_go_alone(
    ws: Workspace, tmp_path: Path
) -> None:
    a, b = two(ws)
    bundle(ws, [a, b])
    export(ws, "yamato", [a], tmp_path / "b2.csv")
    read_again(ws, b, OrderState.CANCELLED)
    read_again(ws, a, OrderState.CANCELLED)
    assert voids_now(ws) == []
    unbundle(ws, a)
    assert voids_now(ws) == [(a, "cancelled")]


def test_a_day_of_orders_to_one_address_names_a_few_others_and_counts_the_rest(ws: Workspace) -> None:
    shop_settings.set_values(ws, "本店", {"plan.ask_bundle": "on"})
    made = stored(ws.store, *(an_order(n) for n in range(1, 31)))
    found = outlook(ws)
    assert not found.keys
    for _, key in made:
        (why,) = found.refused[key]
        assert why.values["others"].count("・") == 3
        assert why.values["others"].endswith("… (+25)")
