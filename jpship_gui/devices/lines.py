"""Bytes from a serial line become lines of text."""

from __future__ import annotations

_ENDS = b"\r\n\x03"  # CR, LF and ETX
_STRAY = "\x00\x02\x06"  # NUL, STX, ACK around a line
_LONGEST = 4096  # bytes without an end: no scanner and no scale


class LineReader:
    """Lines end by CR, LF, both or ETX; where none of them is sent, by a silence."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[str]:
        """Whole lines in what has come so far, blank ones left out."""
        found = []
        for byte in data:
            if byte in _ENDS:
                found += self.silence()
            else:
                self._rest.append(byte)
        if len(self._rest) > _LONGEST:
            self._rest.clear()
        return found

    def silence(self) -> list[str]:
        """What stands there without an end."""
        text = _decoded(bytes(self._rest)).strip(_STRAY + " ")
        self._rest.clear()
        return [text] if text else []


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
