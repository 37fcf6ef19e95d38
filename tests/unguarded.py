"""Takes the guards off the ledgers while a test cleans up, and puts them back as they were."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

GUARDED = ("stock_movements", "order_events")


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Let rows of the ledgers be deleted inside the block."""
    if connection.dialect.name == "postgresql":
        for table in GUARDED:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        yield
        for table in GUARDED:
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        return
    dbapi = connection.connection.dbapi_connection
    if dbapi is not None and not dbapi.in_transaction:
        # Its driver begins none for a change of the schema; a rollback must bring back what is dropped.
        connection.exec_driver_sql("BEGIN")
    guards = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('{}')"
    triggers = connection.execute(text(guards.format("', '".join(GUARDED)))).all()
    for name, _ in triggers:
        connection.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, statement in triggers:
        connection.execute(text(statement))
