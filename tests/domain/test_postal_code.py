"""Postal code against address on Japan Post's whole table: real towns, invented house numbers (CK-04)."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from jpship_gui.domain.address import PREFECTURES
from jpship_gui.domain.order import Contact
from jpship_gui.domain.postal_code import Fit, Place, address_at, compare, locate, parted
from jpship_gui.settings.places import resources
from jpship_gui.store.postal import PostalTable

TABLE = PostalTable(resources() / "postal" / "postal.sqlite")
PLACES = [p for pref in PREFECTURES for c in TABLE.cities(pref) for p in TABLE.towns(pref, c) if not p.office]
SAMPLE = 1500


def at(code: str, prefecture: str, city: str, street: str) -> Contact:
    return Contact(name="山田 花子", postal_code=code, prefecture=prefecture, city=city, street=street)


@pytest.mark.parametrize(
    ("code", "prefecture", "city", "street"),
    [
        ("5410041", "大阪府", "大阪市中央区", "北浜9-9-9 コーポことり203"),
        ("5410041", "大阪府", "大阪市中央区", "北浜九丁目9-9"),
        ("1000013", "東京都", "千代田区", "霞ヶ関3-99-1"),
        ("1000013", "東京都", "千代田区", "霞が関三丁目99番1号"),
        ("1000013", "東京都", "千代田区", "霞ケ関３－９９"),
        ("1620843", "東京都", "新宿区", "市ヶ谷田町1-99"),
        ("1620843", "東京都", "新宿区", "市谷田町１丁目９９"),
        ("0600001", "北海道", "札幌市中央区", "北1条西5丁目99"),
        ("0600001", "北海道", "札幌市中央区", "北一条西五丁目99"),
        ("0600042", "北海道", "札幌市中央区", "大通西19丁目99"),
        ("0640820", "北海道", "札幌市中央区", "大通西20丁目99"),
        ("3010801", "茨城県", "龍ヶ崎市", "板橋町99"),
        ("3010801", "茨城県", "竜ケ崎市", "板橋町99"),
        ("6048064", "京都府", "京都市中京区", "富小路通六角下る骨屋之町999"),
        ("4700162", "愛知県", "東郷町", "大字春木字中99"),
        ("4700162", "愛知県", "愛知郡東郷町", "春木99"),
        ("4328023", "静岡県", "浜松市中区", "鴨江9-99"),  # the ward ended in 2024
        ("4328023", "静岡県", "浜松市", "鴨江9-99"),
        ("1631310", "東京都", "新宿区", "西新宿6丁目99番1号 新宿アイランドタワー10階"),
        ("1600023", "東京都", "新宿区", "西新宿6-99-1 新宿アイランドタワー10階"),
        ("1001401", "東京都", "八丈町", "大賀郷9999"),
        ("0295523", "岩手県", "和賀郡西和賀町", "芦ヶ沢72地割99"),
        ("6900046", "島根県", "松江市", "乃木福富町999"),
        ("5410041", "大阪府", "大阪府大阪市中央区", "北浜9-9"),
    ],
)
def test_old_and_new_notations_raise_no_alarm(code: str, prefecture: str, city: str, street: str) -> None:
    assert compare(at(code, prefecture, city, street), TABLE).fit is Fit.RIGHT


@pytest.mark.parametrize(
    ("code", "prefecture", "city", "street", "fit"),
    [
        ("5300001", "大阪府", "大阪市中央区", "北浜9-9-9", Fit.WRONG_CITY),
        ("5410042", "大阪府", "大阪市中央区", "北浜9-9-9", Fit.WRONG_TOWN),
        ("1000001", "大阪府", "大阪市中央区", "北浜9-9-9", Fit.WRONG_PREFECTURE),
        ("0640820", "北海道", "札幌市中央区", "大通西5丁目99", Fit.WRONG_TOWN),  # 20〜28丁目
        ("9999999", "大阪府", "大阪市中央区", "北浜9-9-9", Fit.NO_SUCH_CODE),
        ("0600000", "北海道", "札幌市中央区", "北一条西5丁目99", Fit.WHOLE_CITY),
        ("5410041", "大阪府", "大阪市中央区", "無い町9-9-9", Fit.TOWN_UNLISTED),
    ],
)
def test_each_kind_of_misfit(code: str, prefecture: str, city: str, street: str, fit: Fit) -> None:
    assert compare(at(code, prefecture, city, street), TABLE).fit is fit


def _chome(place: Place, dice: random.Random) -> int:
    first = re.match(r"\d+", place.note) if place.note.endswith("丁目") else None
    return int(first.group()) if first else dice.randint(1, 12)


WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
BETWEEN = "(?<=[一-龠]){}(?=[一-龠])"
SPELLINGS: dict[str, Callable[[Place, int], tuple[str, str]]] = {
    "plain": lambda p, n: (p.city, f"{p.town} {n}-2-3"),
    "wide": lambda p, n: (p.city, f"{p.town}{'－' if p.town[-1:].isdigit() else ''}{n}-2-3".translate(WIDE)),
    "chome": lambda p, n: (p.city, f"{p.town}　{n}丁目2番地の3"),
    "ga": lambda p, n: (
        re.sub("[ヶケ]", "が", p.city),
        re.sub(BETWEEN.format("[ヶケ]"), "が", p.town) + f" {n}-2",
    ),
    "ke": lambda p, n: (p.city, re.sub(BETWEEN.format("[ヶケが]"), "ヶ", p.town) + f" {n}-2"),
    "no": lambda p, n: (p.city, re.sub(BETWEEN.format("の"), "ノ", p.town) + f" {n}-2"),
    "oaza": lambda p, n: (p.city, f"大字{p.town.removeprefix('大字')}字中{n}-2"),
    "without oaza": lambda p, n: (p.city, f"{p.town.replace('大字', '')} {n}-2"),
    "without county": lambda p, n: (re.sub("^.{1,5}?郡(?=.)", "", p.city), f"{p.town} {n}-2"),
    "city split": lambda p, n: (p.city[:2], f"{p.city[2:]}{p.town} {n}-2"),
    "old forms": lambda p, n: (
        p.city.replace("浜", "濱"),
        p.town.replace("沢", "澤").replace("高", "髙") + f" {n}-2",
    ),
    "prefecture twice": lambda p, n: (p.prefecture + p.city, f"{p.town} {n}-2"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_town_of_the_table_alarms_in_any_spelling(spelling: str) -> None:
    """Digits that end a town's name and digits that begin the house number are told apart by nothing but a separator,
    so places of such names are left out here."""
    dice = random.Random(spelling)
    places = [p for p in PLACES if p.town and not re.search(r"[\d０-９〇一二三四五六七八九十]$", p.town)]
    wrong = []
    for place in dice.sample(places, SAMPLE):
        city, street = SPELLINGS[spelling](place, _chome(place, dice))
        found = compare(at(place.code, place.prefecture, city, street), TABLE)
        if found.fit is not Fit.RIGHT:
            wrong.append((place, city, street, found.fit))
    assert wrong == []


def test_every_seeded_mismatch_is_found() -> None:
    dice = random.Random(11)
    missed = []
    for place in dice.sample([p for p in PLACES if p.town], SAMPLE):
        other = dice.choice(PLACES)
        if other.prefecture == place.prefecture:
            continue
        found = compare(at(other.code, place.prefecture, place.city, f"{place.town} 1-2"), TABLE)
        if found.fit not in (Fit.WRONG_PREFECTURE, Fit.WRONG_CITY, Fit.WRONG_TOWN):
            missed.append((place, other, found.fit))
    assert missed == []


def test_another_towns_code_within_the_municipality_is_found() -> None:
    dice = random.Random(12)
    fits = []
    for place in dice.sample([p for p in PLACES if p.town], 400):
        others = [
            p
            for p in TABLE.towns(place.prefecture, place.city)
            if p.town and p.town not in place.town and place.town not in p.town and not p.office
        ]
        if others:
            contact = at(dice.choice(others).code, place.prefecture, place.city, f"{place.town} 1-2")
            fits.append(compare(contact, TABLE).fit is Fit.WRONG_TOWN)
    assert sum(fits) / len(fits) > 0.97  # the rest are towns that share a code, and names within names


def test_the_right_code_for_an_address() -> None:
    found = locate(at("5300001", "大阪府", "大阪市中央区", "北浜9-9-9"), TABLE)
    assert found is not None
    assert found.codes == ("5410041",)
    assert locate(at("", "大阪府", "大阪市中央区", "無い町9"), TABLE) is None
    by_words = locate(at("", "", "", "大阪府大阪市中央区北浜9-9-9"), TABLE)
    assert by_words is not None
    assert by_words.codes == ("5410041",)


def test_a_town_of_several_codes_is_decided_by_its_chome() -> None:
    found = locate(at("", "北海道", "札幌市中央区", "大通西20丁目99"), TABLE)
    assert found is not None
    assert found.codes == ("0640820",)


def test_the_right_address_for_a_code_keeps_number_and_building() -> None:
    contact = at("5300001", "大阪府", "大阪市中央区", "北浜９－９－９ コーポことり２０３")
    (place,) = TABLE.places("5300001")
    right = address_at(place, contact, locate(contact, TABLE))
    assert (right.city, right.street) == ("大阪市北区", "梅田９－９－９ コーポことり２０３")
    assert right.name == contact.name


@pytest.mark.parametrize(
    ("text", "code", "parts"),
    [
        (
            "大阪府大阪市中央区北浜9-9-9 コーポことり203",
            "",
            ("大阪府", "大阪市中央区", "北浜9-9-9 コーポことり203"),
        ),
        ("大阪市中央区北浜9-9-9", "", ("大阪府", "大阪市中央区", "北浜9-9-9")),
        ("東京都 港区 芝公園４－２－８", "", ("東京都", "港区", "芝公園４－２－８")),
        ("長野県北佐久郡軽井沢町長倉2381-1", "", ("長野県", "北佐久郡軽井沢町", "長倉2381-1")),
        ("軽井沢町長倉2381-1", "", ("長野県", "軽井沢町", "長倉2381-1")),
        ("府中市宮西町2-24", "", ("", "", "府中市宮西町2-24")),  # there is one in Hiroshima too
        ("府中市宮西町2-24", "1838703", ("東京都", "府中市", "宮西町2-24")),
        ("府中市府川町315", "7268601", ("広島県", "府中市", "府川町315")),
        (
            "大阪市中央区北浜1",
            "1838703",
            ("大阪府", "大阪市中央区", "北浜1"),
        ),  # the code is another rule's finding
        ("静岡県浜松市中区元城町103-2", "", ("静岡県", "", "浜松市中区元城町103-2")),  # a ward of before 2024
        ("どこか", "", ("", "", "どこか")),
        ("", "", ("", "", "")),
    ],
)
def test_an_address_in_one_go_is_parted_as_written(text: str, code: str, parts: tuple[str, str, str]) -> None:
    assert parted(text, TABLE, code) == parts


def test_every_municipality_is_parted_from_its_towns() -> None:
    """One town of each; nothing of what was written is lost."""
    for prefecture in PREFECTURES:
        for city in TABLE.cities(prefecture):
            town = next((p.town for p in TABLE.towns(prefecture, city) if p.town and not p.office), "")
            found = parted(f"{prefecture}{city}{town}9-9-9", TABLE)
            assert found == (prefecture, city, f"{town}9-9-9"), (prefecture, city, town)
