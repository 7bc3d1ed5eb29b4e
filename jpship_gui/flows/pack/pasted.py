"""A pasted list of orders and numbers: each line is judged first, only good ones are taken, and they prove nothing
(PK-01)."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order_key import is_key, looks_like_key
from jpship_gui.domain.tracking_no import normalise
from jpship_gui.flows import people
from jpship_gui.flows.pack.track import Pair, TrackResult, look, message_of, track_listed
from jpship_gui.flows.progress import UNWATCHED, Progress
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.encoding import decode
from jpship_gui.formats.formulas import disarmed, restored
from jpship_gui.formats.reader import file_bytes, is_workbook, read_bytes, shown_name
from jpship_gui.store import listed_orders
from jpship_gui.store.listed_orders import ListedOrder
from jpship_gui.texts import text

MOST = 5_000  # lines of one list
GOOD = "good"
_GROUP = 100  # lines with one sync; the database is kept from others no longer than these take
_SEPARATORS = ("\t", ",", ";", "、")
_DASHES = re.compile("[\u2010-\u2015\u2212\uff0d\u30fc]")
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}", re.IGNORECASE)
_QUOTED = re.compile(r'=?"(.*)"')
_FEW_DIGITS = 6  # a cell with fewer is no number of a waybill


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list as it was read, and its verdict. `code` is GOOD, or why it is not taken: order_missing,
    order_unknown, order_several, order_damaged, number_missing, number_twice, number_damaged, order_twice,
    carrier_unknown, cells, already (it has this number), or `refused` with `words` as packing says it."""

    line: int
    raw: str
    order: str = ""
    number: str = ""
    carrier: str = ""
    key: str = ""
    recipient: str = ""
    code: str = GOOD
    words: str = ""
    proposal: str = ""

    @property
    def good(self) -> bool:
        """Whether it is taken."""
        return self.code == GOOD


@dataclass(frozen=True, slots=True)
class Checked:
    """A list as judged; nothing is stored. `skipped` are lines of headings."""

    lines: tuple[Line, ...]
    skipped: int = 0

    @property
    def good(self) -> tuple[Line, ...]:
        """What would be taken."""
        return tuple(line for line in self.lines if line.good)

    @property
    def left(self) -> tuple[Line, ...]:
        """What would not."""
        return tuple(line for line in self.lines if not line.good)


