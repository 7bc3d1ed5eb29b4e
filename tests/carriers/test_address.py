"""Parting streets and buildings."""

from __future__ import annotations

import itertools
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.carriers.address import part, placed, spread
from jpship_gui.domain.order import Contact
from jpship_gui.formats import cp932


@pytest.mark.parametrize(
    ("address", "street", "building"),
    [
        ("北浜9-9-9 コーポことり203", "北浜9-9-9", "コーポことり203"),
        ("北浜９－９－９　コーポことり　２０３号", "北浜９－９－９", "コーポことり ２０３号"),
        ("北浜 9-9-9", "北浜9-9-9", ""),
        ("北浜 9-9-9 コーポことり", "北浜9-9-9", "コーポことり"),
        ("北浜9丁目 9-9 コーポことり", "北浜9丁目9-9", "コーポことり"),
        ("北浜九丁目九番九号 コーポことり", "北浜九丁目九番九号", "コーポことり"),
        ("北浜9-9-9コーポことり203", "北浜9-9-9コーポことり203", ""),
        ("", "", ""),
    ],
)
def test_a_blank_in_the_address_is_taken(address: str, street: str, building: str) -> None:
    parted = part(address, 32, 32)
    assert (parted.street, parted.building, parted.asked) == (street, building, False)


@pytest.mark.parametrize(
    ("address", "street", "building"),
    [
        (
            "長い町名の北浜東一丁目17-13-18メゾンことりの森弐番館",
            "長い町名の北浜東一丁目17-13-18",
            "メゾンことりの森弐番館",
        ),
        (
            "北浜9-9-9グランドメゾンことりの森壱番館1203号室",
            "北浜9-9-9",
            "グランドメゾンことりの森壱番館1203号室",
        ),
    ],
)
def test_a_place_is_proposed_and_keeps_house_numbers_whole(address: str, street: str, building: str) -> None:
    parted = part(address, 32, 40)
    assert (parted.street, parted.building, parted.asked) == (street, building, True)


def test_the_proposal_with_its_blank_is_taken_without_asking() -> None:
    first = part("長い町名の北浜東一丁目17-13-18メゾンことりの森弐番館", 32, 32)
    assert first.asked
    second = part(f"{first.street} {first.building}", 32, 32)
    assert (second.street, second.building, second.asked) == (first.street, first.building, False)


def test_no_place_fits() -> None:
    assert not part("とても長くて番地もない住所がどこまでも続いてまったく終わらない場合の例です", 32, 32).fits


@given(st.text(alphabet="あ漢字町丁目番号123-－ 　ABア", max_size=60))
def test_nothing_is_lost_and_limits_hold(address: str) -> None:
    parted = part(address, 32, 32)
    joined = (parted.street + parted.building).replace(" ", "")
    assert joined == address.replace(" ", "").replace("　", "")
    if parted.fits:
        assert cp932.length(parted.street) <= 32
        assert cp932.length(parted.building) <= 32
        assert " " not in parted.street


@pytest.mark.parametrize(
    ("prefecture", "street", "city", "rest"),
    [
        ("広島県", "尾道市百島町 4-12-3", "尾道市", "百島町 4-12-3"),
        ("東京都", "足立区西保木間 8-4-1", "足立区", "西保木間 8-4-1"),
        (
            "神奈川県",
            "相模原市中央区光が丘1-2-3 見本ハイツ101",
            "相模原市中央区",
            "光が丘1-2-3 見本ハイツ101",
        ),
        ("青森県", "上北郡七戸町竿打川原5", "上北郡七戸町", "竿打川原5"),
    ],
)
def test_a_municipality_written_before_the_street_is_set_apart(
    prefecture: str, street: str, city: str, rest: str
) -> None:
    found = placed(Contact(prefecture=prefecture, street=street))
    assert (found.prefecture, found.city, found.street) == (prefecture, city, rest)


def test_what_has_a_municipality_or_shows_none_stays_as_it_is() -> None:
    whole = Contact(prefecture="大阪府", city="大阪市中央区", street="北浜9-9-9")
    assert placed(whole) is whole
    unknown = Contact(prefecture="大阪府", street="私書箱 12")
    assert placed(unknown) is unknown


