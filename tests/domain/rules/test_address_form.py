"""CK-05: each form of a bad address with a sample that has it and samples that only look like it."""

import pytest

from jpship_gui.domain.rules import Surroundings
from jpship_gui.domain.rules.address_form import address_form

from .conftest import Make

BAD = {
    "address_no_number": ["北浜", "北浜 山田方", "北浜コーポことり"],
    "address_no_room": [
        "北浜9-9-9 コーポことり",
        "北浜9丁目9番9号 グリーンハイツ",
        "北浜9-9-9 市営団地",
        "北浜9-9-9 ことりマンションB棟",
        "北浜9-9-9 公団3号棟",
        "北浜９－９－９　ﾊｲﾂ桜",
        "北浜9-99 アパートすみれ",
    ],
    "address_po_box": ["北浜9-9 私書箱9号", "中央郵便局留め 9", "P.O.BOX 99", "大阪営業所止め 9-9"],
    "address_mail": ["北浜9-9-9 hanako@example.jp"],
    "address_phone": ["北浜9-9-9 090-0000-1234"],
    "address_city_twice": ["大阪市中央区北浜9-9-9"],
    "address_prefecture_twice": ["大阪府大阪市中央区北浜9-9-9"],
    "address_two_prefectures": ["京都府北浜9-9-9"],
}
GOOD = [
    "北浜9-9-9",
    "北浜九丁目九番",
    "北浜三番地",
    "北浜無番地",
    "北浜9-9-9 コーポことり203",
    "北浜9-9-9 コーポことり二〇三",
    "北浜9-9-9 コーポことり 2F",
    "北浜9-9-9-203 コーポことり",
    "北浜9-9-203 コーポことり",
    "北浜9丁目9番9号 公団3号棟405",
    "北浜9-9-9 ことりマンション管理人室",
    "北浜9-9-9 ことりマンションA号室",
    "北浜9-9-9 ことりビル",
    "北浜9-9-9 03番地",
    "北浜9-9-9 株式会社アットホーム",
]


def codes(subject: Make, around: Surroundings, **recipient: str) -> list[str]:
    return [problem.code for problem in address_form(subject(recipient), around)]


@pytest.mark.parametrize(("code", "street"), [(code, street) for code in BAD for street in BAD[code]])
def test_a_bad_form_is_named(subject: Make, around: Surroundings, code: str, street: str) -> None:
    assert code in codes(subject, around, street=street)


@pytest.mark.parametrize("street", GOOD)
def test_a_good_form_is_quiet(subject: Make, around: Surroundings, street: str) -> None:
    assert codes(subject, around, street=street) == []


def test_digits_of_the_town_are_no_house_number(subject: Make, around: Surroundings) -> None:
    sapporo = {"postal_code": "0600001", "prefecture": "北海道", "city": "札幌市中央区"}
    assert codes(subject, around, **sapporo, street="北一条西") == ["address_no_number"]
    assert codes(subject, around, **sapporo, street="北1条西5丁目") == []


def test_a_foreign_address(subject: Make, around: Surroundings) -> None:
    found = codes(subject, around, city="Osaka-shi Chuo-ku", street="Kitahama 9-9-9")
    assert found == ["address_foreign"]
    assert codes(subject, around, street="北浜9-9-9 Kotori House 203") == []


def test_repairs_take_the_repetition_out(subject: Make, around: Surroundings) -> None:
    (city,) = address_form(subject({"street": "大阪市中央区北浜9-9-9"}), around)
    assert dict(city.repairs[0].values) == {"street": "北浜9-9-9"}
    (prefecture,) = address_form(subject({"city": "大阪府大阪市中央区"}), around)
    assert prefecture.repairs[0].values["city"] == "大阪市中央区"
    (mail,) = address_form(subject({"street": "北浜9-9-9 hanako@example.jp"}), around)
    assert dict(mail.repairs[0].values) == {"street": "北浜9-9-9"}


def test_nothing_to_judge_is_quiet(subject: Make, around: Surroundings) -> None:
    assert codes(subject, around, city="", street="") == []
