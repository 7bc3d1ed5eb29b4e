"""People with their badges, and settings that hold for every desk and shop."""

from typing import Any

STATEMENTS = (
    # role: words of domain/roles.py; who left stays with active = 0, as journal and history name them
    """CREATE TABLE people (
        code TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, active INTEGER NOT NULL,
        at BIGINT NOT NULL, person TEXT NOT NULL)""",
    # value: the text form of the declared type
    """CREATE TABLE shared_options (
        key TEXT PRIMARY KEY, value TEXT NOT NULL, at BIGINT NOT NULL, person TEXT NOT NULL)""",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
