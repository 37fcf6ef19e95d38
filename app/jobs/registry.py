"""The shop's jobs, how often each runs, and how one run is noted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from app import clock
from app.jobs.check_ledger import check_ledger
from app.jobs.expire_reservations import expire_reservations
from app.jobs.reconcile_payments import reconcile_payments
from app.jobs.report import JobReport
from app.runs.models import JobRun
from app.runs.queries import list_runs
from app.runs.services import note_run
from app.session import get_session, transaction

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
        Job("expire-reservations", timedelta(minutes=1), expire_reservations),
        Job("reconcile-payments", timedelta(minutes=5), reconcile_payments),
        Job("check-ledger", timedelta(hours=1), check_ledger),
    )
}


def run_job(job: Job) -> JobReport:
    """Run a job now and note the run; a job that breaks is noted as not well and stops no other."""
    started = clock.now()
    # Before the work too, which may take long: it is how others know that the worker lives.
    _note(job, started, JobReport("Running."))
    try:
        report = job.run()
    except Exception as error:
        log.exception("job broke", job=job.name)
        report = JobReport(f"The job broke: {type(error).__name__}. The log says more.", is_well=False)
    _note(job, started, report)
    return report


def _note(job: Job, started: datetime, report: JobReport) -> None:
    with transaction() as session:
        note_run(session, job.name, started_at=started, is_well=report.is_well, report=report.text)


def list_due() -> list[Job]:
    """Return the jobs that should run now."""
    runs = list_runs(get_session())
    return [job for job in JOBS.values() if job.next_run(runs.get(job.name)) <= clock.now()]
