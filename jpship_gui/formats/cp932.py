"""Text as carriers' and marketplaces' tools read it: CP932 with the mapping Windows uses, tested in bytes.

Codec builds differ (one encodes U+301C itself, one writes 髙 as NEC's EE E0 where Windows writes FB FC),
so both are settled here.
"""

from __future__ import annotations

from functools import cache, lru_cache

_MAP = {
    0x301C: 0xFF5E,  # wave dash → full-width tilde
    0x2212: 0xFF0D,  # minus sign → full-width hyphen-minus
    0x2016: 0x2225,  # double vertical line → parallel to
    0x00A2: 0xFFE0,
    0x00A3: 0xFFE1,
    0x00AC: 0xFFE2,
    0x00A0: 0x0020,
    0x2014: 0x2015,  # em dash → horizontal bar
}
_IBM_LEADS = range(0xFA, 0xFD)
_NEC_SELECTED = (0xED, 0xEE)
_SAFE_LEADS = frozenset([*range(0x81, 0x85), *range(0x88, 0xA0), *range(0xE0, 0xEB)])


@cache
def _ibm_bytes() -> dict[str, bytes]:
    """Characters of the IBM extension and the bytes Windows gives them; the NEC-selected twins are never
    written."""
    found: dict[str, bytes] = {}
    for lead in _IBM_LEADS:
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFD)):
            code = bytes((lead, trail))
            try:
                character = code.decode("cp932")
            except UnicodeDecodeError:
                continue
            found.setdefault(character, code)
    return found


def mapped(text: str) -> str:
    """The same text with the look-alikes CP932 knows under another code point."""
    return text.translate(_MAP)


def encode(text: str) -> bytes:
    """CP932 bytes; UnicodeEncodeError where `unencodable` names a character. Never writes a replacement."""
    text = mapped(text)
    if _ibm_bytes().keys().isdisjoint(text):
        return text.encode("cp932")
    return b"".join(_encode_one(character) for character in text)


def _encode_one(character: str) -> bytes:
    raw = character.encode("cp932")
    return _ibm_bytes().get(character, raw) if raw[0] in _NEC_SELECTED else raw


def length(text: str) -> int:
    """Bytes in CP932 (full width 2, half width 1); a character outside it counts 2."""
    try:
        return len(mapped(text).encode("cp932"))
    except UnicodeEncodeError:
        return sum(_width(character) for character in mapped(text))


def _width(character: str) -> int:
    try:
        return len(character.encode("cp932"))
    except UnicodeEncodeError:
        return 2


def cut(text: str, limit: int) -> str:
    """The longest beginning of a text that takes at most `limit` bytes."""
    if length(text) <= limit:
        return text
    used = 0
    for place, character in enumerate(text):
        used += length(character)
        if used > limit:
            return text[:place]
    return text


def unencodable(text: str) -> tuple[str, ...]:
    """Characters CP932 does not have (emoji, 𠮷 …), each once, in order."""
    if _encodable(mapped(text)):
        return ()
    return tuple(c for c in dict.fromkeys(mapped(text)) if not _encodable(c))


def beyond_jis(text: str) -> tuple[str, ...]:
    """Characters CP932 has only as a maker's extension (①, 髙, 﨑): outside JIS levels 1 and 2, printed by
    not every tool."""
    return tuple(character for character in dict.fromkeys(mapped(text)) if _is_extension(character))


@lru_cache(maxsize=8192)
def _is_extension(character: str) -> bool:
    if not _encodable(character):
        return False
    raw = encode(character)
    return len(raw) == 2 and raw[0] not in _SAFE_LEADS


def _encodable(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
