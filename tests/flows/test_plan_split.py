"""One order in several parcels: each its own key, number, label and proof (PL-04)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.shipment import Content
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.plan.bundle import bundle
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.plan.void import destroyed, void_waybills
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, shipments
from tests.builders import a_line, an_order, stored
from tests.flows.planning import W1, W2, W3, a_folder, orders, pack, printed, scan, tables
from tests.flows.test_plan_bundle import a_waybill


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with a_folder(tmp_path / "home", **{"pack.goods": "on"}) as opened:
        yield opened


@pytest.fixture
def key(ws: Workspace) -> str:
    """Two mugs and a dish."""
    lines = (a_line(line_id="1", sku="mug", quantity=2), a_line(line_id="2", sku="dish", name="皿"))
    return stored(ws.store, an_order(1, lines=lines))[0][1]


def boxes(ws: Workspace, key: str) -> list[str]:
    return [p.key for p in shipments.by_keys(ws.store, [key])[0].parcels]


def test_every_parcel_has_its_own_key_number_and_proof(ws: Workspace, key: str) -> None:
    made = split(ws, key, 3)
    assert [p.key for p in made.parcels] == [key, f"{key}P2", f"{key}P3"]
    assert made.contents == {}  # nobody said what lies where
    goods = ("mug", "mug", "dish")
    assert scan(ws, key, *goods, W1, W2)[-1] == "OK_LINK"
    (found,) = shipments.by_keys(ws.store, [key])
    assert (found.stage, found.facts.linked) == (Stage.PRINT, None)
    assert scan(ws, "JPCMDNEXT", key, W3, person="佐藤")[-1] == "OK_LINK"
    assert scan(ws, key, W1, W2, person="鈴木")[-1] == "OK_LINK"
    assert shipments.by_keys(ws.store, [key])[0].stage is Stage.VERIFY
    assert scan(ws, W3, person="鈴木") == ["OK_DONE"]
    (found,) = shipments.by_keys(ws.store, [key])
    assert (found.stage, [p.proven for p in found.parcels]) == (Stage.CONFIRM, [True] * 3)


def test_a_number_may_be_entered_for_one_parcel_by_its_key(ws: Workspace, key: str) -> None:
    split(ws, key, 2)
    assert track(ws, f"{key}P2", W2, W2).parcel == f"{key}P2"
    assert track(ws, key, W1, W1).verified


def test_contents_noted_by_hand_guide_the_desk(ws: Workspace, key: str) -> None:
    made = split(ws, key, lines=[{1: 1}, {1: 1, 2: 1}])
    assert made.contents == {
        key: (Content(key, "1", 1),),
        f"{key}P2": (Content(key, "1", 1), Content(key, "2", 1)),
    }
    assert scan(ws, key, "dish", "JPCMDACK", "mug", W1, "dish", "mug", W2) == [
        *("OK_OPEN", "NG_OVER", "OK_ACK", "OK_ITEM_LAST", "OK_LINK", "OK_ITEM", "OK_ITEM_LAST", "OK_LINK"),
    ]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([{1: 1}, {2: 1}], "split_pieces"),
        ([{1: 2}, {1: 1, 2: 1}], "split_pieces"),
        ([{1: 2, 2: 1}, {}], "split_empty"),
        ([{1: 2, 3: 1}, {2: 1}], "split_line"),
        ([{1: 2, 2: 1}, {1: 0}], "split_line"),
        ([{1: 2, 2: 1}, {1: -1}], "split_line"),
    ],
)
def test_contents_that_do_not_add_up_change_nothing(
    ws: Workspace, key: str, lines: list[dict[int, int]], code: str
) -> None:
    before = tables(ws)
    with pytest.raises(Refused) as refused:
        split(ws, key, lines=lines)
    assert refused.value.code == code
    assert tables(ws) == before


@pytest.mark.parametrize("count", [0, -1, 100])
def test_a_number_nobody_ships(ws: Workspace, key: str, count: int) -> None:
    with pytest.raises(Refused) as refused:
        split(ws, key, count)
    assert refused.value.code == "split_count"


def test_lines_that_cannot_be_told_apart_get_no_contents(ws: Workspace) -> None:
    twins = (a_line(sku="mug"), a_line(sku="dish"))
    ((_, key),) = stored(ws.store, an_order(2, lines=twins))
    with pytest.raises(Refused) as refused:
        split(ws, key, lines=[{1: 1}, {2: 1}])
    assert refused.value.code == "split_same_line"
    assert split(ws, key, 2).contents == {}


def test_another_number_of_parcels_forgets_what_lay_where(ws: Workspace, key: str) -> None:
    split(ws, key, lines=[{1: 2}, {2: 1}])
    made = split(ws, key, 3)
    assert (made.contents, [p.contents for p in made.parcels]) == ({}, [(), (), ()])


def test_contents_of_an_order_that_changed_are_no_longer_relied_on(ws: Workspace, key: str) -> None:
    split(ws, key, lines=[{1: 2}, {2: 1}])
    (found,) = shipments.by_keys(ws.store, [key])
    with ws.store.transaction():
        lines = (a_line(line_id="1", sku="mug", quantity=3), a_line(line_id="2", sku="dish"))
        columns = ("lines", "goods_name", "goods_variant", "goods_quantity", "more_lines", "pieces")
        values = dict(zip(columns, shipments.goods_columns(lines), strict=True))
        shipments.update(ws.store, found.row_id, values)
    assert shipments.by_keys(ws.store, [key])[0].contents() == {}
    with Desk(ws) as desk:
        desk.scan(key)
        view = desk.snapshot().view
    assert view is not None
    assert not view.by_box


def test_a_bundles_goods_are_divided_line_by_line(ws: Workspace) -> None:
    a, b = orders(ws, 2)
    bundle(ws, [a, b])
    made = split(ws, a, lines=[{1: 1, 2: 1}, {2: 1}])
    assert made.contents[f"{a}P2"] == (Content(b, "1", 1),)
    with pytest.raises(Refused) as refused:
        split(ws, b, 2)
    assert refused.value.code == "split_member"
    assert scan(ws, a, "mug-1", "mug-2", W1, "mug-2", W2)[-1] == "OK_LINK"


# ── what exists already ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_printed_slip_says_how_many_there_are_and_is_printed_again(ws: Workspace, key: str) -> None:
    printed(ws, [key])
    split(ws, key, 2)
    (found,) = shipments.by_keys(ws.store, [key])
    assert (found.facts.printed, found.stage) == (None, Stage.PRINT)
    assert scan(ws, key) == ["NG_CHANGED"]


def test_the_waybill_of_a_parcel_taken_out_is_void_and_its_key_is_never_given_again(
    ws: Workspace, key: str
) -> None:
    split(ws, key, 3)
    a_waybill(ws, f"{key}P3", W3)
    a_waybill(ws, key, W1)
    split(ws, key, 1)
    assert boxes(ws, key) == [key]
    (void,) = void_waybills(ws)
    assert (void.parcel, void.number, void.why) == (f"{key}P3", W3, "taken_out")
    assert [p.key for p in split(ws, key, 2).parcels] == [key, f"{key}P4"]
    goods = ("mug", "mug", "dish")
    assert scan(ws, key, *goods, W1)[-1] == "OK_LINK"


def test_a_linked_shipment_is_split_only_with_a_reason_and_starts_over(ws: Workspace) -> None:
    (key,) = orders(ws, 1)
    pack(ws, key, [W1], "mug-1")
    with pytest.raises(Refused) as refused:
        split(ws, key, 2)
    assert refused.value.code == "plan_packed"
    split(ws, key, 2, reason="箱に入りきらない")
    (found,) = shipments.by_keys(ws.store, [key])
    assert [p.tracking_no for p in found.parcels] == ["", ""]
    assert (found.facts.linked, found.facts.verified, found.facts.checked) == (None, None, None)
    assert [h.what for h in history.of(ws.store, found.row_id)][-2:] == ["unlinked", "box_added"]
    assert scan(ws, key, "mug-1", W1, W2)[-1] == "OK_LINK"


def test_the_waybill_that_was_linked_is_void_when_its_parcel_is_taken_out(ws: Workspace) -> None:
    (key,) = orders(ws, 1)
    split(ws, key, 2)
    assert scan(ws, key, "mug-1", W1, W2)[-1] == "OK_LINK"
    split(ws, key, 1, reason="一箱に入った")
    (void,) = void_waybills(ws)
    assert (void.parcel, void.number) == (f"{key}P2", W2)
    assert boxes(ws, key) == [key]


def test_a_void_waybill_serves_nobody_until_it_is_destroyed(ws: Workspace) -> None:
    key, other = orders(ws, 2)
    split(ws, key, 2)
    assert scan(ws, key, "mug-1", W1, W2)[-1] == "OK_LINK"
    split(ws, key, 1, reason="一箱に入った")
    for one, *goods in ((key, "mug-1"), (other, "mug-2", "mug-2")):
        assert scan(ws, one, *goods, W2)[-1] == "NG_DUPLICATE"
        assert scan(ws, "JPCMDACK", "JPCMDNEXT") == ["OK_ACK", "OK_NEXT"]
        result = track(ws, one, W2, W2)
        assert (result.ok, result.outcome, result.reason) == (False, "NG_DUPLICATE", "void")
    destroyed(ws, [f"{key}P2"])  # carriers give a number out again some day
    assert track(ws, other, W2, W2).ok
    assert scan(ws, key, "mug-1", W1)[-1] == "OK_LINK"


def test_nothing_is_asked_where_nothing_changes(ws: Workspace, key: str) -> None:
    scan(ws, key, "mug", "mug", "dish", W1)
    before = tables(ws)
    assert [p.key for p in split(ws, key, 1).parcels] == [key]
    assert tables(ws) == before