PLACES = [
    (
        ("東京都", "千代田区", "千代田1-2-3 見本ビル101"),
        (32, 32, 32),
        ("東京都千代田区千代田1-2-3", "見本ビル101", ""),
        False,
    ),
    (
        ("神奈川県", "横浜市都筑区", "見本が丘台南三丁目 17-13-18 ハイツ見本 203号"),
        (32, 32, 32),
        ("神奈川県横浜市都筑区", "見本が丘台南三丁目17-13-18", "ハイツ見本 203号"),
        False,
    ),
    (
        ("京都府", "京都市中京区", "見本通架空上る東入仮町一丁目百二十三番地の四五"),
        (32, 32),
        ("京都府京都市中京区見本通架空上る", "東入仮町一丁目百二十三番地の四五"),
        True,
    ),
    (("東京都", "見本区", "123456789-" * 9), (32, 32, 32), ("", "", ""), None),
    (("", "", "見本町1-2-3"), (32, 32), ("見本町1-2-3", ""), False),
    (("東京都", "見本区", "見本町9-9-9 203"), (75,), ("東京都見本区見本町9-9-9 203",), False),
    (("東京都", "見本区", "見本町9-9-9 203 B棟"), (28, 6), ("東京都見本区見本町9-9-9 203", "B棟"), False),
]


@pytest.mark.parametrize(("parts", "limits", "lines", "asked"), PLACES)
def test_an_address_over_columns(
    parts: tuple[str, str, str], limits: tuple[int, ...], lines: tuple[str, ...], asked: bool | None
) -> None:
    found = spread(Contact(prefecture=parts[0], city=parts[1], street=parts[2]), limits)
    if asked is None:
        assert not found.fits
        return
    assert (found.lines, found.asked, found.fits) == (lines, asked, True)


def test_a_street_too_long_for_its_column_is_parted_at_its_number_and_asked_about() -> None:
    to = Contact(
        prefecture="東京都", city="見本区", street="架空が丘見本台南一丁目四十三番地架空団地12号棟1203号室"
    )
    found = spread(to, (32, 32, 32))
    assert found.fits
    assert found.asked
    assert found.lines[0].startswith("東京都見本区")
    assert "".join(found.lines) == to.address


@given(
    city=st.text("見本市区架空町", min_size=1, max_size=14),
    street=st.text("見本が丘0123456789-－一二三丁目番地号 　ハイツ", max_size=60),
    limits=st.lists(st.sampled_from([20, 32, 40, 50]), min_size=1, max_size=4),
)
def test_spread_loses_nothing_and_parts_no_number(city: str, street: str, limits: list[int]) -> None:
    to = Contact(prefecture="東京都", city=city, street=street)
    found = spread(to, limits)
    assert len(found.lines) == len(limits)
    bare = re.sub(r"[ 　]+", "", "".join(found.lines))
    assert bare == re.sub(r"[ 　]+", "", to.address)
    if not found.fits:
        return
    for line, limit in zip(found.lines, limits, strict=True):
        assert len(line.encode("cp932")) <= limit
    joined = [line for line in found.lines if line]
    whole = re.sub(r"[ 　]+", " ", street)
    for before, after in itertools.pairwise(joined):
        if before[-1].isdigit() and after[0].isdigit():
            assert f"{before[-1]} {after[0]}" in whole  # a blank stood there already


@pytest.mark.parametrize(
    ("street", "lines"),
    [
        (
            "北浜9-9-9 グランドメゾンことりの森壱番館タワーウエスト1203号室",
            ("大阪府大阪市中央区北浜9-9-9", "グランドメゾンことりの森壱番館", "タワーウエスト1203号室"),
        ),
        (
            "北浜9-9-9グランドメゾンことりの森壱番館タワーウエスト1203号室",
            ("大阪府大阪市中央区北浜9-9-9", "グランドメゾンことりの森壱番館", "タワーウエスト1203号室"),
        ),
        (
            "北浜9-9-9 アアアアアアアアアアアアアアアアアアアアアー1203号室",
            ("大阪府大阪市中央区北浜9-9-9", "アアアアアアアアアアアアアアアア", "アアアアアー1203号室"),
        ),
    ],
)
def test_a_long_building_is_proposed_over_the_columns_that_are_left(
    street: str, lines: tuple[str, ...]
) -> None:
    found = spread(Contact(prefecture="大阪府", city="大阪市中央区", street=street), (32, 32, 32))
    assert (found.lines, found.asked, found.fits) == (lines, True, True)


@given(st.text(alphabet="見本が丘カナー漢字丁目番号室123-－ 　AB", max_size=50))
def test_spread_loses_nothing_keeps_limits_and_parts_no_number(street: str) -> None:
    to = Contact(prefecture="大阪府", city="大阪市中央区", street=f"北浜{street}")
    found = spread(to, (32, 32, 32))
    if not found.fits:
        return
    assert all(cp932.length(line) <= 32 for line in found.lines)
    wanted = "".join(f"大阪府大阪市中央区北浜{street}".split())
    assert "".join("".join(found.lines).split()) == wanted
    if " " not in street and "　" not in street:
        for before, after in pairwise(line for line in found.lines if line):
            assert not (before[-1].isdigit() and after[0].isdigit())
