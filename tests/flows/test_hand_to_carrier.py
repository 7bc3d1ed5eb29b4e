"""Shipments into the carrier's file, and who stood in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.order import Money, OrderState, TaxPart
from jpship_gui.flows.paper.hand_to_carrier import NothingToExport, export, waiting
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.reader import read_file
from jpship_gui.store import carrier_files, history, shipments
from tests.builders import NOW, a_contact, an_order, stored
from tests.flows.carrier_desk import open_desk


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def column(path: Path, name: str) -> list[str]:
    table = read_file(path)
    place = table.header.index(name)
    return [row.cells[place] for row in table.rows]


def test_what_waits_is_written_with_our_keys(ws: Workspace, tmp_path: Path) -> None:
    made = stored(ws.store, *(an_order(n) for n in (1, 2, 3)))
    out = tmp_path / "b2.csv"
    result = export(ws, "yamato", None, out)
    keys = [key for _, key in made]
    assert (list(result.exported), result.rows, dict(result.refused), result.again) == (keys, 3, {}, ())
    assert column(out, "お客様管理番号") == keys
    assert column(out, "出荷予定日") == ["2026/11/20"] * 3
    assert column(out, "ご依頼主名") == ["ことり雑貨店"] * 3
    assert column(out, "請求先顧客コード") == ["012345678901"] * 3
    assert result.fingerprint == hashlib.sha256(out.read_bytes()).hexdigest()
    entry = history.of(ws.store, made[0][0])[-1]
    assert (entry.what, entry.person, dict(entry.values)) == (
        "carrier_exported",
        "佐藤",
        {"carrier": "ヤマト", "file": "b2.csv"},
    )


def test_written_ones_wait_no_more_and_asking_again_warns(ws: Workspace, tmp_path: Path) -> None:
    ((_, key),) = stored(ws.store, an_order())
    export(ws, "yamato", None, tmp_path / "1.csv")
    assert waiting(ws, "yamato") == []
    with pytest.raises(NothingToExport) as caught:
        export(ws, "yamato", None, tmp_path / "2.csv")
    assert caught.value.code == "carrier_nothing_waiting"
    assert export(ws, "yamato", [key], tmp_path / "3.csv").again == (key,)
    assert [file.name for file in carrier_files.of_parcel(ws.store, key)] == ["1.csv", "3.csv"]


def test_rows_come_as_the_slips_were_printed(ws: Workspace, tmp_path: Path) -> None:
    made = stored(ws.store, *(an_order(n) for n in (1, 2, 3)))
    with ws.store.transaction():
        for place, (row_id, _) in zip((2, 1, None), made, strict=True):
            if place:
                shipments.update(ws.store, row_id, {"batch": 1, "batch_row": place})
    first, second, third = (key for _, key in made)
    assert export(ws, "yamato", None, tmp_path / "1.csv").exported == (second, first, third)
    asked = export(ws, "yamato", [third, first, second], tmp_path / "2.csv")
    assert asked.exported == (second, first, third)


def test_an_unplanned_shipment_gets_the_carrier(ws: Workspace, tmp_path: Path) -> None:
    ((_, key),) = stored(ws.store, an_order(), carrier="")
    export(ws, "yamato", None, tmp_path / "b2.csv")
    found = shipments.by_key(ws.store, key)
    assert found is not None
    assert (found.carrier, found.parcels[0].carrier) == ("yamato", "yamato")


def test_one_bad_address_is_named_and_the_rest_goes(ws: Workspace, tmp_path: Path) -> None:
    bad, good = stored(ws.store, an_order(1, recipient=a_contact(phone="")), an_order(2))
    result = export(ws, "yamato", None, tmp_path / "b2.csv")
    assert result.exported == (good[1],)
    (problem,) = result.refused[bad[1]]
    assert (problem.code, problem.field) == ("carrier_missing", "recipient.phone")
    assert problem.values == {"column": "お届け先電話番号", "order": "345678-20261120-0000000001"}
    assert [s.key for s in waiting(ws, "yamato")] == [bad[1]]


def test_nothing_is_written_when_all_are_refused(ws: Workspace, tmp_path: Path) -> None:
    ((row_id, key),) = stored(ws.store, an_order(recipient=a_contact(phone="")))
    with pytest.raises(NothingToExport) as caught:
        export(ws, "yamato", None, tmp_path / "b2.csv")
    assert caught.value.code == "carrier_all_refused"
    assert set(caught.value.refused) == {key}
    assert not (tmp_path / "b2.csv").exists()
    assert history.of(ws.store, row_id) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"hold_reason": "電話待ち"}, "carrier_on_hold"),
        ({"cancelled": 1}, "carrier_cancelled"),
        ({"blocked": 1}, "carrier_has_problems"),
        ({"releasable": 0}, "carrier_not_released"),
    ],
)
def test_what_may_not_leave_is_refused_by_name(
    ws: Workspace, tmp_path: Path, change: dict[str, object], code: str
) -> None:
    ((row_id, key),) = stored(ws.store, an_order())
    with ws.store.transaction():
        shipments.update(ws.store, row_id, change)
        shipments.restage(ws.store, [row_id])
    assert waiting(ws, "yamato") == []
    with pytest.raises(NothingToExport) as caught:
        export(ws, "yamato", [key], tmp_path / "b2.csv")
    assert [problem.code for problem in caught.value.refused[key]] == [code]


def test_a_shipment_planned_for_another_carrier(ws: Workspace, tmp_path: Path) -> None:
    ((_, key),) = stored(ws.store, an_order(), carrier="sagawa")
    assert waiting(ws, "yamato") == []
    with pytest.raises(NothingToExport) as caught:
        export(ws, "yamato", [key], tmp_path / "b2.csv")
    assert [problem.code for problem in caught.value.refused[key]] == ["carrier_planned_other"]


@pytest.mark.parametrize(
    ("carrier", "keys", "code"),
    [
        ("nobody", None, "carrier_unknown"),
        ("dhl", None, "carrier_cannot_export"),
        ("yamato", ["JP0000000"], "shipment_unknown"),
    ],
)
def test_refusals(ws: Workspace, tmp_path: Path, carrier: str, keys: list[str] | None, code: str) -> None:
    with pytest.raises(Refused) as caught:
        export(ws, carrier, keys, tmp_path / "out.csv")
    assert caught.value.code == code


def test_a_day_outside_the_window(ws: Workspace, tmp_path: Path) -> None:
    stored(ws.store, an_order())
    with pytest.raises(Refused, match="carrier_ship_date"):
        export(ws, "yamato", None, tmp_path / "b2.csv", ship_date=ws.today() - timedelta(1))


def test_no_record_of_a_file_that_could_not_be_written(ws: Workspace, tmp_path: Path) -> None:
    ((row_id, key),) = stored(ws.store, an_order())
    (tmp_path / "blocked").write_bytes(b"")
    with pytest.raises(WorldFault):
        export(ws, "yamato", None, tmp_path / "blocked" / "b2.csv")
    assert history.of(ws.store, row_id) == ()
    assert [s.key for s in waiting(ws, "yamato")] == [key]


def test_cash_on_delivery_takes_the_order_s_total(ws: Workspace, tmp_path: Path) -> None:
    money = Money(charged=5000, taxes=(TaxPart(10, 5500, 500),), points=500)
    stored(ws.store, an_order(money=money, cash_on_delivery=True), cash_on_delivery=True)
    out = tmp_path / "b2.csv"
    export(ws, "yamato", None, out)
    assert column(out, "送り状種類") == ["2"]
    assert column(out, "ｺﾚｸﾄ代金引換額（税込)") == ["5000"]
    assert column(out, "内消費税額等") == ["454"]


def test_cash_still_undecided_is_refused(ws: Workspace, tmp_path: Path) -> None:
    ((_, key),) = stored(
        ws.store, an_order(money=Money(charged=5000, undecided=("charged",))), cash_on_delivery=True
    )
    with pytest.raises(NothingToExport) as caught:
        export(ws, "yamato", None, tmp_path / "b2.csv")
    assert [problem.code for problem in caught.value.refused[key]] == ["carrier_cash_amount"]


def test_orders_not_yet_released_do_not_wait(ws: Workspace) -> None:
    stored(ws.store, an_order(state=OrderState.UNCONFIRMED))
    assert waiting(ws, "yamato") == []


def test_agreed_proposals_are_written_and_noted(ws: Workspace, tmp_path: Path) -> None:
    ((_, key),) = stored(ws.store, an_order(recipient=a_contact(name="𠮷田 花子")))
    out = tmp_path / "b2.csv"
    result = export(ws, "yamato", None, out, agreed=True)
    assert column(out, "お届け先名") == ["吉田 花子"]
    assert [note.code for note in result.notes[key]] == ["carrier_replaced"]


def test_ship_by_decides_among_unprinted_ones(ws: Workspace) -> None:
    late = stored(ws.store, an_order(1), ship_by=NOW + timedelta(days=2))
    soon = stored(ws.store, an_order(2), ship_by=NOW + timedelta(hours=2))
    assert [s.key for s in waiting(ws, "yamato")] == [soon[0][1], late[0][1]]
