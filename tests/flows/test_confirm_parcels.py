"""Confirming bundles, several parcels and several addresses: each order once, with the numbers its goods travel under
(PL-03, PL-04, IN-12, CF-11)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.clock import now_utc
from jpship_gui.domain.confirmation import ConfirmedLine, SendState
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import OrderId, OrderState, Package
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check import hold
from jpship_gui.flows.confirm.cases import cases_of, confirmation_of
from jpship_gui.flows.confirm.notice import file_uploaded
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import read_back, send_green
from jpship_gui.flows.confirm.words import reason_text, reason_title
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.intake.enter import enter as enter_by_hand
from jpship_gui.flows.intake.enter import resend_of
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.plan.bundle import bundle, unbundle
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import Takes
from jpship_gui.marketplaces.rakuten.mapping import order_of
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.rakuten.models import models_from_rows
from jpship_gui.practice.rakuten.orders import RakutenPlay
from jpship_gui.practice.rakuten.server import RakutenServer
from jpship_gui.practice.rakuten.shops import MAIN, SECOND, open_shop
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.store import history, orders, outbox, shipments
from tests.builders import a_contact, a_line, an_order, stored
from tests.flows.confirming import QUICK, yamato_number
from tests.practice.rakuten_rows import a_row

ONE, TWO, THREE, FOUR = (yamato_number(n) for n in range(4))


@dataclass(slots=True)
class Scene:
    """Two shops on one practice marketplace; three orders of one person, two in the first shop."""

    server: RunningServer[RakutenServer]
    ws: Workspace
    keys: list[str]
    numbers: list[str]

    def registered(self) -> list[tuple[str, str]]:
        """Order and tracking number of every parcel the marketplaces have on record."""
        return sorted((r["orderNumber"], r["shippingNumber"]) for r in self.server.app.play.record())

    def again(self, n: int, **changes: object) -> None:
        """A newer reading of the n-th order."""
        (found,) = shipments.by_keys(self.ws.store, [self.keys[n]])
        order = orders.of_shipment(self.ws.store, found.row_id)
        assert order is not None
        accept_orders(self.ws, [replace(order, **changes)], Source("api", found.order_id.shop))  # type: ignore[arg-type]


@contextmanager
def a_scene(home: Path, **settings: str) -> Iterator[Scene]:
    rows = [
        a_row(1, shop=MAIN.number, **{"SKU管理番号": "blue", "個数": "1"}),
        a_row(2, shop=SECOND.number, **{"SKU管理番号": "red", "個数": "3"}),
        a_row(3, shop=MAIN.number, **{"SKU管理番号": "green"}),
    ]
    play = RakutenPlay(now_utc, result_delay=0)
    with RunningServer(RakutenServer(play)) as server:
        ws = open_workspace(str(home), practice=True, person="佐藤", desk="1")
        try:
            made = []
            for shop in (MAIN, SECOND):
                open_shop(play, shop, rows)
                own = {"api.url": server.url, "pack.goods": "off", **QUICK, **settings}
                shops.add(ws, "rakuten", shop.name, own)
                for field, value in shop.secrets.items():
                    ws.secrets.set(shop.name, field, value)
                mine = [row for row in rows if row["注文番号"].startswith(shop.number)]
                made += [order_of(model, ws.account(shop.name)) for model in models_from_rows(mine)]
            keys = [key for _, key in stored(ws.store, *made)]
            yield Scene(server, ws, keys, [order.id.number for order in made])
        finally:
            ws.close()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path / "home") as made:
        yield made


def together(scene: Scene) -> str:
    """The three orders in one parcel, proven."""
    leader = bundle(scene.ws, scene.keys, agreed=True).leader
    assert track(scene.ws, leader, ONE, ONE).verified
    return leader


# ── bundles ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_three_orders_in_one_parcel_are_three_confirmations_of_one_number(scene: Scene) -> None:
    leader = together(scene)
    shown = review(scene.ws)
    assert {row.key for row in shown.green} == set(scene.keys)
    assert shown.red == ()
    assert all(row.numbers == (ONE,) and row.kept == () for row in shown.green)
    assert {len(row.together) for row in shown.green} == {2}
    send_green(scene.ws)
    assert scene.registered() == sorted((number, ONE) for number in scene.numbers)
    found = shipments.by_keys(scene.ws.store, scene.keys)
    assert [s.stage for s in found] == [Stage.ACCEPTED] * 3
    items = outbox.by_keys(scene.ws.store, scene.keys)
    assert {i.confirmation.order_id.shop for i in items} == {MAIN.name, SECOND.name}
    assert {p.parcel_key for i in items for p in i.confirmation.parcels} == {leader}
    for shipment in found:
        assert "confirm_accepted" in [h.what for h in history.of(scene.ws.store, shipment.row_id)]
    send_green(scene.ws)
    read_back(scene.ws)
    assert len(scene.registered()) == 3  # each once


def test_each_order_keeps_its_own_id_of_the_common_parcel(scene: Scene) -> None:
    together(scene)
    send_green(scene.ws)
    record = {r["orderNumber"]: str(r["shippingDetailId"]) for r in scene.server.app.play.record()}
    found = shipments.by_keys(scene.ws.store, scene.keys)
    assert [s.boxes[0].detail_id for s in found] == [record[s.order_id.number] for s in found]
    assert len(set(record.values())) == 3


@pytest.mark.parametrize("how", [How.CUT_AFTER, How.HTML_500, How.ACCEPTED_500, How.CUT_BEFORE, How.TWICE])
def test_whatever_the_marketplace_does_each_order_is_told_once(scene: Scene, how: How) -> None:
    together(scene)
    for function in ("updateOrderShippingAsync", "updateOrderShipping"):
        scene.server.app.tricks.ask(Trick(function, how, times=1))
    for _ in range(3):
        send_green(scene.ws)
    assert scene.registered() == sorted((number, ONE) for number in scene.numbers)


def test_the_bundle_by_upload_file_one_a_shop(scene: Scene, tmp_path: Path) -> None:
    together(scene)
    written = write_files(scene.ws, tmp_path / "out")
    rows = []
    for file in written.files:
        with file.path.open(encoding="cp932", newline="") as opened:
            rows += [(row[0], row[3]) for row in list(csv.reader(opened))[1:]]
    assert sorted(rows) == sorted((number, ONE) for number in scene.numbers)
    assert [file.rows for file in written.files] == [2, 1]
    for file in written.files:
        file_uploaded(scene.ws, file.fingerprint)
    assert [s.stage for s in shipments.by_keys(scene.ws.store, scene.keys)] == [Stage.ACCEPTED] * 3


def test_a_stranger_with_the_same_number_is_still_a_duplicate(scene: Scene) -> None:
    first, second, third = scene.keys
    bundle(scene.ws, [first, second], agreed=True)
    assert track(scene.ws, first, ONE, ONE).verified
    assert track(scene.ws, third, ONE, ONE).outcome == "NG_DUPLICATE"
    with scene.ws.store.transaction():  # as if somebody's database said so all the same
        (row,) = shipments.by_keys(scene.ws.store, [third])
        shipments.set_parcel(scene.ws.store, third, {"tracking_no": ONE, "carrier": "yamato"})
        for fact in ("linked", "verified"):
            shipments.mark(scene.ws.store, [row.row_id], fact, scene.ws.now())
        shipments.restage(scene.ws.store, [row.row_id])
    shown = review(scene.ws)
    assert shown.green == ()
    reasons = {row.key: [reason.code for reason in row.reasons] for row in shown.red}
    assert reasons == {key: ["duplicate"] for key in scene.keys}


def test_a_members_own_waybill_with_that_number_is_not_the_common_one(scene: Scene) -> None:
    leader = together(scene)
    member = next(key for key in scene.keys if key != leader)
    shipments.set_parcel(scene.ws.store, member, {"file_no": ONE})
    assert review(scene.ws).green == ()


def test_cancelling_one_after_packing_holds_all_until_it_is_taken_out(scene: Scene) -> None:
    leader = together(scene)
    queue(scene.ws)
    gone = next(n for n, key in enumerate(scene.keys) if key != leader)
    scene.again(gone, state=OrderState.CANCELLED, state_code="900")
    shown = review(scene.ws)
    assert shown.green == ()
    reasons = {row.key: row.reasons[0] for row in shown.red}
    assert reasons.pop(scene.keys[gone]).code == "cancelled"
    for reason in reasons.values():
        assert (reason.code, reason.key, reason.repair) == ("bundle_stopped", scene.keys[gone], "open_other")
        assert scene.numbers[gone] in reason_title(reason)
        assert "キャンセル" in reason_text(reason)
    send_green(scene.ws)  # what waited is withdrawn
    assert scene.registered() == []
    unbundle(scene.ws, scene.keys[gone], reason="キャンセルのため取り出す")
    assert track(scene.ws, leader, ONE, ONE).verified
    send_green(scene.ws)
    left = [number for n, number in enumerate(scene.numbers) if n != gone]
    assert scene.registered() == sorted((number, ONE) for number in left)


def test_once_one_is_told_the_parcel_stays_as_it_is(scene: Scene) -> None:
    leader = together(scene)
    member = next(key for key in scene.keys if key != leader)
    send_green(scene.ws, [member])
    assert [number for _, number in scene.registered()] == [ONE]
    for act in (
        lambda: unbundle(scene.ws, leader, reason="x"),
        lambda: split(scene.ws, leader, 2, reason="x"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "plan_told"
    with Desk(scene.ws) as desk:
        assert desk.reopen(leader, "入れ直し").outcome.value == "NG_DUPLICATE"
    assert track(scene.ws, leader, TWO, TWO).outcome == "NG_DUPLICATE"
    scene.again(scene.keys.index(member), state=OrderState.CANCELLED, state_code="900")
    send_green(scene.ws)  # its parcel is on its way with the others' goods
    assert scene.registered() == sorted((number, ONE) for number in scene.numbers)


def test_a_refused_member_comes_back_alone(scene: Scene) -> None:
    leader = together(scene)
    gone = next(n for n, key in enumerate(scene.keys) if key != leader)
    play = scene.server.app.play
    for shop in play.shops.values():
        if scene.numbers[gone] in shop.orders:
            shop.orders[scene.numbers[gone]]["orderProgress"] = 900
    send_green(scene.ws)
    assert len(scene.registered()) == 2
    (red,) = review(scene.ws).red
    assert (red.key, red.reasons[0].code) == (scene.keys[gone], "refused")
    assert shipments.by_keys(scene.ws.store, [scene.keys[gone]])[0].facts.sent is None
    with pytest.raises(Refused):  # the other two were told of this parcel
        unbundle(scene.ws, scene.keys[gone], reason="x")


def test_goods_in_two_boxes_each_order_is_told_of_the_boxes_its_own_goods_lie_in(scene: Scene) -> None:
    leader = bundle(scene.ws, scene.keys, agreed=True).leader
    others = [key for key in scene.keys if key != leader]
    one = shipments.by_keys(scene.ws.store, [leader])[0]
    quantities = [line.quantity for _, line in one.goods]
    # the leader's goods in the first box, the second order's in the second, the third's in both
    third = quantities[2]
    split(scene.ws, leader, lines=[{1: quantities[0], 3: 1}, {2: quantities[1], 3: third - 1}])
    assert track(scene.ws, leader, ONE, ONE).ok
    assert review(scene.ws).green == ()  # a bundle waits for all its boxes
    assert track(scene.ws, f"{leader}P2", TWO, TWO).verified
    members = [s.key for s in one.bundle]
    assert set(members) == {leader, *others}
    said = {
        case.unit.key: [p.tracking_no for p in confirmation_of(case).parcels]
        for case in cases_of(scene.ws, shipments.by_keys(scene.ws.store, members))
    }
    assert said == {members[0]: [ONE], members[1]: [TWO], members[2]: [ONE, TWO]}
    send_green(scene.ws)
    assert len(scene.registered()) == 4


# ── re-sends (EX-04) ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_re_send_never_tells_the_marketplace_order_again(scene: Scene) -> None:
    sold = scene.keys[0]
    assert track(scene.ws, sold, ONE, ONE).verified
    send_green(scene.ws)
    resend = enter_by_hand(scene.ws, resend_of(scene.ws, sold)).key
    assert track(scene.ws, resend, TWO, TWO).verified
    shown = review(scene.ws)
    assert resend not in {row.key for row in (*shown.green, *shown.red)}
    assert queue(scene.ws, [resend]).keys == ()
    send_green(scene.ws)
    read_back(scene.ws)
    assert scene.registered() == [(scene.numbers[0], ONE)]
    assert outbox.by_keys(scene.ws.store, [resend]) == []
    assert shipments.by_keys(scene.ws.store, [resend])[0].stage is Stage.PACKED


def test_nor_when_it_travels_with_another_order_of_the_same_person(scene: Scene) -> None:
    """Leader or not: the other order is told the parcel's number, the first keeps its own."""
    sold, *others = scene.keys
    assert track(scene.ws, sold, ONE, ONE).verified
    send_green(scene.ws)
    resend = enter_by_hand(scene.ws, resend_of(scene.ws, sold)).key
    with pytest.raises(Refused):  # the order itself has left
        bundle(scene.ws, [sold, resend], agreed=True)
    leader = bundle(scene.ws, [resend, *others], agreed=True).leader
    assert track(scene.ws, leader, TWO, TWO).verified
    send_green(scene.ws)
    expected = [(scene.numbers[0], ONE), *((number, TWO) for number in scene.numbers[1:])]
    assert scene.registered() == sorted(expected)
    (told,) = outbox.by_keys(scene.ws.store, [sold])
    assert [p.tracking_no for p in told.confirmation.parcels] == [ONE]
    assert outbox.by_keys(scene.ws.store, [resend]) == []


