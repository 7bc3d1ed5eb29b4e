"""What keys mean: characters of the US and the Japanese (JIS) keyboard by the place of the key, and kana keys.

Numbers of keys are those of Linux' input events, which in the main block are also the PC's make codes (set 1).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

ENTER = frozenset({28, 96})
TAB = 15
SHIFT = frozenset({42, 54})
CTRL = frozenset({29, 97})
CAPS_LOCK = 58
RO, YEN = 89, 124  # the two keys only a Japanese keyboard has

# place of the key → plain and shifted character
_LETTERS = {
    16: "q", 17: "w", 18: "e", 19: "r", 20: "t", 21: "y", 22: "u", 23: "i", 24: "o", 25: "p",
    30: "a", 31: "s", 32: "d", 33: "f", 34: "g", 35: "h", 36: "j", 37: "k", 38: "l",
    44: "z", 45: "x", 46: "c", 47: "v", 48: "b", 49: "n", 50: "m",
}  # fmt: skip
_US = {
    2: "1!", 3: "2@", 4: "3#", 5: "4$", 6: "5%", 7: "6^", 8: "7&", 9: "8*", 10: "9(", 11: "0)", 12: "-_", 13: "=+",
    26: "[{", 27: "]}", 39: ";:", 40: "'\"", 41: "`~", 43: "\\|", 51: ",<", 52: ".>", 53: "/?",
}  # fmt: skip
_JIS = {
    2: "1!", 3: '2"', 4: "3#", 5: "4$", 6: "5%", 7: "6&", 8: "7'", 9: "8(", 10: "9)", 11: "0", 12: "-=", 13: "^~",
    26: "@`", 27: "[{", 39: ";+", 40: ":*", 43: "]}", 51: ",<", 52: ".>", 53: "/?", RO: "\\_", YEN: "\\|",
}  # fmt: skip
_KEYPAD = {
    55: "*", 71: "7", 72: "8", 73: "9", 74: "-", 75: "4", 76: "5", 77: "6", 78: "+", 79: "1", 80: "2", 81: "3",
    82: "0", 83: ".", 98: "/", 57: " ",
}  # fmt: skip


def _table(signs: Mapping[int, str]) -> Mapping[int, tuple[str, str]]:
    letters = {code: (letter, letter.upper()) for code, letter in _LETTERS.items()}
    keys = {code: (pair[0], pair[1:]) for code, pair in signs.items()}
    return MappingProxyType({**letters, **keys, **{code: (sign, sign) for code, sign in _KEYPAD.items()}})


TABLES: Mapping[str, Mapping[int, tuple[str, str]]] = MappingProxyType(
    {"us": _table(_US), "jis": _table(_JIS)}
)


def _seen_as(sent: Mapping[int, str], believed: Mapping[int, str]) -> dict[int, str]:
    """Character a computer shows → character a scanner meant, for keys whose meaning differs."""
    pairs: dict[int, str] = {}
    for code, meant in sent.items():
        for shown_sign, meant_sign in zip(believed.get(code, ""), meant, strict=False):
            if shown_sign != meant_sign:
                pairs[ord(shown_sign)] = meant_sign
    return pairs


# The key right of the Japanese colon is beside Enter on both boards, but the US board's backslash stands for it.
US_ON_JIS: Mapping[int, str] = MappingProxyType(_seen_as(_US, _JIS))
JIS_ON_US: Mapping[int, str] = MappingProxyType(_seen_as(_JIS, _US))

# Kana input: each key of a Japanese keyboard gives a kana. Small kana and signs are the shifted keys.
_KANA = {
    "1234567890-^": "ぬふあうえおやゆよわほへ",
    "qwertyuiop@[": "たていすかんなにらせ゛゜",
    "asdfghjkl;:]": "ちとしはきくまのりれけむ",
    "zxcvbnm,./\\": "つさそひこみもねるめろ",
    "#$%&'()EZ": "ぁぅぇぉゃゅょぃっ",
    "{}<>?": "「」、。・",
}
_KANA_KEYS = MappingProxyType(
    {ord(kana): key for keys, line in _KANA.items() for key, kana in zip(keys, line, strict=True)}
    | {ord("を"): "0", ord("ー"): "\\", 0x3099: "@", 0x309A: "["}
)


def typed_as_kana(text: str) -> str:
    """The keys that gave this kana text with a Japanese input method in kana mode; blank when other signs are in it.

    Which letters were shifted is lost, so they come in lower case.
    """
    wide = unicodedata.normalize("NFKC", text)
    parts = unicodedata.normalize("NFD", "".join(_hiragana(sign) for sign in wide))
    if not any(ord(sign) in _KANA_KEYS and sign not in "ー・、。「」" for sign in parts):
        return ""
    keys = parts.translate(_KANA_KEYS)
    return keys if keys.isascii() else ""


def _hiragana(sign: str) -> str:
    return chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign
