"""Bytes → text: a byte order mark, else strict UTF-8, else strict CP932. Never a guess; what is neither is refused with
its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jpship_gui.domain.fault import Refused
from jpship_gui.formats.records import place_of_end

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "utf-8-sig"),
    (b"\xff\xfe", "utf-16-le", "utf-16"),
    (b"\xfe\xff", "utf-16-be", "utf-16"),
)
_SHOWN = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp932": "CP932（Shift_JIS）",
}
_BY_ITSELF = frozenset(("utf-8", "utf-8-sig", "cp932"))  # told apart on the content, in whatever order
# How Python's codecs word bytes that end in the middle of a character.
_CUT = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
# Kinds of bytes: ASCII, first of a full-width character in UTF-8, one that follows it, any other.
_KINDS = b"a" * 0x80 + b"f" * 0x40 + b"o" * 0x22 + b"h" * 0x08 + b"o" * 0x05 + b"h" + b"o" * 0x10
# Three full-width characters of UTF-8 after ASCII. CP932 reads nearly all of them too, as 縺ゅ＞: kanji no address has.
_UTF8_RUN = b"ahffhffhff"


def decode(name: str, data: bytes, encodings: Sequence[str] = ()) -> tuple[str, str]:
    """The text and how it was read (utf-8, utf-8-sig, utf-16, cp932, or one of `encodings`, tried in their order).

    Refused("file_encoding") names line and byte of the first byte that does not belong, also where rows of another
    encoding were pasted in; Refused("file_damaged") for a file that ends within a character.
    """
    data = data.removesuffix(b"\x1a")  # old programs end a file with the control character SUB
    for mark, codec, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(name, data, codec, len(mark)), encoding
    if not _BY_ITSELF.issuperset(encodings):
        return _one_of(name, data, encodings)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        fault = error
    if _is_utf8(_first_beyond_ascii(data)):
        raise _refusal(name, data, "utf-8", fault, 0)
    text = _strict(name, data, "cp932", 0)
    other = _utf8_among(data)
    if other is not None:
        raise _wrong_byte(name, data, "cp932", other)
    return text, "cp932"


def _one_of(name: str, data: bytes, encodings: Sequence[str]) -> tuple[str, str]:
    """The first that holds for the whole file; the refusal is that of the one which came furthest."""
    furthest: tuple[int, str, UnicodeDecodeError] | None = None
    for encoding in encodings:
        codec = encoding.removesuffix("-sig")
        try:
            return data.decode(codec), codec
        except UnicodeDecodeError as fault:
            if furthest is None or fault.start > furthest[0]:
                furthest = (fault.start, codec, fault)
    assert furthest is not None
    raise _refusal(name, data, furthest[1], furthest[2], 0)


def _strict(name: str, data: bytes, codec: str, start: int) -> str:
    try:
        return data[start:].decode(codec)
    except UnicodeDecodeError as fault:
        raise _refusal(name, data, codec, fault, start) from None


def _refusal(name: str, data: bytes, codec: str, fault: UnicodeDecodeError, start: int) -> Refused:
    at = start + fault.start
    if fault.reason in _CUT and start + fault.end >= len(data):
        line, column = place_of_end(data[start:at].decode(codec))
        return Refused("file_damaged", file=name, line=line, column=column)
    return _wrong_byte(name, data, codec, at, start)


def _wrong_byte(name: str, data: bytes, codec: str, at: int, start: int = 0) -> Refused:
    line, column = place_of_end(data[start:at].decode(codec))
    return Refused(
        "file_encoding",
        file=name,
        line=line,
        column=column,
        byte=at + 1,
        found=f"0x{data[at]:02X}",
        encoding=_SHOWN.get(codec, codec.upper()),
    )


def _first_beyond_ascii(data: bytes) -> bytes:
    """The line of the first byte beyond ASCII: usually the header, which says what the file was written as."""
    found = _BEYOND_ASCII.search(data)
    if found is None:
        return b""
    start = data.rfind(b"\n", 0, found.start()) + 1
    end = data.find(b"\n", found.start())
    return data[start : end if end >= 0 else len(data)]


def _is_utf8(line: bytes) -> bool:
    """Two bytes alone may as well be half-width katakana; characters of three are UTF-8's."""
    try:
        return any(character > "\u07ff" for character in line.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _utf8_among(data: bytes) -> int | None:
    """Where CP932 text has a run of bytes that is UTF-8 from end to end, if anywhere."""
    kinds = (b"\n" + data).translate(_KINDS)
    start = kinds.find(_UTF8_RUN)
    while start >= 0:
        end = kinds.find(b"a", start + 1)
        if set(kinds[start + 1 : end if end >= 0 else len(kinds)].split(b"hff")) == {b""}:
            return start
        start = kinds.find(_UTF8_RUN, start + 1)
    return None
