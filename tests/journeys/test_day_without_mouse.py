"""A day at the packing desk by scans alone: every code is read off paper, no key is pressed and nothing is clicked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.reading import codes, page_texts, picture
from tests.journeys import rakuten_file
from tests.journeys.desk_program import Program, yamato_number
from tests.journeys.test_command_line_packing import issued

DAY = rakuten_file.yesterday()
JAN = ("4901234567894", "4901234567900", "14901234567891")  # a mug, another, a case of six of the first
NUMBERS = [yamato_number(n) for n in range(700, 712)]


def read_off(pdf: Path) -> list[str]:
    """Every bar code on a paper, page by page."""
    content = pdf.read_bytes()
    return [
        text
        for page in range(1, len(page_texts(content)) + 1)
        for found in codes(picture(content, page, 300)).values()
        for text in found
    ]


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Program, list[str], Path]:
    """Twelve orders: six of one mug, one of fourteen, one of a mug and a plate without code, four of three mugs."""
    folder = tmp_path_factory.mktemp("day")
    program = Program(folder / "home")
    program.done("shop", "add", "rakuten", "本店", "--set", "pack.goods=on", "--set", "pack.proof=file")
    mug = {
        "システム連携用SKU番号": "SKU-001",
        "商品番号": "mug-1",
        "商品管理番号": "mug1",
        "SKU管理番号": "mug1-b",
    }
    units = [1, 1, 1, 1, 1, 1, 14, 2, 3, 3, 3, 3]
    rows = [rakuten_file.row(n, DAY, **mug, **priced(n, unit)) for n, unit in enumerate(units, 1)]
    program.done("import", rakuten_file.write(folder / "orders.csv", rows))
    for code, pieces in ((JAN[0], "1"), (JAN[2], "6")):
        program.done("goods", "add", code, "SKU-001", "--pieces", pieces)
    program.done("goods", "add", JAN[1], "SKU-002")
    program.done("print", "slips", "--out", folder / "slips.pdf")
    program.done("print", "paper", "--document", "commands", "--out", folder / "commands.pdf")
    found = sorted(program.done("orders"), key=lambda one: str(one["order"]))
    keys = [one["key"] for one in found]
    program.done("carrier", "import", issued(folder / "issued.csv", keys, NUMBERS))
    return program, keys, folder


def priced(n: int, units: int) -> dict[str, str]:
    """So many pieces, and what they cost."""
    price = 800 + 10 * (n % 37)
    goods, total = price * units, price * units + 500
    return {
        "個数": f"{units}", "商品合計金額": f"{goods}", "送付先商品合計金額": f"{goods}", "請求金額": f"{total}",
        "合計金額": f"{total}", "送付先合計金額": f"{total}", "10%請求金額": f"{total}", "10%合計金額": f"{total}",
        "10%請求額に対する税額": f"{total * 10 // 110}",
    }  # fmt: skip


def test_a_day_by_scans_alone(laid_out: tuple[Program, list[str], Path]) -> None:
    program, keys, folder = laid_out
    slips = {code.removesuffix("S"): code for code in read_off(folder / "slips.pdf")}
    assert set(slips) == set(keys)
    slip = [slips[key] for key in keys]
    sheet = {
        code.removeprefix("JPCMD"): code
        for code in read_off(folder / "commands.pdf")
        if code.startswith("JPCMD")
    }
    mug, other, case = JAN
    script: list[tuple[str, str]] = []

    def at(code: str, outcome: str) -> None:
        script.append((code, outcome))

    # the first parcel of fourteen: a case, six at once, one too many, taken back, one by eye
    at(slip[6], "OK_OPEN")
    at(case, "OK_ITEM")
    at(sheet["QTY9"], "OK_QTY")
    at(mug, "NG_OVER")
    at(mug, "NG_LOCKED")
    at(sheet["ACK"], "OK_ACK")
    at(sheet["QTY8"], "OK_QTY")
    at(mug, "OK_ITEM_LAST")
    at(sheet["UNDO"], "OK_UNDO")
    at(sheet["QTY7"], "OK_QTY")
    at(mug, "OK_ITEM")
    at(sheet["BYEYE"], "OK_ITEM_LAST")
    at(NUMBERS[0], "NG_OTHER_ORDER")
    at(sheet["ACK"], "OK_ACK")
    at(sheet["REPRINT"], "OK_REPRINT")
    at(NUMBERS[6], "OK_DONE")
    # something wrong, started over, put aside, put on hold with a reason
    at(slip[8], "OK_OPEN")
    at(other, "NG_NOT_HERE")
    at(sheet["ACK"], "OK_ACK")
    at(mug, "OK_ITEM")
    at(sheet["RESTART"], "OK_RESTART")
    at(sheet["NEXT"], "OK_NEXT")
    at(slip[9], "OK_OPEN")
    at(sheet["HOLD2"], "OK_HOLD")
    at(slip[9], "NG_HOLD")
    at(sheet["ACK"], "OK_ACK")
    # a packed parcel opened again with a reason, and packed; another checked once more
    at(sheet["REOPEN1"], "OK_REOPEN")
    at(slip[6], "OK_REOPEN")
    at(sheet["FINISH"], "ATT_NOTHING")
    for code, outcome in ((case, "OK_ITEM"), (case, "OK_ITEM"), (mug, "OK_ITEM"), (mug, "OK_ITEM_LAST")):
        at(code, outcome)
    at(NUMBERS[6], "OK_DONE")
    at(sheet["RECHECK"], "OK_RECHECK")
    at(slip[6], "OK_RECHECK")
    for code, outcome in ((case, "OK_ITEM"), (case, "OK_ITEM"), (mug, "OK_ITEM"), (mug, "OK_ITEM_LAST")):
        at(code, outcome)
    at(NUMBERS[6], "OK_DONE")
    # six equal orders in twelve scans, the waybills from the other end of the stack
    at(sheet["RUN"], "OK_RUN")
    for number in reversed(NUMBERS[:6]):
        at(mug, "OK_ITEM_LAST")
        at(number, "OK_DONE")
    at(sheet["RUN"], "OK_RUN")
    # what is left, and the end
    for place in (7, 8, 10, 11):
        at(slip[place], "OK_OPEN")
        for _ in range(1 if place == 7 else 2):
            at(mug, "OK_ITEM")
        at(mug, "OK_ITEM_LAST")
        at(NUMBERS[place], "OK_DONE")
    at(sheet["FINISH"], "OK_FINISH")

    answers = program.scan(*(code for code, _ in script))
    assert [(a["text"], a["outcome"]) for a in answers] == script
    finished = answers[-1]["message"]
    assert "11" in finished, "packed here today"
    by_key = {one["key"]: one for one in program.done("orders")}
    stages = [by_key[key]["stage"] for key in keys]
    assert stages == ["confirm"] * 9 + ["hold"] + ["confirm"] * 2
    assert [row["key"] for row in program("confirm", "--list").said["green"]]
    assert all(not one["faults"] for one in program.done("journal", "verify")["journals"])
