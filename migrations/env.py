"""Runs migrations over the database that the shop is set to."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, types

from app.db import Base, UTCDateTime

config = context.config


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


def run(connection: Connection) -> None:
    """Migrate over one connection."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        compare_type=compare_type,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


run(config.attributes["connection"])
