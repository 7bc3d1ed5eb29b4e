"""Hand-overs: when, where, by whom, to whom; what was taken and what stayed, as it was read."""

from typing import Any

STATEMENTS = (
    # way: driver (at our door) or counter. driver and note: what was signed with, and what a person added
    """CREATE TABLE handovers (
        id TEXT PRIMARY KEY, carrier TEXT NOT NULL, way TEXT NOT NULL, place TEXT NOT NULL, desk TEXT NOT NULL,
        person TEXT NOT NULL, begun_at BIGINT NOT NULL, ended_at BIGINT, ended_by TEXT NOT NULL DEFAULT '',
        driver TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '')""",
    "CREATE INDEX handovers_begun ON handovers (begun_at)",
    "CREATE INDEX handovers_running ON handovers (carrier) WHERE ended_at IS NULL",
    # what: taken, or left with a reason. It stays as it was read, whatever becomes of the parcel afterwards
    """CREATE TABLE handover_parcels (
        handover TEXT NOT NULL, parcel TEXT NOT NULL, shipment TEXT NOT NULL, number TEXT NOT NULL, what TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT '', proof TEXT NOT NULL DEFAULT '', at BIGINT NOT NULL, person TEXT NOT NULL,
        desk TEXT NOT NULL, PRIMARY KEY (handover, parcel))""",
    "CREATE INDEX handover_parcels_parcel ON handover_parcels (parcel)",
    # 'handover' where the name on the waybill was chosen as the driver took it
    "ALTER TABLE parcels ADD COLUMN handed_how TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX parcels_to_hand ON parcels (linked_at) WHERE handed_at IS NULL AND tracking_no <> ''",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
