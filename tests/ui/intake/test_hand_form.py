"""An order typed into the form with keys only: what it fills in, proposes, refuses, stores and gives back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from jpship_gui import texts
from jpship_gui.domain.order import EntryReason
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.intake.entry import Entry
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.table.list_rows import Query, ids
from jpship_gui.flows.upkeep import shops as accounts
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import products, shipments
from jpship_gui.store.products import Product
from jpship_gui.texts import text
from jpship_gui.ui.intake.hand.entering import Entering
from jpship_gui.ui.intake.hand.view import HandView
from jpship_gui.ui.intake.page import IntakePage
from jpship_gui.ui.main_window import MainWindow
from tests.builders import a_contact, an_order, stored
from tests.flows.entering import an_entry
from tests.ui import synthetic
from tests.ui.driving import Driver

MUG, SPOON = "4901234567894", "4901234567801"
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A desk with one shop, two kinds of goods and one order that arrived broken."""
    opened = replace(
        open_workspace(str(tmp_path / "home"), person="佐藤", desk="1"), clock=lambda: synthetic.NOW
    )
    accounts.add(opened, "rakuten", "楽天 本店", {"shop_number": "900001"})
    products.put(
        opened.store,
        [
            Product(MUG, "mug-300-bl", 1, "マグカップ 300ml", "青", "A-01"),
            Product(SPOON, "spoon", 1, "木のスプーン", "", "B-01"),
        ],
    )
    stored(
        opened.store,
        an_order(7001, "楽天 本店", recipient=a_contact(name="破損 太郎")),
        ship_by=synthetic.NOW,
    )
    yield opened
    opened.close()


@pytest.fixture
def intake(window: MainWindow, driver: Driver) -> IntakePage:
    """The page in sight, the form opened by its key."""
    window.open_page("intake")
    driver.settle()
    driver.key(Qt.Key.Key_N, CTRL, on=window)
    page = window.page()
    assert isinstance(page, IntakePage)
    assert page.entering()
    return page


@pytest.fixture
def form(intake: IntakePage) -> Entering:
    return intake.form


@pytest.fixture
def view(form: Entering) -> HandView:
    return form.view


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def entered(ws: Workspace) -> list[Shipment]:
    """Shipments of orders entered by hand."""
    found = load(ws, row_ids=list(ids(ws, Query())))
    return [one for one in found if one.order_id.marketplace == "hand"]


def looked(driver: Driver, view: HandView) -> None:
    """Until the rules have seen what stands there now."""
    driver.wait_for(lambda: not view.waiting())


def fill(driver: Driver, view: HandView) -> None:
    """Name, address, phone and one mug, by keys alone."""
    assert focused() is view.recipient.postal_code
    driver.type_words(focused(), "5410041")
    driver.key(Qt.Key.Key_Tab)
    driver.type_words(focused(), "09000001234")
    driver.key(Qt.Key.Key_Return)
    assert focused() is view.recipient.address
    driver.type_words(focused(), "9-9-9")
    driver.key(Qt.Key.Key_Return)
    driver.key(Qt.Key.Key_Return)
    assert focused() is view.recipient.name
    driver.type_words(focused(), "例山 花子")
    driver.key(Qt.Key.Key_Return)
    driver.key(Qt.Key.Key_Return)
    assert focused() is view.goods.search
    pick(driver, view, "マグ")


def pick(driver: Driver, view: HandView, words: str) -> None:
    """Type into the goods search and take the first that is offered."""
    driver.type_words(view.goods.search, words)
    driver.wait_for(view.goods.search.open)
    driver.key(Qt.Key.Key_Return, on=view.goods.search)


def test_an_order_is_entered_with_keys_only(
    window: MainWindow, driver: Driver, intake: IntakePage, view: HandView, ws: Workspace
) -> None:
    fill(driver, view)
    assert focused() is view.goods.rows[0].count
    driver.type_words(focused(), "2")
    driver.key(Qt.Key.Key_Return)
    assert focused() is view.goods.search
    driver.key(Qt.Key.Key_S, CTRL)
    (made,) = entered(ws)
    assert made.recipient.name == "例山 花子"
    assert made.recipient.address == "大阪府大阪市中央区北浜9-9-9"
    assert made.recipient.phone == "09000001234"
    assert [(line.sku, line.quantity) for line in made.lines] == [("mug-300-bl", 2)]
    assert made.order_id.shop == "楽天 本店"
    assert intake.stack.currentWidget() is intake.start
    assert made.order_id.number in window.undo_bar.words.text()
    assert view.entry() == replace(Entry(), shop="楽天 本店")  # the next one begins blank


