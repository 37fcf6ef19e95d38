"""Changes of the runs of jobs."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.runs.models import JobRun


def note_run(session: Session, name: str, *, started_at: datetime, is_well: bool, report: str) -> None:
    """Note the run of a job in place of its last one."""
    session.merge(JobRun(name=name, started_at=started_at, is_well=is_well, report=report))
