"""What a seller made — a carrier jpship does not know, a slip of their own — goes to another computer as files, and is there after
every restart: each command is a process of its own."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.journeys import rakuten_file
from tests.journeys.desk_program import Program

SENDER = {"sender.name": "ことり雑貨店", "sender.postal_code": "100-0001", "sender.phone": "03-0000-0000"}
GREETING = "架空の冬をお楽しみください"


def mod7(payload: int) -> str:
    return f"{payload}{payload % 7}"


def words_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def a_shop(desk: Program, **settings: str) -> None:
    told = {**SENDER, "pack.goods": "off", "pack.proof": "double", **settings}
    pairs = [part for key, value in told.items() for part in ("--set", f"{key}={value}")]
    desk.done("shop", "add", "rakuten", "本店", *pairs)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A carrier and a slip made on one computer and written to files."""
    first = Program(tmp_path / "first")
    a_shop(first)
    made = first.done(
        *("carrier", "add", "--id", "kakuu", "--name", "架空便", "--number", "########,mod7_integer,reject"),
        *("--service", "便,am", "--code", "rakuten=1000,架空便", "--url", "https://example.jp/?n={number}"),
    )
    assert made["version"] == 1
    first.done("carrier", "add", "--id", "kakuu", "--change", "--full-name", "架空運送")
    carrier = tmp_path / "kakuu.toml"
    first.done("carrier", "save", "kakuu", "--out", carrier)
    first.done("layout", "copy", "standard", "--as", "冬の納品書")
    slip = tmp_path / "winter.toml"
    first.done("layout", "export", "冬の納品書", "--out", slip)
    changed = slip.read_text("utf-8") + f'\n[fields]\nsku = false\n\n[texts]\ngreeting = "{GREETING}"\n'
    slip.write_text(changed, "utf-8")
    return carrier, slip


def test_an_own_carrier_and_an_own_slip_on_another_computer(files: tuple[Path, Path], tmp_path: Path) -> None:
    carrier, slip = files
    desk = Program(tmp_path / "second")
    a_shop(desk)
    desk.done("carrier", "load", carrier)
    desk.done("layout", "import", slip)
    desk.done("layout", "assign", "冬の納品書", "本店")
    desk.done("shop", "set", "本店", "carrier.default=kakuu")
    shown = desk.done("carrier", "show", "kakuu", "--number", mod7(1234567))
    assert (shown["full_name"], shown["tried"]["policy"]) == ("架空運送", "accept")
    assert desk.done("carrier", "show", "kakuu", "--number", "12345678")["tried"]["policy"] == "reject"

    day = rakuten_file.yesterday()
    desk.done(
        "import", rakuten_file.write(tmp_path / "orders.csv", [rakuten_file.row(n, day) for n in (1, 2)])
    )
    out = tmp_path / "slips.pdf"
    desk.done("print", "slips", "--out", out)
    printed = words_of(out)
    assert GREETING in printed
    (one, two) = desk.done("orders")
    lines = [line for shipment in (one, two) for line in shipment["lines"]]
    assert all(line["name"][:6] in printed for line in lines)
    assert not any(line["sku"] in printed for line in lines if line["sku"])

    numbers = {one["key"]: mod7(1234567), two["key"]: mod7(7654321)}
    wrong = numbers[two["key"]][:-1] + str((int(numbers[two["key"]][-1]) + 1) % 7)
    answers = desk.outcomes(two["key"], wrong, "JPCMDACK", numbers[two["key"]])
    assert (answers[1], answers[-1]) == ("NG_CHECKDIGIT", "OK_LINK")
    for key, number in numbers.items():
        desk.done("track", key, number, number)
    assert {(row["key"], *row["numbers"]) for row in desk.done("confirm", "--list")["green"]} == set(
        numbers.items()
    )
    (written,) = desk.done("confirm", "--files", tmp_path / "up")["files"]
    rows = told(written)
    assert {(row["注文番号"], row["お荷物伝票番号"], row["配送会社"]) for row in rows} == {
        (shipment["order"], numbers[shipment["key"]], "1000") for shipment in (one, two)
    }


def told(written: dict[str, Any]) -> list[dict[str, str]]:
    lines = Path(written["file"]).read_text(encoding="cp932").splitlines()
    return list(csv.DictReader(lines))
