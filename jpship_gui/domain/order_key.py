"""The shipment key: what slip, carrier file and bar code carry.

`JP` + running number in 6 base-31 digits + one check character. Letters and digits only, 9 characters, so it fits
every carrier's customer reference (the shortest takes 15) and survives any keyboard layout of a scanner. I, L, O, U
and Z are left out: the first four are misread, and 31 digits make a prime base, which the check character needs. The
running number never repeats within one data folder, so a reprint keeps its key.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
PREFIX = "JP"
BODY = 6
_BASE = len(ALPHABET)  # 31, prime: the check finds every single wrong character and every swap of neighbours
_VALUES = {character: value for value, character in enumerate(ALPHABET)}

PAPER = "S"  # ends the code on our own papers


def paper_code(key: str) -> str:
    """What the bar code on slip, pick list and return slip holds. The carrier prints the bare key on its waybill, so a
    slip that is read instead of the waybill's key proves nothing."""
    return key + PAPER


def without_paper(code: str) -> str:
    """The key of a paper's code; any other text as it is."""
    bare = code.removesuffix(PAPER)
    return bare if len(bare) < len(code) and is_key(bare[: len(PREFIX) + BODY + 1]) else code


def _check(body: str) -> str:
    total = 0
    for character in body:
        total = (total + _VALUES[character]) * 3 % _BASE
    return ALPHABET[total]


def make_key(number: int) -> str:
    """Key of a running number from 1; ValueError beyond 31**6 - 1 (some 887 million)."""
    if not 0 < number < _BASE**BODY:
        raise ValueError(f"no key for running number {number}")
    digits = []
    for _ in range(BODY):
        number, digit = divmod(number, _BASE)
        digits.append(ALPHABET[digit])
    body = "".join(reversed(digits))
    return PREFIX + body + _check(body)


def looks_like_key(text: str) -> bool:
    """Whether a text has the key's shape, right or wrong check character."""
    return (
        len(text) == len(PREFIX) + BODY + 1
        and text.startswith(PREFIX)
        and all(c in ALPHABET for c in text[2:])
    )


def is_key(text: str) -> bool:
    """Whether shape and check character hold."""
    return looks_like_key(text) and _check(text[2:-1]) == text[-1]


def number_of(key: str) -> int:
    """Running number of a key that holds; ValueError otherwise."""
    if not is_key(key):
        raise ValueError(f"{key} is no key")
    number = 0
    for character in key[len(PREFIX) : -1]:
        number = number * _BASE + _VALUES[character]
    return number


def parcel_key(shipment_key: str, no: int) -> str:
    """Key of the n-th parcel; the first carries the shipment's own, further ones append P and the number."""
    return shipment_key if no == 1 else f"{shipment_key}P{no}"


def box_number(key: str) -> int:
    """Which parcel of its shipment a parcel key names, from 1."""
    _, _, number = key[len(PREFIX) + BODY + 1 :].partition("P")
    return int(number) if number.isdigit() else 1