def test_ctrl_z_takes_the_entry_back(
    window: MainWindow, driver: Driver, intake: IntakePage, view: HandView, ws: Workspace
) -> None:
    fill(driver, view)
    driver.key(Qt.Key.Key_S, CTRL)
    assert len(entered(ws)) == 1
    driver.key(Qt.Key.Key_Z, CTRL)
    assert entered(ws) == []


def test_a_postal_code_writes_the_address_and_another_one_replaces_it(driver: Driver, view: HandView) -> None:
    code, address = view.recipient.postal_code, view.recipient.address
    driver.type_words(code, "541-0041")
    assert address.text() == "大阪府大阪市中央区北浜"
    address.setText(address.text() + "9-9-9")
    code.clear()
    driver.type_words(code, "1000001")
    assert address.text() == "東京都千代田区千代田9-9-9"


def test_an_address_typed_by_hand_is_left_alone(driver: Driver, view: HandView) -> None:
    view.recipient.address.setText("札幌市中央区北1条9-9")
    driver.type_words(view.recipient.postal_code, "541-0041")
    assert view.recipient.address.text() == "札幌市中央区北1条9-9"


def test_of_several_towns_with_one_code_a_person_picks(driver: Driver, view: HandView) -> None:
    code = view.recipient.postal_code
    driver.type_words(code, "4520961")  # 愛知県清須市春日… has many
    driver.wait_for(code.open)
    offered = [str(one.value) for one in code.offered()]
    assert len(offered) > 1
    driver.key(Qt.Key.Key_Down, on=code)
    driver.key(Qt.Key.Key_Return, on=code)
    assert view.recipient.address.text() == offered[1]
    assert focused() is view.recipient.address


def test_esc_closes_the_list_before_it_leaves_the_form(
    driver: Driver, intake: IntakePage, view: HandView
) -> None:
    driver.type_words(view.goods.search, "スプーン")
    view.goods.search.setFocus()
    driver.wait_for(lambda: bool(view.goods.search.text()))
    driver.type_words(view.goods.search, "木")
    driver.wait_for(view.goods.search.open)
    driver.key(Qt.Key.Key_Escape, on=view.goods.search)
    assert not view.goods.search.open()
    assert intake.entering()
    driver.key(Qt.Key.Key_Escape, on=view.goods.search)
    assert intake.stack.currentWidget() is intake.start


def test_what_was_typed_waits_where_one_left_it(
    window: MainWindow, driver: Driver, intake: IntakePage, view: HandView, ws: Workspace
) -> None:
    driver.type_words(view.recipient.name, "途中 花子")
    driver.key(Qt.Key.Key_Escape)
    window.open_page("all")
    driver.settle()
    driver.key(Qt.Key.Key_N, CTRL, on=window)
    assert view.recipient.name.text() == "途中 花子"
    assert entered(ws) == []


def test_cleared_input_comes_back(window: MainWindow, driver: Driver, view: HandView) -> None:
    driver.type_words(view.recipient.name, "途中 花子")
    driver.click(view.clear)
    assert view.recipient.name.text() == ""
    driver.click(window.undo_bar.button)
    assert view.recipient.name.text() == "途中 花子"


def test_free_text_is_the_last_thing_offered(driver: Driver, view: HandView, ws: Workspace) -> None:
    fill(driver, view)
    view.goods.search.setFocus()
    driver.type_words(view.goods.search, "のし紙")
    driver.wait_for(view.goods.search.open)
    driver.key(Qt.Key.Key_Up, on=view.goods.search)
    driver.key(Qt.Key.Key_Return, on=view.goods.search)
    driver.key(Qt.Key.Key_S, CTRL)
    (made,) = entered(ws)
    assert [(line.name, line.sku) for line in made.lines] == [
        ("マグカップ 300ml", "mug-300-bl"),
        ("のし紙", ""),
    ]


def test_a_scan_is_goods_wherever_the_keyboard_is(driver: Driver, view: HandView) -> None:
    name = view.recipient.name
    driver.type_words(name, "例山")
    name.setFocus()
    driver.scan(name, MUG)
    assert name.text() == "例山"
    driver.scan(focused(), MUG)
    driver.scan(focused(), SPOON)
    shown = [(row.line().sku, row.line().quantity) for row in view.goods.rows]
    assert shown == [("mug-300-bl", "2"), ("spoon", "1")]
    assert view.goods.search.text() == ""


