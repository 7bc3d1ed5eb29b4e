"""Confirmations → rows of Rakuten's upload file; see confirm.toml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jpship_gui.domain.confirmation import Confirmation


def confirm_rows(confirmations: Iterable[Confirmation]) -> Iterator[tuple[str, ...]]:
    """One row per parcel, in the columns' order; a known 発送明細ID makes it a change instead of a new parcel."""
    for confirmation in confirmations:
        for parcel in confirmation.parcels:
            yield (
                confirmation.order_id.number,
                confirmation.package_id,
                parcel.detail_id,
                parcel.tracking_no,
                parcel.carrier_code,
                confirmation.ship_date.isoformat(),
            )
