"""What the packing desk needs beside the facts: who linked and proved each parcel, and who has it open."""

from typing import Any

STATEMENTS = (
    "ALTER TABLE parcels ADD COLUMN linked_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE parcels ADD COLUMN linked_desk TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE parcels ADD COLUMN linked_seq BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE parcels ADD COLUMN verified_at BIGINT",
    "ALTER TABLE parcels ADD COLUMN verified_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE parcels ADD COLUMN verified_how TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE parcels ADD COLUMN handed_at BIGINT",
    "CREATE INDEX parcels_linked ON parcels (linked_seq)",
    """CREATE TABLE open_parcels (
        shipment_id BIGINT PRIMARY KEY REFERENCES shipments (id) ON DELETE CASCADE, desk TEXT NOT NULL,
        person TEXT NOT NULL, at BIGINT NOT NULL)""",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
