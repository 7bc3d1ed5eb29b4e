"""Numbers from a list a carrier's site shows (クリックポスト gives no key back).

Proposed parcel by parcel, taken only as a person confirmed them, and linked without proof, so that the scan at packing
still says whether the label is on the right box.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jpship_gui.carriers.issued import is_parcel_key
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.shipment import How, Parcel, Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.domain.tracking_no import NumberForm, check_number
from jpship_gui.flows.pack.track import TrackResult, track
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.encoding import decode
from jpship_gui.formats.reader import file_bytes
from jpship_gui.store import carrier_files, shipments

_READY = (Stage.PRINT, Stage.PACK)
_CELLS = re.compile(r"\t|,|、|[ 　]{2,}|\s*\|\s*")
_TITLE = re.compile(r"(様|さま|御中|殿)$")
_POSTAL = re.compile(r"〒?(\d{3})-?(\d{4})")
_SAME = str.maketrans("𠮷髙﨑", "吉高崎")  # what the label may bear instead


@dataclass(frozen=True, slots=True)
class Match:
    """One line with a number. `parcel` is what it would be linked to, "" where `reason` says why none is proposed:
    no_parcel (nobody of that name and postal code waits), ambiguous (several of them, or several lines), no_postal_code
    (the line names nobody well enough), number_twice, number_in_use. `by_key`: our key stood in the line."""

    line: int
    number: str
    text: str
    parcel: str = ""
    shipment: str = ""
    order: str = ""
    recipient: str = ""
    reason: str = ""
    by_key: bool = False


@dataclass(frozen=True, slots=True)
class Matches:
    """What a list would give; nothing is stored. `without` are parcels of the carrier's files no line was found for."""

    carrier: str
    proposed: tuple[Match, ...]
    left: tuple[Match, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    shipment: Shipment
    parcel: Parcel

    @property
    def address(self) -> tuple[str, str]:
        to = self.shipment.recipient
        return _name(to.name), re.sub(r"\D", "", to.postal_code)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line's number, and what it says of the addressee."""

    line: int
    number: str
    text: str
    key: str
    names: frozenset[str]
    postal: str


def read_list(path: Path) -> str:
    """A list as text; what reading a file raises."""
    return decode(path.name, file_bytes(path))[0]


def propose(ws: Workspace, carrier_id: str, listed: str) -> Matches:
    """Which parcel each number of a list belongs to: by our key where the line has it, else by name and postal code
    where exactly one waiting parcel and one line have both. Refused("carrier_unknown", "match_no_numbers")."""
    if carrier_id not in ws.carriers():
        raise Refused("carrier_unknown", carrier=carrier_id, known=", ".join(ws.carriers()))
    lines = _lines(listed, carrier_id, ws.number_forms())
    if not lines:
        raise Refused("match_no_numbers", carrier=ws.carriers()[carrier_id].name)
    waiting = _waiting(ws, carrier_id)
    by_key = {one.parcel.key: one for one in waiting}
    by_address: dict[tuple[str, str], list[_Candidate]] = defaultdict(list)
    for one in waiting:
        by_address[one.address].append(one)
    holders = carrier_files.holders(ws.store, [line.number for line in lines])
    counts = Counter(line.number for line in lines)
    made = [_match(line, by_key, by_address, counts, holders) for line in lines]
    claimed = Counter(match.parcel for match in made if match.parcel)
    made = [_unless_twice(match, claimed) for match in made]
    found = {match.parcel for match in made if match.parcel}
    return Matches(
        carrier_id,
        tuple(match for match in made if match.parcel),
        tuple(match for match in made if not match.parcel),
        tuple(one.parcel.key for one in waiting if one.parcel.key not in found),
    )


def propose_file(ws: Workspace, path: Path) -> Matches | None:
    """The same for a file that is no issued data of any tool: of the carrier most of its lines would go to; None where
    no line would go anywhere. What reading a file raises."""
    listed = read_list(path)
    best: Matches | None = None
    for carrier_id in ws.carriers():
        if not _waiting(ws, carrier_id):
            continue
        try:
            found = propose(ws, carrier_id, listed)
        except Refused:
            continue
        if found.proposed and (best is None or len(found.proposed) > len(best.proposed)):
            best = found
    return best


def confirm(
    ws: Workspace, matches: Matches, parcels: Sequence[str] | None = None
) -> list[tuple[Match, TrackResult]]:
    """Link the numbers a person confirmed (parcel keys; None: all that are proposed), each as an entry of its own: what
    packing refuses is refused here as well. Refused("match_not_proposed")."""
    known = {match.parcel: match for match in matches.proposed}
    wanted = list(known) if parcels is None else list(dict.fromkeys(parcels))
    stray = [key for key in wanted if key not in known]
    if stray:
        raise Refused("match_not_proposed", keys=", ".join(stray))
    return [
        (known[key], track(ws, key, known[key].number, known[key].number, matches.carrier, How.PASTED.value))
        for key in wanted
    ]


def _waiting(ws: Workspace, carrier_id: str) -> list[_Candidate]:
    """Parcels that stood in a file for the carrier and have no number yet."""
    marks = ", ".join("?" * len(_READY))
    rows = ws.store.rows(
        f"SELECT id FROM shipments WHERE stage IN ({marks}) AND carrier = ? AND (bundle IS NULL OR bundle = id)",
        (*_READY, carrier_id),
    )
    found = [
        _Candidate(shipment, parcel)
        for shipment in shipments.by_ids(ws.store, [row_id for (row_id,) in rows])
        for parcel in shipment.parcels
        if not parcel.tracking_no and not parcel.file_no
    ]
    written = carrier_files.last_written(ws.store, carrier_id, [one.parcel.key for one in found])
    return [one for one in found if one.parcel.key in written]


def _lines(listed: str, carrier_id: str, forms: Sequence[NumberForm]) -> list[_Line]:
    made = []
    for place, raw in enumerate(listed.splitlines(), start=1):
        cells = [cell for part in _CELLS.split(unicodedata.normalize("NFKC", raw)) if (cell := part.strip())]
        numbers = [number for cell in cells if (number := _number(cell, carrier_id, forms))]
        if not numbers:
            continue
        keys = [cell.upper() for cell in cells if is_parcel_key(cell.upper())]
        postal = next((f"{m[1]}{m[2]}" for cell in cells if (m := _POSTAL.fullmatch(cell))), "")
        names = frozenset(map(_name, cells))
        made.append(_Line(place, numbers[0], raw.strip(), keys[0] if keys else "", names, postal))
    return made


def _number(cell: str, carrier_id: str, forms: Sequence[NumberForm]) -> str:
    checked = check_number(cell, forms, carrier_id)
    return checked.tracking_no.digits if checked.tracking_no else ""


def _name(text: str) -> str:
    """A name as compared: width, blanks and the title behind it do not count."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).translate(_SAME)
    return _TITLE.sub("", plain)


def _match(
    line: _Line,
    by_key: Mapping[str, _Candidate],
    by_address: Mapping[tuple[str, str], Sequence[_Candidate]],
    counts: Mapping[str, int],
    holders: Mapping[str, Sequence[carrier_files.Holder]],
) -> Match:
    if counts[line.number] > 1:
        return Match(line.line, line.number, line.text, reason="number_twice")
    if line.number in holders:
        order = holders[line.number][0].order
        return Match(line.line, line.number, line.text, order=order, reason="number_in_use")
    if line.key in by_key:
        return _proposed(line, by_key[line.key], by_key=True)
    if not line.postal:
        return Match(line.line, line.number, line.text, reason="no_postal_code")
    found = [one for name in line.names for one in by_address.get((name, line.postal), ())]
    if len(found) != 1:
        reason = "ambiguous" if found else "no_parcel"
        return Match(line.line, line.number, line.text, reason=reason)
    return _proposed(line, found[0], by_key=False)


def _proposed(line: _Line, one: _Candidate, *, by_key: bool) -> Match:
    return Match(
        line.line,
        line.number,
        line.text,
        parcel=one.parcel.key,
        shipment=one.shipment.key,
        order=one.shipment.order_id.number,
        recipient=one.shipment.recipient.name,
        by_key=by_key,
    )


def _unless_twice(match: Match, claimed: Mapping[str, int]) -> Match:
    """Two lines for one parcel: a person must say which."""
    if not match.parcel or claimed[match.parcel] == 1:
        return match
    return Match(match.line, match.number, match.text, reason="ambiguous")