def read_list(path: Path) -> str:
    """A text file or workbook as lines with tabs; what reading a file raises."""
    data = file_bytes(path)
    name = shown_name(path)
    if not is_workbook(data):
        return decode(name, data)[0]
    table = read_bytes(name, data)
    rows = [table.header, *(row.cells for row in table.rows)]
    return "\n".join("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row) for row in rows)


def check_list(ws: Workspace, listed: str, carrier: str = "", progress: Progress = UNWATCHED) -> Checked:
    """Judge every line of a list; `carrier` is whose numbers they are where a line does not say.

    Refused("pasted_empty", "pasted_long", "carrier_unknown").
    """
    if carrier and carrier not in ws.carriers():
        raise Refused("carrier_unknown", carrier=carrier, known=", ".join(ws.carriers()))
    rows = _rows(listed)
    if len(rows) > MOST:
        raise Refused("pasted_long", lines=len(rows), limit=MOST)
    known = listed_orders.find(ws.store, {cell for _, _, cells in rows for cell in map(_order_text, cells)})
    heads = 1 if rows and _is_heading(rows[0][2], known) else 0
    rows = rows[heads:]
    if not rows:
        raise Refused("pasted_empty")
    names = _carrier_names(ws)
    read = [_read(row, known, names, carrier) for row in rows]
    numbers = Counter(line.number for line in read if line.number)
    claims = Counter(line.key for line in read if line.good)
    named = {one.key: one for found in known.values() for one in found}
    judged = []
    for place, line in enumerate(read):
        progress.step(place, len(read))
        judged.append(_judge(ws, line, numbers, claims, named))
    return Checked(tuple(judged), heads)


def take_list(ws: Workspace, checked: Checked, progress: Progress = UNWATCHED) -> Checked:
    """Link the numbers of the good lines, each an entry of its own in the journal, marked pasted and unproven; what
    packing refuses meanwhile comes back as not taken. Stopped or killed midway, what is on disk stands, and the list
    judged anew calls it taken already. Refused("not_allowed", "pasted_nothing")."""
    if not checked.good:
        raise Refused("pasted_nothing")
    people.must(ws, people.Right.TYPE)
    good, done = checked.good, 0
    taken = dict[int, Line]()
    while done < len(good):
        progress.step(done, len(good))
        group = good[done : done + _GROUP]
        for line, result in zip(group, _linked(ws, group), strict=False):
            words = message_of(result)
            taken[line.line] = (
                replace(line, words=words) if result.ok else replace(line, code="refused", words=words)
            )
            done += 1
    progress.step(done, len(good))
    return replace(checked, lines=tuple(taken.get(line.line, line) for line in checked.lines))


def _linked(ws: Workspace, lines: Sequence[Line]) -> list[TrackResult]:
    return track_listed(ws, [Pair(line.key, line.number, line.carrier) for line in lines])


def words_of(line: Line) -> str:
    """Why a line is not taken and what to do, in the present language; of a good one what will happen."""
    if line.words:
        return line.words
    return text(f"pasted.{line.code}", order=line.order, number=line.number, proposal=line.proposal)


def report(lines: Sequence[Line]) -> str:
    """Lines with their verdict as a table with tabs, for copying and saving; safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow([text(f"pasted.head.{name}") for name in ("line", "order", "number", "verdict", "raw")])
    for line in lines:
        cells = (str(line.line), line.order, line.number, words_of(line), line.raw.replace("\t", " "))
        writer.writerow([disarmed(cell) for cell in cells])
    return out.getvalue()


def _rows(listed: str) -> list[tuple[int, str, tuple[str, ...]]]:
    """Line number, text and cells of every line that is not blank."""
    found = []
    for number, raw in enumerate(listed.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        cells = _cells(raw)
        if any(cells):
            found.append((number, raw.strip(), cells))
    return found


def _cells(raw: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", raw)
    separator = next((one for one in _SEPARATORS if one in plain), None)
    parts = next(csv.reader([plain], delimiter=separator)) if separator else re.split(r"\s+", plain.strip())
    return tuple(_cell(part) for part in parts)


def _cell(part: str) -> str:
    bare = restored(part.strip()).removeprefix("'")
    quoted = _QUOTED.fullmatch(bare)
    bare = quoted[1] if quoted else bare
    return "".join(c for c in bare if unicodedata.category(c) not in ("Cc", "Cf")).strip()


def _order_text(cell: str) -> str:
    return _DASHES.sub("-", cell).strip().upper()


def _is_heading(cells: Sequence[str], known: Mapping[str, Sequence[ListedOrder]]) -> bool:
    """The first line where it names columns: no cell is an order, a key or has digits enough for a number."""
    return not any(
        _order_text(cell) in known or looks_like_key(_order_text(cell)[:9]) or _digits(cell) >= _FEW_DIGITS
        for cell in cells
    )


def _digits(cell: str) -> int:
    return sum(c.isdigit() for c in cell)


def _carrier_names(ws: Workspace) -> dict[str, str]:
    names: dict[str, str] = {}
    for id_, one in ws.carriers().items():
        for name in (id_, one.name, one.full_name):
            names[_plain_name(name)] = id_
    return names


def _plain_name(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _read(
    row: tuple[int, str, tuple[str, ...]],
    known: Mapping[str, Sequence[ListedOrder]],
    names: Mapping[str, str],
    carrier: str,
) -> Line:
    """Which cell is what is told from the cells, so that the order of columns does not matter."""
    place, raw, cells = row
    line = Line(place, raw, carrier=carrier)
    filled = [cell for cell in cells if cell]
    carriers = [cell for cell in filled if _plain_name(cell) in names]
    rest = [cell for cell in filled if cell not in carriers[:1]]
    if carriers:
        line = replace(line, carrier=names[_plain_name(carriers[0])])
    orders = [cell for cell in rest if _order_text(cell) in known or is_key(_order_text(cell)[:9])]
    order = orders[0] if orders else rest[0] if len(rest) > 1 else ""
    others = list(rest)
    if order:
        others.remove(order)
    elif not rest:
        return replace(line, code="order_missing")
    numbers = sorted(others, key=_digits, reverse=True)
    number = numbers[0] if numbers and _digits(numbers[0]) else ""
    line = replace(line, order=order, number=normalise(number))
    if not order:
        return replace(line, code="order_missing")
    if _EXPONENT.fullmatch(order):
        return replace(line, code="order_damaged")
    if len(others) > 1:
        return replace(line, code="cells" if carriers else "carrier_unknown")
    found = known.get(_order_text(order), ())
    if not found:
        return replace(line, code="order_unknown")
    if len(found) > 1:
        return replace(line, code="order_several")
    line = replace(line, key=found[0].key, order=found[0].number, recipient=found[0].recipient)
    if not number:
        return replace(line, code="number_missing")
    return replace(line, code="number_damaged") if _EXPONENT.fullmatch(number) else line


def _judge(
    ws: Workspace,
    line: Line,
    numbers: Mapping[str, int],
    claims: Mapping[str, int],
    named: Mapping[str, ListedOrder],
) -> Line:
    if not line.good:
        return line
    if numbers[line.number] > 1:
        return replace(line, code="number_twice")
    if line.number in named[line.key].numbers:
        return replace(line, code="already")
    result = look(ws, line.key, line.number, line.carrier)
    if not result.ok:
        proposal = str(result.values.get("proposal", ""))
        return replace(line, code="refused", words=message_of(result), proposal=proposal)
    if claims[line.key] > max(named[line.key].free, 1):
        return replace(line, code="order_twice")
    return replace(line, carrier=result.carrier)
