"""Those who work while it storms: the clock with its jobs, and somebody who gives money back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from flask import Flask
from sqlalchemy import select

from app.jobs.registry import JOBS, run_job
from app.orders.models import Order
from app.orders.queries import find_order
from app.orders.status import PaymentStatus
from app.payments.gateway import GatewayUnavailable
from app.payments.models import Refund, RefundStatus
from app.payments.refund_limits import RefundRefused
from app.payments.refunds import RefundPlan
from app.session import get_session
from app.web.payments import current_refunds
from tests.storm.tally import Tally

DURING = ("expire-reservations", "reconcile-payments", "deliver-outbox", "check-ledger")
REFUNDABLE = (PaymentStatus.PAID, PaymentStatus.PART_REFUNDED)
PAUSE_SECONDS = 2.0


class Staff:
    """Runs the shop's jobs and makes refunds, each in a thread of its own."""

    def __init__(self, app: Flask, random: Random, tally: Tally) -> None:
        self._app = app
        self._random = random
        self._tally = tally
        self._stopping = threading.Event()
        self.broken: list[str] = []

    @contextmanager
    def working(self) -> Iterator[None]:
        """Work for as long as the block takes."""
        threads = [threading.Thread(target=work) for work in (self._run_jobs, self._give_back)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            for thread in threads:
                thread.join()

    def run_jobs(self) -> dict[str, str]:
        """Run every job once; returns what each that is not well has said."""
        return {name: text for name in DURING if (text := self._run_job(name)) is not None}

    def send_prepared_refunds(self) -> None:
        """Send every second refund that waits for a person."""
        with self._app.app_context():
            query = select(Refund.id).where(Refund.status == RefundStatus.PREPARED).order_by(Refund.id)
            for refund_id in list(get_session().scalars(query))[::2]:
                self._tally.note(f"prepared refund {self._try_to_send(refund_id)}")

    def _run_job(self, name: str) -> str | None:
        with self._app.app_context():
            report = run_job(JOBS[name])
        return None if report.is_well else report.text

    def _run_jobs(self) -> None:
        while not self._stopping.wait(PAUSE_SECONDS):
            for name, text in self.run_jobs().items():
                self._tally.note(f"{name} not well")
                if "broke" in text:
                    self.broken.append(f"{name}: {text}")

    def _give_back(self) -> None:
        while not self._stopping.wait(PAUSE_SECONDS):
            with self._app.app_context():
                self._tally.note(f"own refunds {self._refund_somebody()}")

    def _refund_somebody(self) -> str:
        query = select(Order.code).where(Order.payment_status.in_(REFUNDABLE)).order_by(Order.id)
        codes = list(get_session().scalars(query))
        order = find_order(get_session(), self._random.choice(codes)) if codes else None
        if order is None:
            return "not possible yet"
        try:
            return current_refunds().make(order.id, self._plan(order)).status
        except RefundRefused:
            return "refused"
        except GatewayUnavailable:
            return "not answered"

    def _plan(self, order: Order) -> RefundPlan:
        """Choose all, an amount, or one unit of a line; something comes back to the shelf or does not."""
        line = self._random.choice(order.lines)
        shelf = {line.id: 1} if self._random.random() < 0.5 else {}
        choice = self._random.random()
        if choice < 0.2:
            return RefundPlan("staff", "storm", is_whole=True, restock=shelf)
        if choice < 0.6:
            return RefundPlan("staff", "storm", amount_cents=self._random.randint(1, 500))
        return RefundPlan("staff", "storm", units={line.id: 1}, restock=shelf)

    def _try_to_send(self, refund_id: int) -> str:
        try:
            return current_refunds().send(refund_id, actor="staff").status
        except RefundRefused:
            return "refused"