# ── several parcels, by what each marketplace takes ─────────────────────────────────────────────────────────────────

# marketplace → for 1, 2, 3 and 21 parcels whose contents nobody noted: how many numbers are told; the rest is kept
DOCUMENTED = {
    "amazon": (1, 1, 1, 1),  # 3.4: one valid number does; several need what lies in each parcel
    "aupay": (1, 1, 1, 1),  # 1: one 配送伝票番号 an order
    "qoo10": (1, 1, 1, 1),  # 1, 4.7: one number for each order number of a cart
    "rakuten": (1, 2, 3, 20),  # 4.5: 20 発送明細 a package
    "shopify": (1, 1, 1, 1),  # 3.2: one number a fulfilment
    "yahoo": (1, 2, 2, 2),  # 5.6: ShipInvoiceNumber1 and ShipInvoiceNumber2
    # No limit is known of these, and nobody is told by a file or a connection: a person enters what is shown.
    "futureshop": (1, 2, 3, 21),
    "makeshop": (1, 2, 3, 21),
    "mercari": (1, 2, 3, 21),
    "stores": (1, 2, 3, 21),
    "thebase": (1, 2, 3, 21),
}
COUNTS = (1, 2, 3, 21)
# Of two parcels, the first line noted in one and the second in the other: Amazon and Qoo10 are told each line's own.
APART = {**{market: told[1] for market, told in DOCUMENTED.items()}, "amazon": 2, "qoo10": 2}
CONFIRMED = sorted(m for m, found in marketplaces().items() if found.confirms)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(str(tmp_path / "home"), person="佐藤", desk="1")
    yield opened
    opened.close()


