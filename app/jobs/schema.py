"""Brings the database to the shop's present schema."""

from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from flask.cli import AppGroup
from sqlalchemy import Engine

from app.session import get_session

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"

schema_group = AppGroup("db", help="The schema of the database.")


def upgrade(engine: Engine) -> None:
    """Run every migration that the database has not seen, all or none."""
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            # Its driver begins no transaction for a change of the schema: a crash would leave half of it.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        command.upgrade(_config(connection), "head")


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
