"""What guides wait for, on the command line."""

from datetime import timedelta

import click
from flask.cli import AppGroup

from app import clock
from app.guidance.review import ReviewState, lapses_on
from app.guidance.review_queries import DueGuide, list_due_guides
from app.session import get_session

AHEAD = timedelta(days=60)

guides_group = AppGroup("guides", help="Guides to back pain.")


@guides_group.command("due")
def due_command() -> None:
    """Name every guide that is overdue for review, or due in the next 60 days."""
    today = clock.today()
    due = list_due_guides(get_session(), today, today + AHEAD)
    for each in due:
        click.echo(f"{each.guide.slug}  {_words(each)}")
    if not due:
        click.echo("No guide is due for review in the next 60 days.")


def _words(due: DueGuide) -> str:
    day, lapses = due.guide.next_review, lapses_on(due.guide)
    claims = f"claims on {due.products} products"
    if due.state is ReviewState.CURRENT:
        return f"current, due in {due.days} days ({day}); {claims}"
    if due.state is ReviewState.OVERDUE:
        return f"overdue for {-due.days} days ({day}); {claims} leave the shop on {lapses}"
    return f"lapsed, overdue for {-due.days} days ({day}); {claims} have left the shop"