def packed(ws: Workspace, marketplace: str, count: int, **changes: object) -> str:
    """An order of two lines in so many proven parcels."""
    name = f"{marketplace} の店"
    shops.add(ws, marketplace, name, {"pack.goods": "off", **codes(ws, marketplace)})
    lines = (a_line(line_id="11", quantity=2), a_line(line_id="12", sku="dish", quantity=1))
    order = an_order(1, shop=name, lines=lines, ordered_at=now_utc() - timedelta(days=1), **changes)
    order = replace(order, id=OrderId(marketplace, name, order.id.number))
    ((_, key),) = stored(ws.store, order)
    split(ws, key, count)
    for parcel in shipments.by_keys(ws.store, [key])[0].parcels:
        number = yamato_number(parcel.no)
        assert track(ws, parcel.key, number, number).ok
    return key


def codes(ws: Workspace, marketplace: str) -> dict[str, str]:
    """The settings a shop needs where its marketplace gives carriers no codes of their own."""
    return {} if ws.markets()[marketplace].code_of("yamato", "", ws.today()) else {"carrier.codes": CODES}


CODES = '{"yamato": {"code": "X1", "name": "ヤマト", "method": "宅急便", "carrier_name": "ヤマト運輸"}}'


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("marketplace", CONFIRMED)
def test_what_every_marketplace_is_told_of_several_parcels(
    ws: Workspace, marketplace: str, count: int
) -> None:
    key = packed(ws, marketplace, count)
    told = DOCUMENTED[marketplace][COUNTS.index(count)]
    numbers = tuple(yamato_number(n) for n in range(1, count + 1))
    shown = review(ws)
    assert [(row.key, [reason.code for reason in row.reasons]) for row in shown.red] == []
    (row,) = shown.green
    assert (row.key, row.numbers, row.kept) == (key, numbers[:told], numbers[told:])
    assert queue(ws).keys == (key,)
    (item,) = outbox.by_keys(ws.store, [key])
    said = item.confirmation
    assert tuple(p.tracking_no for p in said.parcels) == numbers[:told]
    assert tuple(p.tracking_no for p in said.kept) == numbers[told:]
    assert [p.no for p in (*said.parcels, *said.kept)] == list(range(1, count + 1))
    assert {(line.line_id, line.quantity) for line in said.lines} == {("11", 2), ("12", 1)}


