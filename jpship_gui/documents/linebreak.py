"""Japanese line breaking by real widths (documents reference, 9.2): what may not begin, end or be split over a line."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SMALL_KANA = "ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ" + "".join(map(chr, range(0x31F0, 0x3200)))
NOT_AT_START = frozenset(
    ",)]}、〕〉》」』】〙〗〟’”⦆»）］｝，．ゝゞヽヾー々〻‐゠–〜～？！‼⁇⁈⁉・：；／。.!?:;%％" + _SMALL_KANA
)
NOT_AT_END = frozenset("（［｛〔〈《「『【〘〖〝‘“⦅«([{￥¥＃#№")

_NUMBER = r"[0-9０-９]+(?:[,.，．\-－‐ー―−–][0-9０-９]+)*"
_UNIT = r"(?:丁目|番地|番館|番|号室|号棟|号館|号|階|棟|個口|[%％円点個枚本袋箱年月日時分秒冊組]|[A-Za-zａ-ｚＡ-Ｚ]+)?"
_TOKEN = re.compile(
    rf"(?:[￥¥$＄]?(?:{_NUMBER}{_UNIT})+"  # an amount with its sign, a house number, 12番11号
    r"|[A-Za-z\u00c0-\u024f0-9][A-Za-z\u00c0-\u024f0-9'’._@/+&-]*"  # a Latin word, a mail address
    r"|——|……|‥‥"
    r"|[ \u3000]+"
    r"|.)",
    re.DOTALL,
)


def wrap(text: str, widths: Mapping[str, float], limit: float, spacing: float = 0.0) -> list[str]:
    """Lines no wider than `limit` (the unit of `widths`); line breaks in the text are kept, nothing is dropped but the
    blanks at a break. A single piece wider than a line is cut between characters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if _width(paragraph, widths, spacing) <= limit:
            lines.append(paragraph)
        else:
            lines.extend(_fill(paragraph, widths, limit, spacing))
    return lines


def _width(text: str, widths: Mapping[str, float], spacing: float) -> float:
    return sum(map(widths.__getitem__, text)) + spacing * len(text)


def _fill(paragraph: str, widths: Mapping[str, float], limit: float, spacing: float) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(paragraph):
        wide = _width(piece, widths, spacing)
        if used + _width(piece.rstrip(" \u3000"), widths, spacing) <= limit:
            line, used = line + piece, used + wide
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip(" \u3000")
        used = _width(line, widths, spacing)
        while used > limit and len(line) > 1:
            head = _cut(line, widths, limit, spacing)
            lines.append(line[:head])
            line = line[head:]
            used = _width(line, widths, spacing)
    if line.strip():
        lines.append(line.rstrip())
    return lines


def _cut(piece: str, widths: Mapping[str, float], limit: float, spacing: float) -> int:
    """How many characters of a too wide piece fit; at least one, and up to a hyphen where one stands not too early."""
    used = 0.0
    joint = 0
    for count, character in enumerate(piece):
        used += widths[character] + spacing
        if used > limit:
            return joint if joint * 3 > count else max(count, 1)
        if character in "-_/@":
            joint = count + 1
    return len(piece)


def _pieces(paragraph: str) -> list[str]:
    """The stretches between which a line may break."""
    pieces: list[str] = []
    for token in _TOKEN.findall(paragraph):
        joins = pieces and (token[0] in NOT_AT_START or token.isspace() or pieces[-1][-1] in NOT_AT_END)
        if joins:
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces
