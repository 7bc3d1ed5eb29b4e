"""What a marketplace shows of our parcels against what we told it (CF-08). No network here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.domain.confirmation import Confirmation, ConfirmedParcel, Difference
from jpship_gui.domain.order import Order, RegisteredParcel


@dataclass(frozen=True, slots=True)
class Seen:
    """What of one confirmation stands at the marketplace."""

    detail_ids: tuple[tuple[str, str], ...]  # parcel key, marketplace's id, of parcels that stand
    missing: tuple[str, ...]  # parcel keys that do not
    differences: tuple[Difference, ...]

    @property
    def complete(self) -> bool:
        """Whether every parcel is registered."""
        return bool(self.detail_ids) and not self.missing


SHOWS = frozenset(("carrier", "date"))


def compare(confirmation: Confirmation, order: Order, shows: frozenset[str] = SHOWS) -> Seen:
    """Look for each parcel by its number; of carrier and date what the marketplace `shows` is compared where the number
    stands. Where it shows numbers line by line, a parcel stands when all of its lines have its number."""
    lines = tuple(line.line_id for line in order.lines if not line.deleted)
    return compare_parcels(confirmation, _registered(confirmation, order), shows, lines)


def compare_parcels(
    confirmation: Confirmation,
    registered: Sequence[RegisteredParcel],
    shows: frozenset[str] = SHOWS,
    lines: Sequence[str] = (),
) -> Seen:
    """The same with what is registered of the confirmation's package, and the order's lines."""
    rows = list(registered)
    by_line = any(row.line_id for row in rows)
    found: list[tuple[str, str]] = []
    missing: list[str] = []
    differences: list[Difference] = []
    ours = {p.tracking_no for p in confirmation.parcels}
    strangers = "・".join(dict.fromkeys(r.tracking_no for r in rows if r.tracking_no not in ours))
    for parcel in confirmation.parcels:
        standing = _on_its_lines(confirmation, parcel, lines, rows) if by_line else _best(parcel, rows)
        if not standing:
            missing.append(parcel.parcel_key)
            theirs = _instead(confirmation, parcel, lines, rows) if by_line else strangers
            differences.append(_difference(confirmation, "parcel", parcel.tracking_no, theirs))
            continue
        rows = [row for row in rows if row not in standing]
        found.append((parcel.parcel_key, standing[0].detail_id))
        differences += dict.fromkeys(
            d for row in standing for d in _compare_row(confirmation, parcel, row, shows)
        )
    twice = [] if by_line else [row for row in rows if row.tracking_no in ours]
    differences += [_difference(confirmation, "extra_parcel", "", row.tracking_no) for row in twice]
    return Seen(tuple(found), tuple(missing), tuple(differences))


def _registered(confirmation: Confirmation, order: Order) -> Sequence[RegisteredParcel]:
    packages = order.packages
    if confirmation.package_id:
        packages = tuple(p for p in packages if p.package_id == confirmation.package_id)
    return [row for package in packages for row in package.registered]


def _best(parcel: ConfirmedParcel, rows: Sequence[RegisteredParcel]) -> list[RegisteredParcel]:
    same = [row for row in rows if row.tracking_no == parcel.tracking_no]
    exact = [row for row in same if row.carrier_code == parcel.carrier_code]
    return (exact or same)[:1]


def _lines_of(confirmation: Confirmation, parcel: ConfirmedParcel, lines: Sequence[str]) -> list[str]:
    return [line.line_id for line in parcel.lines or confirmation.lines] or list(lines)


def _on_its_lines(
    confirmation: Confirmation,
    parcel: ConfirmedParcel,
    lines: Sequence[str],
    rows: Sequence[RegisteredParcel],
) -> list[RegisteredParcel]:
    """A row for each line of the parcel, none unless every line has its number."""
    wanted = _lines_of(confirmation, parcel, lines)
    by_line = {row.line_id: row for row in rows if row.tracking_no == parcel.tracking_no}
    return [by_line[line] for line in wanted] if by_line.keys() >= set(wanted) else []


def _instead(
    confirmation: Confirmation,
    parcel: ConfirmedParcel,
    lines: Sequence[str],
    rows: Sequence[RegisteredParcel],
) -> str:
    """The other numbers that stand on lines of the parcel."""
    wanted = set(_lines_of(confirmation, parcel, lines))
    others = (r.tracking_no for r in rows if r.line_id in wanted and r.tracking_no != parcel.tracking_no)
    return "・".join(dict.fromkeys(others))


def _compare_row(
    confirmation: Confirmation, parcel: ConfirmedParcel, row: RegisteredParcel, shows: frozenset[str]
) -> list[Difference]:
    found = []
    if "carrier" in shows and row.carrier_code != parcel.carrier_code:
        found.append(_difference(confirmation, "carrier", parcel.carrier_code, row.carrier_code))
    if "date" in shows and row.ship_date != confirmation.ship_date:
        theirs = row.ship_date.isoformat() if row.ship_date else ""
        found.append(_difference(confirmation, "date", confirmation.ship_date.isoformat(), theirs))
    return found


def _difference(confirmation: Confirmation, field: str, ours: str, theirs: str) -> Difference:
    return Difference(confirmation.shipment_key, confirmation.order_id.number, field, ours, theirs)