@pytest.mark.parametrize("marketplace", CONFIRMED)
def test_what_every_marketplace_is_told_of_parcels_whose_contents_are_noted(
    ws: Workspace, marketplace: str
) -> None:
    key = packed(ws, marketplace, 1)
    split(ws, key, lines=[{1: 2}, {2: 1}], reason="分ける")
    for parcel, number in ((key, ONE), (f"{key}P2", TWO)):
        track(ws, parcel, number, number)
    assert queue(ws).keys == (key,)
    (item,) = outbox.by_keys(ws.store, [key])
    said = item.confirmation
    contents = [(1, {("11", 2)}), (2, {("12", 1)})]
    told, kept = contents[: APART[marketplace]], contents[APART[marketplace] :]
    assert [(p.no, {(x.line_id, x.quantity) for x in p.lines}) for p in said.parcels] == told
    assert [p.no for p in said.kept] == [no for no, _ in kept]
    assert {(line.line_id, line.quantity) for line in said.lines} == {("11", 2), ("12", 1)}


def test_every_limit_has_a_source_and_a_grade() -> None:
    for market in marketplaces().values():
        for takes in market.takes:
            assert takes.source, market.id
            assert takes.grade in ("CONFIRMED", "LIKELY", "GUESS"), market.id
            assert takes.each in ("package", "order", "line"), market.id


