"""QR codes of versions 1 to 3 with error correction M (ISO/IEC 18004), quick enough for a thousand labels.

A matrix is one whole number, a bit a module, so that the eight masks are judged by shifts instead of module by module.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_BLOCKS = {1: (16, 10), 2: (28, 16), 3: (44, 26)}  # version: data codewords, check codewords, in one block
_GAP = 12  # blank bits between rows, more than the longest pattern a mask is judged by
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda x, y: (x + y) % 2 == 0,
    lambda x, y: y % 2 == 0,
    lambda x, y: x % 3 == 0,
    lambda x, y: (x + y) % 3 == 0,
    lambda x, y: (x // 3 + y // 2) % 2 == 0,
    lambda x, y: x * y % 2 + x * y % 3 == 0,
    lambda x, y: (x * y % 2 + x * y % 3) % 2 == 0,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2 == 0,
)
_FINDER_LIKE = ("10111010000", "00001011101")


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all codes of a version share: side, bits from row to row, fixed dark modules, the bit of each data module in
    reading order, each mask with its format bits, and which bits lie in the square."""

    side: int
    stride: int
    fixed: int
    order: tuple[int, ...]
    masks: tuple[tuple[int, int], ...]
    inside: int


def small_qr(text: str) -> tuple[tuple[bool, ...], ...] | None:
    """Rows of the smallest code, None where version 3 cannot hold the text."""
    for version, (data, check) in _BLOCKS.items():
        bits = _bits(text, data)
        if bits is not None:
            codewords = [bits >> 8 * (data - 1 - n) & 255 for n in range(data)]
            return _rows(version, codewords + _check_codewords(codewords, check))
    return None


