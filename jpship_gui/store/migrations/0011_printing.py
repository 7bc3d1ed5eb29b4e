"""What became of a print after it was handed to a queue, and when its kept file went."""

from typing import Any

STATEMENTS = (
    # "" = a file only, sending, sent, done, failed, cancelled, unsent: words of flows/paper/sent.py
    "ALTER TABLE prints ADD COLUMN state TEXT NOT NULL DEFAULT ''",
    # the queue's own name of the job, and what it last said of it
    "ALTER TABLE prints ADD COLUMN job TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE prints ADD COLUMN said TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE prints ADD COLUMN copies INTEGER NOT NULL DEFAULT 1",
    # the copy in the papers folder was removed then, as nobody will print it again
    "ALTER TABLE prints ADD COLUMN gone_at BIGINT",
    "UPDATE prints SET state = 'sent' WHERE printer <> ''",
    "CREATE INDEX prints_open ON prints (state) WHERE state IN ('sending', 'sent')",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
