"""Bytes of a file → `Table`: encoding, delimiter and records are judged on the content, never on the name (IN-04)."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import unicodedata
from pathlib import Path

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.formats.encoding import decode
from jpship_gui.formats.layout import BY_CONTENT, Reading, Table
from jpship_gui.formats.limits import MAX_BYTES
from jpship_gui.formats.records import place_of_end, records

__all__ = [
    "decode",
    "file_bytes",
    "is_workbook",
    "read_bytes",
    "read_file",
    "sheet_names",
    "sheet_of",
    "shown_name",
]

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x20)])
_BLANK = b"\x00\t\r\n \xef\xbb\xbf\xff\xfe\x1a"
_BINARY = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"RIFF", "RIFF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
)
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream a workbook with a password is kept in
_MARKUP = ("<", "MIME-Version:", "{")
_NOT_A_FILE = (errno.ENXIO, errno.ELOOP, errno.ENOTDIR, errno.ENAMETOOLONG)
_HIDDEN = ("Cc", "Cf", "Cs")


def read_file(path: Path, how: Reading = BY_CONTENT) -> Table:
    """Read a file whole; `Refused` when it is no table, `WorldFault` when the disk or another program refuses."""
    return read_bytes(shown_name(path), file_bytes(path), how)


def shown_name(path: Path) -> str:
    """A file's name as it may be shown and stored: what no screen can show (broken bytes, turned writing) as �."""
    name = path.name or str(path)
    return "".join("�" if unicodedata.category(c) in _HIDDEN else c for c in name)


def file_bytes(path: Path) -> bytes:
    """A file's bytes, with the same faults."""
    name = shown_name(path)
    try:
        with open(path, "rb", opener=_at_once) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise Refused("file_special", file=name)
            if before.st_size > MAX_BYTES:
                limit = MAX_BYTES // 1_000_000
                raise Refused("file_too_big", file=name, megabytes=before.st_size // 1_000_000, limit=limit)
            data = file.read(MAX_BYTES + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        raise Refused("file_missing", file=name) from None
    except IsADirectoryError:
        raise Refused("file_not_table", file=name, seems="") from None
    except PermissionError:
        raise WorldFault("file_locked", file=name) from None
    except OSError as fault:
        if fault.errno in _NOT_A_FILE:
            raise Refused("file_special", file=name) from None
        raise WorldFault("file_unreadable", file=name, reason=str(fault.strerror)) from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        data
    ) != after.st_size:
        raise WorldFault("file_changing", file=name)
    return data


def _at_once(path: str, flags: int) -> int:
    """Opening a pipe that nobody writes to must not wait for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_bytes(name: str, data: bytes, how: Reading = BY_CONTENT) -> Table:
    """The same from bytes already in memory; `name` only appears in messages."""
    if not data.strip(_BLANK):
        raise Refused("file_empty", file=name)
    for magic, kind in _BINARY:
        if data.startswith(magic):
            raise Refused("file_not_table", file=name, seems=kind)
    fingerprint = hashlib.sha256(data).hexdigest()
    if data.startswith(_OLE):
        raise Refused("file_encrypted" if _ENCRYPTED in data else "file_old_workbook", file=name)
    if data.startswith(_ZIP):
        from jpship_gui.formats.workbook import read_workbook

        _, header, rows = read_workbook(name, data, how)
        return Table(name, header, tuple(rows), "xlsx", "", fingerprint)
    text, encoding = decode(name, data, how.encodings)
    _must_be_text(name, data, text, encoding)
    found, delimiter = records(name, text, how)
    return Table(name, found[0].cells, tuple(found[1:]), encoding, delimiter, fingerprint)


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are a spreadsheet's own format, not text."""
    return data.startswith((_ZIP, _OLE))


def sheet_names(data: bytes) -> tuple[str, ...]:
    """The sheets of a workbook; () for a text file. Refused for what only looks like a workbook."""
    from jpship_gui.formats.workbook import sheet_names as names_of

    return names_of("", data) if data.startswith(_ZIP) else ()


def sheet_of(name: str, data: bytes, how: Reading = BY_CONTENT) -> str:
    """The name of the sheet that is read."""
    from jpship_gui.formats.workbook import read_workbook

    return read_workbook(name, data, how)[0]


def _must_be_text(name: str, data: bytes, text: str, encoding: str) -> None:
    if text.lstrip().startswith(_MARKUP):
        raise Refused("file_markup", file=name)
    if encoding != "utf-16" and len(data.translate(None, _CONTROL_BYTES)) == len(data):
        return
    found = _CONTROL.search(text)
    if found is None:
        return
    line, column = place_of_end(text[: found.start()])
    code = f"U+{ord(found[0]):04X}"
    raise Refused("file_control", file=name, line=line, column=column, character=code)
