"""The first tables. Imports nothing of the program, so that it stays true to what it made."""

from typing import Any

FACTS = ("printed", "checked", "linked", "verified", "handed_over", "sent", "accepted", "carrier_accepted")

TABLES = (
    "CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE shops (
        id {id}, name TEXT NOT NULL UNIQUE, marketplace TEXT NOT NULL, settings TEXT NOT NULL DEFAULT '{{}}',
        created_at BIGINT NOT NULL)""",
    """CREATE TABLE imports (
        id {id}, at BIGINT NOT NULL, person TEXT NOT NULL, source TEXT NOT NULL, name TEXT NOT NULL,
        layout TEXT NOT NULL, encoding TEXT NOT NULL, fingerprint TEXT NOT NULL, header TEXT NOT NULL,
        counts TEXT NOT NULL DEFAULT '{{}}')""",
    """CREATE TABLE orders (
        id {id}, marketplace TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL, state TEXT NOT NULL,
        state_code TEXT NOT NULL, ordered_at BIGINT, body TEXT NOT NULL, fingerprint TEXT NOT NULL,
        import_id BIGINT REFERENCES imports (id), seen_at BIGINT NOT NULL,
        UNIQUE (marketplace, shop, number))""",
    "CREATE INDEX orders_number ON orders (number)",
    """CREATE TABLE source_rows (
        id {id}, order_id BIGINT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
        import_id BIGINT NOT NULL REFERENCES imports (id), line INTEGER NOT NULL, cells TEXT NOT NULL)""",
    "CREATE INDEX source_rows_order ON source_rows (order_id)",
    """CREATE TABLE shipments (
        id {id}, key TEXT NOT NULL UNIQUE, order_id BIGINT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
        package_id TEXT NOT NULL, marketplace TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
        name TEXT NOT NULL, kana TEXT NOT NULL, postal_code TEXT NOT NULL, prefecture TEXT NOT NULL, city TEXT NOT NULL,
        street TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL DEFAULT '', edited TEXT NOT NULL DEFAULT '{{}}',
        lines TEXT NOT NULL, goods_name TEXT NOT NULL, goods_variant TEXT NOT NULL, goods_quantity INTEGER NOT NULL,
        more_lines INTEGER NOT NULL, pieces INTEGER NOT NULL,
        wish_day TEXT NOT NULL DEFAULT '', wish_slot TEXT NOT NULL DEFAULT '', wish_text TEXT NOT NULL DEFAULT '',
        ship_by BIGINT, carrier TEXT NOT NULL DEFAULT '', service TEXT NOT NULL DEFAULT '',
        gift INTEGER NOT NULL DEFAULT 0, wrapping TEXT NOT NULL DEFAULT '[]', noshi TEXT NOT NULL DEFAULT '',
        cod INTEGER NOT NULL DEFAULT 0, cool TEXT NOT NULL DEFAULT '',
        buyer_text TEXT NOT NULL DEFAULT '', remark_read INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL, cancelled INTEGER NOT NULL DEFAULT 0, releasable INTEGER NOT NULL DEFAULT 1,
        shipped_at_source INTEGER NOT NULL DEFAULT 0, not_ours INTEGER NOT NULL DEFAULT 0,
        hold_reason TEXT NOT NULL DEFAULT '', changed TEXT NOT NULL DEFAULT '[]',
        problems TEXT NOT NULL DEFAULT '[]', problem_count INTEGER NOT NULL DEFAULT 0, worst TEXT NOT NULL DEFAULT '',
        blocked INTEGER NOT NULL DEFAULT 0, approval TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '[]',
        batch INTEGER, batch_row INTEGER, stage TEXT NOT NULL, {facts})""",
    "CREATE INDEX shipments_order ON shipments (order_id)",
    "CREATE INDEX shipments_stage ON shipments (stage, ship_by)",
    "CREATE INDEX shipments_ship_by ON shipments (ship_by)",
    "CREATE INDEX shipments_number ON shipments (number)",
    """CREATE TABLE parcels (
        id {id}, shipment_id BIGINT NOT NULL REFERENCES shipments (id) ON DELETE CASCADE, no INTEGER NOT NULL,
        key TEXT NOT NULL UNIQUE, carrier TEXT NOT NULL DEFAULT '', tracking_no TEXT NOT NULL DEFAULT '',
        how TEXT NOT NULL DEFAULT '', linked_at BIGINT, file_no TEXT NOT NULL DEFAULT '',
        detail_id TEXT NOT NULL DEFAULT '',
        UNIQUE (shipment_id, no))""",
    "CREATE INDEX parcels_tracking ON parcels (tracking_no)",
    "CREATE INDEX parcels_file_no ON parcels (file_no)",
    """CREATE TABLE products (
        code TEXT PRIMARY KEY, sku TEXT NOT NULL, quantity INTEGER NOT NULL DEFAULT 1, name TEXT NOT NULL DEFAULT '',
        variant TEXT NOT NULL DEFAULT '', shelf TEXT NOT NULL DEFAULT '', picture TEXT NOT NULL DEFAULT '')""",
    "CREATE INDEX products_sku ON products (sku)",
    """CREATE TABLE history (
        id {id}, shipment_id BIGINT NOT NULL REFERENCES shipments (id) ON DELETE CASCADE, at BIGINT NOT NULL,
        person TEXT NOT NULL, desk TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '{{}}')""",
    "CREATE INDEX history_shipment ON history (shipment_id)",
    "CREATE TABLE journal_marks (desk TEXT PRIMARY KEY, n BIGINT NOT NULL, hash TEXT NOT NULL)",
    """CREATE TABLE prints (
        id {id}, at BIGINT NOT NULL, person TEXT NOT NULL, desk TEXT NOT NULL, document TEXT NOT NULL, batch INTEGER,
        first_row INTEGER, last_row INTEGER, pages INTEGER NOT NULL, printer TEXT NOT NULL DEFAULT '',
        path TEXT NOT NULL DEFAULT '', fingerprint TEXT NOT NULL)""",
    """CREATE TABLE print_rows (
        print_id BIGINT NOT NULL REFERENCES prints (id) ON DELETE CASCADE,
        shipment_id BIGINT NOT NULL REFERENCES shipments (id) ON DELETE CASCADE, page INTEGER NOT NULL,
        PRIMARY KEY (print_id, shipment_id, page))""",
    "CREATE INDEX print_rows_shipment ON print_rows (shipment_id)",
    """CREATE TABLE carrier_files (
        id {id}, at BIGINT NOT NULL, person TEXT NOT NULL, carrier TEXT NOT NULL, direction TEXT NOT NULL,
        name TEXT NOT NULL, fingerprint TEXT NOT NULL, counts TEXT NOT NULL DEFAULT '{{}}')""",
    """CREATE TABLE carrier_rows (
        file_id BIGINT NOT NULL REFERENCES carrier_files (id) ON DELETE CASCADE, parcel_key TEXT NOT NULL,
        tracking_no TEXT NOT NULL DEFAULT '', line INTEGER NOT NULL, PRIMARY KEY (file_id, parcel_key, line))""",
    "CREATE INDEX carrier_rows_key ON carrier_rows (parcel_key)",
    """CREATE TABLE outbox (
        id {id}, marketplace TEXT NOT NULL, shop TEXT NOT NULL, order_number TEXT NOT NULL,
        shipment_key TEXT NOT NULL UNIQUE, payload TEXT NOT NULL, state TEXT NOT NULL, ship_by BIGINT,
        created_at BIGINT NOT NULL, person TEXT NOT NULL, lease_owner TEXT NOT NULL DEFAULT '',
        lease_until BIGINT NOT NULL DEFAULT 0,
        attempts INTEGER NOT NULL DEFAULT 0, attempted_at BIGINT, request_id TEXT NOT NULL DEFAULT '',
        code TEXT NOT NULL DEFAULT '',
        message TEXT NOT NULL DEFAULT '', answered_at BIGINT, file_fingerprint TEXT NOT NULL DEFAULT '')""",
    "CREATE INDEX outbox_state ON outbox (state, ship_by)",
    """CREATE TABLE confirm_log (
        id {id}, at BIGINT NOT NULL, person TEXT NOT NULL, desk TEXT NOT NULL, shipment_key TEXT NOT NULL,
        what TEXT NOT NULL, detail TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL)""",
    "CREATE INDEX confirm_log_key ON confirm_log (shipment_key)",
    """CREATE TABLE user_rules (
        id {id}, name TEXT NOT NULL, body TEXT NOT NULL, active INTEGER NOT NULL DEFAULT 1)""",
)

SEARCH_SQLITE = (
    "CREATE VIRTUAL TABLE shipment_search USING fts5(words, tokenize = 'unicode61 remove_diacritics 0')"
)
SEARCH_POSTGRES = (
    "CREATE TABLE shipment_search (rowid BIGINT PRIMARY KEY, words TEXT NOT NULL)",
    "CREATE INDEX shipment_search_words ON shipment_search USING gin (to_tsvector('simple', words))",
)


def up(migrator: Any, db: Any) -> None:
    sqlite = type(db).__name__.startswith("Sqlite")
    row_id = "INTEGER PRIMARY KEY" if sqlite else "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"
    facts = ", ".join(
        f"{f}_at BIGINT, {f}_by TEXT NOT NULL DEFAULT '', {f}_how TEXT NOT NULL DEFAULT ''" for f in FACTS
    )
    for table in TABLES:
        db.execute_sql(table.format(id=row_id, facts=facts) if "{" in table else table)
    for statement in (SEARCH_SQLITE,) if sqlite else SEARCH_POSTGRES:
        db.execute_sql(statement)
