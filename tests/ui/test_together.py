"""Orders that travel together, and orders in several boxes, as the window shows them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jpship_gui.flows.check import hold
from jpship_gui.flows.table.list_rows import rows
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.ui.confirm.case_card import CaseCard
from jpship_gui.ui.confirm.page import ConfirmPage
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.page import PackPage
from jpship_gui.ui.table.delegate import _flags
from jpship_gui.ui.table.page import OrdersPage
from jpship_gui.ui.table.words import CELLS
from jpship_gui.ui.widgets.fact_list import FactList
from jpship_gui.ui.widgets.label import Label
from tests.flows.confirming import yamato_number
from tests.ui import synthetic
from tests.ui.driving import Driver
from tests.ui.scanner import Scanner
from tests.ui.together import CODES, Together, lay_out

MUG, PLATE, HASHI = CODES


@pytest.fixture
def made(ws: Workspace) -> Together:
    return lay_out(ws)


def row_id(ws: Workspace, key: str) -> int:
    return shipments.by_keys(ws.store, [key])[0].row_id


def shown(window: MainWindow, driver: Driver, key: str) -> OrdersPage:
    """The order in the detail."""
    window.open_page("all", ("order", row_id(window.desk.ws, key)))
    driver.settle()
    page = window.page()
    assert isinstance(page, OrdersPage)
    found = page.detail.shown()
    assert found is not None
    assert found.shipment.key == key
    return page


def facts(page: OrdersPage) -> dict[str, str]:
    """Label → value of what the open tab says."""
    (found,) = (one for one in page.detail.findChildren(FactList) if one.isVisible())
    return {line.name: line.value for line in found.lines()}


# ── the table and the detail ────────────────────────────────────────────────────────────────────────────────────────


def test_rows_say_how_many_travel_together_and_in_how_many_boxes(made: Together, ws: Workspace) -> None:
    leader, member, boxes = rows(ws, [row_id(ws, key) for key in (made.three[0], made.three[1], made.boxes)])
    assert [icon for icon, _, _ in _flags(leader)] == ["layers-linked"]
    assert [(icon, figure) for icon, _, figure in _flags(boxes)] == [("packages", "2")]
    assert _flags(leader)[0][1] != _flags(member)[0][1], "the order whose slip counts stands out"
    assert CELLS["goods"](member, synthetic.NOW).endswith("同梱 3件")
    assert CELLS["goods"](boxes, synthetic.NOW).endswith("2個口")


def test_the_detail_of_each_names_the_others_and_whose_slip_counts(
    made: Together, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    numbers = [shipments.by_keys(ws.store, [key])[0].order_id.number for key in made.three]
    for key in made.three:
        page = shown(window, driver, key)
        assert "同梱 3件" in page.detail.header._service.words()
        said = facts(page)
        mine = {label: value for label, value in said.items() if "同梱店" in value or "同梱Yahoo店" in value}
        assert [any(number.endswith(label) for number in numbers) for label in mine] == [True] * 3
        (leading,) = (label for label, value in mine.items() if "納品書・送り状はこの受注のものです" in value)
        assert numbers[0].endswith(leading)
        assert not page.detail.stop.isVisible()


def test_what_stops_a_bundle_is_said_on_every_order_of_it(
    made: Together, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    leader, held = made.stopped
    page = shown(window, driver, leader)
    assert page.detail.stop.isVisible()
    words = " ".join(label.text() for label in page.detail.stop.findChildren(Label))
    other = shipments.by_keys(ws.store, [held])[0].order_id.number
    assert other.rpartition("-")[2] in words
    assert "保留中" in words
    page = shown(window, driver, held)
    assert not page.detail.stop.isVisible(), "it says itself why"


def test_the_proof_says_what_lies_in_which_box(made: Together, window: MainWindow, driver: Driver) -> None:
    page = shown(window, driver, made.boxes)
    page.detail._choose_tab("proof")
    driver.settle()
    said = facts(page)
    assert "マグカップ 青 ×1・平皿 21cm 白 ×1" in said[made.boxes]
    assert "マグカップ 青 ×1" in said[f"{made.boxes}P2"]
    page = shown(window, driver, made.proven[1])  # a member: the boxes are its leader's
    page.detail._choose_tab("proof")
    driver.settle()
    assert "4000-0000-0013" in facts(page)[made.proven[0]]


# ── packing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def pack(made: Together, window: MainWindow, driver: Driver) -> Iterator[PackPage]:
    window.open_page("pack")
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    yield page
    page.left()


def goods(pack: PackPage) -> list[tuple[str, int, int]]:
    return [(good.name, good.have, good.need) for good in pack.face.screen_.goods]


def test_a_bundle_shows_all_goods_and_the_remarks_of_all_its_orders(
    pack: PackPage, made: Together, driver: Driver
) -> None:
    Scanner().scan(pack, made.three[0])
    driver.settle()
    screen = pack.face.screen_
    assert screen.marks == ("同梱 3件",)
    assert screen.remark == "袋を一枚ください"  # that of a member
    assert goods(pack) == [
        ("マグカップ", 0, 2),
        ("平皿 21cm", 0, 1),
        ("夫婦箸", 0, 1),
        ("平皿 21cm", 0, 1),
    ]


def test_with_contents_noted_each_box_shows_its_own_goods(
    pack: PackPage, made: Together, driver: Driver
) -> None:
    scanner = Scanner()

    def waybill() -> str:
        return next(step.word for step in pack.face.screen_.steps if "送り状" in step.word)

    scanner.scan(pack, made.boxes)
    driver.settle()
    assert pack.face.screen_.marks == ("2個口",)
    assert (goods(pack), waybill()) == ([("マグカップ", 0, 1), ("平皿 21cm", 0, 1)], "送り状 1/2")
    for code in (MUG, PLATE):
        scanner.scan(pack, code)
    assert goods(pack) == [("マグカップ", 1, 1), ("平皿 21cm", 1, 1)]
    scanner.scan(pack, yamato_number(20))
    driver.settle()
    assert (goods(pack), waybill()) == ([("マグカップ", 0, 1)], "送り状 2/2")
    scanner.scan(pack, MUG)
    driver.settle()
    assert goods(pack) == [("マグカップ", 2, 2), ("平皿 21cm", 1, 1)]  # everything is there
    scanner.scan(pack, yamato_number(21))
    driver.settle()
    found = shipments.by_keys(pack.desk.ws.store, [made.boxes])[0]
    assert [parcel.tracking_no for parcel in found.parcels] == [yamato_number(20), yamato_number(21)]


# ── confirming ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_rows_to_be_sent_say_what_travels_together_and_which_numbers_are_told(
    made: Together, window: MainWindow, driver: Driver
) -> None:
    window.open_page("confirm")
    driver.settle()
    page = window.page()
    assert isinstance(page, ConfirmPage)
    subs = {}
    review = page._review
    assert review is not None
    for row, cells in zip(review.green, page.green._rows, strict=True):
        subs[row.key] = (cells[3].sub, cells[5].words, cells[5].sub)
    for key in made.proven:
        assert subs[key] == ("同梱 3件", "4000-0000-0013", "入力")
    part, words, told = subs[made.told_in_part]
    assert (part, told) == ("", "番号は3件中2件を伝えます・入力")
    assert words.count("・") == 1


def test_a_card_of_what_is_held_back_says_that_others_travel_with_it(
    made: Together, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    hold.hold(ws, [made.proven[2]], "確認中")
    window.open_page("confirm")
    driver.settle()
    page = window.page()
    assert isinstance(page, ConfirmPage)
    review = page._review
    assert review is not None
    assert {row.key for row in review.red} == set(made.proven)
    cards = [card for card in page.findChildren(CaseCard) if card.isVisible()]
    words = [" ".join(label.text() for label in card.findChildren(Label)) for card in cards]
    assert len([said for said in words if "同梱 3件" in said]) == 3
    button = next(card.button for card in cards if card.button.text() == "止まっている受注を開く")
    driver.click(button)
    orders = window.page()
    assert isinstance(orders, OrdersPage)
    opened = orders.detail.shown()
    assert opened is not None
    assert opened.shipment.key == made.proven[2], "the order that stops the others"
