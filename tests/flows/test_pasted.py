"""Pasted lists of orders and numbers: every line judged, only good ones taken, nothing proven."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from jpship_gui.domain.fault import Cancelled, Refused
from jpship_gui.domain.order_key import parcel_key
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.pack.pasted import check_list, read_list, report, take_list, words_of
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal, shipments
from tests.flows.carrier_desk import open_desk
from tests.flows.test_track import (
    SAGAWA,
    SECOND,
    WRONG,
    YAMATO,
    a_key,
    file_no,
    parcel_of,
    proof_of,
    set_column,
)

ORDER = "345678-20261120-{:010d}"


def number(place: int) -> str:
    return str((10000000000 + place) * 10 + (10000000000 + place) % 7)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def codes(ws: Workspace, listed: str, carrier: str = "") -> list[str]:
    return [line.code for line in check_list(ws, listed, carrier).lines]


@pytest.mark.parametrize(
    "line",
    [
        f"{ORDER.format(1)}\t{YAMATO}",
        f"{ORDER.format(1)},{YAMATO}",
        f"{ORDER.format(1)} {YAMATO}",
        f"{YAMATO}\t{ORDER.format(1)}",
        f"{ORDER.format(1)}\t{YAMATO}\tヤマト運輸",
        f"ヤマト\t{ORDER.format(1)}\t0997-2365-3466",
        "３４５６７８－２０２６１１２０－０００００００００１\t０９９７２３６５３４６６",
        f'"{ORDER.format(1)}","{YAMATO}"',
        f'{ORDER.format(1)}\t="{YAMATO}"',
        f"'{ORDER.format(1)}\t{YAMATO}\u200b",
        f"{ORDER.format(1)}\t\t{YAMATO}\t",
    ],
)
def test_ways_to_write_a_line(ws: Workspace, line: str) -> None:
    key = a_key(ws)
    (found,) = check_list(ws, f"{line}\n").lines
    assert (found.code, found.key, found.number, found.carrier) == ("good", key, YAMATO, "yamato")


def test_keys_of_slips_and_boxes_name_orders(ws: Workspace) -> None:
    key = a_key(ws)
    assert codes(ws, f"{key.lower()}\t{YAMATO}") == ["good"]


def test_headings_and_blank_lines_are_passed_over(ws: Workspace) -> None:
    a_key(ws)
    found = check_list(ws, f"受注番号\t送り状番号\n\n{ORDER.format(1)}\t{YAMATO}\n\n")
    assert (found.skipped, [(line.line, line.code) for line in found.lines]) == (1, [(3, "good")])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"{ORDER.format(9)}\t{YAMATO}", "order_unknown"),
        (f"\t{YAMATO}", "order_missing"),
        (f"{ORDER.format(1)}\t", "number_missing"),
        (f"{ORDER.format(1)}\t9.97E+10", "number_damaged"),
        (f"{ORDER.format(1)}\t4.0E+11", "number_damaged"),
        (f"3.45E+23\t{YAMATO}", "order_damaged"),
        (f"{ORDER.format(1)}\t{YAMATO}\tペリカン便", "carrier_unknown"),
        (f"{ORDER.format(1)}\t{YAMATO}\tヤマト運輸\t{SECOND}", "cells"),
        (f"{ORDER.format(1)}\t{WRONG}", "refused"),
        (f"{ORDER.format(1)}\t{SAGAWA}", "refused"),
        (f"{ORDER.format(1)}\t{YAMATO[1:]}", "refused"),
        (f"{ORDER.format(1)}\t{YAMATO}\t佐川急便", "refused"),
    ],
)
def test_lines_that_are_not_taken(ws: Workspace, line: str, code: str) -> None:
    key = a_key(ws)
    (found,) = check_list(ws, f"{line}\n{ORDER.format(8)}\t{SECOND}").lines[:1]
    assert found.code == code
    assert words_of(found)
    assert not words_of(found).startswith("pasted.")
    assert parcel_of(ws, key)[0] == ""


def test_a_lost_zero_is_proposed_and_not_put_back(ws: Workspace) -> None:
    a_key(ws)
    (found,) = check_list(ws, f"{ORDER.format(1)}\t{YAMATO[1:]}").lines
    assert found.proposal == YAMATO
    assert YAMATO in words_of(found)


@pytest.mark.parametrize(
    "change",
    [{"cancelled": 1}, {"hold_reason": "電話待ち"}, {"blocked": 1}, {"sent_at": 1}, {"shipped_at_source": 1}],
)
def test_orders_that_may_not_leave(ws: Workspace, change: dict[str, object]) -> None:
    key = a_key(ws)
    set_column(ws, key, **change)
    assert codes(ws, f"{ORDER.format(1)}\t{YAMATO}") == ["refused"]


def test_twice_in_the_list_and_twice_in_the_database(ws: Workspace) -> None:
    keys = [a_key(ws, place) for place in range(1, 6)]
    track(ws, keys[3], number(4), number(4))
    listed = "\n".join(
        (
            f"{ORDER.format(1)}\t{number(1)}",
            f"{ORDER.format(2)}\t{number(1)}",
            f"{ORDER.format(3)}\t{number(3)}",
            f"{ORDER.format(3)}\t{number(33)}",
            f"{ORDER.format(4)}\t{number(4)}",
            f"{ORDER.format(4)}\t{number(44)}",
        )
    )
    expected = ["number_twice"] * 2 + ["order_twice"] * 2 + ["already", "refused"]
    assert codes(ws, listed) == expected
    assert codes(ws, f"{ORDER.format(5)}\t{number(4)}") == ["refused"]


def test_only_good_lines_are_taken_and_prove_nothing(ws: Workspace) -> None:
    keys = [a_key(ws, place) for place in (1, 2, 3)]
    listed = f"{ORDER.format(1)}\t{number(1)}\n{ORDER.format(2)}\t{WRONG}\n{ORDER.format(3)}\t{number(3)}"
    found = check_list(ws, listed)
    assert [parcel_of(ws, key)[0] for key in keys] == ["", "", ""], "nothing before the confirmation"
    assert journal.files(ws.places.journal) == []
    done = take_list(ws, found)
    assert [line.code for line in done.lines] == ["good", "refused", "good"]
    assert [parcel_of(ws, key) for key in keys] == [
        (number(1), "yamato", "pasted"),
        ("", "yamato", ""),
        (number(3), "yamato", "pasted"),
    ]
    assert [proof_of(ws, key) for key in keys] == ["", "", ""]


def test_the_carrier_s_file_still_proves(ws: Workspace) -> None:
    key = a_key(ws)
    file_no(ws, key, YAMATO)
    take_list(ws, check_list(ws, f"{key}\t{YAMATO}"))
    assert proof_of(ws, key) == "file"


def test_what_changed_between_look_and_confirmation_is_refused(ws: Workspace) -> None:
    keys = [a_key(ws, place) for place in (1, 2)]
    found = check_list(ws, f"{ORDER.format(1)}\t{number(1)}\n{ORDER.format(2)}\t{number(2)}")
    set_column(ws, keys[0], cancelled=1)
    done = take_list(ws, found)
    assert [line.code for line in done.lines] == ["refused", "good"]
    assert "キャンセル" in words_of(done.lines[0])


def test_lines_that_depend_on_each_other_are_judged_one_after_the_other(ws: Workspace) -> None:
    key = a_key(ws)
    a_key(ws, 2)
    before = shipments.by_key(ws.store, key)
    assert before is not None
    with ws.store.transaction():
        sql = "INSERT INTO parcels (shipment_id, no, key, carrier) VALUES (?, 2, ?, 'yamato')"
        ws.store.execute(sql, (before.row_id, parcel_key(key, 2)))
    listed = "\n".join(
        (
            f"{ORDER.format(1)}\t{number(1)}",
            f"{ORDER.format(2)}\t{number(2)}",
            f"{ORDER.format(1)}\t{number(3)}",
        )
    )
    done = take_list(ws, check_list(ws, listed))
    assert [line.code for line in done.lines] == ["good"] * 3
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    assert [parcel.tracking_no for parcel in shipment.parcels] == [number(1), number(3)]


def test_a_long_list_is_one_line_in_the_journal_each_and_few_syncs(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [a_key(ws, place) for place in range(1, 131)]
    found = check_list(ws, "\n".join(f"{ORDER.format(n)}\t{number(n)}" for n in range(1, 131)))
    synced: list[int] = []
    sync = journal.sync

    def counted(file: int) -> None:
        synced.append(file)
        sync(file)

    monkeypatch.setattr(journal, "sync", counted)
    done = take_list(ws, found)
    assert len(done.good) == len(keys)
    (path,) = journal.files(ws.places.journal)
    entries = journal.read(path)
    assert [entry.shipment for entry in entries] == keys
    assert journal.verify(path) == (130, [])
    assert len(synced) == 2


def test_stopped_midway_keeps_what_was_told(ws: Workspace) -> None:
    class Stopping:
        done = 0

        def step(self, done: int, total: int = 0, note: str = "") -> None:
            self.done = done
            if done:
                raise Cancelled

    for place in range(1, 131):
        a_key(ws, place)
    listed = "\n".join(f"{ORDER.format(n)}\t{number(n)}" for n in range(1, 131))
    stopping = Stopping()
    found = check_list(ws, listed)
    with pytest.raises(Cancelled):
        take_list(ws, found, stopping)
    again = codes(ws, listed)
    assert (again.count("already"), again.count("good")) == (stopping.done, 130 - stopping.done)


def test_a_report_holds_what_was_not_taken_and_no_formula(ws: Workspace) -> None:
    a_key(ws)
    found = check_list(ws, f"=1+1\t{YAMATO}\n{ORDER.format(1)}\t{WRONG}")
    lines = report(found.left).splitlines()
    assert len(lines) == 3
    assert "\t'=1+1" in lines[1]
    assert lines[2].startswith(f"2\t{ORDER.format(1)}\t{WRONG}\t")


def test_workbooks_and_cp932_files(ws: Workspace, tmp_path: Path) -> None:
    a_key(ws, 1)
    a_key(ws, 2)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["受注番号", "送り状番号"])
    sheet.append([ORDER.format(1), number(1)])
    sheet.append([ORDER.format(2), float(number(2))])
    book.save(tmp_path / "list.xlsx")
    assert codes(ws, read_list(tmp_path / "list.xlsx")) == ["good", "good"]
    text = f"受注番号,送り状番号,配送会社\r\n{ORDER.format(1)},{number(1)},ヤマト運輸\r\n"
    (tmp_path / "list.csv").write_bytes(text.encode("cp932"))
    assert codes(ws, read_list(tmp_path / "list.csv")) == ["good"]


@pytest.mark.parametrize("listed", ["", "\n \n", "受注番号\t送り状番号"])
def test_nothing_in_it(ws: Workspace, listed: str) -> None:
    with pytest.raises(Refused, match="pasted_empty"):
        check_list(ws, listed)


def test_nothing_good_is_not_taken(ws: Workspace) -> None:
    with pytest.raises(Refused, match="pasted_nothing"):
        take_list(ws, check_list(ws, f"{ORDER.format(1)}\t{YAMATO}"))


def test_the_confirm_page_says_which_numbers_nobody_scanned(ws: Workspace) -> None:
    keys = [a_key(ws, place) for place in (1, 2)]
    track(ws, keys[0], number(1), number(1), how="scanned")
    track(ws, keys[1], number(2), number(2))
    assert {row.key: row.by_hand for row in review(ws).green} == {keys[0]: (), keys[1]: ("typed",)}
