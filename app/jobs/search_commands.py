"""What people looked for in vain, on the command line."""

from datetime import datetime

import click
from flask.cli import AppGroup

from app import clock
from app.search.misses import list_misses
from app.session import get_session

searches_group = AppGroup("searches", help="What people search for.")


@searches_group.command("misses")
@click.option(
    "--month", type=click.DateTime(["%Y-%m"]), default=None, help="Such as 2026-11; else this month."
)
def misses_command(month: datetime | None) -> None:
    """Name the words that found nothing in a month, the most wanted first."""
    day = month.date() if month else clock.today()
    misses = list_misses(get_session(), day)
    for miss in misses:
        click.echo(f"{miss.times:>6}  {miss.words}")
    if not misses:
        click.echo(f"Nothing was looked for in vain in {day:%B %Y}.")
