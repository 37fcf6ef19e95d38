"""The jobs on the command line: list, run, work."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from app.jobs.registry import JOBS, run_job
from app.jobs.worker import work as run_worker
from app.runs.queries import list_runs
from app.session import get_session

jobs_group = AppGroup("jobs", help="What the clock does for the shop.")


@jobs_group.command("list")
def list_jobs() -> None:
    """Name every job with its last and its next run."""
    runs = list_runs(get_session())
    for job in JOBS.values():
        last = runs.get(job.name)
        ran = f"{last.started_at:%Y-%m-%d %H:%M:%S} UTC" if last else "never"
        click.echo(f"{job.name:<22} last {ran:<25} next {job.next_run(last):%Y-%m-%d %H:%M:%S} UTC")


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
    run_worker(current_app._get_current_object())  # type: ignore[attr-defined]
