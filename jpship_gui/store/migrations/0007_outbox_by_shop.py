"""One queue a shop: its pause after a trouble, what was read back of each accepted report, and what differed."""

from typing import Any

STATEMENTS = (
    "ALTER TABLE outbox ADD COLUMN audit_due BIGINT",  # when an accepted one is to be read back; NULL = it was
    "CREATE INDEX outbox_shop ON outbox (shop, state)",
    """CREATE TABLE send_pauses (
        shop TEXT PRIMARY KEY, kind TEXT NOT NULL, code TEXT NOT NULL, tries INTEGER NOT NULL, since BIGINT NOT NULL,
        until BIGINT NOT NULL)""",
    """CREATE TABLE confirm_differences (
        shipment_key TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL, field TEXT NOT NULL, ours TEXT NOT NULL,
        theirs TEXT NOT NULL, at BIGINT NOT NULL, seen_at BIGINT, seen_by TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (shipment_key, field, ours, theirs))""",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
