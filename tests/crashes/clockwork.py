"""Time that passes: whatever waits for the clock is due, and the jobs run."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Engine, select, update

from app import clock
from app.jobs.registry import JOBS, run_job
from app.jobs.report import JobReport
from app.outbox.models import Message, MessageState
from app.payments.gateway import PageRequest, SessionState
from app.payments.models import Payment, Refund, RefundStatus
from app.payments.stripe_gateway import StripeGateway
from app.runs.models import JobRun
from tests.crashes.stand_in import StandIn
from tests.crashes.tasks import Task, do

LONG = timedelta(hours=1)
# The mails last: the others write them.
IN_ORDER = ("expire-reservations", "reconcile-payments", "deliver-outbox", "check-ledger")
# These touch neither money nor stock.
APART = {"refresh-search", "remind-reviews"}


@dataclass
class PunctualGateway:
    """Asks for a page with the very time limit with which it was asked for first.

    The tests put that limit back in the books, in place of waiting. To Stripe that would be another request.
    """

    inner: StripeGateway
    stand_in: StandIn
    first_limits: dict[str, datetime] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def open_page(self, request: PageRequest) -> SessionState:
        """Open a page; one that was never opened is refused, because its time is over."""
        first = self.first_limits.get(request.idempotency_key)
        if first and self.stand_in.knows_key(request.idempotency_key):
            request = replace(request, expires_at=first)
        return self.inner.open_page(request)


@dataclass(frozen=True)
class Clockwork:
    """The clock of the shop, and a worker in this process that nothing happens to."""

    app: Flask
    engine: Engine
    gateway: PunctualGateway

    def let_time_pass(self) -> None:
        """Put an hour between now and everything that was begun."""
        ago = clock.now() - LONG
        with self.engine.begin() as connection:
            for key, limit in connection.execute(select(Payment.idempotency_key, Payment.expires_at)):
                self.gateway.first_limits.setdefault(key, limit)
            connection.execute(update(Payment).values(opened_at=ago, expires_at=ago))
            is_requested = Refund.status == RefundStatus.REQUESTED
            connection.execute(update(Refund).where(is_requested).values(requested_at=ago))
            is_waiting = Message.state == MessageState.WAITING
            connection.execute(update(Message).where(is_waiting).values(next_attempt_at=ago))
            is_claimed = JobRun.claimed_until.is_not(None)
            connection.execute(update(JobRun).where(is_claimed).values(claimed_until=ago))

    def run_jobs(self) -> list[str]:
        """Run every job once; returns what is not well."""
        assert {*IN_ORDER, *APART} == set(JOBS)
        reports = {name: self.run(name) for name in IN_ORDER}
        return [f"{name}: {report.text}" for name, report in reports.items() if not report.is_well]

    def do(self, task: Task) -> str:
        """Do what the staff want."""
        return do(self.app, task)

    def run(self, name: str) -> JobReport:
        """Run one job."""
        with self.app.app_context():
            return run_job(JOBS[name])
