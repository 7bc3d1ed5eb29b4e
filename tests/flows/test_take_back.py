"""Imports taken back: exactly what they brought goes, exactly what was there before comes back (IN-11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import OrderState
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.approve import approve
from jpship_gui.flows.check.change import undo
from jpship_gui.flows.check.hold import hold, release
from jpship_gui.flows.check.mark_read import mark_read
from jpship_gui.flows.check.repair import correct
from jpship_gui.flows.intake.accept import KEPT, Accepted, Source, accept, accept_orders
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.intake.take_back import past_imports, take_back
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.print_picklist import print_picklist
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.rakuten import samples
from jpship_gui.store import history, kept_files, orders, shipments, shops
from tests.flows.confirming import yamato_number
from tests.flows.whole_store import facts

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
Row = dict[str, str]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: NOW)
    shops.add(opened.store, "本店", "rakuten", {}, NOW)
    yield opened
    opened.close()


def rows(count: int = 4, **changes: str) -> list[Row]:
    return [{**row, **changes} for row in samples.rakuten_rows(count, plain=True)]


def take(ws: Workspace, tmp_path: Path, *files: list[Row]) -> Accepted:
    """Import each list of rows as one file, all in one act."""
    paths = []
    for number, content in enumerate(files):
        paths.append(tmp_path / f"orders-{number}.csv")
        paths[-1].write_bytes(samples.csv_bytes(content))
    return accept(ws, preview(ws, paths))


def stored(ws: Workspace) -> list[Shipment]:
    ids = [row_id for (row_id,) in ws.store.rows("SELECT id FROM shipments ORDER BY id")]
    return shipments.by_ids(ws.store, ids)


def refusal(ws: Workspace, act: int = 0) -> str:
    """Why an import stays; nothing is written."""
    before = facts(ws.store)
    with pytest.raises(Refused) as refused:
        take_back(ws, act)
    assert facts(ws.store) == before
    shown = next(one for one in past_imports(ws) if one.act == act or (not act and one.source != "api"))
    assert refused.value.code == f"takeback_{shown.stays}"
    return shown.stays


# -- what goes and what comes back ------------------------------------------------------------------------------------


def test_a_first_import_leaves_nothing_behind(ws: Workspace, tmp_path: Path) -> None:
    before = facts(ws.store)
    done = take(ws, tmp_path, rows())
    assert shops.get(ws.store, "本店").settings  # the shop learned its number
    assert facts(ws.store) != before
    took = take_back(ws)
    assert len(took.removed) == done.counts["new"] == 4
    assert facts(ws.store) == before
    (line,) = past_imports(ws)
    assert (line.taken_back_at, line.taken_back_by, line.names) == (NOW, "佐藤", ("orders-0.csv",))


def test_taken_back_orders_can_be_imported_again_under_new_keys(ws: Workspace, tmp_path: Path) -> None:
    first = take(ws, tmp_path, rows())
    take_back(ws)
    second = take(ws, tmp_path, rows())
    assert second.counts == first.counts
    assert not set(first.keys) & set(second.keys)  # a slip of the first could still lie about


CHANGES: dict[str, Callable[[list[Row]], list[Row]]] = {
    "address": lambda old: [{**row, "送付先住所それ以降の住所": "別町1-2-3"} for row in old],
    "quantity": lambda old: [{**row, "個数": "7"} for row in old],
    "cancelled": lambda old: [{**row, "ステータス": "900"} for row in old],
    "remark": lambda old: [{**row, "コメント": "[配送日時指定:]\n\n至急お願いします"} for row in old],
    "more_orders": lambda old: rows(6),
    "another_recipient": lambda old: [*old, {**old[0], "送付先ID": "77", "商品明細ID": "78"}],
    "nothing": lambda old: old,
}


@pytest.mark.parametrize("printed", [False, True], ids=["fresh", "printed"])
@pytest.mark.parametrize("what", sorted(CHANGES))
def test_what_was_there_before_comes_back_byte_for_byte(
    ws: Workspace, tmp_path: Path, what: str, printed: bool
) -> None:
    take(ws, tmp_path, rows())
    hold(ws, [stored(ws)[1].key], "在庫確認")
    correct(ws, stored(ws)[2].key, {"phone": "0312345678"})
    if printed:
        print_slips(ws, None, tmp_path / "slips.pdf")
    before = facts(ws.store)
    done = take(ws, tmp_path, CHANGES[what](rows()))
    if printed and what in ("address", "quantity", "remark"):
        assert done.held
    took = take_back(ws)
    assert facts(ws.store) == before
    for shipment in stored(ws):
        told = [entry.what for entry in history.of(ws.store, shipment.row_id)]
        assert (told[-1] == "import_taken_back") == (shipment.order_id in took.restored)


def test_files_taken_in_together_go_together(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, rows(2))
    before = facts(ws.store)
    many = rows(6)
    # the second file brings new orders, changes one of the first file, and one known before twice
    take(
        ws, tmp_path, [*CHANGES["quantity"](many[:1]), *many[2:5]], [*CHANGES["address"](many[:3]), *many[5:]]
    )
    assert len(past_imports(ws)) == 2
    assert past_imports(ws)[0].names == ("orders-0.csv", "orders-1.csv")
    take_back(ws)
    assert facts(ws.store) == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=4))
def test_any_row_of_imports_can_be_taken_back_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, whats: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("row")
    ws = replace(open_workspace(str(folder / "home"), person="佐藤"), clock=lambda: NOW)
    shops.add(ws.store, "本店", "rakuten", {}, NOW)
    content, before = rows(3), [facts(ws.store)]
    take(ws, folder, content)
    for what in whats:
        before.append(facts(ws.store))
        content = CHANGES[what](content)
        take(ws, folder, content)
    for state in reversed(before):
        take_back(ws)
        assert facts(ws.store) == state
    ws.close()


def test_a_download_kept_for_the_upload_goes_with_its_import(ws: Workspace) -> None:
    with ws.store.transaction():
        first = kept_files.keep(ws.store, "本店", "x.orders", "a.csv", "f1", b"1", ["A"], NOW)
        kept_files.keep(ws.store, "本店", "x.orders", "b.csv", "f2", b"2", ["B"], NOW)
        kept_files.drop(ws.store, first)
    assert [row.name for row in kept_files.holding(ws.store, "本店", ["A", "B"])] == ["b.csv"]


# -- what forbids it --------------------------------------------------------------------------------------------------


def _print(ws: Workspace, key: str, folder: Path) -> None:
    print_slips(ws, [key], folder / "s.pdf")


def _pick(ws: Workspace, key: str, folder: Path) -> None:
    print_picklist(ws, [key], folder / "p.pdf")


def _export(ws: Workspace, key: str, folder: Path) -> None:
    shops.set_settings(
        ws.store,
        "本店",
        {
            **{"sender.name": "ことり", "sender.postal_code": "100-0001"},
            **{"sender.address": "東京都千代田区千代田9-9-9", "sender.phone": "03-0000-0000"},
            "yamato.customer_code": "012345678901",
        },
    )
    export(ws, "yamato", [key], folder / "b2.csv")


def _open(ws: Workspace, key: str, folder: Path) -> None:
    with Desk(ws) as desk:
        assert desk.scan(key).outcome.value == "OK_OPEN"


def _pack(ws: Workspace, key: str, folder: Path) -> None:
    shops.set_settings(ws.store, "本店", {"pack.goods": "off"})
    with Desk(ws) as desk:
        assert [desk.scan(code).outcome.value for code in (key, yamato_number(5))] == ["OK_OPEN", "OK_LINK"]


DONE: dict[str, tuple[Callable[[Workspace, str, Path], object], str]] = {
    "printed": (_print, "printed"),
    "pick_list": (_pick, "printed"),
    "exported": (_export, "exported"),
    "open_at_a_desk": (_open, "open"),
    "packed": (_pack, "packed"),
    "held": (lambda ws, key, _: hold(ws, [key], "在庫確認"), "decided"),
    "corrected": (lambda ws, key, _: correct(ws, key, {"phone": "0312345678"}), "decided"),
}


@pytest.mark.parametrize("act", sorted(DONE))
def test_what_came_of_a_new_order_keeps_its_import(ws: Workspace, tmp_path: Path, act: str) -> None:
    keys = take(ws, tmp_path, rows()).keys
    do, why = DONE[act]
    do(ws, keys[2], tmp_path)
    assert refusal(ws) == why


@pytest.mark.parametrize("act", sorted(DONE.keys() - {"open_at_a_desk"}))
def test_what_came_of_a_changed_order_keeps_its_import(ws: Workspace, tmp_path: Path, act: str) -> None:
    key = take(ws, tmp_path, rows()).keys[2]
    take(ws, tmp_path, [{**row, "注文者電話番号3": "9999"} for row in rows()])
    do, why = DONE[act]
    do(ws, key, tmp_path)
    assert refusal(ws) == why


def test_what_was_decided_before_a_change_does_not_count(ws: Workspace, tmp_path: Path) -> None:
    key = take(ws, tmp_path, rows()).keys[0]
    hold(ws, [key], "在庫確認")
    before = facts(ws.store)
    take(ws, tmp_path, CHANGES["quantity"](rows()))
    take_back(ws)
    assert facts(ws.store) == before


def test_a_decision_undone_is_none(ws: Workspace, tmp_path: Path) -> None:
    before = facts(ws.store)
    key = take(ws, tmp_path, rows()).keys[0]
    undo(ws, hold(ws, [key], "在庫確認"))
    take_back(ws)
    assert facts(ws.store) == before


def test_an_acknowledged_change_is_a_decision(ws: Workspace, tmp_path: Path) -> None:
    key = take(ws, tmp_path, rows()).keys[0]
    print_slips(ws, None, tmp_path / "slips.pdf")
    take(ws, tmp_path, CHANGES["quantity"](rows()))
    release(ws, [key])
    assert refusal(ws) == "decided"


def test_read_remarks_and_approvals_are_decisions(ws: Workspace, tmp_path: Path) -> None:
    content = CHANGES["remark"](rows(2))
    (one, two) = take(ws, tmp_path, content).keys
    undo(ws, mark_read(ws, one))
    approve(ws, [two], "電話で確認")
    assert refusal(ws) == "decided"


def test_a_later_reading_of_its_orders_keeps_it_until_that_is_taken_back(
    ws: Workspace, tmp_path: Path
) -> None:
    first = take(ws, tmp_path, rows())
    take(ws, tmp_path, CHANGES["quantity"](rows()))
    assert refusal(ws, first.act) == "read_again"
    take_back(ws)
    take_back(ws, first.act)
    assert stored(ws) == []


def test_an_api_reading_is_not_taken_back_and_keeps_what_it_replaced(ws: Workspace, tmp_path: Path) -> None:
    first = take(ws, tmp_path, rows())
    known = [orders.of_shipment(ws.store, shipment.row_id) for shipment in stored(ws)]
    changed = [replace(order, state=OrderState.CANCELLED) for order in known if order is not None]
    read = accept_orders(ws, changed[:1], Source("api", "本店", "rakuten.api"))
    accept_orders(ws, changed[:1], Source("api", "本店", "rakuten.api"))  # had nothing to tell
    assert [one.act for one in past_imports(ws)] == [read.act, first.act]
    assert refusal(ws, read.act) == "api"
    assert refusal(ws) == "read_again"  # the last import, which no API made


def test_after_two_weeks_an_import_stays(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, rows())
    later = replace(ws, clock=lambda: NOW + KEPT + timedelta(minutes=1))
    assert refusal(later) == "old"


def test_imports_of_an_earlier_version_stay(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, rows())
    ws.store.execute("UPDATE imports SET part_of = NULL")
    assert refusal(ws) == "old"


def test_earlier_readings_are_forgotten_in_time(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, rows())
    old = take(ws, tmp_path, CHANGES["quantity"](rows())).act
    kept = "SELECT COUNT(*) FROM order_versions WHERE import_id = ?"
    assert ws.store.value(kept, (old,)) == 4
    later = replace(ws, clock=lambda: NOW + 2 * KEPT + timedelta(minutes=1))
    take(later, tmp_path, rows())
    assert ws.store.value(kept, (old,)) == 0


def test_nothing_to_take_back_says_so(ws: Workspace) -> None:
    for act, code in ((0, "nothing_to_take_back"), (7, "import_unknown")):
        with pytest.raises(Refused) as refused:
            take_back(ws, act)
        assert refused.value.code == code


def test_a_stage_follows_what_is_there_again(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, rows(1))
    take(ws, tmp_path, CHANGES["cancelled"](rows(1)))
    assert [s.stage for s in stored(ws)] == [Stage.CANCELLED]
    take_back(ws)
    assert [s.stage for s in stored(ws)] == [Stage.PRINT]
