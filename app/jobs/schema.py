"""Brings the database to the shop's present schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from flask.cli import AppGroup
from sqlalchemy import Connection, Engine

from app.guidance import finder_models, question_models  # noqa: F401
from app.search import models as search_models  # noqa: F401
from app.session import get_session

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


class BrokenReferences(Exception):
    """A migration would leave rows that refer to nothing."""


schema_group = AppGroup("db", help="The schema of the database.")


def upgrade(engine: Engine) -> None:
    """Run every migration that the database has not seen, all or none."""
    with engine.connect() as connection, _whole(connection):
        command.upgrade(_config(connection), "head")


@contextmanager
def _whole(connection: Connection) -> Iterator[None]:
    """Make one transaction; SQLite may put a changed table in place of one that others refer to."""
    if connection.dialect.name != "sqlite":
        with connection.begin():
            yield
        return
    _keep_references(connection, "OFF")
    try:
        with connection.begin():
            # Its driver begins no transaction for a change of the schema: a crash would leave half of it.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield
            _refuse_broken_references(connection)
    finally:
        _keep_references(connection, "ON")


def _keep_references(connection: Connection, switch: str) -> None:
    # SQLite ignores it inside a transaction of its own; this one is only SQLAlchemy's.
    with connection.begin():
        connection.exec_driver_sql(f"PRAGMA foreign_keys = {switch}")


def _refuse_broken_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise BrokenReferences(f"{len(broken)} rows refer to rows that are gone, such as {broken[0]}")


@schema_group.command("upgrade")
def upgrade_command() -> None:
    """Run every migration that the database has not seen."""
    upgrade(_engine())


@schema_group.command("check")
def check_command() -> None:
    """Fail when models and migrations disagree."""
    with _engine().begin() as connection:
        command.check(_config(connection))


@schema_group.command("revision")
@click.argument("message")
def revision_command(message: str) -> None:
    """Write a migration for what the models have that the database has not."""
    with _engine().begin() as connection:
        command.revision(_config(connection), message, autogenerate=True)


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _engine() -> Engine:
    return get_session().connection().engine
