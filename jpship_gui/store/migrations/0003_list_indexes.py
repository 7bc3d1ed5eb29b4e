"""Indexes that hold whole what the order table filters, sorts and counts by: no query of it reads the wide rows."""

from typing import Any

_REMARK_UNREAD = "buyer_text <> '' AND remark_read = 0"
STATEMENTS = (
    """CREATE INDEX shipments_list ON shipments ((ship_by IS NULL), ship_by, stage, marketplace, shop, carrier, service,
        prefecture, gift, pieces, wish_day, wish_slot, batch, batch_row, worst)""",
    f"CREATE INDEX shipments_remarks ON shipments ((ship_by IS NULL), ship_by, stage) WHERE {_REMARK_UNREAD}",
    "CREATE INDEX shipments_gifts ON shipments (stage) WHERE gift = 1",
    "DROP INDEX shipments_ship_by",
    "CREATE INDEX shipments_ship_by ON shipments (ship_by, stage)",
)
# names of any length: PostgreSQL refuses a row whose index entry passes 2,700 bytes
SQLITE = (
    "CREATE INDEX shipments_recipient ON shipments (kana, name, stage)",
    "CREATE INDEX shipments_goods ON shipments (goods_name, goods_variant, stage)",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    if type(db).__name__.startswith("Sqlite"):
        for statement in SQLITE:
            db.execute_sql(statement)
