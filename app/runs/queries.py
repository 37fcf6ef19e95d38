"""Reads of the runs of jobs."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.runs.models import JobRun


def list_runs(session: Session) -> dict[str, JobRun]:
    """Return the last run of each job that has run, by name."""
    return {run.name: run for run in session.scalars(select(JobRun))}


def find_last_sign_of_life(session: Session) -> datetime | None:
    """Return when any job last began; None when none ever did."""
    return session.scalar(select(func.max(JobRun.started_at)))
