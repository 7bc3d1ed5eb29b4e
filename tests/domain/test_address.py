"""Folding: the same address however it is spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.domain.address import (
    PREFECTURES,
    fold,
    house_dashes,
    house_start,
    leading_prefecture,
    number_of,
    part_address,
    raw_tail,
)
from jpship_gui.settings.places import resources
from jpship_gui.store.postal import PostalTable


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("霞が関", "霞ヶ関"),
        ("霞ケ関", "霞ヶ関"),
        ("市ヶ谷田町", "市谷田町"),
        ("龍ヶ崎市", "竜ケ崎市"),
        ("溝の口", "溝ノ口"),
        ("御茶ノ水", "御茶の水"),
        ("四ツ谷", "四ッ谷"),
        ("大字小室字上野", "小室上野"),
        ("北浜一丁目", "北浜１丁目"),
        ("北１条西", "北一条西"),
        ("青葉台二十三番", "青葉台23番"),
        ("1‐2－3", "1-2-3"),
        ("1ー2", "1-2"),
        ("1の2の3", "1-2-3"),
        ("澤田邊濱", "沢田辺浜"),
        ("髙橋﨑", "高橋崎"),
        ("ﾊｲﾂ ｻｸﾗ", "ハイツサクラ"),
        ("大阪市　中央区", "大阪市中央区"),
        ("葛󠄀城市", "葛城市"),
    ],
)
def test_two_spellings_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("上八2番", "上82番"), ("北1条", "北11条"), ("カナダ町", "ナダ町"), ("中町", "仲町")]
)
def test_different_places_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=60))
def test_a_blank_at_the_end_is_no_difference(text: str) -> None:
    assert fold(text) == fold(text + " ")


@given(st.integers(0, 9999))
def test_positional_numerals_are_read(number: int) -> None:
    assert number_of("".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))) == number


@pytest.mark.parametrize(
    ("numeral", "number"), [("十", 10), ("二十三", 23), ("百五", 105), ("千二百", 1200), ("二〇三", 203)]
)
def test_numerals_with_units_are_read(numeral: str, number: int) -> None:
    assert number_of(numeral) == number


def test_there_are_47_prefectures_and_none_begins_another() -> None:
    assert len(set(PREFECTURES)) == 47
    assert all(leading_prefecture(name + "中央区") == name for name in PREFECTURES)


def test_the_raw_end_of_a_folded_one() -> None:
    raw = "大阪市中央区大字北浜 ９－９－９ コーポことり２０３"
    assert raw_tail(raw, fold("9-9-9コーポことり203")) == "９－９－９ コーポことり２０３"
    assert raw_tail(raw, "無い") == ""


def test_where_the_house_number_begins() -> None:
    assert house_start("北浜9-9-9") == 2
    assert house_start("三田三丁目2") == 2
    assert house_start("北浜") == 2


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("東京都 千代田区 千代田1-1", ("東京都", "千代田区", "千代田1-1")),
        ("神奈川県 相模原市 中央区　光が丘1-2", ("神奈川県", "相模原市中央区", "光が丘1-2")),
        ("愛知県 名古屋市中区 大井町 1-2", ("愛知県", "名古屋市中区", "大井町 1-2")),
        ("東京都府中市栄町1", ("東京都", "府中市", "栄町1")),
        ("山口県山口市小郡山手上町1-1", ("山口県", "山口市", "小郡山手上町1-1")),
        ("東京都三宅島三宅村1", ("東京都", "三宅島三宅村", "1")),
        ("大阪府", ("大阪府", "", "")),
        ("千代田区千代田1-1", ("", "", "千代田区千代田1-1")),
        ("", ("", "", "")),
    ],
)
def test_an_address_in_one_field_is_parted(written: str, parts: tuple[str, str, str]) -> None:
    assert part_address(written) == parts


def test_every_municipality_of_the_postal_table_is_found_before_every_town() -> None:
    table = PostalTable(resources() / "postal" / "postal.sqlite")
    wrong = [
        (prefecture, city, place.town)
        for prefecture in PREFECTURES
        for city in table.cities(prefecture)
        for place in table.towns(prefecture, city)
        if part_address(f"{prefecture}{city}{place.town}1-2-3")[:2] != (prefecture, city)
    ]
    assert wrong == []


@given(st.sampled_from(PREFECTURES), st.text(max_size=30))
def test_parting_loses_nothing_but_blanks(prefecture: str, rest: str) -> None:
    written = prefecture + rest
    assert "".join("".join(part_address(written)).split()) == "".join(written.split())


@pytest.mark.parametrize("dash", "‐‑‒–—―−ーｰ")
def test_odd_dashes_in_house_numbers_become_hyphens(dash: str) -> None:
    assert house_dashes(f"神浦1{dash}２ {dash} 3 ハイツ{dash}A-1") == f"神浦1-２-3 ハイツ{dash}A-1"


@pytest.mark.parametrize("street", ["北浜1-2－3", "コーポー1", "ゲートタワー2ー", "1丁目ーA"])
def test_other_dashes_stay(street: str) -> None:
    assert house_dashes(street) == street
