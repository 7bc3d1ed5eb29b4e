"""What a marketplace shows of our parcels against what we told it (CF-08). No network here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.domain.confirmation import Confirmation, ConfirmedParcel
from jpship_gui.domain.order import Order, RegisteredParcel


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing the marketplace shows otherwise; `field` is parcel, carrier, date or extra_parcel."""

    shipment_key: str
    order: str
    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What of one confirmation stands at the marketplace."""

    detail_ids: tuple[tuple[str, str], ...]  # parcel key, marketplace's id, of parcels that stand
    missing: tuple[str, ...]  # parcel keys that do not
    differences: tuple[Difference, ...]

    @property
    def complete(self) -> bool:
        """Whether every parcel is registered."""
        return not self.missing


def compare(confirmation: Confirmation, order: Order) -> Seen:
    """Look for each parcel by its number; carrier and date are compared where the number stands."""
    rows = list(_registered(confirmation, order))
    found: list[tuple[str, str]] = []
    missing: list[str] = []
    differences: list[Difference] = []
    for parcel in confirmation.parcels:
        row = _best(parcel, rows)
        if row is None:
            missing.append(parcel.parcel_key)
            differences.append(_difference(confirmation, "parcel", parcel.tracking_no, ""))
            continue
        rows.remove(row)
        found.append((parcel.parcel_key, row.detail_id))
        differences += _compare_row(confirmation, parcel, row)
    ours = {p.tracking_no for p in confirmation.parcels}
    twice = [row for row in rows if row.tracking_no in ours]
    differences += [_difference(confirmation, "extra_parcel", "", row.tracking_no) for row in twice]
    return Seen(tuple(found), tuple(missing), tuple(differences))


def _registered(confirmation: Confirmation, order: Order) -> Sequence[RegisteredParcel]:
    packages = order.packages
    if confirmation.package_id:
        packages = tuple(p for p in packages if p.package_id == confirmation.package_id)
    return [row for package in packages for row in package.registered]


def _best(parcel: ConfirmedParcel, rows: Sequence[RegisteredParcel]) -> RegisteredParcel | None:
    same = [row for row in rows if row.tracking_no == parcel.tracking_no]
    exact = [row for row in same if row.carrier_code == parcel.carrier_code]
    return next(iter(exact or same), None)


def _compare_row(
    confirmation: Confirmation, parcel: ConfirmedParcel, row: RegisteredParcel
) -> list[Difference]:
    found = []
    if row.carrier_code != parcel.carrier_code:
        found.append(_difference(confirmation, "carrier", parcel.carrier_code, row.carrier_code))
    if row.ship_date != confirmation.ship_date:
        theirs = row.ship_date.isoformat() if row.ship_date else ""
        found.append(_difference(confirmation, "date", confirmation.ship_date.isoformat(), theirs))
    return found


def _difference(confirmation: Confirmation, field: str, ours: str, theirs: str) -> Difference:
    return Difference(confirmation.shipment_key, confirmation.order_id.number, field, ours, theirs)
