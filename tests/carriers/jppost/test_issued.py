"""What ゆうプリR and ゆうプリクラウド give back: numbers by our key, and every delivery code of the specification."""

from __future__ import annotations

import pytest

from jpship_gui.carriers.base import IssuedFile
from jpship_gui.carriers.jppost.programs import FILTERS
from jpship_gui.carriers.jppost.states import known_states, state_in
from jpship_gui.domain.delivery_state import DeliveryState
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order_key import make_key
from jpship_gui.formats.reader import read_bytes
from tests.carriers.jppost.desk import TOOLS

KEY, OTHER = make_key(7), make_key(8)
ONE, TWO = "317409136693", "317426268143"
R = "お客様側管理番号,お問い合わせ番号,仮引受確定作業年月日,配送完了作業年月日,配達ステータス集約コード,配達ステータス明細コード"

# Carriers reference 3.4, row by row, written out a second time.
TABLE = {
    "10": {"labelled": "01 02 0A 0B 0H"},
    "11": {"accepted": "01 02 06 07 0C 0F 0G", "unknown": "0D 0E"},
    "12": {"in_transit": "14", "ready_for_pickup": "15 16 17", "unknown": "10 11 12 13"},
    "13": {"in_transit": "19 23 25", "unknown": "20 21 22 24 26 27"},
    "14": {"in_transit": "83 84 85 86 87 88"},
    "20": {"unknown": "03 18"},
    "30": {"at_delivery_office": "00"},
    "40": {"unknown": "00"},
    "50": {"out_for_delivery": "01 02"},
    "51": {"attempted": "30 31 32 33"},
    "52": {"delivered": "01 31 32 35", "returned": "34", "unknown": "36"},
    "53": {"delivered": "37 38"},
    "60": {"held": "48 50 49 77 99", "unknown": "81 82"},
    "61": {"forwarded": "51 52 53 54 55 79"},
    "62": {"returning": "44 56 57 58 59 60 61 62 63 64 76 79", "exception": "65 66"},
    "63": {"rescheduled": "67 68 72 78 79 80 70", "unknown": "69 71"},
    "64": {"held": "73 74 75 79"},
    "65": {"investigation": "44 56 58 59 60 61 64 76 79 80"},
    "90": {"unknown": "39 40 41 42 43 44 45 46 47 79"},
}
CODES = [
    (summary, detail, DeliveryState(state))
    for summary, states in TABLE.items()
    for state, details in states.items()
    for detail in details.split()
]


def read(tool: str, text: str, encoding: str = "cp932") -> IssuedFile:
    found = TOOLS[tool]
    assert found.read_result is not None
    return found.read_result(read_bytes("export.csv", text.replace("\n", "\r\n").encode(encoding)))


@pytest.mark.parametrize(("summary", "detail", "state"), CODES)
def test_every_delivery_code(summary: str, detail: str, state: DeliveryState) -> None:
    row = f"{KEY},{ONE},20261121093000,,{summary},{summary}{detail}"
    (issued,) = read("r", f"{R}\n{row}\n").numbers
    assert (issued.status, issued.state) == (f"{summary} {summary}{detail}", state)
    assert state_in({"state_summary": summary, "state_detail": detail})[1] is state


def test_the_table_knows_these_codes_and_no_others() -> None:
    assert known_states() == {(summary, detail): state for summary, detail, state in CODES}


@pytest.mark.parametrize(
    ("summary", "detail", "state"),
    [
        ("", "", None),
        ("99", "01", DeliveryState.UNKNOWN),
        ("52", "77", DeliveryState.UNKNOWN),
        ("52", "5101", DeliveryState.UNKNOWN),  # the two columns contradict each other
        ("", "5201", DeliveryState.DELIVERED),
        ("50", "", DeliveryState.OUT_FOR_DELIVERY),
        ("52", "", DeliveryState.UNKNOWN),  # delivered or sent back
        ("10", "0a", DeliveryState.LABELLED),
    ],
)
def test_codes_that_say_less(summary: str, detail: str, state: DeliveryState | None) -> None:
    shown, found = state_in({"state_summary": summary, "state_detail": detail})
    assert found is state
    assert shown == " ".join(filter(None, (summary, detail.upper())))


def test_a_real_export_of_yupuri_r_has_the_number_before_any_delivery_code() -> None:
    found = read("r", f"{R}\n{KEY},{ONE},,,,\n{OTHER}P2,{TWO},20261121093000,20261122101500,52,5201\n")
    assert [(n.parcel_key, n.tracking_no, n.state) for n in found.numbers] == [
        (KEY, ONE, None),
        (f"{OTHER}P2", TWO, DeliveryState.DELIVERED),
    ]


@pytest.mark.parametrize("tool", ["r", "cloud"])
def test_the_cloud_s_quoted_export_with_its_byte_order_mark(tool: str) -> None:
    head = [
        "発送予定日",
        "お客様側管理番号",
        "お問い合わせ番号",
        "お届け先 郵便番号",
        "お届け先 住所",
        "お届け先 住所２",
    ]
    head += ["お届け先 住所３", "お届け先 名称", "お届け先 電話番号"]
    rows = [
        head,
        ["", KEY, ONE, "541-0041", "大阪府大阪市中央区北浜9-9-9", "", "", "山田 花子", "09000001234"],
    ]
    text = "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)
    (issued,) = read(tool, text, "utf-8-sig").numbers
    assert (issued.parcel_key, issued.tracking_no, issued.recipient, issued.state) == (
        KEY,
        ONE,
        "山田 花子",
        None,
    )


def test_columns_are_found_by_name_wherever_they_stand() -> None:
    (issued,) = read("r", f"備考,お問い合わせ番号,1:お客様側管理番号\n,3174-0913-6693,{KEY}\n").numbers
    assert (issued.parcel_key, issued.tracking_no) == (KEY, ONE)


def test_the_headerless_form_of_older_versions_is_read_by_position_and_says_so() -> None:
    cells = [""] * 119
    cells[0], cells[1], cells[3] = KEY, ONE, "20261120"
    found = read("r", ",".join(cells) + "\n")
    assert found.by_position
    assert [(n.parcel_key, n.tracking_no, n.ship_date) for n in found.numbers] == [(KEY, ONE, "20261120")]
    assert len(FILTERS.start("r119_back").columns) == 119


def test_numbers_of_eleven_digits_are_taken_for_registered_mail() -> None:
    assert [n.tracking_no for n in read("r", f"{R}\n{KEY},131-12-38385-2,,,,\n").numbers] == ["13112383852"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{KEY},317409136694,,,,", "carrier_number_bad_check_digit"),
        (f"{KEY},3.17409E+11,,,,", "carrier_number_damaged"),
        ("A-100,317409136693,,,,", "carrier_key_foreign"),
        (",317409136693,,,,", "carrier_key_missing"),
    ],
)
def test_rows_that_cannot_be_trusted(row: str, code: str) -> None:
    found = read("r", f"{R}\n{row}\n")
    assert (found.numbers, [reason for _, _, reason, _ in found.rejected]) == ((), [code])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{R}\n", "carrier_file_empty"),
        (f"{R}\n{KEY},,,,,\n", "carrier_file_is_import"),  # 発送予定 instead of 発送履歴
        ("お客様管理番号,伝票番号\nA,1\n", "carrier_file_other"),
    ],
)
def test_files_of_another_kind(text: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read("r", text)
