"""From what a scanner sends to what its code holds."""

from __future__ import annotations

import pytest

from jpship_gui.domain.packing.kinds import tidy
from jpship_gui.domain.scanning.framing import code_of, composed, mended
from jpship_gui.domain.scanning.keymap import JIS_ON_US, TABLES, US_ON_JIS, typed_as_kana
from jpship_gui.domain.scanning.setup import Layout, Setup, Suffix
from jpship_gui.domain.tracking_no import normalise


def sent_by(text: str, scanner: str, computer: str) -> str:
    """What the computer shows when the scanner presses the keys of its own keyboard for a text."""
    keys = {
        sign: (code, shift)
        for code, pair in reversed(TABLES[scanner].items())
        for shift, sign in enumerate(pair)
        if sign
    }
    shown = []
    for sign in text:
        code, shift = keys[sign]
        pair = TABLES[computer].get(code, ("", ""))
        shown.append(pair[shift] if shift < len(pair) else "")
    return "".join(shown)


SIGNS = "A0:b-c+d_e*f=G@h[i]j{k}l;m'n\"o&p^q(r\\s|t"


def test_a_us_scanner_at_a_japanese_keyboard_is_mended() -> None:
    assert sent_by(SIGNS, "us", "jis") != SIGNS
    assert mended(sent_by(SIGNS, "us", "jis"), Layout.US, False) == SIGNS


def test_a_japanese_scanner_at_a_us_keyboard_is_mended() -> None:
    signs = "A0:b-c+d*e=f@g[h]i{j}k;l'm\"n&o^p(q"
    assert sent_by(signs, "jis", "us") != signs
    assert mended(sent_by(signs, "jis", "us"), Layout.JIS, False) == signs


def test_letters_and_digits_are_the_same_on_both() -> None:
    plain = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-./,;$%#!"
    assert sent_by(plain, "us", "jis") == plain
    assert all(ord(sign) not in US_ON_JIS and ord(sign) not in JIS_ON_US for sign in plain)


@pytest.mark.parametrize(
    ("sent", "setup", "code"),
    [
        ("~JP00000VK", Setup(prefix="~"), "JP00000VK"),
        ("JP00000VK", Setup(prefix="~"), "JP00000VK"),
        ("~", Setup(prefix="~"), "~"),
        ("4901234567894#", Setup(suffix=Suffix.TEXT, suffix_text="#"), "4901234567894"),
        ("4901234567894#", Setup(suffix_text="#"), "4901234567894#"),
        ("jp00000vk", Setup(caps=True), "JP00000VK"),
        ("sku=a+b", Setup(layout=Layout.US, caps=True), "SKU_A:B"),
        ("4901234567894\r", Setup(), "4901234567894"),
        ("\x1d011490123456789417", Setup(), "\x1d011490123456789417"),
    ],
)
def test_what_stands_around_a_code_goes(sent: str, setup: Setup, code: str) -> None:
    assert code_of(sent, setup) == code


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("ＪＰ００００００ＶＫ", "JP000000VK"),
        ("４９０１２３４５６７８９４", "4901234567894"),
        ("]C14901234567894", "4901234567894"),
        ("]d20104901234567894", "0104901234567894"),
        (" jp00000vk\r\n", "JP00000VK"),
        ("\u200b4901234567894", "4901234567894"),
    ],
)
def test_leftovers_go_wherever_codes_are_compared(raw: str, tidied: str) -> None:
    assert tidy(raw) == tidied


@pytest.mark.parametrize(
    "raw",
    [
        "A200000001116A", "a200000001116a", "D200000001116D", "d200000001116d", "T200000001116E", "a200000001116",
        "2000-0000-1116", "２０００－００００－１１１６", "2000ー0000ー1116", "2000‐0000‐1116", "2000 0000 1116", "Ａ２０００００００１１１６Ａ",
    ],
)  # fmt: skip
def test_every_spelling_of_a_number_is_one_number(raw: str) -> None:
    assert normalise(raw) == "200000001116"


def test_kana_of_a_japanese_input_method_become_the_keys_again() -> None:
    assert typed_as_kana("ぬふあうえおやゆよわ") == "1234567890"
    assert typed_as_kana("ﾇﾌｱｳｴｵﾔﾕﾖﾜ") == "1234567890"
    assert typed_as_kana("ませわわわわわひの") == "jp00000vk"
    assert typed_as_kana("が") == "t@"  # one sign of two keys
    assert composed("ませわわわわわひの") == "jp00000vk"
    assert composed("４９０１２３") == "４９０１２３"  # undone where codes are compared
    assert composed("2000ー0000") == "2000ー0000"  # a hyphen, not the yen key
    assert composed("漢字ぬふ") == "漢字ぬふ"
