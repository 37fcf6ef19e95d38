"""What follows the storm until all is quiet: time passes, late money comes, the jobs find what was lost."""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from app import clock
from app.orders.models import Order
from app.orders.services import NO_STOCK_LEFT
from app.outbox.models import Message, MessageState
from app.payments.models import Payment, Refund, RefundStatus
from tests.storm.courses import id_of
from tests.storm.tally import Tally
from tests.storm.weather import act
from tests.stripe_books import read_stripe_books

LONG_AGO = timedelta(hours=1)
PATIENCE_SECONDS = 30


def end_pages(simulator: str) -> None:
    """Let the time of every page be over at Stripe."""
    act(simulator, "clock", minutes="40")


def send_late_money(simulator: str, pages: Sequence[str], random: Random, tally: Tally) -> None:
    """Pay most of the pages that were left, after they have ended."""
    for page in pages:
        if random.random() < 0.7 and act(simulator, f"sessions/{id_of(page)}/pay-late"):
            tally.note("late payments")


def decide_debits(simulator: str, pages: Sequence[str], random: Random) -> None:
    """Let the bank debits that are on their way arrive, or not."""
    for page in pages:
        act(simulator, f"sessions/{id_of(page)}/resolve", result=random.choice(("succeed", "fail")))


def end_refunds(simulator: str, random: Random) -> None:
    """Decide the refunds that are still on their way."""
    for refund in read_stripe_books(simulator).refunds:
        if refund["status"] == "pending":
            act(simulator, f"refunds/{refund['id']}/{random.choice(('succeed', 'fail'))}")


def wait_for_deliveries(simulator: str, state: Path) -> None:
    """Wait until Stripe has nothing more to send by itself."""
    act(simulator, "clock", hours="2")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (left := _count(state, "SELECT COUNT(*) FROM deliveries WHERE state = 'pending'")) > 0:
        assert time.monotonic() < deadline, f"{left} events are still on their way"
        time.sleep(0.05)


def count_dropped(state: Path) -> int:
    """Count the events that no webhook has brought."""
    return _count(state, "SELECT COUNT(*) FROM deliveries WHERE state = 'dropped'")


def webhook_answers(state: Path) -> dict[str, int]:
    """Return what became of all attempts to deliver, in the simulator's words."""
    with closing(sqlite3.connect(f"file:{state}?mode=ro", uri=True)) as connection:
        return dict(connection.execute("SELECT outcome, COUNT(*) FROM attempts GROUP BY outcome"))


def let_time_pass_at_the_shop(engine: Engine, *, also_without_page: bool) -> None:
    """Put everything that waits into the past.

    A payment whose page is not noted comes last: its time limit is part of what is asked of Stripe, so it
    may only be changed when nothing is left there to be found by it.
    """
    past = clock.now() - LONG_AGO
    payments = update(Payment).values(opened_at=past, expires_at=past)
    if not also_without_page:
        payments = payments.where(Payment.session_id.is_not(None))
    with engine.begin() as connection:
        connection.execute(payments)
        connection.execute(
            update(Refund).where(Refund.status == RefundStatus.REQUESTED).values(requested_at=past)
        )
        connection.execute(
            update(Message).where(Message.state == MessageState.WAITING).values(next_attempt_at=past)
        )


def describe_orders(session: Session) -> str:
    """Say where the orders stand."""
    statuses = session.execute(
        select(Order.payment_status, func.count()).group_by(Order.payment_status)
    ).all()
    asked = select(func.count()).select_from(Order).where(Order.needs_attention.contains(NO_STOCK_LEFT))
    words = ", ".join(f"{number} {status}" for status, number in statuses)
    return f"orders: {words}; {session.scalar(asked)} paid without goods"


def overstay(engine: Engine, session_id: str) -> None:
    """Let the shop's time for a page be over."""
    with engine.begin() as connection:
        connection.execute(
            update(Payment)
            .where(Payment.session_id == session_id)
            .values(expires_at=clock.now() - timedelta(minutes=5))
        )


def _count(state: Path, query: str) -> int:
    with closing(sqlite3.connect(f"file:{state}?mode=ro", uri=True)) as connection:
        return int(connection.execute(query).fetchone()[0])
