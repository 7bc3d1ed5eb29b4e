"""Carriers a seller describes, handling marks of goods and shipments, and the tool a carrier's file was for."""

from typing import Any

STATEMENTS = (
    # as one text, like a seller's own profiles
    """CREATE TABLE own_carriers (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, at BIGINT NOT NULL, person TEXT NOT NULL, body TEXT NOT NULL)""",
    # ids of marks divided by blanks
    "ALTER TABLE products ADD COLUMN marks TEXT NOT NULL DEFAULT ''",
    # what a person said for this shipment, "" = none; NULL = its goods and the shop say
    "ALTER TABLE shipments ADD COLUMN marks TEXT",
    # the carrier's own code of the office (post office) at which the recipient collects it, "" = brought to the address
    "ALTER TABLE shipments ADD COLUMN office TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE carrier_files ADD COLUMN tool TEXT NOT NULL DEFAULT ''",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
