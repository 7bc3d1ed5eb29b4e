"""Slips, pick lists and the carrier's files by command."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from jpship_gui.domain.order_key import paper_code
from tests.documents.reading import codes, page_texts, picture
from tests.journeys import rakuten_file
from tests.journeys.conftest import ORDERS
from tests.journeys.desk_program import Program, yamato_number

DAY = rakuten_file.yesterday()
COLUMNS = (Path(__file__).parent / "yamato_columns.txt").read_text("utf-8").splitlines()


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("cp932"), newline="")))


def given_out(rows: list[list[str]], numbers: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [COLUMNS, *([*row[:3], number, *row[4:]] for row, number in zip(rows, numbers, strict=True))]
    )
    return out.getvalue().encode("cp932")


def test_page_row_and_record_are_the_same_and_the_key_comes_back(
    desk: Program, keys: list[str], printed_once: Path, tmp_path: Path
) -> None:
    slips = (printed_once / "slips.pdf").read_bytes()
    texts = page_texts(slips)
    read = [codes(picture(slips, page, 203))["Code 128"] for page in (1, 2, ORDERS)]
    exported = desk.done("carrier", "export", "yamato", "--out", tmp_path / "b2.csv")
    data = (tmp_path / "b2.csv").read_bytes()
    header, *rows = table(data)
    assert header == COLUMNS
    assert {len(row) for row in rows} == {97}
    assert data.count(b"\n") == data.count(b"\r\n") == ORDERS + 1
    assert [row[0] for row in rows] == exported["exported"]
    assert [[paper_code(row[0])] for row in (rows[0], rows[1], rows[-1])] == read
    assert sorted(row[0] for row in rows) == sorted(keys)
    names = {order["key"]: order["recipient"]["name"] for order in desk.done("orders")}
    assert all(
        names[row[0]].split()[0] in text.replace(" ", "") for row, text in zip(rows, texts, strict=True)
    )

    unfilled = desk("carrier", "import", tmp_path / "b2.csv")
    assert (unfilled.code, unfilled.said["error"]["code"]) == (2, "carrier_file_is_import")
    numbers = [yamato_number(n) for n in range(ORDERS)]
    (tmp_path / "damaged.csv").write_bytes(given_out(rows, [f"{int(n):.5E}" for n in numbers]))
    damaged = desk("carrier", "import", tmp_path / "damaged.csv")
    assert (damaged.code, damaged.said["error"]["code"]) == (2, "carrier_file_damaged")
    (tmp_path / "orders.csv").write_bytes((printed_once / "orders.csv").read_bytes())
    assert desk("carrier", "import", tmp_path / "orders.csv").code == 2
    backwards = given_out(rows[::-1], numbers)
    (tmp_path / "issued.csv").write_bytes(backwards)
    assert len(desk.done("carrier", "import", tmp_path / "issued.csv")["matched"]) == ORDERS
    promised = {order["key"]: order["parcels"][0]["file_no"] for order in desk.done("orders")}
    assert promised == {row[0]: number for row, number in zip(rows[::-1], numbers, strict=True)}


def test_pick_lists_are_to_be_had_after_the_slips(desk: Program, keys: list[str], tmp_path: Path) -> None:
    pieces = sum(1 + n % 3 for n in range(1, ORDERS + 1))
    said = desk.done("print", "picklist", "--out", tmp_path / "pick.pdf")
    assert (said["orders"], said["pieces"]) == (ORDERS, pieces)
    desk.outcomes(keys[0], yamato_number(1))
    new = rakuten_file.write(tmp_path / "new.csv", [rakuten_file.row(90, DAY)])
    desk.done("import", new)
    said = desk.done("print", "picklist-orders", "--out", tmp_path / "each.pdf")
    assert (said["orders"], keys[0] in said["printed"]) == (ORDERS, False)
    assert b"%PDF" in (tmp_path / "each.pdf").read_bytes()[:8]


def test_a_gift_shows_no_amount_unless_asked(desk: Program, tmp_path: Path) -> None:
    gift = rakuten_file.row(80, DAY, ギフト配送希望="1", 送付先一致フラグ="0")
    desk.done("import", rakuten_file.write(tmp_path / "gift.csv", [gift]))
    key = desk.orders("--view", "gift")[gift["注文番号"]]["key"]
    amount = f"{int(gift['請求金額']):,}"
    desk.done("print", "slips", key, "--out", tmp_path / "plain.pdf")
    (text,) = page_texts((tmp_path / "plain.pdf").read_bytes())
    assert amount not in text
    assert key in text
    again = desk.done("print", "slips", key, "--out", tmp_path / "priced.pdf", "--prices-in-gifts")
    assert again["again"] == [key]
    (text,) = page_texts((tmp_path / "priced.pdf").read_bytes())
    assert amount in text


def test_what_the_carrier_cannot_do_is_left_out_and_named(desk: Program, tmp_path: Path) -> None:
    odd = [
        rakuten_file.row(70, DAY, お届け時間帯="1214"),
        rakuten_file.row(71, DAY, 送付先姓="𠮷田"),
    ]
    desk.done("import", rakuten_file.write(tmp_path / "odd.csv", odd, "utf-8"))
    slot = desk.orders()[odd[0]["注文番号"]]
    assert slot["stage"] == "check"  # asked when it was planned already
    desk.done("approve", slot["key"], "--reason", "お客様に確認中")
    desk.done("print", "slips", "--out", tmp_path / "slips.pdf", "--glyphs-seen")
    answer = desk("carrier", "export", "yamato", "--out", tmp_path / "b2.csv")
    found = desk.orders()
    refused = {key: problems[0]["code"] for key, problems in answer.said["refused"].items()}
    assert answer.code == 1
    assert refused[found[odd[0]["注文番号"]]["key"]] == "carrier_slot"
    assert refused[found[odd[1]["注文番号"]]["key"]].startswith("carrier_characters")
    assert len(table((tmp_path / "b2.csv").read_bytes())) == 1 + ORDERS


def test_any_paper_is_printed_by_its_kind_and_the_record_names_it(desk: Program, tmp_path: Path) -> None:
    listed = {kind["id"] for kind in desk.done("print", "kinds")["kinds"]}
    assert "commands" in listed
    made = desk.done(
        "print", "paper", "--document", "commands", "--set", "language=en", "--out", tmp_path / "c.pdf"
    )
    assert made["pages"] == 3
    pages = page_texts((tmp_path / "c.pdf").read_bytes())
    assert all("Command codes of the packing desk" in words for words in pages)
    newest = desk.done("print", "record", "--count", "1")["record"][0]
    assert (newest["what"], newest["of"], newest["pages"]) == ("print", "commands", 3)
    wrong = desk("print", "paper", "--document", "nothing", "--out", tmp_path / "no.pdf")
    assert (wrong.code, wrong.said["error"]["code"]) == (2, "paper_unknown")
    form = desk("print", "paper", "--document", "commands", "--set", "language", "--out", tmp_path / "no.pdf")
    assert (form.code, form.said["error"]["code"]) == (2, "choice_form")
    odd = desk("print", "paper", "--document", "commands", "--set", "tongue=en", "--out", tmp_path / "no.pdf")
    assert (odd.code, odd.said["error"]["code"]) == (2, "choice_unknown")
    assert "language" in odd.said["error"]["text"]
    asked = {kind["id"]: kind["asks"] for kind in desk.done("print", "kinds")["kinds"]}
    (ask,) = asked["commands"]
    assert (ask["id"], [option["value"] for option in ask["options"]]) == (
        "language",
        ["ja", "en", "zh_Hans"],
    )
    assert not (tmp_path / "no.pdf").exists()


def test_pages_of_the_record_are_printed_again_and_rules_that_cannot_be_read_are_listed(
    desk: Program, keys: list[str], tmp_path: Path
) -> None:
    desk.done("print", "paper", "--document", "label", "--keys", *keys[:3], "--out", tmp_path / "labels.pdf")
    number = desk.done("print", "record", "--count", "1")["record"][0]["print"]
    said = desk.done("print", "reprint", number, "--pages", "2-3", "--out", tmp_path / "again.pdf")
    assert said["again"] == keys[1:3]
    whole = page_texts((tmp_path / "labels.pdf").read_bytes())
    assert page_texts((tmp_path / "again.pdf").read_bytes()) == whole[1:]
    far = desk("print", "reprint", number, "--pages", "3-9", "--out", tmp_path / "no.pdf")
    assert (far.code, far.said["error"]["code"]) == (2, "page_range")
    assert not any(shop["flaws"] for shop in desk.done("print", "inserts")["shops"])
