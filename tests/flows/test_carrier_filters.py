"""The filters of 日本郵便's tools: changed as a file, checked, kept in versions, and what files look like with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.carriers.filters import Filter, Place
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.paper.hand_to_carrier import export as write_files
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.upkeep.carrier_filters import (
    check,
    every,
    export,
    go_back,
    read,
    reset,
    save,
    show,
    starts,
    to_text,
)
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import shops
from tests.builders import NOW, an_order, stored
from tests.flows.carrier_desk import SETTINGS, open_desk

OWN = Filter(
    id="mine",
    tool="r",
    way="out",
    title="うちのゆうプリ",
    columns=(
        Place("郵便番号", "recipient_postal_code", 8),
        Place("管理番号", "parcel_key", 15),
        Place("住所A", "recipient_address_1", 60),
        Place("住所B", "recipient_address_2", 60),
        Place("名前", "recipient_name_1", 50),
        Place("電話", "recipient_phone", 20),
        Place("種別", "mail_kind", 1),
        Place("空き"),
        Place("形式", "", 0, "A5"),
    ),
)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path, carrier__default="jppost")
    yield opened
    opened.close()


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("cp932"), newline="")))


@pytest.mark.parametrize("name", starts())
def test_the_starting_points_are_sound_and_survive_their_file(
    ws: Workspace, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"{name}.toml"
    found = export(ws, name, path)
    assert read(path) == found == show(ws, name)
    assert check(found) == ()


def test_a_filter_of_one_s_own_goes_out_as_it_was_registered(ws: Workspace, tmp_path: Path) -> None:
    ((_, key),) = stored(ws.store, an_order(), carrier="jppost")
    assert save(ws, OWN).version == 1
    write_files(ws, "jppost", None, tmp_path / "out.csv")
    head, row = rows_of(tmp_path / "out.csv")
    assert head == ["郵便番号", "管理番号", "住所A", "住所B", "名前", "電話", "種別", "空き", "形式"]
    assert row == [
        *("541-0041", key, "大阪府大阪市中央区北浜9-9-9", "コーポことり203", "山田 花子", "09000001234"),
        *("0", "", "A5"),
    ]


def test_a_filter_survives_export_import_and_restart(ws: Workspace, tmp_path: Path) -> None:
    save(ws, OWN)
    export(ws, "r.out", tmp_path / "mine.toml")
    reset(ws, "r.out")
    assert show(ws, "r.out").id == "r117"
    ws.close()
    again = open_workspace(str(tmp_path / "home"), person="鈴木")
    save(again, read(tmp_path / "mine.toml"))
    again.close()
    last = open_workspace(str(tmp_path / "home"))
    found = show(last, "r.out")
    last.close()
    assert (found.columns, found.title, found.version) == (OWN.columns, OWN.title, 1)


def test_versions_count_and_one_can_go_back(ws: Workspace) -> None:
    first = save(ws, OWN)
    second = save(ws, replace(first, columns=(*first.columns, Place("備考"))))
    assert (first.version, second.version) == (1, 2)
    (kept,) = [one for one in every(ws) if one.slot == "r.out"]
    assert (kept.own, kept.person, kept.at, kept.before) == (True, "佐藤", NOW.replace(microsecond=0), (1,))
    third = go_back(ws, "r.out", 1)
    assert (third.version, third.columns) == (3, OWN.columns)
    with pytest.raises(Refused, match="filter_version_unknown"):
        go_back(ws, "r.out", 9)


def test_an_older_version_does_not_overwrite_another_s_work_unless_told(ws: Workspace) -> None:
    first = save(ws, OWN)
    save(ws.as_person("鈴木"), replace(first, title="鈴木の形"))
    with pytest.raises(Refused) as refused:
        save(ws, replace(first, title="佐藤の形"))
    assert (refused.value.code, refused.value.values["person"]) == ("filter_changed", "鈴木")
    assert show(ws, "r.out").title == "鈴木の形"
    assert save(ws, replace(first, title="佐藤の形"), instead=True).version == 3


def test_five_earlier_versions_are_kept(ws: Workspace) -> None:
    found = OWN
    for number in range(9):
        found = save(ws, replace(found, title=f"第{number}"), instead=True)
    (kept,) = [one for one in every(ws) if one.slot == "r.out"]
    assert (kept.filter.version, kept.before) == (9, (8, 7, 6, 5, 4))


def test_shops_with_filters_of_their_own_get_files_of_their_own(ws: Workspace, tmp_path: Path) -> None:
    shops.add(ws.store, "支店", "rakuten", {**SETTINGS, "carrier.default": "jppost"}, NOW)
    stored(ws.store, an_order(1), an_order(2, shop="支店"), carrier="jppost")
    save(ws, OWN, ["支店"])
    result = write_files(ws, "jppost", None, tmp_path / "out.csv")
    assert [file.path.name for file in result.files] == ["out_1.csv", "out_2.csv"]
    assert sorted(len(rows_of(file.path)[0]) for file in result.files) == [9, 117]


def test_what_the_filter_has_no_column_for_is_not_dropped(ws: Workspace, tmp_path: Path) -> None:
    from jpship_gui.domain.order import Wish
    from jpship_gui.flows.paper.hand_to_carrier import NothingToExport
    from jpship_gui.store import shipments

    ((row_id, key),) = stored(ws.store, an_order(), carrier="jppost")
    with ws.store.transaction():
        shipments.update(ws.store, row_id, {"wish_slot": "am"})
    assert shipments.by_keys(ws.store, [key])[0].wish == Wish(slot="am")
    save(ws, OWN)
    with pytest.raises(NothingToExport) as refused:
        write_files(ws, "jppost", None, tmp_path / "out.csv")
    assert [problem.code for problem in refused.value.refused[key]] == ["carrier_no_column"]


def test_numbers_come_back_by_the_names_of_one_s_own_export(ws: Workspace, tmp_path: Path) -> None:
    ((_, key),) = stored(ws.store, an_order(), carrier="jppost")
    write_files(ws, "jppost", None, tmp_path / "out.csv")
    path = tmp_path / "履歴.csv"
    path.write_bytes(f"追跡,うちの番号\r\n317409136693,{key}\r\n".encode("cp932"))
    with pytest.raises(Refused, match="carrier_file_other"):
        take(ws, "jppost", path)
    back = Filter(
        "b", "r", "back", "うちの履歴", (Place("うちの番号", "parcel_key"), Place("追跡", "tracking_no"))
    )
    save(ws, back)
    assert [taken.number for taken in take(ws, "jppost", path).matched] == ["317409136693"]


def test_a_headerless_export_by_its_filter_needs_a_look(ws: Workspace, tmp_path: Path) -> None:
    ((_, key),) = stored(ws.store, an_order(), carrier="jppost")
    back = Filter(
        "b",
        "r",
        "back",
        "頭なし",
        (Place("", "tracking_no"), Place(""), Place("", "parcel_key")),
        header=False,
    )
    save(ws, back)
    path = tmp_path / "履歴.csv"
    path.write_bytes(f"317409136693,x,{key}\r\n".encode("cp932"))
    with pytest.raises(Refused, match="carrier_file_positions"):
        take(ws, "jppost", path)
    assert len(take(ws, "jppost", path, accept_positions=True).matched) == 1


def changed(*places: Place, **values: object) -> Filter:
    return replace(OWN, columns=(*OWN.columns, *places), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (replace(OWN, tool="web"), "filter_flaw_tool"),
        (replace(OWN, tool="v3"), "filter_flaw_tool"),
        (replace(OWN, way="in"), "filter_flaw_tool"),
        (replace(OWN, columns=()), "filter_flaw_columns"),
        (changed(*[Place("x")] * 300), "filter_flaw_columns"),
        (changed(encoding="utf-16"), "filter_flaw_encoding"),
        (changed(Place("また", "parcel_key")), "filter_flaw_twice"),
        (replace(OWN, columns=OWN.columns[1:]), "filter_flaw_lacks"),
        (replace(OWN, columns=(OWN.columns[0], *OWN.columns[2:])), "filter_flaw_lacks"),
        (changed(Place("?", "colour")), "filter_flaw_field"),
        (changed(Place("番号", "tracking_no")), "filter_flaw_field"),
        (changed(Place(" ")), "filter_flaw_header"),
        (changed(Place("品", "goods", 0, "雑貨")), "filter_flaw_fixed"),
        (changed(Place("品", "goods", -1)), "filter_flaw_longest"),
        (changed(Place("品", "goods", 1001)), "filter_flaw_longest"),
        (replace(OWN, columns=(OWN.columns[0], Place("番号", "parcel_key", 11), *OWN.columns[2:])), "filter_flaw_key"),
        (changed(Place("絵文字😀")), "filter_flaw_text"),
        (changed(Place("x", "", 0, "=1+1")), "filter_flaw_text"),
        (changed(Place('"x"')), "filter_flaw_text"),
    ],
)  # fmt: skip
def test_a_filter_nobody_can_use_is_refused_and_nothing_is_kept(
    ws: Workspace, found: Filter, code: str
) -> None:
    assert code in [flaw.code for flaw in check(found)]
    with pytest.raises(Refused, match="filter_flaw_"):
        save(ws, found)
    assert not any(one.own for one in every(ws))


def test_two_columns_of_an_export_may_not_be_called_alike(ws: Workspace) -> None:
    back = Filter("b", "r", "back", "x", (Place("番号", "parcel_key"), Place("番号", "tracking_no")))
    assert [flaw.code for flaw in check(back)] == ["filter_flaw_header_twice"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id = ", "filter_flaw_toml"),
        (to_text(OWN).replace('tool = "r"\n', ""), "filter_flaw_shape"),
        (to_text(OWN).replace("version = 1", 'version = "1"'), "filter_flaw_shape"),
        (to_text(OWN).replace("header = true", "header = 1"), "filter_flaw_shape"),
        (to_text(OWN) + "colour = 1\n", "filter_flaw_shape"),
        ('id = "x"\ntool = "r"\nway = "out"\ntitle = "x"\ncolumns = [["a", 1]]\n', "filter_flaw_shape"),
        ('id = "x"\ntool = "r"\nway = "out"\ntitle = "x"\ncolumns = [[]]\n', "filter_flaw_shape"),
        ('id = "x"\ntool = "r"\nway = "out"\ntitle = "x"\n', "filter_flaw_shape"),
    ],
)
def test_a_file_that_is_no_filter(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=code):
        read(path)
    path.write_bytes(b"\x83\x5c\x83")
    with pytest.raises(Refused, match="filter_flaw_toml"):
        read(path)


def test_an_unknown_name_says_the_known_ones(ws: Workspace) -> None:
    with pytest.raises(Refused) as refused:
        show(ws, "r99")
    assert "r117" in str(refused.value.values["known"])
    with pytest.raises(Refused, match="filter_slot_unknown"):
        reset(ws, "web.out")
