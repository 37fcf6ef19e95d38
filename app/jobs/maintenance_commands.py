"""Closing and opening the shop on the command line."""

import click
from flask.cli import AppGroup

from app.web.maintenance import close_shop, is_closed, open_shop
from app.web.order_links import current_config

maintenance_group = AppGroup("maintenance", help="Close the shop for a while; webhooks and jobs go on.")


@maintenance_group.command("on")
def close_command() -> None:
    """Show every shopper the maintenance page."""
    close_shop(current_config())
    click.echo("The shop is closed. Webhooks and jobs go on.")


@maintenance_group.command("off")
def open_command() -> None:
    """Let shoppers in again."""
    open_shop(current_config())
    click.echo("The shop is open.")


@maintenance_group.command("show")
def show_command() -> None:
    """Say whether the shop is closed."""
    click.echo("The shop is closed." if is_closed(current_config()) else "The shop is open.")