def test_a_scan_does_not_become_a_number_of_pieces(driver: Driver, view: HandView) -> None:
    view.goods.search.setFocus()
    driver.scan(view.goods.search, MUG)
    count = view.goods.rows[0].count
    count.setFocus()
    count.selectAll()
    driver.scan(count, MUG)
    assert count.text() == "2"


def test_an_unknown_code_is_shown_and_asked_about(driver: Driver, view: HandView) -> None:
    view.recipient.phone.setFocus()
    driver.scan(view.recipient.phone, "4909999999996")
    assert view.recipient.phone.text() == ""
    assert view.goods.search.text() == "4909999999996"
    assert view.goods.rows == []


def test_a_mismatch_is_told_with_its_proposal_on_alt_1(driver: Driver, view: HandView) -> None:
    fill(driver, view)
    view.recipient.postal_code.setText("530-0001")
    looked(driver, view)
    assert [problem.code for problem in view.problems.shown] == ["postal_address_mismatch"]
    driver.key(Qt.Key.Key_1, ALT)
    assert view.recipient.postal_code.text() == "541-0041"
    looked(driver, view)
    assert view.problems.shown == ()


def test_what_is_missing_is_said_at_its_field_and_only_then(
    driver: Driver, view: HandView, ws: Workspace
) -> None:
    looked(driver, view)
    name, goods = view.recipient.cells["name"], view.goods.cell
    assert not name.wrong
    assert view.problems.shown == ()
    driver.key(Qt.Key.Key_S, CTRL)
    assert name.wrong == text("entry.fault.name_missing")
    assert goods.wrong == text("entry.fault.goods_missing")
    assert focused() is view.recipient.name
    assert entered(ws) == []
    driver.type_words(view.recipient.name, "例山")
    looked(driver, view)
    assert not name.wrong


def test_a_day_that_is_none_is_told_once_its_field_is_left(driver: Driver, view: HandView) -> None:
    wish = view.delivery.wish_day
    wish.setFocus()
    driver.type_words(wish, "11/")
    looked(driver, view)
    assert not view.delivery.cells["wish_day"].wrong
    driver.key(Qt.Key.Key_Return)
    looked(driver, view)
    assert view.delivery.cells["wish_day"].wrong
    wish.clear()
    driver.type_words(wish, "11/25")
    looked(driver, view)
    assert not view.delivery.cells["wish_day"].wrong
    assert "水" in view.delivery.cells["wish_day"].note.text()


def test_a_wrong_count_is_marked_and_has_the_keyboard(driver: Driver, view: HandView, ws: Workspace) -> None:
    fill(driver, view)
    driver.type_words(focused(), "x")
    driver.key(Qt.Key.Key_S, CTRL)
    assert view.goods.rows[0]._count_box.bad
    assert focused() is view.goods.rows[0].count
    assert entered(ws) == []


def test_the_sum_follows_what_is_typed(driver: Driver, view: HandView) -> None:
    fill(driver, view)
    row = view.goods.rows[0]
    driver.type_words(row.count, "3")
    row.price.clear()
    driver.type_words(row.price, "2200")
    driver.type_words(view.goods.postage, "800")
    assert view.goods.total.text() == "¥7,400"
    driver.click(row.rate)
    assert row.line().tax_rate == "8"


def test_a_sample_asks_for_no_money(driver: Driver, view: HandView, ws: Workspace) -> None:
    view.reason.setFocus()
    driver.key(Qt.Key.Key_Right)
    driver.key(Qt.Key.Key_Right)
    assert view.entry().reason is EntryReason.SAMPLE
    view.recipient.postal_code.setFocus()
    fill(driver, view)
    assert not view.goods.rows[0].price.isVisible()
    assert not view.goods.total.isVisible()
    driver.key(Qt.Key.Key_S, CTRL)
    assert len(entered(ws)) == 1


