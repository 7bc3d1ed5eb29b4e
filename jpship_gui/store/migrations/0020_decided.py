"""What the office holds and approves reaches the journals as well; what stands now is told once."""

import json
from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql("ALTER TABLE to_journal ADD COLUMN detail TEXT NOT NULL DEFAULT ''")
    standing = db.execute_sql(
        "SELECT id, hold_reason, approval, remark_read FROM shipments "
        "WHERE hold_reason <> '' OR approval <> '' ORDER BY id"
    ).fetchall()
    mark = db.param
    for row_id, hold, approval, read in standing:
        decided = {"hold_reason": hold, "approval": approval, "remark_read": read}
        db.execute_sql(
            f"INSERT INTO to_journal (shipment_id, what, detail) VALUES ({mark}, 'decided', {mark})",
            (row_id, json.dumps(decided, ensure_ascii=False)),
        )
