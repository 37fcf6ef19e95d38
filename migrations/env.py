"""Runs migrations over the database that the shop is set to."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, types

from app.db import Base, UTCDateTime

config = context.config

# SQLite's virtual table with the tables it keeps for itself; PostgreSQL's columns and their indexes.
FULL_TEXT = ("search_fulltext", "head_document", "whole_document", "ix_search_entries_")


def render_item(kind: str, item: object, _autogen: AutogenContext) -> str | Literal[False]:
    """Write the shop's own column type as SQLAlchemy's, so that migrations never import the app."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def compare_type(
    _context: object, _column: object, _meta: object, inspected: object, declared: object
) -> bool | None:
    """Leave the shop's own moment type out of the comparison: it is the database's own."""
    if isinstance(declared, UTCDateTime):
        return not isinstance(inspected, types.DateTime)
    return None


def include_object(_item: object, name: str | None, kind: str, is_found: bool, _declared: object) -> bool:
    """Leave the databases' own full text out of the comparison: no model could declare it for both."""
    is_full_text = name is not None and name.startswith(FULL_TEXT)
    return not (is_found and is_full_text and kind in ("table", "column", "index"))


def run(connection: Connection) -> None:
    """Migrate over one connection."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        compare_type=compare_type,
        include_object=include_object,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


run(config.attributes["connection"])
