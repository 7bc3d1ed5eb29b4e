"""A carrier with several tools: one file for each, parted where a tool takes only so many rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.carriers import carriers
from jpship_gui.carriers.base import Carrier
from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.order import Wish
from jpship_gui.flows.paper import hand_to_carrier
from jpship_gui.flows.paper.hand_to_carrier import NothingToExport, export, waiting
from jpship_gui.flows.paper.marks import marks_by_key, set_marks
from jpship_gui.flows.paper.outlook import outlook
from jpship_gui.flows.upkeep import goods
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.reader import read_file
from jpship_gui.store import carrier_files, shops
from tests.builders import an_order, stored
from tests.flows.carrier_desk import open_desk


def two_tools(most_rows: int = 0) -> Carrier:
    """Yamato as if its small parcels were printed by a program of their own."""
    yamato = carriers()["yamato"]
    b2 = yamato.tools[0]
    large = replace(b2, services=tuple(s.id for s in yamato.services if s.id not in ("nekopos", "yumail")))
    small = replace(b2, id="small", name="小物ソフト", services=("nekopos", "takkyubin"), most_rows=most_rows)
    return replace(yamato, tools=(large, small))


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    known = {**carriers(), "yamato": two_tools(most_rows=2)}
    monkeypatch.setattr("jpship_gui.flows.own_carriers.carriers_of", lambda store: known)
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def keys_in(path: Path) -> list[str]:
    return [row.cells[0] for row in read_file(path).rows]


def test_each_tool_has_its_file_and_a_full_one_is_parted(ws: Workspace, tmp_path: Path) -> None:
    services = ("nekopos", "", "nekopos", "nekopos", "takkyubin")
    made = [stored(ws.store, an_order(n), service=service)[0][1] for n, service in enumerate(services, 1)]
    result = export(ws, "yamato", None, tmp_path / "out.csv")
    named = {file.path.name: keys_in(file.path) for file in result.files}
    assert named == {
        "out_b2.csv": [made[1], made[4]],
        "out_small_1.csv": [made[0], made[2]],
        "out_small_2.csv": [made[3]],
    }
    assert (result.rows, set(result.exported)) == (5, set(made))
    assert [(file.tool, file.rows) for file in result.files] == [("b2", 2), ("small", 2), ("small", 1)]
    assert [file.tool for key in made for file in carrier_files.of_parcel(ws.store, key)] == [
        *("small", "b2", "small", "small", "b2")
    ]
    assert waiting(ws, "yamato") == []


def test_one_tool_alone(ws: Workspace, tmp_path: Path) -> None:
    ((_, small),) = stored(ws.store, an_order(1), service="nekopos")
    ((_, large),) = stored(ws.store, an_order(2))
    assert [s.key for s in waiting(ws, "yamato", "small")] == [small]
    result = export(ws, "yamato", None, tmp_path / "small.csv", tool="small")
    assert (result.file, keys_in(tmp_path / "small.csv")) == ("small.csv", [small])
    assert [s.key for s in waiting(ws, "yamato")] == [large]
    with pytest.raises(Refused) as caught:
        export(ws, "yamato", None, tmp_path / "x.csv", tool="nobody")
    assert caught.value.code == "carrier_tool_unknown"


def test_the_shop_chooses_and_a_service_its_tool_cannot_print_goes_to_the_other(
    ws: Workspace, tmp_path: Path
) -> None:
    shops.set_settings(ws.store, "本店", {"carrier.tools": '{"yamato": "small"}'})
    ((_, plain),) = stored(ws.store, an_order(1))
    ((_, timed),) = stored(ws.store, an_order(2), service="timed", wish=Wish(slot="0017"))
    assert [s.key for s in waiting(ws, "yamato", "small")] == [plain]
    assert [s.key for s in waiting(ws, "yamato", "b2")] == [timed]
    cards = outlook(ws).carriers
    assert [(c.tool_id, c.count) for c in cards if c.carrier == "yamato"] == [("b2", 1), ("small", 1)]
    chosen = outlook(ws, [plain, timed]).carriers
    assert {c.tool_id: c.keys for c in chosen} == {"small": (plain,), "b2": (timed,)}
    by_hand = export(
        ws, "yamato", [plain], tmp_path / "b2.csv", tool="b2"
    )  # a person wants the other program
    assert [file.tool for file in by_hand.files] == ["b2"]


def test_a_service_no_tool_prints_is_said_and_counted(ws: Workspace, tmp_path: Path) -> None:
    ((_, key),) = stored(ws.store, an_order(1), service="yumail")
    card = next(c for c in outlook(ws).carriers if c.carrier == "yamato")
    assert (card.able, card.count, card.tool_id) == (False, 1, "")
    with pytest.raises(NothingToExport) as caught:
        export(ws, "yamato", [key], tmp_path / "out.csv")
    (problem,) = caught.value.refused[key]
    assert (problem.code, problem.values["service"]) == ("carrier_service_no_tool", "クロネコゆうメール")


def test_a_second_file_that_cannot_be_written_takes_the_first_back(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [stored(ws.store, an_order(n), service=s)[0][1] for n, s in enumerate(("", "nekopos"), 1)]
    real = hand_to_carrier.write_whole

    def full(path: Path, data: bytes) -> None:
        if "small" in path.name:
            raise WorldFault("file_write", file=path.name, reason="")
        real(path, data)

    monkeypatch.setattr(hand_to_carrier, "write_whole", full)
    with pytest.raises(WorldFault):
        export(ws, "yamato", None, tmp_path / "out.csv")
    assert not list(tmp_path.glob("*.csv"))
    assert {s.key for s in waiting(ws, "yamato")} == set(made)


def test_a_name_somebody_s_file_has_is_not_taken(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "out_b2.csv").write_text("theirs")
    for number, service in enumerate(("", "nekopos"), 1):
        stored(ws.store, an_order(number), service=service)
    names = [file.path.name for file in export(ws, "yamato", None, tmp_path / "out.csv").files]
    assert names == ["out_b2(2).csv", "out_small.csv"]
    assert (tmp_path / "out_b2.csv").read_text() == "theirs"


def test_marks_of_goods_shop_and_person(ws: Workspace, tmp_path: Path) -> None:
    ((_, key),) = stored(ws.store, an_order(1))
    line = next(line for s in waiting(ws, "yamato") for line in s.lines)
    goods.teach(ws, "4901234567894", line.sku, marks="ワレ物注意、天地無用")
    assert marks_by_key(ws, [key]) == {key: ("fragile", "upright")}
    shops.set_settings(ws.store, "本店", {"carrier.marks": "dry"})
    assert marks_by_key(ws, [key]) == {key: ("fragile", "upright", "dry")}
    result = export(ws, "yamato", [key], tmp_path / "1.csv")
    table = read_file(tmp_path / "1.csv")
    cells = dict(zip(table.header, table.rows[0].cells, strict=False))
    assert (cells["荷扱い１"], cells["荷扱い２"]) == ("ワレ物注意", "天地無用")
    (note,) = result.notes[key]
    assert (note.code, note.values["left"]) == ("carrier_marks_many", "水濡厳禁")
    assert set_marks(ws, [key], "valuables") == {key: ("valuables",)}
    result = export(ws, "yamato", [key], tmp_path / "2.csv")
    assert [note.code for note in result.notes[key]] == ["carrier_mark_none"]
    assert set_marks(ws, [key], "") == {key: ()}
    assert set_marks(ws, [key], None) == {key: ("fragile", "upright", "dry")}
    with pytest.raises(Refused) as caught:
        set_marks(ws, [key], "explosive")
    assert caught.value.code == "mark_unknown"
