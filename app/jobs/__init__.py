"""The door of the clock and the command line."""

from flask import Flask

from app.jobs.commands import jobs_group
from app.jobs.schema import schema_group
from app.jobs.seed import seed_command


def init_app(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(jobs_group)
    app.cli.add_command(schema_group)
    app.cli.add_command(seed_command)
