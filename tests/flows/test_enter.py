"""Orders entered by hand: read like a file, through every stage, told to nobody (IN-15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import EntryReason, OrderId, OrderState
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Facts, Mark, Stage, Standing, stage_of
from jpship_gui.flows.check.hold import release
from jpship_gui.flows.check.repair import apply_repair
from jpship_gui.flows.confirm.cases import cases_of
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.confirm.reasons import reasons_of
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.intake.enter import EntryRefused, cancel, change, enter, entry_of, resend_of
from jpship_gui.flows.intake.entry import EnteredLine, addresses_of, day_of, examine
from jpship_gui.flows.intake.take_back import take_back
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.print_picklist import ORDER, print_picklist
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.plan.bundle import bundle
from jpship_gui.flows.table.detail import detail
from jpship_gui.flows.table.list_rows import counters
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.reader import read_file
from jpship_gui.practice.reading import read_waybill as read
from jpship_gui.store import history, orders, outbox, shipments, shops
from tests.builders import NOW, an_order, stored
from tests.documents.reading import page_texts
from tests.flows.carrier_desk import open_desk
from tests.flows.confirming import yamato_number
from tests.flows.entering import a_goods_line, an_entry

ACK = code_of(Command.ACK)
W1, W2 = yamato_number(1), yamato_number(2)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def the(ws: Workspace, key: str) -> Shipment:
    found = shipments.by_key(ws.store, key)
    assert found is not None
    return found


def notes(ws: Workspace, key: str) -> list[str]:
    return [entry.what for entry in history.of(ws.store, the(ws, key).row_id)]


def faults(ws: Workspace, **changes: Any) -> dict[str, str]:
    return {fault.field: fault.code for fault in examine(ws, an_entry(**changes)).faults}


# -- reading what was typed -------------------------------------------------------------------------------------------


def test_an_entry_becomes_the_order_a_file_would_give(ws: Workspace) -> None:
    done = enter(
        ws, an_entry(remark="玄関前に\r\n置いてください", memo="常連", wish_day="11/25", wish_slot="am")
    )
    assert done.number == "H20261120-001"
    order = orders.find(ws.store, [OrderId("hand", "本店", done.number)])[
        OrderId("hand", "本店", done.number)
    ].order()
    assert order.state is OrderState.TO_SHIP
    assert order.ordered_at == NOW
    recipient = order.packages[0].recipient
    assert (recipient.name, recipient.postal_code, recipient.phone) == ("例山 花子", "5410041", "09000001234")
    assert (recipient.prefecture, recipient.city) == ("大阪府", "大阪市中央区")
    assert recipient.street == "北浜9-9-9 コーポことり203"
    assert order.wish.day == date(2026, 11, 25)
    assert order.remark == "玄関前に\n置いてください"
    assert (order.money.goods, order.money.charged) == (2200, 2200)
    assert [(part.rate, part.amount, part.tax) for part in order.money.taxes] == [(10, 2200, 200)]
    made = the(ws, done.key)
    assert made.stage is Stage.PRINT
    assert made.remark_read  # whoever typed it has read it
    assert (made.carrier, made.lines[0].sku, made.lines[0].quantity) == ("yamato", "mug-300-bl", 1)
    found = detail(ws, made.row_id)
    assert found is not None
    assert ("郵便番号", "541-0041") in found.source[0].cells  # as typed


def test_numbers_run_within_a_day_and_never_repeat(ws: Workspace) -> None:
    first, second = enter(ws, an_entry()), enter(ws, an_entry())
    take_back(ws, second.act)
    third = enter(ws, an_entry())
    tomorrow = enter(replace(ws, clock=lambda: NOW + timedelta(days=1)), an_entry())
    numbers = [one.number for one in (first, second, third, tomorrow)]
    assert numbers == ["H20261120-001", "H20261120-002", "H20261120-003", "H20261121-001"]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": " 　"}, "name", "name_missing"),
        ({"lines": ()}, "goods", "goods_missing"),
        ({"lines": (EnteredLine(),)}, "goods", "goods_missing"),
        ({"lines": (a_goods_line(quantity="0"),)}, "goods.1.quantity", "quantity"),
        ({"lines": (EnteredLine(), a_goods_line(quantity="二個"))}, "goods.2.quantity", "quantity"),
        ({"lines": (a_goods_line(unit_price="約千円"),)}, "goods.1.unit_price", "amount"),
        ({"lines": (a_goods_line(unit_price="-5"),)}, "goods.1.unit_price", "amount"),
        ({"lines": (a_goods_line(tax_rate="9"),)}, "goods.1.tax_rate", "tax_rate"),
        ({"wish_day": "そのうち"}, "wish_day", "day"),
        ({"ship_by": "13/40"}, "ship_by", "day"),
        ({"postage": "?"}, "postage", "amount"),
        ({"shop": "無い店"}, "shop", "shop_unknown"),
        ({"reason": EntryReason.RESEND}, "original", "original_missing"),
        ({"original": "JP0000099"}, "original", "original_unknown"),
        (
            {"cash_on_delivery": True, "lines": (a_goods_line(unit_price=""),)},
            "cash_on_delivery",
            "nothing_to_collect",
        ),
    ],
)
def test_what_cannot_be_read_is_named_field_by_field(
    ws: Workspace, changes: dict[str, Any], field: str, code: str
) -> None:
    before = ws.store.rows("SELECT COUNT(*) FROM orders")
    assert faults(ws, **changes) == {field: code}
    with pytest.raises(EntryRefused) as refused:
        enter(ws, an_entry(**changes))
    assert [fault.code for fault in refused.value.draft.faults] == [code]
    assert ws.store.rows("SELECT COUNT(*) FROM orders") == before


def test_with_several_shops_a_person_says_which(ws: Workspace) -> None:
    shops.add(ws.store, "二号店", "hand", {"carrier.default": "sagawa"}, NOW)
    assert faults(ws) == {"shop": "shop_needed"}
    made = the(ws, enter(ws, an_entry(shop="二号店")).key)
    assert (made.order_id.shop, made.carrier) == ("二号店", "sagawa")


def test_without_a_shop_there_is_no_sender(tmp_path: Path) -> None:
    from jpship_gui.flows.workspace import open_workspace

    opened = open_workspace(str(tmp_path / "new"))
    assert {fault.code for fault in examine(opened, an_entry()).faults} == {"shop_none"}
    opened.close()


def test_the_postal_code_is_checked_offline_with_both_proposals(ws: Workspace) -> None:
    draft = examine(ws, an_entry(postal_code="530-0001"))
    (problem,) = [p for p in draft.problems if p.code == "postal_address_mismatch"]
    assert {repair.kind for repair in problem.repairs} == {"set_postal_code", "set_address"}
    done = enter(ws, an_entry(postal_code="530-0001"))
    assert the(ws, done.key).stage is Stage.CHECK  # holds like any other order, until a person decides
    assert addresses_of("541-0041") == ("大阪府大阪市中央区北浜",)
    assert addresses_of("000-0000") == ()


def test_a_given_ship_by_wins_and_else_the_shops_rule_holds(ws: Workspace) -> None:
    given = the(ws, enter(ws, an_entry(ship_by="11/21")).key)
    assert given.ship_by == datetime(2026, 11, 21, 9, tzinfo=UTC)  # 18:00 in Japan
    ruled = the(ws, enter(ws, an_entry()).key)
    file_order = the(ws, stored(ws.store, an_order())[0][1])
    from jpship_gui.flows.check.check import check_shipments

    with ws.store.transaction():
        check_shipments(ws, [file_order.row_id])
    assert ruled.ship_by == the(ws, file_order.key).ship_by


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("11/25", date(2026, 11, 25)),
        ("１１／２５", date(2026, 11, 25)),
        ("1125", date(2026, 11, 25)),
        ("11月25日", date(2026, 11, 25)),
        ("2026-11-25", date(2026, 11, 25)),
        ("2026年11月25日", date(2026, 11, 25)),
        ("20261125", date(2026, 11, 25)),
        ("1/5", date(2027, 1, 5)),  # the next one
        ("11/1", date(2026, 11, 1)),  # has just gone by: the rules say so
        ("2/30", None),
        ("", None),
        ("明後日", None),
    ],
)
def test_days_as_people_type_them(typed: str, day: date | None) -> None:
    assert day_of(typed, date(2026, 11, 20)) == day


# -- through all stages -----------------------------------------------------------------------------------------------


def test_a_hand_order_passes_every_stage_and_is_told_to_nobody(ws: Workspace, tmp_path: Path) -> None:
    done, other = enter(ws, an_entry()), enter(ws, an_entry(name="例川 太郎"))
    slips = print_slips(ws, None, tmp_path / "slips.pdf")
    assert slips.printed == (done.key, other.key)
    assert done.number in page_texts(slips.path.read_bytes())[0]
    assert print_picklist(ws, None, tmp_path / "pick.pdf").pieces == 2
    written = export(ws, "yamato", None, tmp_path / "b2.csv")
    table = read_file(tmp_path / "b2.csv")
    place = table.header.index("お客様管理番号")
    assert [row.cells[place] for row in table.rows] == list(written.exported) == [done.key, other.key]
    with Desk(ws) as desk:
        said = [desk.scan(code).outcome.value for code in (done.key, "mug-300-bl", W1)]
        assert said == ["OK_OPEN", "OK_ITEM_LAST", "OK_LINK"]
        desk.apply_pending()
        assert the(ws, done.key).stage is Stage.VERIFY
        assert counters(ws)["unsent"] == 0  # it waits for its second reading, not to be confirmed
        assert [desk.scan(code).outcome.value for code in (other.key, "mug-300-bl", W2)][-1] == "OK_LINK"
        assert [read(desk, code).outcome.value for code in (done.key, W1)] == ["OK_OPEN", "OK_DONE"]
    made = the(ws, done.key)
    assert made.stage is Stage.PACKED
    assert (made.facts.sent, made.facts.accepted) == (None, None)
    shown = review(ws)
    assert (shown.green, shown.red, shown.sending) == ((), (), ())
    assert [(count.shop, count.green, count.red) for count in shown.shops] == [("本店", 0, 0)]
    counted = counters(ws)
    assert (counted["unsent"], counted["to_send"], counted["stage:packed"]) == (0, 0, 1)
    asked = queue(ws, [done.key])
    assert [[reason.code for reason in reasons] for _, reasons in asked.red] == [["by_hand"]]
    assert write_files(ws, tmp_path / "up").files == ()
    assert outbox.by_keys(ws.store, [done.key, other.key]) == []


def test_a_shop_of_hand_orders_has_no_counter_of_confirmations(ws: Workspace) -> None:
    shops.add(ws.store, "電話注文", "hand", {}, NOW)
    assert [count.shop for count in review(ws).shops] == ["本店"]


def test_a_noted_hand_over_is_the_last_word() -> None:
    mark = Mark(NOW)
    proven = Facts(printed=mark, checked=mark, linked=mark, verified=mark)
    nobody = Standing(confirms=False)
    assert stage_of(proven, nobody) is Stage.PACKED
    assert stage_of(replace(proven, handed_over=mark), nobody) is Stage.HANDED_OVER
    assert stage_of(replace(proven, handed_over=mark), Standing()) is Stage.CONFIRM
    assert stage_of(replace(proven, verified=None), nobody) is Stage.VERIFY
    assert stage_of(proven, replace(nobody, cancelled=True)) is Stage.CANCELLED
    assert stage_of(proven, replace(nobody, hold=True)) is Stage.HOLD


def test_every_question_of_confirming_knows_that_nobody_is_told(ws: Workspace) -> None:
    (case,) = cases_of(ws, [the(ws, enter(ws, an_entry()).key)])
    assert [reason.code for reason in reasons_of(case)] == ["by_hand"]


def test_handed_over_by_the_driver_where_the_shop_proves_so(ws: Workspace, tmp_path: Path) -> None:
    shops.set_settings(ws.store, "本店", {"pack.proof": "handover", "pack.goods": "off"})
    done = enter(ws, an_entry())
    print_slips(ws, None, tmp_path / "slips.pdf")
    with Desk(ws) as desk:
        assert [read(desk, code).outcome.value for code in (done.key, W1)] == ["OK_OPEN", "OK_LINK"]
        assert desk.scan(W1).outcome.value == "ATT_ASK"
        assert desk.scan("1").outcome.value == "OK_DONE"
    assert the(ws, done.key).stage is Stage.HANDED_OVER


def test_free_goods_have_a_slip_without_money_that_is_no_gift(ws: Workspace, tmp_path: Path) -> None:
    sample = an_entry(reason=EntryReason.SAMPLE, lines=(a_goods_line(unit_price=""),))
    priced = enter(ws, an_entry(postage="770"))
    free = enter(ws, sample)
    gift = enter(ws, an_entry(gift=True, giver="例谷 一郎"))
    pages = page_texts(
        print_slips(ws, [priced.key, free.key, gift.key], tmp_path / "s.pdf").path.read_bytes()
    )
    assert "2,970" in pages[0]
    assert "¥" not in pages[1]
    assert "2,200" not in pages[1]
    assert "納品書" in pages[1]
    assert "mug-300-bl" in pages[1]
    assert free.number in pages[1]
    assert "例谷 一郎" in pages[2]
    assert "2,200" not in pages[2]


def test_cash_on_delivery_reaches_the_carriers_file(ws: Workspace, tmp_path: Path) -> None:
    enter(ws, an_entry(cash_on_delivery=True, postage="770"))
    export(ws, "yamato", None, tmp_path / "b2.csv")
    table = read_file(tmp_path / "b2.csv")
    cells = dict(zip(table.header, table.rows[0].cells, strict=True))
    assert cells["ｺﾚｸﾄ代金引換額（税込)"] == "2970"


def test_a_list_per_order_has_the_hand_order(ws: Workspace, tmp_path: Path) -> None:
    done = enter(ws, an_entry(wrapping="赤い紙", noshi="御祝"))
    pages = page_texts(print_picklist(ws, [done.key], tmp_path / "p.pdf", ORDER).path.read_bytes())
    assert "赤い紙" in pages[0]
    assert "御祝" in pages[0]


# -- changing and cancelling ------------------------------------------------------------------------------------------


def test_before_printing_a_change_just_holds_true(ws: Workspace) -> None:
    done = enter(ws, an_entry())
    again = change(ws, done.key, replace(entry_of(ws, done.key), phone="03-0000-0000"))
    assert not again.held
    made = the(ws, done.key)
    assert (made.recipient.phone, made.stage) == ("0300000000", Stage.PRINT)
    assert notes(ws, done.key) == ["imported", "entry_changed"]


def test_after_printing_a_change_holds_and_asks_for_a_new_slip(ws: Workspace, tmp_path: Path) -> None:
    done = enter(ws, an_entry())
    print_slips(ws, None, tmp_path / "slips.pdf")
    two = replace(entry_of(ws, done.key), lines=(a_goods_line(quantity="2"),))
    assert change(ws, done.key, two).held
    made = the(ws, done.key)
    assert made.stage is Stage.HOLD
    assert ("quantity", "1", "2") in made.changed
    with Desk(ws) as desk:
        assert desk.scan(done.key).outcome.value == "NG_CHANGED"
        desk.acknowledge()
    release(ws, [done.key])
    assert the(ws, done.key).stage is Stage.PRINT  # the slip in hand says otherwise
    with Desk(ws) as desk:
        assert desk.scan(done.key).outcome.value == "NG_CHANGED"


def test_a_change_that_changes_nothing_leaves_a_printed_shipment_alone(ws: Workspace, tmp_path: Path) -> None:
    done = enter(ws, an_entry(postal_code="530-0001"))
    (problem,) = [p for p in the(ws, done.key).problems if p.repairs]
    repair = next(r for r in problem.repairs if r.kind == "set_postal_code")
    apply_repair(ws, done.key, problem.code, repair)
    print_slips(ws, None, tmp_path / "slips.pdf")
    shown = entry_of(ws, done.key)
    assert shown.postal_code == "5410041"  # as repaired
    assert not change(ws, done.key, shown).held
    assert the(ws, done.key).stage is Stage.PACK


def test_a_cancelled_one_is_ng_and_can_be_taken_back(ws: Workspace, tmp_path: Path) -> None:
    done = enter(ws, an_entry())
    print_slips(ws, None, tmp_path / "slips.pdf")
    with pytest.raises(Refused) as refused:
        cancel(ws, done.key, "  ")
    assert refused.value.code == "reason_missing"
    gone = cancel(ws, done.key, "お客様の都合")
    assert the(ws, done.key).stage is Stage.CANCELLED
    assert "entry_cancelled" in notes(ws, done.key)
    with Desk(ws) as desk:
        assert desk.scan(done.key).outcome.value == "NG_CANCELLED"
        desk.acknowledge()
    with pytest.raises(Refused) as late:
        change(ws, done.key, an_entry())
    assert late.value.code == "entry_too_late"
    take_back(ws, gone.act)
    assert the(ws, done.key).stage is Stage.PACK


def test_an_order_of_a_marketplace_is_not_changed_here(ws: Workspace) -> None:
    ((_, key),) = stored(ws.store, an_order())
    for act in (lambda: change(ws, key, an_entry()), lambda: cancel(ws, key, "x"), lambda: entry_of(ws, key)):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "entry_unknown"


def test_the_carrier_may_change_until_it_knows_of_the_parcel(ws: Workspace, tmp_path: Path) -> None:
    done = enter(ws, an_entry(carrier="sagawa"))
    assert the(ws, done.key).parcels[0].carrier == "sagawa"
    change(ws, done.key, replace(entry_of(ws, done.key), carrier="yamato"))
    export(ws, "yamato", None, tmp_path / "b2.csv")
    with pytest.raises(Refused) as refused:
        change(ws, done.key, replace(entry_of(ws, done.key), carrier="sagawa"))
    assert refused.value.code == "entry_carrier_fixed"
    assert the(ws, done.key).carrier == "yamato"


# -- re-sends ---------------------------------------------------------------------------------------------------------


def test_a_re_send_is_linked_to_its_order_and_leaves_it_alone(ws: Workspace) -> None:
    ((_, key),) = stored(ws.store, an_order())
    before = the(ws, key)
    entry = resend_of(ws, key)
    assert (entry.reason, entry.shop, entry.name) == (EntryReason.RESEND, "本店", before.recipient.name)
    assert [(line.sku, line.unit_price) for line in entry.lines] == [("mug-300-bl", "")]
    done = enter(ws, entry)
    order = orders.of_shipment(ws.store, the(ws, done.key).row_id)
    assert order is not None
    assert order.by_hand is not None
    assert order.by_hand.original == before.order_id
    assert order.packages[0].recipient.address == before.recipient.address
    assert notes(ws, key)[-1] == "resend_entered"
    assert the(ws, key) == before  # neither printed, packed nor confirmed a second time
    assert entry_of(ws, done.key).original == key
    take_back(ws, done.act)
    assert notes(ws, key)[-1] == "resend_taken_back"


def test_a_sample_that_travels_with_an_order_leaves_that_order_to_be_told(
    ws: Workspace, tmp_path: Path
) -> None:
    ((_, sold),) = stored(ws.store, an_order(1))
    to = the(ws, sold).recipient
    sample = enter(
        ws,
        an_entry(
            **{
                "reason": EntryReason.SAMPLE,
                "name": to.name,
                "postal_code": to.postal_code,
                "phone": to.phone,
            },
            **{
                "address": to.address,
                "building": "",
                "lines": (a_goods_line(sku="plate-21-wh", unit_price=""),),
            },
        ),
    )
    lead = bundle(ws, [sold, sample.key]).leader
    print_slips(ws, [lead], tmp_path / "slips.pdf")
    other = enter(ws, an_entry(name="例川 太郎"))
    print_slips(ws, [other.key], tmp_path / "other.pdf")
    with Desk(ws) as desk:
        said = [desk.scan(code).outcome.value for code in (lead, "mug-300-bl", "plate-21-wh", W1)]
        assert said == ["OK_OPEN", "OK_ITEM", "OK_ITEM_LAST", "OK_LINK"]
        for code in (other.key, "mug-300-bl", W2):
            desk.scan(code)
        assert [read(desk, code).outcome.value for code in (lead, W1)] == ["OK_OPEN", "OK_DONE"]
    assert (the(ws, sold).stage, the(ws, sample.key).stage) == (Stage.CONFIRM, Stage.PACKED)
    shown = review(ws)
    assert sample.key not in {row.key for row in (*shown.green, *shown.red)}
