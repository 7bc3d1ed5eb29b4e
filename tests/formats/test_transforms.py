"""Each transform on what shops really write, and by properties: run again they change nothing, and they lose no digit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.domain.address import PREFECTURES
from jpship_gui.domain.delivery import slot_of_hours
from jpship_gui.formats import values
from jpship_gui.formats.transforms import Chain, Step, StepError, chain, check, kinds, pattern
from jpship_gui.texts import LANGUAGES, text_in

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
DASHES = "‐‑‒–—―−－ーｰ"


def a(name: str, *args: Any) -> Chain:
    return chain((Step(name, args),))


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


CASES: tuple[tuple[str, tuple[Any, ...], str, str], ...] = (
    ("strip", (), " \u3000山田\xa0", "山田"),
    ("nfkc_digits", (), "１４：００～１６：００", "14:00~16:00"),
    ("nfkc_digits", (), "ｺｰﾎﾟ１０１", "ｺｰﾎﾟ101"),
    ("dash_in_numbers", (), "北浜１ー２‐3－コーポA−203", "北浜１-２-3－コーポA-203"),
    ("dash_in_numbers", (), "スーパー1ー2", "スーパー1-2"),
    ("drop_invisible", (), "\ufeff山\u200b田\xa0花\u2060子\u00ad", "山田 花子"),
    ("unquote_excel", (), '="0123"', "0123"),
    ("unquote_excel", (), '="a""b"', 'a"b'),
    ("unquote_excel", (), "'090-0000-0101\t", "090-0000-0101"),
    ("unquote_excel", (), "=1+2", "=1+2"),
    ("zip7", (), "〒１１３－００２２", "1130022"),
    ("zip7", (), "600001", "600001"),
    ("zip7", (), "600001.0", "600001"),
    ("zip7", (), "-", ""),
    ("zip7", (), "SW1A 1AA", "SW1A 1AA"),
    ("phone_jp", (), "０９０－００００－０１０１", "09000000101"),
    ("phone_jp", (), "+81-90-0000-0101", "09000000101"),
    ("phone_jp", (), "+81 (0)3 0000 0101", "0300000101"),
    ("phone_jp", (), "0081-90-0000-0101", "09000000101"),
    ("phone_jp", (), "819000000101", "09000000101"),
    ("phone_jp", (), "9000000101.0", "9000000101"),
    ("phone_jp", (), "+81--", ""),
    ("phone_jp", (), "－", ""),
    ("phone_jp", (), "+1 202 555 0101", "+12025550101"),
    ("phone_jp", (), "03-0000-0101 内線12", "03-0000-0101 内線12"),
    ("date", (), "2022/8/10", "2022/8/10"),
    ("date", (), "2026/11/20 10:11:12", "2026/11/20 10:11:12"),
    ("date", (), "2026-11-20 10:11:12 +0900", "2026-11-20 10:11:12 +0900"),
    ("date", (), "２０２６年１１月２０日（金） １０時１１分", "2026-11-20 10:11:00"),
    ("date", (), "2026/11/20(金) 午後3:05", "2026-11-20 15:05:00"),
    ("date", (), "2026/11/20 12:05 AM", "2026-11-20 00:05:00"),
    ("date", (), "20261120", "2026-11-20"),
    ("date", (), "20261120101112", "2026-11-20 10:11:12"),
    ("date", (), "1795137072", "2026-11-20T01:11:12Z"),
    ("date", (), "1795137072000", "2026-11-20T01:11:12Z"),
    ("date", (), "0000-00-00", ""),
    ("date", (), "0000/00/00 00:00:00", ""),
    ("date", (), "指定なし", ""),
    ("date", (), "-", ""),
    ("date", (), "12/5/2023", "12/5/2023"),
    ("date", (), "来週", "来週"),
    ("date", ("yyyy/M/d HHmmss",), "2022/8/10 101112", "2022-08-10 10:11:12"),
    ("date", ("dd.MM.yyyy",), "20.11.2026", "2026-11-20"),
    ("date", ("MM/dd/yy",), "11/20/26", "2026-11-20"),
    ("date", ("MM/dd/yyyy",), "13/20/2026", "13/20/2026"),
    ("date", ("unix",), "1795137072", "2026-11-20T01:11:12Z"),
    ("date", ("unix_ms",), "1795137072000", "2026-11-20T01:11:12Z"),
    ("date", ("excel",), "46346", "2026-11-20"),
    ("date", ("excel",), "46346.5", "2026-11-20 12:00:00"),
    ("time_slot", (), "14:00-16:00", "1416"),
    ("time_slot", (), "１４：００～１６：００", "1416"),
    ("time_slot", (), "12-14時", "1214"),
    ("time_slot", (), "18時から20時まで", "1820"),
    ("time_slot", (), "午前中", "am"),
    ("time_slot", (), "午前中(8時-12時)", "am"),
    ("time_slot", (), "0812", "am"),
    ("time_slot", (), "1921", "1921"),
    ("time_slot", (), "夜間（19時～21時）", "1921"),
    ("time_slot", (), "指定なし", ""),
    ("time_slot", (), "14:30-16:00", "14:30-16:00"),
    ("time_slot", (), "18時以降", "18時以降"),
    ("split", ("-", 2), "a-b-c", "b"),
    ("split", ("-", -1), "a-b-c", "c"),
    ("split", (" ", 1), "山田　花子", "山田"),
    ("split", ("-", 9), "a-b-c", ""),
    ("regex", ("配達希望時間帯=([^,]+)", 1), "ラッピング=なし,配達希望時間帯=12-14時", "12-14時"),
    ("regex", ("\\d+", 0), "第12号", "12"),
    ("regex", ("無い", 0), "第12号", ""),
    ("regex", ("(a)|(b)", 2), "a", ""),
    ("prefecture_split", ("prefecture",), "東京都文京区千駄木9-9", "東京都"),
    ("prefecture_split", ("rest",), "東京都文京区千駄木9-9", "文京区千駄木9-9"),
    ("prefecture_split", ("rest",), "文京区千駄木9-9", "文京区千駄木9-9"),
    ("prefecture_name", (), "JP-13", "東京都"),
    ("prefecture_name", (), "Tōkyō", "東京都"),
    ("prefecture_name", (), "OSAKA-FU", "大阪府"),
    ("prefecture_name", (), "京都", "京都府"),
    ("prefecture_name", (), "California", "California"),
    ("int_yen", (), "¥1,234", "1234"),
    ("int_yen", (), "１，２３４円", "1234"),
    ("int_yen", (), "1234.00", "1234"),
    ("int_yen", (), "▲500", "-500"),
    ("int_yen", (-99999,), "-99999", ""),
    ("int_yen", (), "12.50", "12.50"),
    ("pairs", (), "カラー:青/サイズ:M", "青・M"),
    ("pairs", ("/", ":", "サイズ"), "カラー:青/サイズ:M", "M"),
    ("pairs", ("/", ":", "丈"), "カラー:青/サイズ:M", ""),
    ("pairs", (), "青", "青"),
)


@pytest.mark.parametrize(("name", "args", "given_text", "expected"), CASES)
def test_a_transform_on_what_shops_write(
    name: str, args: tuple[Any, ...], given_text: str, expected: str
) -> None:
    assert a(name, *args).one(given_text) == expected


def test_every_transform_is_tried_here_and_has_words() -> None:
    assert {name for name, *_ in CASES} | {"join", "packed_lines"} == set(kinds())
    for language in LANGUAGES:
        for name in kinds():
            assert text_in(language, f"transform.{name}")


def test_several_columns_are_joined_without_blank_ones() -> None:
    assert a("join", " ").run(("山田", "", "花子"))[0] == ("山田 花子",)
    assert a("join").run(("", ""))[0] == ("",)


@pytest.mark.parametrize(
    ("cell", "separator", "lines"),
    [
        ("L1=cup-a&L2=cup-b", "", ("cup-a", "cup-b")),
        ("L1=&L2=cup-b-red", "", ("", "cup-b-red")),
        ("L1=A&B=C&L2=D", "", ("A&B=C", "D")),
        ("L2=b&L1=a", "", ("a", "b")),
        ("L1=a&L3=c", "", ("a", "", "c")),
        ("plain", "", ("plain",)),
        ("xL1=a", "", ("xL1=a",)),
        ("L99999999=a", "", ("L99999999=a",)),
        ("a | b|c", "|", ("a", "b", "c")),
    ],
)
def test_packed_cells_are_taken_apart_by_the_number_of_the_line(
    cell: str, separator: str, lines: tuple[str, ...]
) -> None:
    assert a("packed_lines", separator).run((cell,))[0] == lines


def test_steps_run_one_after_the_other_on_every_part() -> None:
    steps = (Step("unquote_excel"), Step("join", ("-",)), Step("split", ("-", 2)), Step("strip"))
    assert chain(steps).run(("'a ", "b - c"))[0] == ("b",)


def test_what_was_mended_is_noted() -> None:
    assert a("zip7").run(("600001.0",)) == (("600001",), ("decimal",))
    assert a("phone_jp").run(("9000000101.0",)) == (("9000000101",), ("decimal",))
    assert a("zip7").run(("060-0001",))[1] == ()


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (Step("shout"), "unknown"),
        (Step("strip", ("x",)), "arguments"),
        (Step("split"), "argument_missing"),
        (Step("split", ("-", "two")), "argument"),
        (Step("prefecture_split", ("city",)), "argument"),
        (Step("date", ("yyyy/dd",)), "date_form"),
        (Step("date", ("yyyy/MM/M/dd",)), "date_form"),
        (Step("regex", ("(",)), "pattern"),
        (Step("regex", ("(a+)+$",)), "pattern_slow"),
        (Step("regex", ("(?:a|aa)*$",)), "pattern_slow"),
        (Step("regex", ("(?:a{1,30}b?)*$",)), "pattern_slow"),
        (Step("regex", ("a" * 500,)), "pattern_slow"),
        (Step("regex", (7,)), "argument"),
    ],
)
def test_a_step_nobody_can_run_says_why(step: Step, code: str) -> None:
    with pytest.raises(StepError) as error:
        check(step)
    assert error.value.code == code
    for language in LANGUAGES:
        assert text_in(language, f"fault.profile_flaw_step_{code}", place="fields.number[1]", found="x")


@pytest.mark.parametrize(
    "source", [r"^(\S+)\s+(\S+)$", r"希望日[:：]\s*(\d{4}/\d{1,2}/\d{1,2})", "[ab]*c", "(ab)+"]
)
def test_ordinary_patterns_are_taken(source: str) -> None:
    assert pattern(source).pattern == source


CLEANING = (
    "strip",
    "nfkc_digits",
    "dash_in_numbers",
    "drop_invisible",
    "zip7",
    "phone_jp",
    "date",
    "time_slot",
)


@pytest.mark.parametrize("name", [*CLEANING, "int_yen", "prefecture_name"])
@given(text=ANY_TEXT)
def test_run_again_it_changes_nothing_more(name: str, text: str) -> None:
    once = a(name).one(text)
    assert a(name).one(once) == once


@pytest.mark.parametrize("name", [*CLEANING, "unquote_excel", "int_yen", "prefecture_name", "pairs"])
@given(text=ANY_TEXT)
def test_no_text_raises(name: str, text: str) -> None:
    assert isinstance(a(name).one(text), str)


@given(code=st.from_regex(r"[0-9]{7}", fullmatch=True), dash=st.sampled_from([*DASHES, "-", " ", ""]))
def test_a_postal_code_keeps_its_digits_however_it_is_dressed(code: str, dash: str) -> None:
    for written in (
        f"{code[:3]}{dash}{code[3:]}",
        f"〒{code}",
        full_width(f"{code[:3]}-{code[3:]}"),
        f"'{code}",
    ):
        assert chain((Step("unquote_excel"), Step("zip7"))).one(written) == code


@given(
    number=st.from_regex(r"0[789]0[0-9]{8}", fullmatch=True), dash=st.sampled_from([*DASHES, "-", " ", ""])
)
def test_a_mobile_number_is_the_same_in_every_spelling(number: str, dash: str) -> None:
    parts = dash.join((number[:3], number[3:7], number[7:]))
    abroad = f"+81{dash}{parts[1:]}"
    for written in (parts, full_width(parts), abroad, f"({number[:3]}){number[3:]}", f"0081{number[1:]}"):
        assert a("phone_jp").one(written) == number


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_the_same_in_every_form(day: date) -> None:
    for written in (
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day:%Y.%m.%d}",
    ):
        assert values.day(a("date").one(written)) == day
    assert values.day(a("date", "d.M.yyyy").one(f"{day.day}.{day.month}.{day.year}")) == day


@given(at=st.datetimes(datetime(2002, 1, 1), datetime(2033, 1, 1)))
def test_a_moment_is_read_the_same_in_every_form(at: datetime) -> None:
    at = at.replace(second=0, microsecond=0)
    expected = values.moment(f"{at:%Y-%m-%d %H:%M}")
    for written in (f"{at:%Y%m%d%H%M%S}", f"{at:%Y年%m月%d日%H時%M分}", f"{at:%Y/%m/%d %I:%M %p}"):
        assert values.moment(a("date").one(written)) == expected
    assert expected is not None
    assert values.moment(a("date").one(str(int(expected.timestamp())))) == expected


@given(start=st.integers(0, 23), length=st.integers(1, 6), sign=st.sampled_from("-~～〜－ー"))
def test_hours_give_the_slot_of_these_hours(start: int, length: int, sign: str) -> None:
    end = min(start + length, 24)
    expected = slot_of_hours(start, end)
    expected = "am" if expected == "0812" else expected
    for written in (
        f"{start}:00{sign}{end}:00",
        f"{start}{sign}{end}時",
        full_width(f"{start}:00")[:] + f"{sign}{end}:00",
    ):
        assert a("time_slot").one(written) == expected


@given(amount=st.integers(-(10**9), 10**9))
def test_an_amount_is_read_back_from_every_form(amount: int) -> None:
    sign = "-" if amount < 0 else ""
    for written in (f"{amount}", f"{sign}¥{abs(amount):,}", f"{sign}{abs(amount):,}円", f"{amount}.00"):
        assert a("int_yen").one(written) == str(amount)


@given(parts=st.lists(st.text("ab山田 ", min_size=1, max_size=5), min_size=1, max_size=6))
def test_what_is_joined_can_be_split_again(parts: list[str]) -> None:
    joined = a("join", "/").run(tuple(parts))[0]
    assert [a("split", "/", n).run(joined)[0][0] for n in range(1, len(parts) + 1)] == [
        p.strip() for p in parts
    ]


@given(prefecture=st.sampled_from(PREFECTURES), rest=st.text("文京区千駄木1-9", min_size=1, max_size=12))
def test_an_address_parted_is_whole_again(prefecture: str, rest: str) -> None:
    parts = [a("prefecture_split", part).one(prefecture + rest) for part in ("prefecture", "rest")]
    assert "".join(parts) == prefecture + rest
    assert parts[0] == prefecture


@given(
    lines=st.lists(
        st.text(st.characters(exclude_characters="&", exclude_categories=["Cs"]), max_size=6),
        min_size=1,
        max_size=8,
    )
)
def test_packed_lines_are_the_lines_that_were_packed(lines: list[str]) -> None:
    packed = "&".join(f"L{n}={text}" for n, text in enumerate(lines, start=1))
    assert a("packed_lines").run((packed,))[0] == tuple(lines)
