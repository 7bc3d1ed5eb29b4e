"""Whether a desk only called a parcel in run mode: it may be packed elsewhere as soon as its waybill is read there."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql("ALTER TABLE open_parcels ADD COLUMN called INTEGER NOT NULL DEFAULT 0")
