"""A profile while it is made: how its sample is opened, what is guessed, and what comes of it at every step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.upkeep import profiles
from jpship_gui.flows.upkeep.profile_drafts import (
    CodeRule,
    CodeTable,
    FilePart,
    OutColumn,
    OutPart,
    Profile,
    Sample,
    Source,
    made_of,
    meaning,
    new_profile,
    open_sample,
    out_example,
    probe,
    run_steps,
    sample_of,
    second_of,
    suggested,
    table_of,
    with_file,
    words_of,
)
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.formats.transforms import Step
from tests.marketplaces.profiles import HEADER, OUT, a_profile, a_row, csv_of
from tests.ui.profiles.unseen import a_file

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: NOW)
    yield opened
    opened.close()


def a_sample(*rows: dict[str, str]) -> Sample:
    return sample_of("orders.csv", csv_of(rows or [a_row()]), FilePart())


# -- the sample ---------------------------------------------------------------------------------------------------------


def test_columns_are_shown_with_their_first_different_values(tmp_path: Path) -> None:
    found = open_sample(a_file(tmp_path))
    assert (found.encoding, found.delimiter, found.rows) == ("cp932", ",", 3)
    colour = found.column("いろ")
    assert colour is not None
    assert (colour.values, colour.filled) == (("青", "白", "赤"), 3)
    remark = found.column("ひとこと")
    assert remark is not None
    assert (remark.values, remark.filled) == (("いつもありがとう",), 1)


def test_the_second_column_of_one_name_has_a_name_of_its_own() -> None:
    found = sample_of("x.csv", "注文番号,備考,備考\r\nA,あ,い\r\n".encode(), FilePart())
    assert [(column.name, column.values) for column in found.columns] == [
        *(("注文番号", ("A",)), ("備考", ("あ",)), ("備考#2", ("い",)))
    ]


def test_what_cannot_be_opened_says_so_and_can_be_opened_another_way() -> None:
    data = "注文番号;個数\r\nA;2\r\n".encode("cp932")
    wrong = sample_of("x.csv", data, FilePart(header_row=9))
    assert wrong.fault is not None
    assert wrong.columns == ()
    right = with_file(wrong, Profile("x", "x", file=FilePart(encodings=("cp932",), delimiter=";")))
    assert right.fault is None
    assert [column.name for column in right.columns] == ["注文番号", "個数"]


def test_a_header_below_other_lines_is_found() -> None:
    rows = csv_of([a_row()]).decode()
    data = f"受注データ出力\r\n出力日,2026/11/20\r\n{rows}".encode()
    assert probe("x.csv", data).header_row == 3
    assert probe("x.csv", rows.encode()) == FilePart()


# -- suggestions ----------------------------------------------------------------------------------------------------------


def test_all_that_is_guessed_is_a_suggestion(ws: Workspace, tmp_path: Path) -> None:
    sample = open_sample(a_file(tmp_path))
    profile, unsure = new_profile(ws, sample, "手作り市", FilePart())
    assert unsure == {"number", *profile.fields}
    assert profile.rows.order_key == ("ご注文の番号",)
    assert profile.detect.required == (
        *("ご注文の番号", "送付先氏名", "送付先郵便番号", "送付先住所", "商品名", "数量"),
    )
    assert profile.codes["state"] == CodeTable((CodeRule("発送待ち", "to_ship"),), "unknown")
    assert profile.out is None  # no column for a number: nothing is invented


def test_what_a_person_chose_stays_when_the_rest_is_guessed(tmp_path: Path) -> None:
    chosen = Profile("x", "x", fields={"recipient.name": (Source(("ひとこと",)),)})
    made, unsure = suggested(chosen, open_sample(a_file(tmp_path)))
    assert made.fields["recipient.name"] == (Source(("ひとこと",)),)
    assert "recipient.name" not in unsure
    assert "line.name" in unsure


def test_a_download_with_a_column_for_the_number_offers_to_fill_it(ws: Workspace) -> None:
    made, _ = new_profile(ws, a_sample(), "", FilePart())
    assert made.out == OutPart((OutColumn("伝票番号", "tracking_no"),), mode="fill", numbers=1)
    assert made.direction == "both"


# -- words ----------------------------------------------------------------------------------------------------------------


def test_the_words_of_a_column_are_counted_and_their_meaning_is_told(ws: Workspace, tmp_path: Path) -> None:
    sample = open_sample(a_file(tmp_path))
    profile, _ = new_profile(ws, sample, "", FilePart())
    assert words_of(profile, sample, "state") == [("発送待ち", 2), ("できたて", 1)]
    assert meaning(profile, "state", "発送待ち") == "to_ship"
    assert meaning(profile, "state", "できたて") is None


def test_usual_words_have_their_meaning_without_a_table() -> None:
    profile = a_profile()
    assert meaning(profile, "cash_on_delivery", "代金引換") == "1"
    assert meaning(profile, "cash_on_delivery", "クレジットカード") == "0"
    assert table_of(profile, "state").default == "unknown"
    broken = replace(profile, codes={"state": CodeTable((CodeRule("(", "to_ship"),))})
    assert meaning(broken, "state", "x") is None  # a pattern that is still being typed


# -- what comes of it -------------------------------------------------------------------------------------------------------


def test_a_draft_without_a_name_is_tried_with_the_problems_of_each_order(ws: Workspace) -> None:
    sample = a_sample(a_row("A-1"), a_row("A-2", TEL=""))
    made = made_of(ws, replace(a_profile(), title=""), sample)
    assert made.flaw is None
    assert made.trial is not None
    assert [order.id.number for order in made.trial.orders] == ["A-1", "A-2"]
    assert made.problems["A-1"] == ()
    assert [problem.code for problem in made.problems["A-2"]] == ["recipient_phone_missing"]


def test_what_is_still_missing_is_named_with_its_place(ws: Workspace) -> None:
    made = made_of(ws, replace(a_profile(), fields={}), a_sample())
    assert made.trial is None
    assert made.flaw is not None
    assert (made.flaw.code, made.flaw.place) == ("target_missing", "fields.line.quantity")


def test_goods_of_different_kinds_under_one_sku_are_told(ws: Workspace) -> None:
    profile = a_profile(fields={"line.variant": [{"columns": ["伝票番号"]}]})
    same = a_sample(a_row("A-1", 伝票番号="青"), a_row("A-2", 伝票番号="赤"), a_row("A-3", 品番="x"))
    assert made_of(ws, profile, same).shared_skus == ("mug-blue",)


def test_only_the_first_rows_of_a_long_file_are_tried(ws: Workspace) -> None:
    made = made_of(ws, a_profile(), a_sample(*(a_row(f"A-{n}") for n in range(1_200))))
    assert made.trial is not None
    assert (made.trial.count, made.trial.cut) == (1_000, True)


# -- the confirmation file ------------------------------------------------------------------------------------------------


def test_a_new_file_is_shown_for_the_first_orders(ws: Workspace) -> None:
    profile = a_profile(direction="both", out=dict(OUT), carriers=[{"carrier": "yamato", "code": "ヤマト"}])
    sample = a_sample(a_row("A-1"), a_row("A-2"), a_row("A-3"))
    trial = made_of(ws, profile, sample).trial
    assert trial is not None
    header, rows = out_example(profile, sample, trial.orders, TODAY)
    assert header == ("受注No", "伝票番号", "配送会社", "発送日")
    assert rows == (
        ("A-1", "400000000003", "ヤマト", "2026/11/20"),
        ("A-2", "400000000003", "ヤマト", "2026/11/20"),
    )


def test_the_download_is_shown_filled_in(ws: Workspace) -> None:
    out = {"mode": "fill", "numbers": 1, "columns": [{"header": "伝票番号", "field": "tracking_no"}]}
    profile = a_profile(direction="both", out=out)
    sample = a_sample(a_row("A-1"), a_row("A-2"))
    trial = made_of(ws, profile, sample).trial
    assert trial is not None
    header, rows = out_example(profile, sample, trial.orders, TODAY)
    assert header == HEADER
    assert [row[-1] for row in rows] == ["400000000003", "400000000003"]


def test_a_file_without_header_and_one_without_orders_are_shown_too() -> None:
    profile = a_profile(direction="both", out={**OUT, "header": False})
    _, rows = out_example(profile, a_sample(), (), TODAY)
    assert rows == (("A-0001", "400000000003", "-", "2026/11/20"),)


def test_a_file_nobody_can_write_says_why(ws: Workspace) -> None:
    lacks = a_profile(direction="both", out=dict(OUT))
    lacks = replace(lacks, out=OutPart((OutColumn("注文番号", "number"),)))
    with pytest.raises(Refused, match="profile_flaw_out_lacks"):
        out_example(lacks, a_sample(), (), TODAY)


# -- two files as one -----------------------------------------------------------------------------------------------------


def test_the_file_with_the_goods_is_joined_by_the_order_number(ws: Workspace, tmp_path: Path) -> None:
    heads = sample_of(
        "orders.csv",
        csv_of([a_row("A-1"), a_row("A-2")], ("受注No", "お名前", "〒", "住所", "TEL")),
        FilePart(),
    )
    goods = tmp_path / "goods.csv"
    goods.write_bytes(
        csv_of(
            [a_row("A-1"), a_row("A-1", 品名="皿", 個数="3"), a_row("A-2")],
            ("受注No", "品名", "品番", "個数"),
        )
    )
    profile, _ = new_profile(ws, heads, "二つ", FilePart())
    sample, profile = second_of(heads, profile, goods)
    profile, unsure = suggested(profile, sample)
    assert {"line.name", "line.quantity", "line.sku"} <= unsure
    assert profile.rows.second is not None
    assert profile.rows.second.order_key == ("受注No",)
    trial = made_of(ws, profile, sample).trial
    assert trial is not None
    assert [(o.id.number, [line.quantity for line in o.lines]) for o in trial.orders] == [
        ("A-1", [1, 3]),
        ("A-2", [1]),
    ]
    assert profiles.save(ws, profile, new=True).rows.second == profile.rows.second


# -- steps ------------------------------------------------------------------------------------------------------------------


def test_steps_are_run_on_the_cells_of_the_sample() -> None:
    steps = (Step("split", ("-", 2)), Step("strip"))
    assert run_steps(steps, [("a - b",), ("c",)]) == ["b", ""]


def test_a_step_nobody_can_run_says_why() -> None:
    with pytest.raises(Refused, match="profile_flaw_step_pattern"):
        run_steps((Step("regex", ("(",)),), [("a",)])
