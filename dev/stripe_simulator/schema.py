"""The tables of the state file; a file that an earlier version wrote gets what it lacks."""

import sqlite3
from typing import Final

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS objects (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    created INTEGER NOT NULL, due_at REAL, body TEXT NOT NULL, private TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objects_by_kind ON objects (kind, sequence);
CREATE INDEX IF NOT EXISTS objects_due ON objects (kind, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_by_payment_intent
    ON objects (kind, json_extract(body, '$.payment_intent'));
CREATE INDEX IF NOT EXISTS objects_by_charge ON objects (kind, json_extract(body, '$.charge'));
CREATE TABLE IF NOT EXISTS deliveries (
    event_id TEXT PRIMARY KEY, state TEXT NOT NULL, attempts INTEGER NOT NULL, due_at REAL NOT NULL,
    copies INTEGER NOT NULL DEFAULT 1, batch TEXT);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due_at) WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS deliveries_undelivered ON deliveries (event_id) WHERE state != 'delivered';
CREATE TABLE IF NOT EXISTS attempts (
    id INTEGER PRIMARY KEY, event_id TEXT NOT NULL, made_at REAL NOT NULL, outcome TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS attempts_by_event ON attempts (event_id);
CREATE TABLE IF NOT EXISTS idempotency_keys (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, created REAL NOT NULL,
    request_id TEXT NOT NULL, status INTEGER, body TEXT);
CREATE INDEX IF NOT EXISTS idempotency_keys_by_age ON idempotency_keys (created);
CREATE TABLE IF NOT EXISTS faults (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, method TEXT NOT NULL, prefix TEXT NOT NULL,
    remaining INTEGER, chance REAL, seed INTEGER NOT NULL, drawn INTEGER NOT NULL,
    seconds REAL NOT NULL, copies INTEGER NOT NULL, held_until REAL NOT NULL);
CREATE TABLE IF NOT EXISTS clock (ahead REAL NOT NULL);
"""
_ADDED: Final = {"copies": "INTEGER NOT NULL DEFAULT 1", "batch": "TEXT"}


def prepare(connection: sqlite3.Connection) -> None:
    """Make every table and index that is not there yet."""
    connection.executescript(_TABLES)
    present = {row[1] for row in connection.execute("PRAGMA table_info(deliveries)")}
    for name, kind in _ADDED.items():
        if name not in present:
            connection.execute(f"ALTER TABLE deliveries ADD COLUMN {name} {kind}")
    connection.execute(
        "CREATE INDEX IF NOT EXISTS deliveries_by_batch ON deliveries (batch) WHERE batch IS NOT NULL"
    )
