"""The rejected rows as a file a person can mend and import again."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.flows.intake.preview import Preview
from jpship_gui.formats.formulas import disarmed


def save_rejected(shown: Preview, out: Path) -> int:
    """Write all rows of the orders left out, as received and under their own header, as UTF-8 with a byte order mark,
    which spreadsheets and this program read alike; returns their number.

    What a spreadsheet would calculate is disarmed, which reading the file takes back. Orders are written whole, so that
    the mended file can be imported as it is. Files whose headers differ are joined by name. Refused("nothing_rejected")
    when there is nothing to write.
    """
    header: dict[str, None] = {}
    rows: list[dict[str, str]] = []
    for one in shown.files:
        if one.table is None or one.read is None:
            continue
        header.update(dict.fromkeys(one.table.header if one.read.rejected_rows else ()))
        rows += [
            dict(zip(one.table.header, map(disarmed, one.table.rows[index].cells), strict=False))
            for index in one.read.rejected_rows
        ]
    if not rows:
        raise Refused("nothing_rejected")
    buffer = io.StringIO(newline="")
    names = list(header)
    writer = csv.DictWriter(buffer, names, restval="", lineterminator="\r\n")
    writer.writerow({name: disarmed(name) for name in names})
    writer.writerows(rows)
    _write(out, buffer.getvalue().encode("utf-8-sig"))
    return len(rows)


def _write(out: Path, data: bytes) -> None:
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_bytes(data)
        os.replace(beside, out)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise WorldFault("file_not_written", file=str(out), reason=str(fault.strerror)) from None
