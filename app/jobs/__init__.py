"""The door of the clock and the command line."""

from flask import Flask

from app.jobs import nudge, queue
from app.jobs.address_commands import addresses_group
from app.jobs.attention_commands import attention_group
from app.jobs.commands import jobs_group, outbox_group
from app.jobs.guide_commands import guides_group
from app.jobs.maintenance_commands import maintenance_group
from app.jobs.publishing_commands import publish_group
from app.jobs.question_commands import questions_group
from app.jobs.refund_commands import refunds_group
from app.jobs.schema import schema_group
from app.jobs.search_commands import searches_group
from app.jobs.seed import seed_command


def init_app(app: Flask) -> None:
    """Give the application its queue, and add the commands to `flask`."""
    queue.init_app(app)
    nudge.init_app(app)
    for command in (
        addresses_group,
        attention_group,
        guides_group,
        jobs_group,
        maintenance_group,
        outbox_group,
        publish_group,
        questions_group,
        refunds_group,
        schema_group,
        searches_group,
        seed_command,
    ):
        app.cli.add_command(command)