def test_a_resend_takes_over_what_the_original_was(driver: Driver, view: HandView, ws: Workspace) -> None:
    view.reason.setFocus()
    driver.key(Qt.Key.Key_Right)
    driver.key(Qt.Key.Key_Tab)
    assert focused() is view.original.search
    driver.key(Qt.Key.Key_S, CTRL)
    assert view.original.cell.wrong == text("entry.fault.original_missing")
    driver.type_words(view.original.search, "破損")
    view.original.search.setFocus()
    driver.type_words(view.original.search, "太郎")
    driver.wait_for(view.original.search.open)
    driver.key(Qt.Key.Key_Return, on=view.original.search)
    assert view.recipient.name.text() == "破損 太郎"
    assert view.original.who.text() == "破損 太郎"
    assert view.goods.rows
    driver.key(Qt.Key.Key_S, CTRL)
    (made,) = entered(ws)
    assert made.recipient.name == "破損 太郎"


def test_an_order_is_changed_and_one_is_back_in_the_list(
    window: MainWindow, driver: Driver, intake: IntakePage, view: HandView, ws: Workspace
) -> None:
    from jpship_gui.flows.intake.enter import enter

    made = enter(ws, an_entry())
    window.open_page("intake", ("change", made.key))
    driver.settle()
    assert made.number in view.title.text()
    assert view.recipient.name.text() == "例山 花子"
    view.recipient.name.setText("例山 花枝")
    driver.key(Qt.Key.Key_S, CTRL)
    assert window.current() == "all"
    found = shipments.by_key(ws.store, made.key)
    assert found is not None
    assert found.recipient.name == "例山 花枝"
    driver.click(window.undo_bar.button)
    found = shipments.by_key(ws.store, made.key)
    assert found is not None
    assert found.recipient.name == "例山 花子"


def test_changes_left_behind_can_be_had_back(
    window: MainWindow, driver: Driver, intake: IntakePage, view: HandView, ws: Workspace
) -> None:
    from jpship_gui.flows.intake.enter import enter

    made = enter(ws, an_entry())
    window.open_page("intake", ("change", made.key))
    driver.settle()
    view.recipient.name.setText("別 花子")
    driver.key(Qt.Key.Key_Escape)
    assert window.current() == "all"
    found = shipments.by_key(ws.store, made.key)
    assert found is not None
    assert found.recipient.name == "例山 花子"
    driver.click(window.undo_bar.button)
    assert window.current() == "intake"
    assert made.number in view.title.text()
    assert view.recipient.name.text() == "別 花子"


def test_a_change_too_late_is_refused_and_nothing_typed_is_lost(
    window: MainWindow, driver: Driver, intake: IntakePage, view: HandView, ws: Workspace
) -> None:
    from jpship_gui.flows.intake.enter import cancel, enter

    made = enter(ws, an_entry())
    window.open_page("intake", ("change", made.key))
    driver.settle()
    view.recipient.name.setText("別 花子")
    cancel(ws, made.key, "お客様の都合")
    driver.key(Qt.Key.Key_S, CTRL)
    assert window.banner.isVisible()
    assert intake.entering()
    assert view.recipient.name.text() == "別 花子"
    found = shipments.by_key(ws.store, made.key)
    assert found is not None
    assert found.stage is Stage.CANCELLED


def test_the_carrier_offers_its_own_services_and_slots(driver: Driver, view: HandView) -> None:
    slots = [view.delivery.wish_slot.itemData(i) for i in range(view.delivery.wish_slot.count())]
    assert slots == ["", "am", "1416", "1618", "1820", "1921"]
    services = view.delivery.service
    services.setCurrentIndex(services.findData("timed"))
    slots = [view.delivery.wish_slot.itemData(i) for i in range(view.delivery.wish_slot.count())]
    assert slots == ["", "0010", "0017"]
    assert (view.entry().carrier, view.entry().service) == ("yamato", "timed")


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_the_form_keeps_what_was_typed_in_every_language(
    window: MainWindow, driver: Driver, view: HandView, language: str
) -> None:
    fill(driver, view)
    view.delivery.wish_slot.setCurrentIndex(1)
    before = view.entry()
    texts.set_language(language)
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    driver.settle()
    assert view.entry() == before
    assert view.title.text() == text("handform.title")


def test_without_a_shop_the_form_says_where_to_make_one(
    window: MainWindow, driver: Driver, view: HandView, ws: Workspace
) -> None:
    with ws.store.transaction():
        ws.store.execute("DELETE FROM shops")
    driver.key(Qt.Key.Key_Escape)
    driver.key(Qt.Key.Key_N, CTRL, on=window)
    assert view.no_shop.isVisible()
    assert not view.save.isEnabled()
