"""Yahoo!'s two files as one import: preview, taking over, importing again, and beside the API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.domain.order import OrderState
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.send import send_green
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.intake.preview import CHANGED, NEW, UNCHANGED, Preview, preview
from jpship_gui.flows.intake.rejected import save_rejected
from jpship_gui.flows.table.list_rows import Query, ids
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.yahoo.files import ITEMS, LEGACY_ITEMS, LEGACY_ORDERS, ORDERS, write_pair
from jpship_gui.practice.yahoo.samples import SELLER, Model, yahoo_orders
from jpship_gui.practice.yahoo.shops import MAIN
from jpship_gui.store import orders, shipments
from tests.days import yesterday
from tests.flows.confirming import yamato_number
from tests.flows.yahoo_desk import a_yahoo_scene, plain_orders
from tests.marketplaces.yahoo.reading import items_csv, orders_csv, packed_csv

MODELS = plain_orders(6)
SHORT = [name for name in ORDERS if name != "Id"]
SHORT_ITEMS = [name for name in ITEMS if name != "Id"]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(str(tmp_path / "home"), person="佐藤")
    shops.add(opened, "yahoo", "Yahoo! 本店", {})
    yield opened
    opened.close()


def write(folder: Path, orders_data: bytes | None, items_data: bytes | None = None) -> list[Path]:
    """Files under names that tell nothing."""
    made = []
    for name, data in (("a.txt", items_data), ("b.dat", orders_data)):
        if data is not None:
            path = folder / name
            path.write_bytes(data)
            made.append(path)
    return made


def counts(shown: Preview) -> tuple[int, ...]:
    return tuple(shown.counts[name] for name in (NEW, CHANGED, UNCHANGED, "rejected"))


def test_a_pair_is_one_import_whatever_the_names_and_order(ws: Workspace, tmp_path: Path) -> None:
    shown = preview(ws, write(tmp_path, orders_csv(MODELS), items_csv(MODELS)))
    items, order_file = shown.files
    assert (items.title, items.joined_to, items.outcomes) == ("商品情報", "b.dat", ())
    assert (order_file.title, order_file.joined_to, len(order_file.outcomes)) == ("注文情報", "", 6)
    assert (order_file.rows, items.rows) == (6, sum(len(model["Item"]) for model in MODELS))
    assert counts(shown) == (6, 0, 0, 0)
    done = accept(ws, shown)
    assert len(done.keys) == 6
    assert counts(preview(ws, write(tmp_path, orders_csv(MODELS), items_csv(MODELS)))) == (0, 0, 6, 0)


def test_the_account_is_learnt_from_a_file_that_has_it(ws: Workspace, tmp_path: Path) -> None:
    shown = preview(ws, write(tmp_path, orders_csv(MODELS, SHORT), items_csv(MODELS)))
    assert shown.files[1].learned == ("Yahoo! 本店", SELLER)
    accept(ws, shown)
    assert ws.account("Yahoo! 本店").settings["seller_id"] == SELLER
    later = preview(ws, write(tmp_path, orders_csv(MODELS, SHORT), items_csv(MODELS, SHORT_ITEMS)))
    assert counts(later) == (0, 0, 6, 0)


def test_without_the_account_nothing_is_written_and_the_setting_is_named(
    ws: Workspace, tmp_path: Path
) -> None:
    shown = preview(ws, write(tmp_path, orders_csv(MODELS, SHORT), items_csv(MODELS, SHORT_ITEMS)))
    assert {one.fault.code for one in shown.files if one.fault} == {"yahoo_seller_id_missing"}
    assert not shown.usable


def test_both_forms_of_the_number_find_the_order(ws: Workspace, tmp_path: Path) -> None:
    accept(ws, preview(ws, write(tmp_path, orders_csv(MODELS), items_csv(MODELS))))
    for text in ("10000003", f"{SELLER}-10000003"):
        assert len(ids(ws, Query(search=text))) == 1


def test_orphans_refuse_both_files_with_the_numbers(ws: Workspace, tmp_path: Path) -> None:
    shown = preview(ws, write(tmp_path, orders_csv(MODELS), items_csv(MODELS[1:])))
    faults = [one.fault for one in shown.files]
    assert [fault.code for fault in faults if fault] == ["yahoo_orphan_orders"] * 2
    assert [fault.values["file"] for fault in faults if fault] == ["a.txt", "b.dat"]
    assert {fault.values["orders_alone"] for fault in faults if fault} == {f"{SELLER}-10000001"}


@pytest.mark.parametrize(
    ("orders_data", "items_data", "code"),
    [(orders_csv(MODELS), None, "yahoo_items_missing"), (None, items_csv(MODELS), "yahoo_orders_missing")],
)
def test_one_file_alone(
    ws: Workspace, tmp_path: Path, orders_data: bytes | None, items_data: bytes | None, code: str
) -> None:
    (one,) = preview(ws, write(tmp_path, orders_data, items_data)).files
    assert one.fault is not None
    assert one.fault.code == code


def test_a_packed_file_needs_no_partner(ws: Workspace, tmp_path: Path) -> None:
    header = [*ORDERS, "ItemId", "SubCode", "Title", "QuantityDetail"]
    assert counts(preview(ws, write(tmp_path, packed_csv(MODELS, header)))) == (6, 0, 0, 0)


def test_another_marketplaces_file_beside_them_goes_its_own_way(ws: Workspace, tmp_path: Path) -> None:
    strange = tmp_path / "c.csv"
    strange.write_text("氏名,住所\r\n見本,大阪\r\n", encoding="cp932")
    shown = preview(ws, [*write(tmp_path, orders_csv(MODELS), items_csv(MODELS)), strange])
    assert [one.fault.code if one.fault else "" for one in shown.files] == ["", "", "file_unknown"]
    assert counts(shown) == (6, 0, 0, 0)


def test_the_rows_of_both_files_are_kept_as_received(ws: Workspace, tmp_path: Path) -> None:
    models = yahoo_orders(8, day=yesterday())
    accept(
        ws, preview(ws, write(tmp_path, orders_csv(models, LEGACY_ORDERS), items_csv(models, LEGACY_ITEMS)))
    )
    for row_id, number in ws.store.rows("SELECT id, number FROM orders"):
        model = next(m for m in models if m["Order"]["OrderId"] == number)
        kept = orders.source_rows(ws.store, row_id)
        assert len(kept) == len(model["Item"])
        cells = kept[0].cells
        assert [name for name, _ in cells] == [*LEGACY_ITEMS, *LEGACY_ORDERS]
        assert ("BuyerComments", model["Order"].get("BuyerComments", "")) in cells
        assert ("Title", model["Item"][0]["Title"]) in cells


def test_rejected_rows_can_be_mended_and_imported_again(ws: Workspace, tmp_path: Path) -> None:
    models = [*plain_orders(3)]
    models[1]["Item"][0]["Quantity"] = "0"
    shown = preview(ws, write(tmp_path, orders_csv(models), items_csv(models)))
    assert counts(shown) == (2, 0, 0, 1)
    (rejection,) = shown.files[1].rejections
    assert (rejection.file, rejection.line, rejection.order) == ("a.txt", 3, f"{SELLER}-10000002")
    accept(ws, shown)
    out = tmp_path / "rejected.csv"
    assert save_rejected(shown, out) == 1
    out.write_bytes(out.read_bytes().replace(b",0,10,", b",2,10,"))
    again = preview(ws, [out])
    assert counts(again) == (1, 0, 0, 0)
    assert again.files[0].outcomes[0].order.lines[0].quantity == 2


def test_two_stores_in_one_import(ws: Workspace, tmp_path: Path) -> None:
    shops.set_values(ws, "Yahoo! 本店", {"seller_id": SELLER})
    shops.add(ws, "yahoo", "Yahoo! 2号店", {"seller_id": "other-store"})
    other: list[Model] = yahoo_orders(3, seller="other-store", day=yesterday(), plain=True)
    for n, model in enumerate(other):
        model["Order"]["OrderId"] = f"other-store-{20_000_001 + n}"
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    paths = [*write_pair(mine, MODELS), *write_pair(theirs, other)]
    shown = preview(ws, paths)
    assert counts(shown) == (9, 0, 0, 0)
    assert {o.order.id.shop for one in shown.files for o in one.outcomes} == {"Yahoo! 本店", "Yahoo! 2号店"}
    mixed = preview(ws, write(tmp_path, orders_csv([*MODELS, *other]), items_csv([*MODELS, *other])))
    assert counts(mixed) == (9, 0, 0, 0)


# -- beside the API ---------------------------------------------------------------------------------------------------


def test_by_file_and_by_api_it_is_one_order(tmp_path: Path) -> None:
    with a_yahoo_scene(tmp_path / "home", 6) as scene:
        shown = preview(scene.ws, write(tmp_path, orders_csv(MODELS), items_csv(MODELS)))
        assert counts(shown) == (0, 0, 6, 0)


@pytest.mark.parametrize("legacy", [True, False])
def test_a_file_that_knows_less_takes_nothing_back(tmp_path: Path, legacy: bool) -> None:
    models = yahoo_orders(30, day=yesterday())
    with a_yahoo_scene(tmp_path / "home", 1) as scene:
        scene.server.app.play.open_store(SELLER, models)
        (fetched,) = fetch(scene.ws).shops
        assert fetched.fault is None
        before = {order_id: o.order() for order_id, o in everything(scene.ws).items()}
        header = (LEGACY_ORDERS, LEGACY_ITEMS) if legacy else (ORDERS, ITEMS)
        open_ones = [m for m in models if any(i.number == m["Order"]["OrderId"] for i in before)]
        accept(
            scene.ws,
            preview(
                scene.ws, write(tmp_path, orders_csv(open_ones, header[0]), items_csv(open_ones, header[1]))
            ),
        )
        for order_id, stored in everything(scene.ws).items():
            after, old = stored.order(), before[order_id]
            assert (after.state, set(after.flags)) == (old.state, set(old.flags)), order_id.number
            assert after.packages[0].drop_off == old.packages[0].drop_off


def everything(ws: Workspace) -> dict[orders.OrderId, orders.StoredOrder]:
    numbers = ws.store.rows("SELECT number FROM orders")
    return orders.find(ws.store, [orders.OrderId("yahoo", MAIN.name, n) for (n,) in numbers])


def test_a_cancellation_by_file_stops_the_shipment(tmp_path: Path) -> None:
    with a_yahoo_scene(tmp_path / "home", 2) as scene:
        models = plain_orders(2)
        models[0]["Order"]["OrderStatus"] = "4"
        accept(scene.ws, preview(scene.ws, write(tmp_path, orders_csv(models), items_csv(models))))
        found = shipments.by_keys(scene.ws.store, scene.keys)
        assert [s.stage for s in found] == [Stage.CANCELLED, Stage.CONFIRM]
        send_green(scene.ws)
        assert scene.registered() == scene.expected()[1:]


def test_numbers_that_a_file_shows_prove_that_a_report_arrived(tmp_path: Path) -> None:
    with a_yahoo_scene(tmp_path / "home", 2) as scene:
        write_files(scene.ws, tmp_path / "out")
        models = plain_orders(2)
        models[0]["Ship"] |= {"ShipStatus": "3", "ShipInvoiceNumber1": yamato_number(0)}
        done = accept(scene.ws, preview(scene.ws, write(tmp_path, orders_csv(models), items_csv(models))))
        assert done.arrived == (scene.keys[0],)


def test_a_long_fetch_that_breaks_keeps_what_it_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jpship_gui.flows.intake.fetch._PORTION", 20)
    monkeypatch.setattr("jpship_gui.marketplaces.yahoo.connect._KEPT_EVERY", 10)
    with a_yahoo_scene(tmp_path / "home", 1) as scene:
        scene.server.app.play.open_store(SELLER, plain_orders(70))
        scene.server.app.tricks.ask(Trick("orderInfo", How.LATE, times=50, seconds=0))
        scene.server.app.tricks.ask(Trick("orderInfo", How.WRONG_ORDER))
        (broken,) = fetch(scene.ws).shops
        assert broken.fault is not None
        assert broken.orders == 50
        (done,) = fetch(scene.ws).shops
        assert (done.fault, len(everything(scene.ws))) == (None, 70)
        assert scene.calls("orderInfo") == 50 + 1 + 19  # one was known, fifty are not read twice
        assert all(o.order().state is OrderState.TO_SHIP for o in everything(scene.ws).values())


def test_a_fetch_of_nothing_new_costs_one_call(tmp_path: Path) -> None:
    with a_yahoo_scene(tmp_path / "home", 5) as scene:
        fetch(scene.ws)
        assert (scene.calls("orderList"), scene.calls("orderInfo")) == (1, 0)


def test_what_was_read_once_but_is_not_open_here_is_read_again(tmp_path: Path) -> None:
    with a_yahoo_scene(tmp_path / "home", 3) as scene:
        with scene.ws.store.transaction():  # as after an older copy of the data was put back
            scene.ws.store.execute(
                "UPDATE orders SET state = 'cancelled' WHERE number = ?", (scene.numbers[0],)
            )
        (shop,) = fetch(scene.ws).shops
        assert (shop.fault, shop.orders, scene.calls("orderInfo")) == (None, 1, 1)
