"""The jobs and the outbox on the command line."""

import sys

import click
from flask.cli import AppGroup

from app import clock
from app.jobs.queue import current_queue
from app.jobs.registry import JOBS, run_job
from app.jobs.worker import work as run_worker
from app.outbox.queries import list_unsent
from app.outbox.services import try_again
from app.runs.models import JobRun
from app.runs.queries import list_runs
from app.session import get_session, transaction

jobs_group = AppGroup("jobs", help="What the clock does for the shop.")
outbox_group = AppGroup("outbox", help="Messages that have not left.")


@jobs_group.command("list")
def list_jobs() -> None:
    """Name every job with its last and its next run, and whether the last went well."""
    runs = list_runs(get_session())
    for job in JOBS.values():
        last = runs.get(job.name)
        ran = f"{last.started_at:%Y-%m-%d %H:%M:%S} UTC" if last else "never"
        due = f"{job.next_run(last):%Y-%m-%d %H:%M:%S} UTC"
        click.echo(f"{job.name:<22} last {ran:<25} next {due:<25} {_state(last)}")


def _state(last: JobRun | None) -> str:
    if last is None:
        return "not run yet"
    if last.claimed_until is not None:
        return "running" if clock.now() < last.claimed_until else "cut off"
    return "well" if last.is_well else "not well"


@jobs_group.command("run")
@click.argument("name", type=click.Choice(list(JOBS)))
def run(name: str) -> None:
    """Run one job now, and say what it did; exit 1 when something is not well."""
    report = run_job(JOBS[name])
    click.echo(report.text)
    sys.exit(0 if report.is_well else 1)


@jobs_group.command("work")
def work() -> None:
    """Run jobs when they are due, until stopped."""
    run_worker(current_queue())


@outbox_group.command("list")
def list_messages() -> None:
    """Name every message that has not left, with its next try and what went wrong."""
    for message in list_unsent(get_session()):
        due = f"{message.next_attempt_at:%Y-%m-%d %H:%M:%S} UTC"
        words = f"next {due}" if message.state == "waiting" else message.state
        click.echo(
            f"{message.key}  {words}  attempts {message.attempts}  {message.last_error or ''}".rstrip()
        )


@outbox_group.command("retry")
@click.argument("key")
def retry(key: str) -> None:
    """Let a message leave that was given up."""
    with transaction() as session:
        is_found = try_again(session, key)
    if not is_found:
        raise click.ClickException(f"no message {key} was given up")
    click.echo(f"{key} leaves within a minute.")
