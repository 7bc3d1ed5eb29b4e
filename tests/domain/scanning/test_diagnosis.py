"""What three known codes say about a scanner."""

from __future__ import annotations

import pytest

from jpship_gui.domain.scanning.diagnosis import JAN, NUMBER, SIGNS, Diagnosis, Heard, Trait, diagnose
from jpship_gui.domain.scanning.framing import code_of
from jpship_gui.domain.scanning.setup import Layout, Setup, Suffix
from jpship_gui.domain.tracking_no import normalise
from tests.domain.scanning.test_framing import sent_by


def heard(text: str, end: Suffix = Suffix.ENTER, gap: int = 4) -> Heard:
    return Heard(text, end, gap)


def diagnosed(
    before: str = "", after: str = "", end: Suffix = Suffix.ENTER, gap: int = 4, frame: str = "A"
) -> Diagnosis:
    codes = (SIGNS, f"{frame}{NUMBER}{frame}", JAN)
    return diagnose(*(heard(before + code + after, end, gap) for code in codes))


def codes(diagnosis: Diagnosis) -> list[str]:
    return [finding.code for finding in diagnosis.findings]


def test_a_scanner_as_it_comes_out_of_the_box() -> None:
    found = diagnosed()
    assert found.setup == Setup(gap=40)
    assert codes(found) == ["end_enter", "letters", "gap"]
    assert found.ok


@pytest.mark.parametrize(
    ("before", "after", "end", "setup"),
    [
        ("", "", Suffix.TAB, Setup(gap=40, suffix=Suffix.TAB)),
        ("", "", Suffix.NONE, Setup(gap=40, suffix=Suffix.NONE)),
        ("~", "", Suffix.ENTER, Setup(gap=40, prefix="~")),
        ("<", "#;", Suffix.NONE, Setup(gap=40, prefix="<", suffix=Suffix.TEXT, suffix_text="#;")),
        ("]C0", "", Suffix.ENTER, Setup(gap=40)),
    ],
)
def test_what_stands_around_the_codes(before: str, after: str, end: Suffix, setup: Setup) -> None:
    found = diagnosed(before, after, end)
    assert found.setup == setup
    assert all(finding.mends for finding in found.findings)
    assert code_of(before + "JP00000VK" + after, found.setup).removeprefix("]C0") == "JP00000VK"


@pytest.mark.parametrize(
    ("scanner", "computer", "layout"), [("us", "jis", Layout.US), ("jis", "us", Layout.JIS)]
)
def test_a_scanner_of_another_keyboard(scanner: str, computer: str, layout: Layout) -> None:
    sent = sent_by(SIGNS, scanner, computer)
    found = diagnose(heard(sent), heard(f"a{NUMBER}a"), heard(JAN))
    assert (found.setup.layout, found.ok) == (layout, True)
    assert f"layout_{layout}" in codes(found)
    assert code_of(sent, found.setup) == SIGNS


def test_caps_lock_is_on() -> None:
    found = diagnose(heard(SIGNS.swapcase()), heard(f"a{NUMBER}a"), heard(JAN))
    assert found.setup.caps
    assert "caps" in codes(found)


def test_caps_lock_on_another_keyboard() -> None:
    sent = sent_by(SIGNS, "us", "jis").swapcase()
    found = diagnose(heard(sent), heard(NUMBER), heard(JAN))
    assert (found.setup.layout, found.setup.caps) == (Layout.US, True)


def test_only_capital_letters() -> None:
    found = diagnose(heard(SIGNS.upper()), heard(NUMBER), heard(JAN))
    assert (found.ok, found.setup.caps) == (True, False)
    assert Trait("case_lost", mends=False) in found.findings


def test_an_input_method_is_on() -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in SIGNS)
    found = diagnose(heard(wide), heard("".join(chr(ord(d) + 0xFEE0) for d in NUMBER)), heard(JAN))
    assert (found.ok, codes(found)) == (True, ["method", "end_enter", "letters_off", "gap"])


def test_signs_that_do_not_arrive_are_named() -> None:
    found = diagnose(heard(SIGNS.replace("@", "").replace("=", "")), heard(NUMBER), heard(JAN))
    assert not found.ok
    assert found.findings[0] == Trait("signs_lost", {"signs": "@=", "text": "Jp7a-B:c+De*F5"}, mends=False)


def test_another_code_was_read() -> None:
    found = diagnose(heard("4901234567894"), None, None)
    assert (found.ok, codes(found)[0]) == (False, "unreadable")


@pytest.mark.parametrize("frame", ["A", "a", "D", ""])
def test_start_and_stop_letters(frame: str) -> None:
    found = diagnosed(frame=frame)
    assert ("letters" if frame else "letters_off") in codes(found)
    assert normalise(f"{frame}{NUMBER}{frame}") == NUMBER


def test_what_is_not_read_or_not_whole_is_said() -> None:
    found = diagnose(heard(SIGNS), None, heard(JAN[:-1]))
    assert [f.code for f in found.findings if not f.mends] == ["number_unread", "jan_check"]
    assert found.ok
    assert "jan_unread" in codes(diagnose(heard(SIGNS), heard(NUMBER), None))
    assert "number_wrong" in codes(diagnose(heard(SIGNS), heard("123"), heard(JAN)))
    assert "jan_wrong" in codes(diagnose(heard(SIGNS), heard(NUMBER), heard("123")))


@pytest.mark.parametrize(("gap", "limit"), [(0, 40), (4, 40), (15, 45), (80, 240), (500, 1000)])
def test_the_gap_is_measured(gap: int, limit: int) -> None:
    found = diagnosed(gap=gap)
    assert found.setup.gap == limit
    assert ("slow" in codes(found)) == (gap > 150)


def test_a_serial_line_says_nothing_about_keys() -> None:
    found = diagnose(Heard(SIGNS, keys=False), Heard(NUMBER, keys=False), Heard(JAN, keys=False))
    assert found.setup == Setup()
    assert "gap" not in codes(found)
