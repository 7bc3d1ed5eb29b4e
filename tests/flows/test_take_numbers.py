"""The carrier's numbers back to our parcels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.take_numbers import TakeResult, preview, take
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats import cp932
from jpship_gui.store import carrier_files, history, shipments, shops
from tests.builders import an_order, stored
from tests.flows.carrier_desk import open_desk

ONE, TWO, THREE = "123456789013", "099723653466", "103225504992"
HEADER = ("お客様管理番号", "送り状種類", "伝票番号", "出荷予定日", "お届け先名")


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def a_file(folder: Path, *rows: tuple[str, str], name: str = "20261120_発行済データ.csv") -> Path:
    path = folder / name
    lines = [HEADER, *((key, "0", number, "2026/11/20", "山田 花子") for key, number in rows)]
    path.write_bytes(cp932.encode("".join(",".join(line) + "\r\n" for line in lines)))
    return path


def keys_of(ws: Workspace, count: int) -> list[str]:
    return [key for _, key in stored(ws.store, *(an_order(n) for n in range(1, count + 1)))]


def file_numbers(ws: Workspace, keys: Sequence[str]) -> list[str]:
    return [shipment.parcels[0].file_no for shipment in shipments.by_keys(ws.store, list(keys))]


def nothing_stored(ws: Workspace, keys: Sequence[str]) -> bool:
    blank = not any(file_numbers(ws, keys))
    return blank and not any(carrier_files.of_parcel(ws.store, key) for key in keys)


def test_numbers_come_back_by_our_key(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, 2)
    export(ws, "yamato", None, tmp_path / "out.csv")
    result = take(ws, "yamato", a_file(tmp_path, (keys[1], TWO), (keys[0], ONE)))
    assert file_numbers(ws, keys) == [ONE, TWO]
    assert result.complete
    assert [(t.line, t.key, t.number) for t in result.matched] == [(2, keys[1], TWO), (3, keys[0], ONE)]
    shipment = shipments.by_key(ws.store, keys[0])
    assert shipment is not None
    assert shipment.facts.linked is None  # the file proves, a person links
    entry = history.of(ws.store, shipment.row_id)[-1]
    assert (entry.what, entry.values["number"]) == ("number_from_file", ONE)
    assert [file.direction for file in carrier_files.of_parcel(ws.store, keys[0])] == ["out", "in"]


def test_the_carrier_is_told_from_the_content(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, 1)
    assert take(ws, "", a_file(tmp_path, (keys[0], ONE), name="x.dat")).carrier == "yamato"


def test_the_same_file_again_changes_nothing(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, 1)
    path = a_file(tmp_path, (keys[0], ONE))
    take(ws, "yamato", path)
    again = take(ws, "yamato", path)
    assert (len(again.matched), len(again.unchanged), again.complete) == (0, 1, True)


def test_a_reissued_number_is_shown_and_replaced_only_when_asked(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, 1)
    take(ws, "yamato", a_file(tmp_path, (keys[0], ONE)))
    second = a_file(tmp_path, (keys[0], TWO))
    result = take(ws, "yamato", second)
    assert [(t.before, t.number) for t in result.conflicts] == [(ONE, TWO)]
    assert not result.complete
    assert file_numbers(ws, keys) == [ONE]
    take(ws, "yamato", second, replace=keys)
    assert file_numbers(ws, keys) == [TWO]


def test_a_preview_stores_nothing(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, 1)
    assert len(preview(ws, "yamato", a_file(tmp_path, (keys[0], ONE))).matched) == 1
    assert nothing_stored(ws, keys)


def test_a_repair_is_stored_only_when_accepted(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, 2)
    path = a_file(tmp_path, (keys[0], ONE), (keys[1], TWO.lstrip("0")))
    result = take(ws, "yamato", path)
    assert [(r.found, r.repaired) for r in result.repairs] == [(TWO.lstrip("0"), TWO)]
    assert not result.complete
    assert file_numbers(ws, keys) == [ONE, ""]
    assert take(ws, "yamato", path, accept_repairs=True).complete
    assert file_numbers(ws, keys) == [ONE, TWO]


def test_a_file_whose_digits_are_lost_is_refused_whole(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, 2)
    with pytest.raises(Refused) as caught:
        take(ws, "yamato", a_file(tmp_path, (keys[0], "1.23457E+11"), (keys[1], "9.97237E+10")))
    assert (caught.value.code, caught.value.values["example"]) == ("carrier_file_damaged", "1.23457E+11")
    assert nothing_stored(ws, keys)


def test_saved_as_a_workbook_with_numbers_for_texts(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, 2)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADER)
    sheet.append([keys[0], 0, int(ONE), "2026/11/20", "山田 花子"])
    sheet.append([keys[1], 0, int(TWO), "2026/11/20", "山田 花子"])
    path = tmp_path / "issued.xlsx"
    book.save(path)
    result = take(ws, "yamato", path, accept_repairs=True)
    assert file_numbers(ws, keys) == [ONE, TWO]
    assert [r.repaired for r in result.repairs] == [TWO]


def test_the_file_we_wrote_is_no_issued_data(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, 1)
    export(ws, "yamato", None, tmp_path / "out.csv")
    with pytest.raises(Refused, match="carrier_file_is_import"):
        take(ws, "", tmp_path / "out.csv")
    assert file_numbers(ws, keys) == [""]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xff\xd8\xff\xe0JFIF", "file_not_table"),
        ("注文番号,ステータス,注文日時\r\n1,300,x\r\n".encode("cp932"), "carrier_file_other"),
        (
            "注文番号,購入者の決済日,商品コード,販売店舗負担割引金額\r\n1,x,y,0\r\n".encode("cp932"),
            "carrier_file_seems",
        ),
    ],
)
def test_other_files_are_refused(ws: Workspace, tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(data)
    with pytest.raises(Refused) as caught:
        take(ws, "yamato", path)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("carrier", "code"), [("nobody", "carrier_unknown"), ("dhl", "carrier_cannot_import")]
)
def test_a_carrier_that_cannot(ws: Workspace, tmp_path: Path, carrier: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        take(ws, carrier, a_file(tmp_path, ("JP0000001", ONE)))
    assert caught.value.code == code


def test_another_shop_s_file_is_refused_whole(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, 1)
    with pytest.raises(Refused, match="carrier_file_foreign"):
        take(ws, "yamato", a_file(tmp_path, ("A-0001", ONE), ("A-0002", TWO)))
    assert nothing_stored(ws, keys)


def test_some_foreign_rows_are_named_and_the_rest_is_taken(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, 1)
    result = take(ws, "yamato", a_file(tmp_path, ("A-0001", TWO), (keys[0], ONE), (keys[0] + "P9", THREE)))
    assert [(r.line, r.column, r.code) for r in result.rejected] == [
        (2, "お客様管理番号", "carrier_key_foreign")
    ]
    assert result.unknown == ((4, keys[0] + "P9"),)
    assert file_numbers(ws, keys) == [ONE]


def test_without_header_only_after_a_preview(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, 1)
    row = [""] * 97
    row[0], row[3] = keys[0], ONE
    path = tmp_path / "headerless.csv"
    path.write_bytes((",".join(row) + "\r\n").encode("cp932"))
    with pytest.raises(Refused, match="carrier_file_positions"):
        take(ws, "yamato", path)
    assert len(preview(ws, "yamato", path).matched) == 1
    assert take(ws, "yamato", path, accept_positions=True).complete


def test_a_number_of_another_order_is_rejected_by_name(ws: Workspace, tmp_path: Path) -> None:
    keys = keys_of(ws, 2)
    take(ws, "yamato", a_file(tmp_path, (keys[0], ONE)))
    result = take(ws, "yamato", a_file(tmp_path, (keys[1], ONE)))
    assert [(r.code, r.value) for r in result.rejected] == [
        ("carrier_number_in_use", f"{ONE} → 345678-20261120-0000000001")
    ]
    assert file_numbers(ws, keys) == [ONE, ""]


def swapped(ws: Workspace, tmp_path: Path) -> tuple[list[str], TakeResult]:
    """Two orders whose waybills were entered crosswise before the file came."""
    keys = keys_of(ws, 2)
    for key, number in zip(keys, (TWO, ONE), strict=True):
        assert track(ws, key, number, number).verified
    return keys, take(ws, "yamato", a_file(tmp_path, (keys[0], ONE), (keys[1], TWO)))


def test_a_swap_entered_before_the_file_came_is_not_hidden(ws: Workspace, tmp_path: Path) -> None:
    keys, result = swapped(ws, tmp_path)
    assert not result.complete
    found = shipments.by_keys(ws.store, keys)
    assert [shipment.facts.verified for shipment in found] == [None, None]
    assert file_numbers(ws, keys) == [ONE, TWO]
    assert [(t.linked, t.number) for t in result.mismatches] == [(TWO, ONE), (ONE, TWO)]
    assert [(c.number, c.other[-1]) for c in result.contested] == [(ONE, "2"), (TWO, "1")]


def test_a_link_loses_its_proof_when_the_file_gives_its_number_to_another(
    ws: Workspace, tmp_path: Path
) -> None:
    keys = keys_of(ws, 2)
    assert track(ws, keys[1], ONE, ONE).verified
    result = take(ws, "yamato", a_file(tmp_path, (keys[0], ONE)))
    assert [found.other_shipment for found in result.contested] == [keys[1]]
    wrong = shipments.by_key(ws.store, keys[1])
    assert wrong is not None
    assert wrong.facts.verified is None
    assert wrong.facts.linked is not None


def test_linked_numbers_the_file_confirms_are_proven(ws: Workspace, tmp_path: Path) -> None:
    shops.set_settings(ws.store, "本店", {"track.proof": "strict"})
    keys = keys_of(ws, 1)
    assert not track(ws, keys[0], ONE, ONE).verified
    assert take(ws, "yamato", a_file(tmp_path, (keys[0], ONE))).proven == (keys[0],)
    shipment = shipments.by_key(ws.store, keys[0])
    assert shipment is not None
    assert shipment.facts.verified is not None
    assert shipment.facts.verified.how == "file"
