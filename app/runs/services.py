"""Changes of the runs of jobs; each is a single statement, because several workers make them at once."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.runs.models import JobRun

RUNNING = "Running."


def claim_run(
    session: Session, name: str, *, now: datetime, until: datetime, last_before: datetime | None = None
) -> bool:
    """Begin a run if nobody else is at it and the last one began before a moment; whether we may go on."""
    is_free = or_(JobRun.claimed_until.is_(None), JobRun.claimed_until <= now)
    is_due = JobRun.started_at <= last_before if last_before else true()
    values = {"started_at": now, "claimed_until": until, "is_well": True, "report": RUNNING}
    return _put(session, name, values, where=and_(is_free, is_due))


def note_run(session: Session, name: str, *, started_at: datetime, is_well: bool, report: str) -> None:
    """Note how a run ended, unless a later one has begun since."""
    values = {"started_at": started_at, "claimed_until": None, "is_well": is_well, "report": report}
    _put(session, name, values, where=JobRun.started_at <= started_at)


def _put(session: Session, name: str, values: Mapping[str, object], *, where: ColumnElement[bool]) -> bool:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert(JobRun) if is_sqlite else postgresql.insert(JobRun)
    statement = (
        insert.values(name=name, **values)
        .on_conflict_do_update(index_elements=[JobRun.name], set_=values, where=where)
        .returning(JobRun.name)
    )
    return session.scalar(statement) is not None
