"""A shop nobody wrote code for: its profile is kept, shared and tried, its files are imported and reported."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.write_files import WrittenFiles, write_files
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.preview import CHANGED, NEW, UNCHANGED, Preview, preview
from jpship_gui.flows.own_markets import markets_of
from jpship_gui.flows.upkeep import adapters, profiles, shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.formats.reader import read_file
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.profile_data import Profile
from jpship_gui.store import profiles as stored_profiles
from jpship_gui.store import shipments
from jpship_gui.store.profiles import StoredProfile
from tests.flows.confirming import pack, yamato_number
from tests.marketplaces.profiles import HEADER, OUT, a_profile, a_row, csv_of
from tests.marketplaces.test_samples import SAMPLES

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
CARRIERS = [{"carrier": "yamato", "code": "ヤマト"}]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: NOW)
    yield opened
    opened.close()


def kept(ws: Workspace, **changes: Any) -> Profile:
    """A profile of the seller's own with a shop that works by it."""
    made = profiles.save(
        ws, a_profile(**{"carriers": CARRIERS, "direction": "both", "out": dict(OUT), **changes}), new=True
    )
    shops.add(ws, made.id, "自社", {})
    return made


def a_file(tmp_path: Path, data: bytes, name: str = "orders.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def counts(shown: Preview) -> tuple[int, int, int, int]:
    return tuple(shown.counts[name] for name in (NEW, CHANGED, UNCHANGED, "rejected"))  # type: ignore[return-value]


def packed(ws: Workspace) -> None:
    for n, (key,) in enumerate(ws.store.rows("SELECT key FROM shipments ORDER BY id")):
        pack(ws, key, yamato_number(n))


# -- keeping ----------------------------------------------------------------------------------------------------------


def test_a_kept_profile_is_a_marketplace_at_once_and_versions_count_up(ws: Workspace) -> None:
    first = profiles.save(ws, a_profile(), new=True)
    assert first.version == 1
    assert ws.markets()["jisha"].name == "自社サイト"
    second = profiles.save(ws, replace(first, title="自社サイト2"))
    assert (second.version, ws.markets()["jisha"].name) == (2, "自社サイト2")
    assert profiles.show(ws, "jisha") == second
    assert "jisha" in {adapter.id for adapter in adapters.every_marketplace(ws)}
    assert "jisha" not in {adapter.id for adapter in adapters.every_marketplace()}


def test_all_desks_share_it(ws: Workspace, tmp_path: Path) -> None:
    with_second_desk = open_workspace(str(tmp_path / "home"), desk="2")
    try:
        assert "jisha" not in with_second_desk.markets()
        profiles.save(ws, a_profile(), new=True)
        assert with_second_desk.markets()["jisha"].name == "自社サイト"
        profiles.remove(with_second_desk, "jisha")
        assert "jisha" not in ws.markets()
    finally:
        with_second_desk.close()


def test_profiles_are_read_anew_only_after_a_change(ws: Workspace) -> None:
    profiles.save(ws, a_profile(), new=True)
    known = ws.markets()
    assert ws.markets() is known
    assert markets_of(ws.store) is known
    profiles.copy(ws, "jisha")
    assert ws.markets() is not known
    assert {"jisha", "jisha_2", *marketplaces()} == set(ws.markets())


def test_what_another_desk_saved_meanwhile_is_not_overwritten(ws: Workspace) -> None:
    opened = profiles.save(ws, a_profile(), new=True)
    profiles.save(ws.as_person("鈴木"), replace(opened, title="鈴木の版"))
    with pytest.raises(Refused) as refused:
        profiles.save(ws, replace(opened, title="佐藤の版"))
    assert (refused.value.code, refused.value.values["person"]) == ("profile_changed", "鈴木")
    assert profiles.show(ws, "jisha").title == "鈴木の版"


def test_a_broken_one_is_refused_with_its_place_and_nothing_is_written(ws: Workspace) -> None:
    with pytest.raises(Refused) as refused:
        profiles.save(ws, replace(a_profile(), title=""), new=True)
    assert (refused.value.code, refused.value.values["place"]) == ("profile_flaw_title", "title")
    assert stored_profiles.every(ws.store) == []


@pytest.mark.parametrize("taken", ["shopify", "rakuten"])
def test_one_of_the_build_is_never_replaced(ws: Workspace, taken: str) -> None:
    with pytest.raises(Refused, match="profile_id_built_in"):
        profiles.save(ws, a_profile(id=taken), new=True)
    # not even by a hand in the database
    with ws.store.transaction():
        body = profiles.text_of(a_profile(id=taken, title="falsch"))
        stored_profiles.put(ws.store, StoredProfile(taken, 1, NOW, "x", body), 0)
    assert ws.markets()[taken] is marketplaces()[taken]


def test_an_id_is_taken_once(ws: Workspace) -> None:
    profiles.save(ws, a_profile(), new=True)
    with pytest.raises(Refused, match="profile_exists"):
        profiles.save(ws, a_profile(), new=True)


def test_a_copy_has_an_id_of_its_own_and_says_what_it_was_made_from(ws: Workspace) -> None:
    made = profiles.copy(ws, "shopify", title="うちの Shopify")
    assert (made.id, made.base, made.version, made.title) == ("shopify_2", "shopify", 1, "うちの Shopify")
    assert replace(made, id="shopify", base="", title="Shopify") == profiles.show(ws, "shopify")
    assert profiles.copy(ws, "shopify").id == "shopify_3"
    with pytest.raises(Refused, match="profile_unknown"):
        profiles.copy(ws, "nothing")


@pytest.mark.parametrize(
    ("wish", "found"),
    [("My Shop!", "my_shop"), ("楽天", "shop"), ("shopify", "shopify_2"), ("1", "shop"), ("", "shop")],
)
def test_a_free_id_is_made_of_the_wish(ws: Workspace, wish: str, found: str) -> None:
    assert profiles.free_id(ws, wish) == found


def test_one_a_shop_works_by_is_not_removed(ws: Workspace) -> None:
    kept(ws)
    with pytest.raises(Refused) as refused:
        profiles.remove(ws, "jisha")
    assert (refused.value.code, refused.value.values["shops"]) == ("profile_in_use", "自社")
    with pytest.raises(Refused, match="profile_built_in"):
        profiles.remove(ws, "stores")
    with pytest.raises(Refused, match="profile_unknown"):
        profiles.remove(ws, "nothing")


def test_one_this_version_cannot_read_leaves_its_shop_without_abilities(
    ws: Workspace, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept(ws)
    with ws.store.transaction():
        body = profiles.text_of(profiles.show(ws, "jisha")).replace("format = 1", "format = 9")
        stored_profiles.put(ws.store, StoredProfile("jisha", 2, NOW, "x", body), 1)
    market = ws.markets()["jisha"]
    assert (market.order_layouts, market.confirm_rows) == ((), None)
    assert "jisha" in caplog.text
    (listed,) = [one for one in profiles.every(ws) if one.own]
    assert listed.fault is not None
    assert listed.fault.code == "profile_flaw_newer"
    assert preview(ws, [a_file(tmp_path, csv_of([a_row()]))]).files[0].fault is not None


def test_the_list_tells_own_from_ready_ones_with_grade_and_shops(ws: Workspace) -> None:
    kept(ws)
    listed = {one.id: one for one in profiles.every(ws)}
    assert next(iter(listed)) == "jisha"
    own, ready = listed["jisha"], listed["shopify"]
    assert (own.own, own.shops, own.person, own.at, own.writes) == (True, ("自社",), "佐藤", NOW, True)
    assert (ready.own, ready.grade, ready.grades.orders, ready.shops) == (False, "LIKELY", "CONFIRMED", ())
    assert not listed["futureshop"].reads


# -- files to share -----------------------------------------------------------------------------------------------------


def test_an_exported_profile_comes_back_exactly(ws: Workspace, tmp_path: Path) -> None:
    made = kept(ws)
    profiles.export(ws, "jisha", tmp_path / "jisha.toml")
    again = profiles.import_file(ws, tmp_path / "jisha.toml", "zweite")
    assert replace(again, id="jisha") == made
    profiles.export(ws, "zweite", tmp_path / "zweite.toml")
    both = [(tmp_path / name).read_text(encoding="utf-8") for name in ("jisha.toml", "zweite.toml")]
    assert both[1].replace('id = "zweite"', 'id = "jisha"') == both[0]


def test_a_ready_one_can_be_exported_and_taken_over_as_a_copy(ws: Workspace, tmp_path: Path) -> None:
    profiles.export(ws, "stores", tmp_path / "p.toml")
    with pytest.raises(Refused, match="profile_id_built_in"):
        profiles.import_file(ws, tmp_path / "p.toml")
    assert profiles.import_file(ws, tmp_path / "p.toml", "my_stores").title == "STORES"


def test_an_import_replaces_only_when_told_to(ws: Workspace, tmp_path: Path) -> None:
    kept(ws)
    profiles.export(ws, "jisha", tmp_path / "p.toml")
    with pytest.raises(Refused, match="profile_exists"):
        profiles.import_file(ws, tmp_path / "p.toml")
    assert profiles.import_file(ws, tmp_path / "p.toml", instead=True).version == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "profile_flaw_missing"),
        (b"\xff\xfe\x00", "profile_flaw_toml"),
        (b"x" * 1_000_001, "file_too_big"),
        (b'id = "x1"\ntitle = "t"\nrun = "rm"', "profile_flaw_key_unknown"),
    ],
)
def test_what_is_no_profile_is_refused(ws: Workspace, tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        profiles.import_file(ws, a_file(tmp_path, data, "p.toml"))
    assert refused.value.code == code
    assert stored_profiles.every(ws.store) == []


def test_a_missing_file_is_named(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file_missing"):
        profiles.import_file(ws, tmp_path / "no.toml")
    with pytest.raises(WorldFault):
        profiles.export(ws, "stores", tmp_path)


# -- trying -------------------------------------------------------------------------------------------------------------


def test_a_trial_shows_the_first_ten_orders_and_what_was_mended_and_refused(
    ws: Workspace, tmp_path: Path
) -> None:
    rows = [a_row(f"A-{n}") for n in range(1, 13)] + [
        a_row("A-13", 個数="?"),
        a_row("A-12", 品番="p", **{"〒": "113-0022"}),
    ]
    rows[3]["〒"] = "600001"
    trial = profiles.try_file(ws, a_profile(), [a_file(tmp_path, csv_of(rows))])
    assert trial.fault is None
    assert [order.id.number for order in trial.orders] == [f"A-{n}" for n in range(1, 11)]
    assert (trial.rows, trial.count, trial.lines) == (14, 12, 13)
    assert (trial.repaired, trial.refused_rows, [r.line for r in trial.rejections]) == (1, 1, [14])
    assert (trial.recognised, trial.seems, trial.header) == (True, "", HEADER)
    assert ws.store.rows("SELECT * FROM orders") == []


def test_a_trial_says_when_an_import_would_take_the_file_for_another(ws: Workspace, tmp_path: Path) -> None:
    sample = next(path for path in SAMPLES if path.parent.parent.name == "stores")
    mapped = {
        "recipient.name": [{"columns": ["氏(配送先)"]}],
        "line.quantity": [{"columns": ["個数"]}],
        "line.name": [{"columns": ["アイテム名"]}],
    }
    made = a_profile(
        fields={**{name: [] for name in a_profile().fields}, **mapped},
        rows={"order_key": ["オーダー番号"]},
        detect={"required": ["オーダー番号"]},
    )
    trial = profiles.try_file(ws, made, [sample])
    assert (trial.recognised, trial.seems) == (False, "STORES")
    assert trial.count > 0


def test_what_is_wrong_with_the_file_is_the_trials_fault(ws: Workspace, tmp_path: Path) -> None:
    lacking = a_file(tmp_path, csv_of([a_row()], [name for name in HEADER if name != "個数"]))
    trial = profiles.try_file(ws, a_profile(), [lacking])
    assert trial.fault is not None
    assert (trial.fault.code, trial.fault.values["columns"]) == ("file_lacks_columns", "個数")
    spoilt = a_file(tmp_path, csv_of([a_row("3.9E+11")]))
    fault = profiles.try_file(ws, a_profile(), [spoilt]).fault
    assert fault is not None
    assert fault.code == "profile_exponent"
    nothing = profiles.try_file(ws, profiles.show(ws, "futureshop"), [spoilt]).fault
    assert nothing is not None
    assert nothing.code == "profile_reads_nothing"
    with pytest.raises(Refused, match="profile_flaw_title"):
        profiles.try_file(ws, replace(a_profile(), title=""), [spoilt])


# -- a day of an own shop -------------------------------------------------------------------------------------------------


def test_an_own_shops_file_is_imported_packed_and_reported(ws: Workspace, tmp_path: Path) -> None:
    kept(ws)
    path = a_file(tmp_path, csv_of([a_row("A-1"), a_row("A-2", 品番="p", 品名="皿")]))
    shown = preview(ws, [path])
    assert (shown.files[0].marketplace, counts(shown)) == ("jisha", (2, 0, 0, 0))
    accept(ws, shown)
    assert counts(preview(ws, [path])) == (0, 0, 2, 0)  # importing again changes nothing
    packed(ws)
    (file,) = written(ws, tmp_path).files
    assert read_file(file.path).header == ("受注No", "伝票番号", "配送会社", "発送日")
    assert [row.cells for row in read_file(file.path).rows] == [
        ("A-1", yamato_number(0), "ヤマト", "2026/11/20"),
        ("A-2", yamato_number(1), "ヤマト", "2026/11/20"),
    ]
    assert review(ws).green == ()


def written(ws: Workspace, tmp_path: Path) -> WrittenFiles:
    return write_files(ws, tmp_path / "up")


def test_a_carrier_the_profile_does_not_name_is_red_until_the_shop_says_its_code(
    ws: Workspace, tmp_path: Path
) -> None:
    kept(ws, carriers=[])
    accept(ws, preview(ws, [a_file(tmp_path, csv_of([a_row()]))]))
    packed(ws)
    assert [[reason.code for reason in reasons] for _, reasons in written(ws, tmp_path).red] == [
        ["problems", "no_mapping"]  # it was said when the order was planned already
    ]
    shops.set_values(ws, "自社", {"carrier.codes": '{"yamato": {"code": "クロネコ"}}'})
    (file,) = written(ws, tmp_path).files
    assert read_file(file.path).rows[0].cells[2] == "クロネコ"


def test_a_shop_system_without_an_upload_file_is_told_by_hand(ws: Workspace, tmp_path: Path) -> None:
    profiles.save(ws, a_profile(), new=True)
    shops.add(ws, "jisha", "自社", {})
    accept(ws, preview(ws, [a_file(tmp_path, csv_of([a_row()]))]))
    packed(ws)
    assert [[reason.code for reason in reasons] for _, reasons in written(ws, tmp_path).red] == [
        ["no_upload_file"]
    ]


def test_the_download_itself_comes_back_filled_in(ws: Workspace, tmp_path: Path) -> None:
    out = {"mode": "fill", "numbers": 1, "columns": [{"header": "伝票番号", "field": "tracking_no"}]}
    kept(ws, out=out)
    file = csv_of([a_row("A-1"), a_row("A-2", 品名="皿,大"), a_row("A-3")])
    accept(ws, preview(ws, [a_file(tmp_path, file)]))
    packed(ws)
    keys = [s.key for s in shipments.by_ids(ws.store, [1, 3])]
    (made,) = write_files(ws, tmp_path / "up", keys).files
    assert made.path.suffix == ".csv"
    before, after = file.splitlines(), made.path.read_bytes().splitlines()
    assert [n for n, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]] == [1, 3]


def test_shopifys_file_for_matrixify_has_its_word_in_the_name(ws: Workspace, tmp_path: Path) -> None:
    shops.add(ws, "shopify", "店", {})
    sample = next(path for path in SAMPLES if path.name == "orders_export.csv")
    accept(ws, preview(ws, [sample]))
    for n, (key,) in enumerate(
        ws.store.rows("SELECT key FROM shipments WHERE number IN ('#1001', '#1002') ORDER BY id")
    ):
        pack(ws, key, yamato_number(n))
    (file,) = written(ws, tmp_path).files
    assert "_Orders_" in file.path.name
    table = read_file(file.path)
    assert table.header[:3] == ("Name", "Command", "Line: Type")
    number = yamato_number(0)
    assert table.rows[0].cells == (
        "#1001",
        "UPDATE",
        "Fulfillment Line",
        "success",
        "Yamato (JA)",
        number,
        "TRUE",
    )


def test_a_copy_and_its_original_are_told_apart_by_the_shop(ws: Workspace, tmp_path: Path) -> None:
    sample = next(path for path in SAMPLES if path.parent.parent.name == "stores")
    made = profiles.copy(ws, "stores", title="うちの STORES")
    shops.add(ws, made.id, "うち", {})
    assert preview(ws, [sample]).files[0].marketplace == made.id
    shops.add(ws, "stores", "STORES店", {})
    fault = preview(ws, [sample]).files[0].fault
    assert fault is not None
    assert fault.code == "file_ambiguous"
    assert preview(ws, [sample], "うち").files[0].marketplace == made.id
    assert preview(ws, [sample], "STORES店").files[0].marketplace == "stores"


def test_a_changed_profile_reads_the_next_import_and_takes_nothing_back(
    ws: Workspace, tmp_path: Path
) -> None:
    made = kept(ws, fields={"line.variant": [{"columns": ["伝票番号"]}]})
    path = a_file(tmp_path, csv_of([a_row("A-1", 伝票番号="青")]))
    accept(ws, preview(ws, [path]))
    fewer = {name: sources for name, sources in made.fields.items() if name != "line.variant"}
    profiles.save(ws, replace(made, fields=fewer))
    assert counts(preview(ws, [path])) == (0, 0, 1, 0)


def test_ten_thousand_rows_of_shopify_are_read_whole(ws: Workspace) -> None:
    """No time limit; how long it took is shown where the test is run with -rP."""
    profile = profiles.show(ws, "shopify")
    header = list(profile.file.columns)
    row = {
        **dict.fromkeys(header, ""),
        "Financial Status": "paid",
        "Fulfillment Status": "unfulfilled",
        "Created at": "2026-11-20 10:11:12 +0900",
        "Lineitem quantity": "1",
        "Lineitem name": "マグカップ",
        "Shipping Name": "見本 花子",
        "Shipping Address1": "千駄木9-99-9",
        "Shipping City": "文京区",
        "Shipping Zip": "'113-0022",
        "Shipping Province": "JP-13",
        "Shipping Phone": "+819000000101",
    }
    lines = [
        [
            f"#{n // 2}" if name == "Name" else f"sku-{n}" if name == "Lineitem sku" else value
            for name, value in row.items()
        ]
        for n in range(10_000)
    ]
    data = csv_of(lines, header)
    began = time.perf_counter()
    trial = profiles.try_bytes(ws, profile, [("orders_export.csv", data)])
    print(f"{time.perf_counter() - began:.2f} s")
    assert (trial.fault, trial.count, trial.lines) == (None, 5_000, 10_000)
