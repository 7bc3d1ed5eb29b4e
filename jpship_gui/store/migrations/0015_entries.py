"""Numbers that were typed once and wait for their second entry."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(
        """CREATE TABLE waiting_entries (
        parcel TEXT PRIMARY KEY, shipment_id BIGINT NOT NULL REFERENCES shipments (id) ON DELETE CASCADE,
        number TEXT NOT NULL, carrier TEXT NOT NULL, at BIGINT NOT NULL, person TEXT NOT NULL, desk TEXT NOT NULL)"""
    )
