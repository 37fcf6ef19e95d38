"""The shop's jobs, how often each runs, and how one run is claimed and noted."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from app import clock
from app.jobs.check_ledger import check_ledger
from app.jobs.deliver_outbox import deliver_outbox
from app.jobs.expire_reservations import expire_reservations
from app.jobs.reconcile_payments import reconcile_payments
from app.jobs.refresh_search import refresh_search
from app.jobs.remind_reviews import remind_reviews
from app.jobs.report import JobReport
from app.runs.models import JobRun
from app.runs.queries import list_runs
from app.runs.services import claim_run, note_run
from app.session import get_session, transaction

# The clock ticks once a minute: what is due before half of the next one is due now.
SLACK = timedelta(seconds=30)
# A worker that dies in a job keeps it from the others for as long.
CLAIM = timedelta(minutes=5)
PATIENCE_SECONDS = 20.0

log = structlog.get_logger("shop.jobs")


@dataclass(frozen=True)
class Job:
    """Something that the clock starts."""

    name: str
    every: timedelta
    run: Callable[[], JobReport]

    def next_run(self, last: JobRun | None) -> datetime:
        """Return when the job is due."""
        return last.started_at + self.every if last else clock.now()


JOBS = {
    job.name: job
    for job in (
        Job("deliver-outbox", timedelta(minutes=1), deliver_outbox),
        Job("expire-reservations", timedelta(minutes=1), expire_reservations),
        Job("reconcile-payments", timedelta(minutes=5), reconcile_payments),
        Job("check-ledger", timedelta(hours=1), check_ledger),
        Job("refresh-search", timedelta(hours=1), refresh_search),
        Job("remind-reviews", timedelta(days=1), remind_reviews),
    )
}


def run_due_jobs() -> None:
    """Run every job whose time has come, unless another worker is at it."""
    runs = list_runs(get_session())
    for job in JOBS.values():
        if job.next_run(runs.get(job.name)) <= clock.now() + SLACK:
            run_if_due(job)


def run_if_due(job: Job) -> JobReport | None:
    """Run a job unless another worker does or has just done so; None when it was not run."""
    started = _claim(job, last_before=clock.now() + SLACK - job.every)
    return _run(job, started) if started else None


def run_job(job: Job) -> JobReport:
    """Run a job now, after whoever is at it; a job that breaks is not well and stops no other."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (started := _claim(job)) is None:
        if time.monotonic() > deadline:
            return JobReport(f"{job.name} is being run by another worker. Try again later.", is_well=False)
        time.sleep(0.2)
    return _run(job, started)


def _claim(job: Job, last_before: datetime | None = None) -> datetime | None:
    now = clock.now()
    with transaction() as session:
        is_ours = claim_run(session, job.name, now=now, until=now + CLAIM, last_before=last_before)
    return now if is_ours else None


def _run(job: Job, started: datetime) -> JobReport:
    try:
        report = job.run()
    except Exception as error:
        log.exception("job broke", job=job.name)
        report = JobReport(f"The job broke: {type(error).__name__}. The log says more.", is_well=False)
    with transaction() as session:
        note_run(session, job.name, started_at=started, is_well=report.is_well, report=report.text)
    return report
