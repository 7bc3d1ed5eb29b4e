"""A label bought at the marketplace: its number is promised to the parcel, and no carrier's file gets the order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.domain.order import LABEL_ELSEWHERE, Order, OrderState, RegisteredParcel
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.paper.hand_to_carrier import NothingToExport, export, waiting
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import shipments
from tests.builders import an_order
from tests.flows.confirming import yamato_number

API = Source("api", "本店")
NUMBER, OTHER = yamato_number(1), yamato_number(2)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    made = open_workspace(str(tmp_path / "home"), person="佐藤", desk="1")
    shops.add(made, "rakuten", "本店", {"pack.goods": "off", "pack.proof": "file"})
    try:
        yield made
    finally:
        made.close()


def bought(*numbers: str, **changes: object) -> Order:
    """An order whose label was bought, with these numbers known there."""
    order = an_order(flags=(LABEL_ELSEWHERE,))
    registered = tuple(RegisteredParcel(str(n), number, "1001") for n, number in enumerate(numbers))
    packages = tuple(replace(p, registered=registered) for p in order.packages)
    return replace(order, packages=packages, **changes)  # type: ignore[arg-type]


def _printed(ws: Workspace, key: str) -> None:
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    with ws.store.transaction():
        shipments.mark(ws.store, [shipment.row_id], "printed", ws.now(), "佐藤")
        shipments.restage(ws.store, [shipment.row_id])


def test_the_number_it_knows_is_the_only_one_the_desk_takes(ws: Workspace) -> None:
    (key,) = accept_orders(ws, [bought(NUMBER)], API).keys
    (shipment,) = shipments.by_keys(ws.store, [key])
    assert (shipment.parcels[0].file_no, shipment.parcels[0].carrier) == (NUMBER, "yamato")
    _printed(ws, key)
    with Desk(ws, "1", "佐藤") as desk:
        desk.scan(key)
        assert desk.scan(OTHER).outcome.value == "NG_OTHER_ORDER"
        desk.acknowledge()
        desk.scan(key)
        assert desk.scan(NUMBER).outcome.value == "OK_DONE"
        desk.apply_pending()
    (red,) = review(ws).red
    assert [reason.code for reason in red.reasons] == ["label_elsewhere"]


def test_a_label_bought_later_proves_the_number_already_linked(ws: Workspace) -> None:
    (key,) = accept_orders(ws, [bought()], API).keys
    with ws.store.transaction():
        shipments.set_parcel(ws.store, key, {"tracking_no": NUMBER, "carrier": "yamato", "how": "scanned"})
    accept_orders(ws, [bought(NUMBER)], API)
    (shipment,) = shipments.by_keys(ws.store, [key])
    assert shipment.parcels[0].file_no == NUMBER
    assert shipment.facts.verified is not None
    assert shipment.facts.verified.how == "file"


def test_taking_it_in_again_changes_nothing(ws: Workspace) -> None:
    (key,) = accept_orders(ws, [bought(NUMBER)], API).keys
    accept_orders(ws, [bought(NUMBER)], API)
    rows = ws.store.rows("SELECT what FROM history WHERE what = 'number_from_marketplace'")
    assert len(rows) == 1
    (shipment,) = shipments.by_keys(ws.store, [key])
    assert [p.file_no for p in shipment.parcels] == [NUMBER]


def test_no_carriers_file_gets_the_order(ws: Workspace, tmp_path: Path) -> None:
    (key,) = accept_orders(ws, [bought(NUMBER)], API).keys
    _printed(ws, key)
    assert waiting(ws, "yamato") == []
    with pytest.raises(NothingToExport) as caught:
        export(ws, "yamato", [key], tmp_path / "b2.csv")
    assert [p.code for p in caught.value.refused[key]] == ["label_bought"]


def test_what_the_marketplace_calls_shipped_is_nobodys_concern_any_more(ws: Workspace) -> None:
    (key,) = accept_orders(ws, [bought(NUMBER)], API).keys
    with ws.store.transaction():
        shipments.set_parcel(ws.store, key, {"tracking_no": NUMBER, "carrier": "yamato", "how": "scanned"})
    assert len(review(ws).red) == 1
    accept_orders(ws, [bought(NUMBER, state=OrderState.SHIPPED, state_code="500")], API)
    assert review(ws).red == ()
