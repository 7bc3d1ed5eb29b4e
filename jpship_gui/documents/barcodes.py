"""Bar codes as dark stretches in whole printer dots; `Sheet.bars` draws them.

Own encoders, because a code must know the printer's dots: bars off the dot grid fail below 0.375 mm (documents
reference, section 10, measured with three rasterisers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.documents.qr_small import small_qr


@dataclass(frozen=True, slots=True)
class Bars:
    """A linear code: (offset, width) in dots of each dark bar, and the whole width, without quiet zones."""

    dark: tuple[tuple[int, int], ...]
    width: int


def dots_for(millimetres: float, dpi: int, least: int = 2) -> int:
    """Whole dots nearest to a length, not fewer than `least`."""
    return max(least, round(millimetres * dpi / 25.4))


def _from_widths(widths: Sequence[int]) -> Bars:
    """Alternating bar and space widths, beginning with a bar."""
    dark: list[tuple[int, int]] = []
    at = 0
    for index, wide in enumerate(widths):
        if index % 2 == 0:
            dark.append((at, wide))
        at += wide
    return Bars(tuple(dark), at)


# ISO/IEC 15417: bar and space widths of the values 0 … 105 and of the stop pattern
_CODE128 = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
).split()
_CODE128_STOP = "2331112"
_TO_C, _TO_B, _START_B, _START_C = 99, 100, 104, 105


def code128_values(text: str) -> list[int]:
    """Start, data and check values in code sets B and C; ValueError for anything but printable ASCII."""
    if not text or not all(" " <= c <= "~" for c in text):
        raise ValueError(f"Code 128 B cannot hold {text!r}")
    values: list[int] = []
    in_c = False
    at = 0
    while at < len(text):
        digits = _digits_from(text, at)
        pairs = digits // 2 * 2
        worth = 4 if at == 0 or at + digits == len(text) else 6
        if in_c and digits >= 2:
            values.append(int(text[at : at + 2]))
            at += 2
        elif not in_c and (digits >= worth or (at == 0 and digits == len(text) == 2)):
            if digits - pairs and at:  # an odd digit stays in B, so that the rest goes in pairs
                values.append(ord(text[at]) - 32)
                at += 1
            values.append(_START_C if not values else _TO_C)
            in_c = True
        else:
            if not values:
                values.append(_START_B)
            elif in_c:
                values.append(_TO_B)
            in_c = False
            values.append(ord(text[at]) - 32)
            at += 1
    check = (values[0] + sum(i * v for i, v in enumerate(values))) % 103
    return [*values, check]


def _digits_from(text: str, at: int) -> int:
    end = at
    while end < len(text) and text[end] in "0123456789":
        end += 1
    return end - at


def code128(text: str, module: int) -> Bars:
    """Code 128 (sets B and C) with a module of that many dots."""
    pattern = "".join(_CODE128[value] for value in code128_values(text)) + _CODE128_STOP
    return _from_widths([int(c) * module for c in pattern])


# JIS X 0506: seven elements a character, 1 = wide, beginning with a bar
_NW7 = {
    "0": "0000011", "1": "0000110", "2": "0001001", "3": "1100000", "4": "0010010", "5": "1000010", "6": "0100001",
    "7": "0100100", "8": "0110000", "9": "1001000", "-": "0001100", "$": "0011000", ":": "1000101", "/": "1010001",
    ".": "1010100", "+": "0010101", "A": "0011010", "B": "0101001", "C": "0001011", "D": "0001110",
}  # fmt: skip


def nw7(digits: str, narrow: int, wide: int, frame: str = "A") -> Bars:
    """NW-7 (Codabar) between the start and stop letter `frame`; the ratio wide : narrow must be 2.5 … 3."""
    if not 2.3 <= wide / narrow <= 3.0:
        raise ValueError(f"NW-7 ratio {wide}:{narrow}")
    widths: list[int] = []
    for character in f"{frame}{digits}{frame}":
        if character not in _NW7:
            raise ValueError(f"NW-7 cannot hold {character!r}")
        widths.extend(wide if flag == "1" else narrow for flag in _NW7[character])
        widths.append(narrow)
    return _from_widths(widths[:-1])


def nw7_wide(narrow: int) -> int:
    """The whole number of dots nearest to 2.5 times the narrow element, never below that ratio."""
    return -(-narrow * 5 // 2)


_EAN_L = ("3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112")
_EAN_PARITY = (
    "LLLLLL",
    "LLGLGG",
    "LLGGLG",
    "LLGGGL",
    "LGLLGG",
    "LGGLLG",
    "LGGGLL",
    "LGLGLG",
    "LGLGGL",
    "LGGLGL",
)


def jan_check_digit(body: str) -> int:
    """Check digit of the 12 or 7 digits before it."""
    total = sum(int(c) * (3 if (len(body) - i) % 2 else 1) for i, c in enumerate(body))
    return -total % 10


def is_jan(digits: str) -> bool:
    """Whether it is 8 or 13 digits with the right check digit."""
    good = digits.isascii() and digits.isdigit() and len(digits) in (8, 13)
    return good and jan_check_digit(digits[:-1]) == int(digits[-1])


def jan(digits: str, module: int) -> Bars:
    """JAN-13 or JAN-8; ValueError unless length and check digit hold."""
    if not is_jan(digits):
        raise ValueError(f"no JAN code: {digits}")
    if len(digits) == 13:
        parity, left, right = _EAN_PARITY[int(digits[0])], digits[1:7], digits[7:]
    else:
        parity, left, right = "LLLL", digits[:4], digits[4:]
    halves = [_EAN_L[int(c)] if p == "L" else _EAN_L[int(c)][::-1] for p, c in zip(parity, left, strict=True)]
    pattern = "111" + "".join(halves) + "11111" + "".join(_EAN_L[int(c)] for c in right) + "111"
    return _from_widths([int(c) * module for c in pattern])


def qr_matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Rows of a QR code, error correction M, without quiet zone."""
    small = small_qr(text)
    if small is not None:
        return small
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    size = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(size)) for row in range(size))
