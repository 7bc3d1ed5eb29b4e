"""Sets from the goods list to paper and packing desk (IN-13, PR-06)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.say import message_of
from jpship_gui.flows.paper.print_picklist import ORDER, print_picklist, total_of
from jpship_gui.flows.paper.print_slips import print_slips, sources_of
from jpship_gui.flows.plan.bundle import bundle
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.upkeep.goods import GoodsTaken, take_file, teach
from jpship_gui.flows.upkeep.goods_sets import Component, drop_set, every_set, sets_of, teach_set
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products, shipments, shops
from jpship_gui.store.products import Product
from tests.builders import a_line, an_order
from tests.documents.reading import page_texts
from tests.flows.carrier_desk import open_desk
from tests.flows.check_desk import checked, codes, the
from tests.flows.confirming import yamato_number
from tests.flows.paper_desk import printable

ACK = code_of(Command.ACK)
W1 = yamato_number(21)
HEADER = "JANコード,SKU,入数,商品名,種類,棚,セットSKU,セット内数,セット名\n"
GOODS = [
    Product("4901234567894", "mug-300-bl", 1, "マグカップ", "青", "A-01-2"),
    Product("4901234567917", "plate-21-wh", 1, "平皿", "白", "A-02-1"),
    Product("4901234567801", "spoon", 1, "木のスプーン", "", "B-01"),
]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    products.put(opened.store, GOODS)
    yield opened
    opened.close()


def breakfast(ws: Workspace) -> None:
    teach_set(ws, "set-a", [Component("MUG-300-BL", 2), Component("plate-21-wh")], "朝ごはん")


def take(ws: Workspace, folder: Path, *lines: str) -> GoodsTaken:
    path = folder / "goods.csv"
    path.write_text(HEADER + "".join(line + "\n" for line in lines), encoding="utf-8")
    return take_file(ws, path)


def contents(ws: Workspace) -> dict[str, list[tuple[str, int]]]:
    return {one.sku: [(part.sku, part.quantity) for part in one.components] for one in every_set(ws)}


# -- teaching ---------------------------------------------------------------------------------------------------------


def test_components_are_written_as_the_goods_list_does(ws: Workspace) -> None:
    breakfast(ws)
    assert contents(ws) == {"set-a": [("mug-300-bl", 2), ("plate-21-wh", 1)]}
    assert sets_of(ws, ["SET-A", "mug-300-bl"]).keys() == {"SET-A"}
    drop_set(ws, "SET-A")
    assert contents(ws) == {}
    with pytest.raises(Refused) as refused:
        drop_set(ws, "set-a")
    assert refused.value.code == "goods_set_unknown"


def test_a_set_in_a_set_is_refused_from_both_sides(ws: Workspace) -> None:
    breakfast(ws)
    for sku, part in (("big", "set-a"), ("plate-21-wh", "spoon"), ("x", "X")):
        with pytest.raises(Refused) as refused:
            teach_set(ws, sku, [Component(part)])
        assert refused.value.code in ("goods_set_nested", "goods_set_itself")
    assert contents(ws) == {"set-a": [("mug-300-bl", 2), ("plate-21-wh", 1)]}


def test_a_goods_list_tells_sets_row_by_row(ws: Workspace, tmp_path: Path) -> None:
    found = take(
        ws,
        tmp_path,
        "4901234567894,mug-300-bl,1,マグカップ,青,A-01-2,set-a,2,朝ごはん",
        "14901234567891,mug-300-bl,6,マグカップ,青,A-01-2,set-a,2,",  # its case: the same component
        ",plate-21-wh,,,,,set-a,,",
        ",spoon,,,,,set-b,3,さじ",
    )
    assert (found.codes, found.sets, found.rejected) == (2, 2, [])
    assert contents(ws) == {"set-a": [("mug-300-bl", 2), ("plate-21-wh", 1)], "set-b": [("spoon", 3)]}
    case = products.by_code(ws.store, "14901234567891")
    assert case is not None
    assert case.quantity == 6


def test_a_set_is_taken_whole_or_not_at_all(ws: Workspace, tmp_path: Path) -> None:
    found = take(
        ws,
        tmp_path,
        ",mug-300-bl,,,,,set-a,2,",
        ",plate-21-wh,,,,,set-a,many,",  # line 3
        ",spoon,,,,,set-b,1,",
        ",set-b,,,,,set-c,1,",  # line 5: a set in a set; which of the two goes is the file's to mend
        ",spoon,,,,,set-d,1,",
        ",spoon,,,,,set-d,2,",
    )
    assert found.sets == len(contents(ws))
    assert [why for _, why in found.rejected if why == "set_pieces"] == ["set_pieces"] * 2
    assert [line for line, why in found.rejected if why == "set_twice"] == [6, 7]
    assert len([line for line, why in found.rejected if why == "set_nested"]) == 1
    inside = {sku for parts in contents(ws).values() for sku, _ in parts}
    assert not inside & contents(ws).keys()


# -- paper ------------------------------------------------------------------------------------------------------------


def test_pick_lists_open_the_set_and_name_it_and_the_slip_keeps_it(ws: Workspace, tmp_path: Path) -> None:
    breakfast(ws)
    keys = printable(
        ws,
        an_order(1, lines=(a_line(sku="set-a", name="朝食の器4点", variant="", quantity=2),)),
        an_order(
            2, lines=(a_line(sku="mug-300-bl"), a_line(line_id="2", sku="spoon", name="さじ", variant=""))
        ),
    )
    chosen = shipments.by_keys(ws.store, keys)
    source = sources_of(ws, chosen)[0]
    total = total_of(ws, chosen, source.products, source.sets)
    assert {row.sku: (row.quantity, row.shelf, row.sets) for row in total.rows} == {
        "mug-300-bl": (5, "A-01-2", ("朝ごはん",)),
        "plate-21-wh": (2, "A-02-1", ("朝ごはん",)),
        "spoon": (1, "B-01", ()),
    }
    assert (
        sum(row.quantity for row in total.rows) == 2 * 3 + 2
    )  # components × quantity, and what was bought alone
    assert {row.sku: dict(row.orders) for row in total.rows}["mug-300-bl"] == {"00001": 4, "00002": 1}
    made = print_picklist(ws, keys, tmp_path / "total.pdf")
    assert (made.pieces, made.rows) == (8, 3)
    page = page_texts((tmp_path / "total.pdf").read_bytes())[0]
    assert "セット 朝ごはん" in page
    assert "set-a" not in page
    orders = print_picklist(ws, keys, tmp_path / "orders.pdf", ORDER)
    assert (orders.pieces, orders.rows) == (8, 4)
    assert "セット 朝ごはん" in page_texts((tmp_path / "orders.pdf").read_bytes())[0]
    slips = page_texts(print_slips(ws, keys, tmp_path / "slips.pdf").path.read_bytes())
    assert "朝食の器4点" in slips[0]
    assert "平皿" not in slips[0]


def test_components_the_goods_list_does_not_know_go_by_their_sku(ws: Workspace, tmp_path: Path) -> None:
    teach_set(ws, "set-x", [Component("unlisted-1")])
    (key,) = printable(ws, an_order(1, lines=(a_line(sku="set-x", name="謎の箱", variant=""),)))
    print_picklist(ws, [key], tmp_path / "total.pdf")
    page = page_texts((tmp_path / "total.pdf").read_bytes())[0]
    assert "unlisted-1" in page
    assert "セット 謎の箱" in page


# -- packing ----------------------------------------------------------------------------------------------------------


def test_a_set_is_packed_by_the_codes_of_its_goods(ws: Workspace) -> None:
    breakfast(ws)
    keys = printable(ws, an_order(1, lines=(a_line(sku="set-a", name="朝食の器", variant=""),)), an_order(2))
    with Desk(ws) as desk:
        assert desk.scan(keys[0]).outcome.value == "OK_OPEN"
        view = desk.snapshot().view
        assert view is not None
        assert [(x.name, x.variant, x.quantity, x.set_name) for x in view.lines] == [
            ("マグカップ", "青", 2, "朝ごはん"),
            ("平皿", "白", 1, "朝ごはん"),
        ]
        refused = desk.scan("set-a")
        assert refused.outcome.value == "NG_ORDER"
        assert "朝ごはん" in message_of(refused)
        codes = (ACK, "4901234567894", "MUG-300-BL", "4901234567894", ACK, "4901234567917", W1)
        assert [desk.scan(code).outcome.value for code in codes] == [
            *("OK_ACK", "OK_ITEM", "OK_ITEM", "NG_OVER", "OK_ACK", "OK_ITEM_LAST", "OK_LINK"),
        ]


def test_goods_needed_in_a_set_elsewhere_are_named(ws: Workspace) -> None:
    breakfast(ws)
    keys = printable(
        ws, an_order(1, lines=(a_line(sku="spoon"),)), an_order(2, lines=(a_line(sku="set-a", variant=""),))
    )
    with Desk(ws) as desk:
        desk.scan(keys[0])
        answer = desk.scan("4901234567917")
    assert (answer.outcome.value, answer.values["other"][-4:]) == ("NG_NOT_HERE", "0002")


def test_an_open_parcel_survives_a_changed_set_and_the_power_cut(ws: Workspace) -> None:
    breakfast(ws)
    (key,) = printable(ws, an_order(1, lines=(a_line(sku="set-a", variant=""),)))
    with Desk(ws) as desk:
        desk.scan(key)
        desk.scan("4901234567894")
        teach_set(ws, "set-a", [Component("spoon", 3)], "別もの")
    with Desk(replace(ws, clock=ws.clock)) as desk:
        view = desk.snapshot().view
        assert view is not None
        assert [(x.sku, x.quantity) for x in view.lines] == [("mug-300-bl", 2), ("plate-21-wh", 1)]
        assert [desk.scan(code).outcome.value for code in ("4901234567894", "4901234567917")] == [
            *("OK_ITEM", "OK_ITEM_LAST"),
        ]


# -- orders against the goods list (CK-01) ----------------------------------------------------------------------------


def test_an_unknown_variant_waits_for_a_person_until_it_is_listed(ws: Workspace) -> None:
    shops.set_settings(ws.store, "本店", {"check.goods": "hold"})
    (key,) = checked(ws, an_order(1, lines=(a_line(sku="mug-300-gn", name="マグカップ", variant="緑"),)))
    assert codes(ws, key) == ["variant_unknown"]
    assert the(ws, key).stage is Stage.CHECK
    teach(ws, "4901234567999", "mug-300-gn", name="マグカップ", variant="緑")
    assert codes(ws, key) == []
    assert the(ws, key).stage is Stage.PRINT


def test_a_set_is_known_by_what_is_in_it(ws: Workspace) -> None:
    shops.set_settings(ws.store, "本店", {"check.goods": "warn"})
    (key,) = checked(ws, an_order(1, lines=(a_line(sku="set-z", name="箱", variant=""),)))
    assert codes(ws, key) == ["goods_unknown"]
    teach_set(ws, "set-z", [Component("spoon"), Component("unlisted")])
    assert codes(ws, key) == ["set_component_unknown"]
    teach_set(ws, "set-z", [Component("spoon")])
    assert codes(ws, key) == []
    drop_set(ws, "set-z")
    assert codes(ws, key) == ["goods_unknown"]


def test_sets_in_a_bundle_and_in_several_boxes(ws: Workspace) -> None:
    breakfast(ws)
    one, two = printable(
        ws,
        an_order(1, lines=(a_line(sku="set-a", variant="", quantity=2),)),
        an_order(2, lines=(a_line(sku="spoon", variant=""),)),
    )
    split(ws, one, lines=[{1: 1}, {1: 1}])
    set_of = ("4901234567894", "4901234567894", "4901234567917")
    with Desk(ws) as desk:
        said = [desk.scan(code).outcome.value for code in (one, *set_of, W1, *set_of, yamato_number(22))]
    assert said == ["OK_OPEN", *("OK_ITEM", "OK_ITEM", "OK_ITEM_LAST", "OK_LINK") * 2]
    three, four = printable(
        ws,
        an_order(3, lines=(a_line(sku="set-a", variant=""),)),
        an_order(4, lines=(a_line(sku="spoon", variant=""),)),
    )
    lead = bundle(ws, [three, four]).leader
    with Desk(ws) as desk:
        said = [desk.scan(code).outcome.value for code in (lead, *set_of, "4901234567801", yamato_number(23))]
    assert said == ["OK_OPEN", *["OK_ITEM"] * 3, "OK_ITEM_LAST", "OK_LINK"]
    assert two not in (lead, three)
