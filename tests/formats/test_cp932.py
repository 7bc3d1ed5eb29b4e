"""CP932 as Windows writes it, in bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.formats import cp932


@pytest.mark.parametrize(
    ("character", "data"),
    [
        ("\u301c", b"\x81\x60"),
        ("\uff5e", b"\x81\x60"),
        ("\u2212", b"\x81\x7c"),
        ("\uff0d", b"\x81\x7c"),
        ("\u2016", b"\x81\x61"),
        ("\u00a2", b"\x81\x91"),
        ("\u00a3", b"\x81\x92"),
        ("\u00ac", b"\x81\xca"),
        ("\u00a0", b" "),
        ("\u2014", b"\x81\x5c"),
        ("髙", b"\xfb\xfc"),
        ("﨑", b"\xfa\xb1"),
        ("ﾔ", b"\xd4"),
        ("①", b"\x87\x40"),
        ("表", b"\x95\x5c"),
    ],
)
def test_bytes(character: str, data: bytes) -> None:
    assert cp932.encode(character) == data
    assert cp932.length(character) == len(data)


def test_a_trail_byte_that_looks_like_a_nec_lead_stays() -> None:
    text = "".join(bytes((lead, 0xED)).decode("cp932") for lead in (0x88, 0x89, 0x8A, 0xE0))
    assert cp932.encode(text) == text.encode("cp932")


@pytest.mark.parametrize("text", ["𠮷野", "😀", "한"])
def test_outside_characters_are_named_and_never_replaced(text: str) -> None:
    assert cp932.unencodable(text) == (text[0],)
    with pytest.raises(UnicodeEncodeError):
        cp932.encode(text)


def test_makers_extensions_are_named() -> None:
    assert cp932.beyond_jis("髙橋﨑①山田ｱ1") == ("髙", "﨑", "①")


def test_cut_counts_bytes_and_never_halves_a_character() -> None:
    assert cp932.cut("あいう", 5) == "あい"
    assert cp932.cut("aあい", 3) == "aあ"
    assert cp932.cut("あい", 4) == "あい"


@given(st.text(max_size=40), st.integers(0, 30))
def test_a_cut_is_the_longest_beginning_that_fits(text: str, limit: int) -> None:
    cut = cp932.cut(text, limit)
    assert text.startswith(cut)
    assert cp932.length(cut) <= limit
    assert cut == text or cp932.length(text[: len(cut) + 1]) > limit


@given(st.text(max_size=40))
def test_what_is_encodable_comes_back_as_mapped(text: str) -> None:
    if not cp932.unencodable(text):
        decoded = cp932.encode(text).decode("cp932")
        assert cp932.encode(decoded) == cp932.encode(text)
