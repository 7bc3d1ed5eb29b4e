"""Qoo10 by file: detail and brief in, in any order; the brief filled in and out again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.upkeep import shops
from jpship_gui.practice.qoo10 import exports
from jpship_gui.store import kept_files, orders, shipments
from tests.flows.confirming import pack, yamato_number
from tests.flows.qoo10_desk import QooScene, a_qoo10_scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[QooScene]:
    with a_qoo10_scene(tmp_path / "home", **{"confirm.by": "file"}) as made:
        yield made


def kept(scene: QooScene) -> list[str]:
    found = kept_files.holding(scene.ws.store, scene.shipments()[0].order_id.shop, list(scene.carts))
    return [row.name for row in found]


@pytest.mark.parametrize("first", ["detail", "brief"])
def test_both_files_together_in_any_order(scene: QooScene, first: str) -> None:
    paths = [scene.write("a.csv", exports.DETAIL), scene.write("b.csv", exports.BRIEF)]
    if first == "brief":
        paths.reverse()
    shown = preview(scene.ws, paths)
    assert [one.fault for one in shown.files] == [None, None]
    assert dict(shown.counts) == {"new": 4, "changed": 0, "unchanged": 0, "rejected": 0}
    done = accept(scene.ws, shown)
    assert (len(done.keys), kept(scene)) == (4, ["b.csv"])


def test_a_brief_later_than_its_detail(scene: QooScene) -> None:
    scene.take_detail()
    done = scene.take(scene.write("brief.csv", exports.BRIEF))
    assert dict(done.counts) == {"new": 0, "changed": 0, "unchanged": 4, "rejected": 0}
    assert kept(scene) == ["brief.csv"]


def test_a_brief_of_unknown_carts_is_refused_row_by_row_and_not_kept(scene: QooScene) -> None:
    path = scene.write("brief.csv", exports.BRIEF)
    shown = preview(scene.ws, [path])
    (file,) = shown.files
    assert [(r.line, r.column, r.code) for r in file.rejections] == [
        (line, "カート番号", "brief_unknown") for line in range(2, 2 + len(scene.rows))
    ]
    assert shown.counts["rejected"] == 4
    accept(scene.ws, shown)
    assert scene.ws.store.value("SELECT COUNT(*) FROM kept_files") == 0
    assert scene.ws.store.value("SELECT COUNT(*) FROM orders") == 0


def test_a_brief_with_some_unknown_carts_is_kept_for_the_others(scene: QooScene) -> None:
    first = next(iter(scene.carts))
    scene.take(scene.write("detail.csv", exports.DETAIL, [r for r in scene.rows if r["カート番号"] == first]))
    done = scene.take(scene.write("brief.csv", exports.BRIEF))
    assert (done.counts["unchanged"], done.counts["rejected"]) == (1, 3)
    assert kept(scene) == ["brief.csv"]


def test_the_kept_brief_goes_out_filled_in_and_otherwise_untouched(scene: QooScene, tmp_path: Path) -> None:
    brief = scene.write("brief.csv", exports.BRIEF)
    scene.take(scene.write("detail.csv", exports.DETAIL), brief)
    for n, key in enumerate(scene.keys()[:2]):
        pack(scene.ws, key, yamato_number(n))
    written = write_files(scene.ws, tmp_path / "out")
    (file,) = written.files
    assert (file.rows, file.path.suffix, set(file.keys)) == (3, ".csv", set(scene.keys()[:2]))
    before, after = brief.read_bytes().split(b"\r\n"), file.path.read_bytes().split(b"\r\n")
    assert file.path.read_bytes()[:3] == b"\xef\xbb\xbf"
    assert [n for n, (one, two) in enumerate(zip(before, after, strict=True)) if one != two] == [1, 2, 3]
    numbers = [line.split(b",")[4] for line in after[1:4]]
    assert numbers == [b'"%s"' % yamato_number(n).encode() for n in (0, 1, 1)]
    assert file.kept.read_bytes() == file.path.read_bytes()
    assert [s.stage for s in scene.shipments()[:2]] == [Stage.SENT] * 2
    assert write_files(scene.ws, tmp_path / "out").files == ()


def test_without_the_brief_there_is_no_file_and_the_reason_is_said(scene: QooScene, tmp_path: Path) -> None:
    scene.take_detail()
    scene.pack()
    written = write_files(scene.ws, tmp_path / "out")
    assert written.files == ()
    assert {reasons[0].code for _, reasons in written.red} == {"no_kept_file"}
    assert len(written.red) == 4


def test_the_newest_brief_that_holds_a_cart_whole_is_filled(scene: QooScene, tmp_path: Path) -> None:
    many = next(cart for cart, lines in scene.carts.items() if len(lines) > 1)
    line = scene.carts[many][0]
    scene.take(scene.write("detail.csv", exports.DETAIL), scene.write("old.csv", exports.BRIEF))
    newer = [row for row in scene.rows if row["注文番号"] != line]
    scene.take(scene.write("new.txt", exports.BRIEF, newer))
    scene.pack()
    files = write_files(scene.ws, tmp_path / "out").files
    told = {file.path.suffix: set(file.keys) for file in files}
    key = {s.order_id.number: s.key for s in scene.shipments()}
    assert told == {".txt": set(key.values()) - {key[many]}, ".csv": {key[many]}}


def test_a_file_changed_between_looking_and_taking_is_refused(scene: QooScene) -> None:
    path = scene.write("brief.csv", exports.BRIEF)
    shown = preview(scene.ws, [scene.write("detail.csv", exports.DETAIL), path])
    path.write_bytes(path.read_bytes() + b"\r\n")
    with pytest.raises(Refused, match="file_changed"):
        accept(scene.ws, shown)
    assert scene.ws.store.value("SELECT COUNT(*) FROM orders") == 0


def test_numbers_in_a_later_brief_prove_the_upload(scene: QooScene, tmp_path: Path) -> None:
    scene.take(scene.write("detail.csv", exports.DETAIL), scene.write("brief.csv", exports.BRIEF))
    scene.pack()
    write_files(scene.ws, tmp_path / "out")
    numbers = {cart: yamato_number(n) for n, cart in enumerate(scene.carts)}
    shown = [
        {**row, "STATE": "4", "配送会社": "ヤマト宅急便", "送り状番号": numbers[row["カート番号"]]}
        for row in scene.rows
    ]
    taken = scene.take(scene.write("later.csv", exports.BRIEF, shown))
    assert set(taken.arrived) == set(scene.keys())
    assert {s.stage for s in scene.shipments()} == {Stage.SHIPPED}


def test_a_number_somebody_else_entered_holds_the_cart(scene: QooScene) -> None:
    scene.take_detail()
    first = scene.rows[0]["注文番号"]
    rows = [{**r, "送り状番号": "400000000003"} if r["注文番号"] == first else r for r in scene.rows]
    scene.take(scene.write("later.csv", exports.BRIEF, rows))
    shipment = scene.shipments()[0]
    assert [(p.code, p.severity.value) for p in shipment.problems] == [
        ("number_registered", "block"),
        ("plan_not_requested", "warn"),
    ]
    assert shipment.stage is Stage.CHECK
    pack(scene.ws, shipment.key, "400000000003")
    scene.take_detail()  # the same number linked here: nobody needs to be asked any more
    scene.take(scene.write("later.csv", exports.BRIEF, rows))
    assert {p.severity.value for p in scene.shipments()[0].problems} == {"warn"}


def test_the_carriers_word_is_repeated_or_the_shipment_stays_red(tmp_path: Path) -> None:
    with a_qoo10_scene(tmp_path / "home", **{"carrier.codes": "{}", "confirm.by": "file"}) as scene:
        scene.take(scene.write("detail.csv", exports.DETAIL), scene.write("brief.csv", exports.BRIEF))
        scene.pack()  # by yamato
        planned = {row["カート番号"]: row["配送会社"] for row in reversed(scene.rows)}
        came_with_yamato = {cart for cart, word in planned.items() if word == "ヤマト宅急便"}
        found = review(scene.ws)
        assert {row.order for row in found.green} == came_with_yamato
        assert {r.code for row in found.red for r in row.reasons} == {"no_mapping", "problems"}
        assert len(found.red) == 4 - len(came_with_yamato)
        shops.set_values(
            scene.ws,
            scene.shipments()[0].order_id.shop,
            {"carrier.codes": '{"yamato": {"code": "クロネコ"}}'},
        )
        assert len(review(scene.ws).green) == 4
        (file,) = write_files(scene.ws, tmp_path / "out").files
        assert {
            line.split(",")[3] for line in file.path.read_text(encoding="utf-8-sig").splitlines()[1:]
        } == {'"クロネコ"'}


def test_the_api_takes_back_nothing_it_cannot_tell(tmp_path: Path) -> None:
    with a_qoo10_scene(tmp_path / "home") as scene:
        rows = [{**row, "おまけ": "しおり", "国家": "KR", "ギフト注文": "Y"} for row in scene.rows]
        scene.take(scene.write("detail.csv", exports.DETAIL, rows))
        (shop,) = fetch(scene.ws).shops
        assert (shop.fault, shop.counts["changed"], shop.counts["unchanged"]) == (None, 0, 4)
        for stored in orders.find(scene.ws.store, [s.order_id for s in scene.shipments()]).values():
            order = stored.order()
            assert (order.gift_flag, order.flags) == (True, ("abroad",))
            assert {line.extra for line in order.lines} == {"しおり"}
            assert order.buyer.email  # and the file's next reading does not take the API's back
        scene.take(scene.write("detail.csv", exports.DETAIL, rows))
        (stored, *_) = orders.find(scene.ws.store, [s.order_id for s in scene.shipments()]).values()
        assert stored.order().buyer.email


def test_a_gift_order_shows_no_prices_and_a_house_number_can_be_printed(scene: QooScene) -> None:
    rows = [{**scene.rows[0], "ギフト注文": "Y", "住所": "千葉県 茂原市 千沢9ｰ9−9"}]
    scene.take(scene.write("detail.csv", exports.DETAIL, rows))
    (shipment,) = scene.shipments()
    assert (shipment.gift, shipment.recipient.street) == (True, "千沢9-9-9")
    stored = orders.of_shipment(scene.ws.store, shipment.row_id)
    assert stored is not None
    assert stored.packages[0].recipient.street == "千沢9ｰ9−9"


def test_another_country_stops_and_cannot_be_approved(scene: QooScene) -> None:
    from jpship_gui.flows.check.approve import approve

    scene.take(scene.write("detail.csv", exports.DETAIL, [{**scene.rows[0], "国家": "KR"}]))
    (shipment,) = scene.shipments()
    assert [p.code for p in shipment.problems if p.severity.value != "warn"] == ["abroad"]
    approve(scene.ws, [shipment.key], "それでも")
    assert shipments.by_keys(scene.ws.store, [shipment.key])[0].stage is Stage.CHECK


def test_several_shops_must_be_told_apart_by_a_person(scene: QooScene) -> None:
    shops.add(scene.ws, "qoo10", "Qoo10 2号店", {})
    path = scene.write("detail.csv", exports.DETAIL)
    (file,) = preview(scene.ws, [path]).files
    assert file.fault is not None
    assert (file.fault.code, "Qoo10 2号店" in str(file.fault.values["shops"])) == ("shop_choose", True)
    assert preview(scene.ws, [path], "Qoo10 2号店").counts["new"] == 4


def test_ship_by_is_the_end_of_the_promised_day(scene: QooScene) -> None:
    from jpship_gui.domain.clock import to_jst

    scene.take_detail()
    shipment = scene.shipments()[0]
    assert shipment.ship_by is not None
    assert f"{to_jst(shipment.ship_by):%Y/%m/%d %H:%M}" == f"{scene.rows[0]['発送予定日']} 23:59"