def _bits(text: str, codewords: int) -> int | None:
    """The data codewords as one number, None where they are too few."""
    room = codewords * 8
    if all(character in _ALPHANUMERIC for character in text):
        bits, length = 0b0010 << 9 | len(text), 13
        values = [_ALPHANUMERIC.index(character) for character in text]
        for at in range(0, len(values) - 1, 2):
            bits, length = bits << 11 | values[at] * 45 + values[at + 1], length + 11
        if len(values) % 2:
            bits, length = bits << 6 | values[-1], length + 6
    else:
        data = text.encode("utf-8")
        bits, length = 0b0100 << 8 | min(len(data), 255), 12
        for byte in data:
            bits, length = bits << 8 | byte, length + 8
    if length > room:
        return None
    stop = min(4, room - length)
    bits, length = bits << stop, length + stop
    bits, length = bits << -length % 8, length + -length % 8
    for number in range((room - length) // 8):
        bits = bits << 8 | (0x11 if number % 2 else 0xEC)
    return bits


@cache
def _field() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Powers and logarithms of the field of 256 elements."""
    powers, logs, value = [0] * 512, [0] * 256, 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logs[value] = exponent
        value = value << 1 ^ (0x11D if value & 128 else 0)
    return tuple(powers), tuple(logs)


@cache
def _generator(degree: int) -> tuple[int, ...]:
    """Logarithms of the generator polynomial's coefficients below the leading one."""
    powers, logs = _field()
    polynomial = [1]
    for exponent in range(degree):
        longer = [*polynomial, 0]
        for at, factor in enumerate(polynomial):
            longer[at + 1] ^= powers[logs[factor] + exponent]
        polynomial = longer
    return tuple(logs[factor] for factor in polynomial[1:])


def _check_codewords(data: list[int], count: int) -> list[int]:
    powers, logs = _field()
    generator = _generator(count)
    rest = [0] * count
    for codeword in data:
        factor = codeword ^ rest[0]
        rest = [*rest[1:], 0]
        if factor:
            log = logs[factor]
            rest = [old ^ powers[log + own] for old, own in zip(rest, generator, strict=True)]
    return rest


def _rows(version: int, codewords: list[int]) -> tuple[tuple[bool, ...], ...]:
    frame = _frame(version)
    data, matrix = int.from_bytes(bytes(codewords), "big"), frame.fixed
    top = len(codewords) * 8 - 1
    for number, bit in enumerate(frame.order[: top + 1]):
        if data >> top - number & 1:
            matrix |= 1 << bit
    best = min((matrix ^ mask | form for mask, form in frame.masks), key=lambda made: _penalty(made, frame))
    side, stride = frame.side, frame.stride
    rows = (f"{best >> y * stride & (1 << side) - 1:0{side}b}" for y in range(side))
    return tuple(tuple(bit == "1" for bit in reversed(row)) for row in rows)


def _penalty(matrix: int, frame: _Frame) -> int:
    """How hard a code would be to read, by the four rules of the standard."""
    inside, stride = frame.inside, frame.stride
    light = ~matrix & inside
    total = 0
    for step in (1, stride):
        for colour in (matrix, light):
            pairs = colour & colour >> step
            five = pairs & pairs >> step * 2 & colour >> step * 4
            total += five.bit_count() + 2 * (five & ~(five >> step)).bit_count()
        for pattern in _FINDER_LIKE:
            found = inside
            for at, bit in enumerate(pattern):
                found &= (matrix if bit == "1" else light) >> step * at
            total += 40 * found.bit_count()
    for colour in (matrix, light):
        pairs = colour & colour >> 1
        total += 3 * (pairs & pairs >> stride).bit_count()
    share = matrix.bit_count() * 100 / frame.side**2
    return total + 10 * int(abs(share - 50) / 5)


@cache
def _frame(version: int) -> _Frame:
    side = 17 + 4 * version
    stride = side + _GAP
    dark, taken = _fixed(version, side)
    order = tuple(y * stride + x for x, y in _zigzag(side) if (x, y) not in taken)
    masks = []
    for number, flips in enumerate(_MASKS):
        mask = sum(1 << bit for bit in order if flips(bit % stride, bit // stride))
        masks.append((mask, sum(1 << y * stride + x for x, y in _format(number, side))))
    inside = sum((1 << side) - 1 << y * stride for y in range(side))
    return _Frame(side, stride, sum(1 << y * stride + x for x, y in dark), order, tuple(masks), inside)


def _fixed(version: int, side: int) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Dark modules of finders, timing and alignment; all modules that hold no data."""
    dark: set[tuple[int, int]] = {(8, side - 8)}
    taken: set[tuple[int, int]] = {(8, side - 8)}
    for at in range(side):
        taken |= {(6, at), (at, 6)}
        if at % 2 == 0:
            dark |= {(6, at), (at, 6)}
    for left, top in ((0, 0), (side - 7, 0), (0, side - 7)):
        square = {
            (left + x, top + y): max(abs(x - 3), abs(y - 3)) for x in range(-1, 8) for y in range(-1, 8)
        }
        on = {place: ring for place, ring in square.items() if min(place) >= 0 and max(place) < side}
        taken |= on.keys()
        dark = dark - on.keys() | {place for place, ring in on.items() if ring in (0, 1, 3)}
    if version > 1:
        middle = side - 7
        square = {(middle + x, middle + y): max(abs(x), abs(y)) for x in range(-2, 3) for y in range(-2, 3)}
        taken |= square.keys()
        dark |= {place for place, ring in square.items() if ring != 1}
    for at in range(9):
        taken |= {(8, at), (at, 8)}
    for at in range(8):
        taken |= {(side - 1 - at, 8), (8, side - 1 - at)}
    return dark, taken


def _zigzag(side: int) -> list[tuple[int, int]]:
    """All modules in the order data is laid in: pairs of columns from the right, up and down in turn."""
    places = []
    for pair in range(side - 1, 0, -2):
        right = pair if pair > 6 else pair - 1
        upward = (right + 1) & 2 == 0
        for step in range(side):
            y = side - 1 - step if upward else step
            places += [(right, y), (right - 1, y)]
    return places


def _format(mask: int, side: int) -> list[tuple[int, int]]:
    """Dark modules of the format information for correction M and a mask, both copies."""
    rest = mask
    for _ in range(10):
        rest = rest << 1 ^ (rest >> 9) * 0x537
    bits = (mask << 10 | rest) ^ 0x5412
    first = [(8, at) for at in range(6)] + [(8, 7), (8, 8), (7, 8)] + [(14 - at, 8) for at in range(9, 15)]
    second = [(side - 1 - at, 8) for at in range(8)] + [(8, side - 15 + at) for at in range(8, 15)]
    return [place for copy in (first, second) for at, place in enumerate(copy) if bits >> at & 1]