def with_takes(monkeypatch: pytest.MonkeyPatch, **takes: object) -> None:
    """Rakuten, as if it took something else."""
    given: dict[str, object] = {"source": "invented", "grade": "GUESS", **takes}
    market = replace(marketplaces()["rakuten"], takes=(Takes(**given),), connect=None)  # type: ignore[arg-type]
    monkeypatch.setattr(Workspace, "markets", lambda ws: {**marketplaces(), "rakuten": market})


def test_an_unknown_limit_is_harmless(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    market = replace(marketplaces()["rakuten"], takes=())
    monkeypatch.setattr(Workspace, "markets", lambda ws: {**marketplaces(), "rakuten": market})
    packed(ws, "rakuten", 3)
    (row,) = review(ws).green
    assert (len(row.numbers), row.kept) == (3, ())


def test_lines_beyond_what_one_number_may_stand_for_are_red_not_dropped(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_takes(monkeypatch, lines_per_parcel=1)
    key = packed(ws, "rakuten", 1)
    (red,) = review(ws).red
    assert (red.key, [reason.code for reason in red.reasons]) == (key, ["too_many_lines"])
    split(ws, key, lines=[{1: 2}, {2: 1}], reason="分ける")
    for n, parcel in enumerate((key, f"{key}P2"), start=7):
        track(ws, parcel, yamato_number(n), yamato_number(n))
    assert [row.key for row in review(ws).green] == [key]


def test_contents_noted_tell_each_line_its_own_numbers(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_takes(monkeypatch, each="line")
    key = packed(ws, "rakuten", 1)
    split(ws, key, lines=[{1: 1}, {1: 1, 2: 1}], reason="分ける")
    for parcel, number in ((key, ONE), (f"{key}P2", TWO)):
        track(ws, parcel, number, number)
    (case,) = cases_of(ws, shipments.by_keys(ws.store, [key]))
    told = confirmation_of(case).parcels
    assert [p.lines for p in told] == [
        (ConfirmedLine("11", 1),),
        (ConfirmedLine("11", 1), ConfirmedLine("12", 1)),
    ]


# ── a part before the rest ──────────────────────────────────────────────────────────────────────────────────────────


def one_of_two(ws: Workspace, partial: str = "on") -> str:
    """Two parcels with noted contents, the first proven, in a shop that wants parts told."""
    key = packed(ws, "rakuten", 1)
    split(ws, key, lines=[{1: 2}, {2: 1}], reason="分ける")
    shops.set_values(ws, "rakuten の店", {"confirm.partial": partial, "confirm.by": "file"})
    assert track(ws, key, ONE, ONE).ok
    return key


def files(ws: Workspace, folder: Path) -> list[list[tuple[str, str]]]:
    """Order and number of every row of the files written now."""
    found = []
    for file in write_files(ws, folder).files:
        with file.path.open(encoding="cp932", newline="") as opened:
            found.append([(row[0], row[3]) for row in list(csv.reader(opened))[1:]])
        file_uploaded(ws, file.fingerprint)
    return found


def test_nothing_is_told_before_every_parcel_is_proven(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_takes(monkeypatch, partial=True)
    key = one_of_two(ws, partial="off")
    (red,) = review(ws).red
    assert (red.key, {reason.code for reason in red.reasons}) == (key, {"no_number", "not_verified"})
    assert files(ws, tmp_path / "out") == []


def test_nor_where_the_marketplace_knows_no_parts(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_takes(monkeypatch, partial=False)
    one_of_two(ws)
    assert review(ws).green == ()


def test_a_proven_parcel_is_told_first_and_the_rest_when_it_is_ready(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_takes(monkeypatch, partial=True)
    key = one_of_two(ws)
    (row,) = review(ws).green
    assert (row.numbers, row.whole) == ((ONE,), False)
    number = shipments.by_keys(ws.store, [key])[0].order_id.number
    assert files(ws, tmp_path / "out") == [[(number, ONE)]]
    (found,) = shipments.by_keys(ws.store, [key])
    assert (found.facts.sent, found.facts.accepted) == (None, None)
    assert (review(ws).green, review(ws).red) == ((), ())  # nothing new to say
    assert files(ws, tmp_path / "out") == []
    assert track(ws, f"{key}P2", TWO, TWO).verified
    assert files(ws, tmp_path / "out") == [[(number, TWO)]]
    first, second = sorted(outbox.parts_of(ws.store, [key])[key], key=lambda item: item.row_id)
    assert (first.confirmation.shipment_key, second.confirmation.shipment_key) == (key, f"{key}+2")
    assert [p.tracking_no for p in second.confirmation.earlier] == [ONE]
    assert (first.confirmation.lines, second.confirmation.lines) == (
        (ConfirmedLine("11", 2),),
        (ConfirmedLine("12", 1),),
    )
    assert [p.no for p in second.confirmation.parcels] == [2]
    assert shipments.by_keys(ws.store, [key])[0].stage is Stage.ACCEPTED
    assert files(ws, tmp_path / "out") == []


def test_what_was_told_of_a_part_is_not_taken_back(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_takes(monkeypatch, partial=True)
    key = one_of_two(ws)
    files(ws, tmp_path / "out")
    with Desk(ws) as desk:
        assert desk.reopen(key, "入れ直し").outcome.value == "NG_DUPLICATE"
        assert desk.scan("JPCMDACK").outcome.value == "OK_ACK"
        assert desk.scan(key).outcome.value == "OK_OPEN"
        assert desk.scan("JPCMDRESTART").outcome.value == "ATT_NOTHING"
        assert desk.scan(ONE).outcome.value == "NG_DUPLICATE"
        assert desk.scan("JPCMDACK").outcome.value == "OK_ACK"
        assert desk.scan(TWO).outcome.value == "OK_LINK"
    with pytest.raises(Refused) as refused:
        split(ws, key, 3, reason="x")
    assert refused.value.code == "plan_told"
    assert [p.tracking_no for p in shipments.by_keys(ws.store, [key])[0].parcels] == [ONE, TWO]


def test_a_refused_part_comes_back_and_the_told_one_stays(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jpship_gui.flows.confirm.filed import file_refused

    with_takes(monkeypatch, partial=True)
    key = one_of_two(ws)
    files(ws, tmp_path / "out")
    track(ws, f"{key}P2", TWO, TWO)
    (file,) = write_files(ws, tmp_path / "out").files
    assert shipments.by_keys(ws.store, [key])[0].facts.sent is not None
    file_refused(ws, file.fingerprint, why="形式が違います")
    (red,) = review(ws).red
    assert (red.key, red.numbers, red.reasons[0].code) == (key, (TWO,), "refused")
    assert outbox.told_parcels(ws.store, shipments.by_keys(ws.store, [key])[0].order_id) == {key}


# ── several addresses (IN-12, CF-11) ────────────────────────────────────────────────────────────────────────────────


def two_addresses(ws: Workspace, marketplace: str = "rakuten", **settings: str) -> list[str]:
    """One order to two people, of one line each; keys of its two shipments."""
    shops.add(ws, marketplace, "本店", {"pack.goods": "off", **codes(ws, marketplace), **settings})
    people = (a_contact(), a_contact(name="鈴木 一郎", street="高麗橋1-1-1"))
    lines = (a_line(line_id="11", package_id="1"), a_line(line_id="12", package_id="2", quantity=2))
    packages = tuple(Package(str(n), person) for n, person in enumerate(people, start=1))
    order = an_order(
        1, lines=lines, packages=packages, several_recipients=True, ordered_at=now_utc() - timedelta(days=1)
    )
    order = replace(order, id=OrderId(marketplace, "本店", order.id.number))
    made = accept_orders(ws, [order], Source("api", "本店"))
    assert len(made.keys) == 2
    with ws.store.transaction():
        rows = [s.row_id for s in shipments.by_keys(ws.store, made.keys)]
        for row in rows:
            shipments.update(ws.store, row, {"problems": "[]", "blocked": 0})
        shipments.restage(ws.store, rows)
    return list(made.keys)


def enter(ws: Workspace, key: str, number: str) -> None:
    assert track(ws, key, number, number).verified


def test_where_the_marketplace_has_packages_each_is_told_by_itself(ws: Workspace, tmp_path: Path) -> None:
    first, second = two_addresses(ws, **{"confirm.by": "file"})
    enter(ws, first, ONE)
    assert [row.key for row in review(ws).green] == [first]
    assert len(files(ws, tmp_path / "out")) == 1
    enter(ws, second, TWO)
    assert [row.key for row in review(ws).green] == [second]


@pytest.mark.parametrize("marketplace", CONFIRMED)
def test_what_every_marketplace_is_told_of_an_order_to_two_addresses(ws: Workspace, marketplace: str) -> None:
    first, second = two_addresses(ws, marketplace)
    enter(ws, first, ONE)
    by_itself = marketplace == "rakuten"  # the only one with packages of an order
    assert [row.key for row in review(ws).green] == ([first] if by_itself else [])
    enter(ws, second, TWO)
    queue(ws)
    items = [item.confirmation for item in outbox.by_keys(ws.store, [first, second])]
    assert [c.shipment_key for c in items] == ([first, second] if by_itself else [first])
    told = [p.tracking_no for c in items for p in c.parcels]
    assert told == [ONE, TWO][: APART[marketplace]]
    assert told + [p.tracking_no for c in items for p in c.kept] == [ONE, TWO]
    for parcel in (p for c in items for p in c.parcels if p.lines):
        assert [x.line_id for x in parcel.lines] == (["11"] if parcel.tracking_no == ONE else ["12"])
    if marketplace in ("amazon", "qoo10"):  # told by line: each must be with its own number
        assert all(p.lines for c in items for p in c.parcels)
    assert sorted(x.line_id for c in items for x in c.lines) == ["11", "12"]


@pytest.mark.parametrize("numbers", [0, 1])
def test_elsewhere_the_order_is_told_once_when_all_its_parts_are_ready(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, numbers: int
) -> None:
    with_takes(monkeypatch, each="order", partial=False, numbers=numbers)
    first, second = two_addresses(ws, **{"confirm.by": "file"})
    enter(ws, first, ONE)
    (red,) = review(ws).red
    assert (red.key, review(ws).green) == (first, ())
    missing = next(reason for reason in red.reasons if reason.code == "no_number")
    assert (missing.key, missing.whose) == (second, "鈴木 一郎")
    assert "鈴木 一郎" in reason_title(missing)
    assert queue(ws, [second]).keys == ()
    enter(ws, second, TWO)
    (green,) = review(ws).green
    told = (ONE,) if numbers == 1 else (ONE, TWO)
    assert (green.key, green.numbers, (*green.numbers, *green.kept)) == (first, told, (ONE, TWO))
    order = shipments.by_keys(ws.store, [first])[0].order_id.number
    assert files(ws, tmp_path / "out") == [[(order, number) for number in told]]
    assert [s.stage for s in shipments.by_keys(ws.store, [first, second])] == [Stage.ACCEPTED] * 2
    (item,) = outbox.by_keys(ws.store, [first, second])
    assert (item.state, item.confirmation.with_keys) == (SendState.ACCEPTED, (second,))
    assert {(line.line_id, line.quantity) for line in item.confirmation.lines} == {("11", 1), ("12", 2)}
    assert queue(ws, [second]).keys == ()


def test_a_part_on_hold_keeps_the_whole_order_back(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with_takes(monkeypatch, each="order", partial=False)
    first, second = two_addresses(ws, **{"confirm.by": "file"})
    enter(ws, first, ONE)
    enter(ws, second, TWO)
    hold.hold(ws, [second], "住所を確認中")
    (red,) = review(ws).red
    assert [(reason.code, reason.key) for reason in red.reasons] == [("hold", second)]


def test_a_part_may_go_first_where_both_sides_want_it(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_takes(monkeypatch, each="order", partial=True)
    first, second = two_addresses(ws, **{"confirm.by": "file"})
    shops.set_values(ws, "本店", {"confirm.partial": "on"})
    enter(ws, second, TWO)
    (green,) = review(ws).green
    assert (green.numbers, green.whole) == ((TWO,), False)
    assert len(files(ws, tmp_path / "out")) == 1
    found = shipments.by_keys(ws.store, [first, second])
    assert [s.facts.accepted is not None for s in found] == [False, True]
    enter(ws, first, ONE)
    assert len(files(ws, tmp_path / "out")) == 1
    assert [s.stage for s in shipments.by_keys(ws.store, [first, second])] == [Stage.ACCEPTED] * 2


def test_a_recipient_added_after_the_report_is_red_and_not_forgotten(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_takes(monkeypatch, each="order", partial=False)
    first, second = two_addresses(ws, **{"confirm.by": "file"})
    enter(ws, first, ONE)
    enter(ws, second, TWO)
    files(ws, tmp_path / "out")
    (found,) = shipments.by_keys(ws.store, [first])
    order = orders.of_shipment(ws.store, found.row_id)
    assert order is not None
    more = Package("3", a_contact(name="田中 三郎"))
    line = a_line(line_id="13", package_id="3")
    grown = replace(order, packages=(*order.packages, more), lines=(*order.lines, line))
    accept_orders(ws, [grown], Source("api", "本店"))
    third = ws.store.value("SELECT key FROM shipments WHERE package_id = '3'")
    enter(ws, third, THREE)
    (red,) = review(ws).red
    codes = [(reason.code, reason.key) for reason in red.reasons]
    assert ("order_told", third) in codes
    assert queue(ws).keys == ()
    assert files(ws, tmp_path / "out") == []


def test_a_cancelled_recipient_is_not_waited_for(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_takes(monkeypatch, each="order", partial=False)
    first, second = two_addresses(ws, **{"confirm.by": "file"})
    enter(ws, first, ONE)
    (found,) = shipments.by_keys(ws.store, [first])
    order = orders.of_shipment(ws.store, found.row_id)
    assert order is not None
    smaller = replace(order, packages=order.packages[:1], lines=order.lines[:1], several_recipients=False)
    accept_orders(ws, [smaller], Source("api", "本店"))
    assert shipments.by_keys(ws.store, [second])[0].stage is Stage.CANCELLED
    (green,) = review(ws).green
    assert (green.key, green.numbers) == (first, (ONE,))
