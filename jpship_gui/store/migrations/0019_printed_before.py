"""Since when, by whom and how a shipment counted as printed before a paper was made: where that one comes to nothing,
the slip of before is still in the packer's hand."""

from typing import Any

STATEMENTS = (
    "ALTER TABLE print_rows ADD COLUMN before_at BIGINT",
    "ALTER TABLE print_rows ADD COLUMN before_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE print_rows ADD COLUMN before_how TEXT NOT NULL DEFAULT ''",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
