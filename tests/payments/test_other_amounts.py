"""A payment of another amount than the order's goes to a person, and never counts as paid."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app import clock
from app.jobs.expire_reservations import expire_reservations
from app.jobs.reconcile_payments import reconcile_payments
from app.jobs.report import JobReport
from app.orders.attention import settle_attention
from app.orders.status import OrderStatus, PaymentStatus
from app.payments.models import Payment
from app.payments.outcome import Outcome
from app.session import write_transaction
from tests.payments.baskets import SKU
from tests.payments.books import mails, reasons, stored_events
from tests.payments.test_replays import amounts_differ_by
from tests.payments.till import Sale, Till
from tests.stock import assert_ledger_is_right, stock_of

ASKED_AGAIN = JobReport("Payments asked about: 1 amount-differs.")
DIFFERS = {
    1: "Stripe charged $48.38, the order costs $48.39.",
    -1: "Stripe charged $48.38, the order costs $48.37.",
}
by_a_cent = pytest.mark.parametrize("cents", DIFFERS)


def sell_differing(till: Till, cents: int = 1) -> Sale:
    sale = till.pay(till.open())
    amounts_differ_by(till, cents)
    assert till.bring(till.events("checkout.session.completed")) == [(200, "amount-differs")]
    return sale


def wait_for_the_jobs(till: Till) -> None:
    """Let the page be old enough for both jobs."""
    before = clock.now() - timedelta(minutes=6)
    till.session.execute(update(Payment).values(opened_at=before, expires_at=before))
    till.session.commit()


def attend(till: Till, sale: Sale) -> None:
    with write_transaction(till.session):
        settle_attention(till.order(sale), actor="staff", reason="looked at")


def assert_asked_once(till: Till, sale: Sale, words: str = DIFFERS[1]) -> None:
    assert mails(till.session, "needs-attention") == ["needs-attention"]
    assert reasons(till.order(sale)).count(f"needs attention: {words}") == 1


@by_a_cent
def test_the_order_stays_open_and_asks_once(till: Till, cents: int) -> None:
    on_hand, _ = stock_of(till.session, SKU)
    sale = sell_differing(till, cents)
    wait_for_the_jobs(till)
    for _ in range(2):
        assert till.run(reconcile_payments) == ASKED_AGAIN
    assert till.run(expire_reservations) == JobReport("Overdue payment pages: 1 amount-differs.")
    order = till.order(sale)
    assert (order.payment_status, order.order_status) == (PaymentStatus.OPEN, OrderStatus.AWAITING_PAYMENT)
    assert (order.paid_at, order.needs_attention) == (None, DIFFERS[cents])
    assert_asked_once(till, sale, DIFFERS[cents])
    assert mails(till.session, "order-confirmed") == []
    assert stock_of(till.session, SKU) == (on_hand, 3), "held until a person has looked"


def test_what_a_person_has_settled_is_not_asked_again(till: Till) -> None:
    sale = sell_differing(till)
    attend(till, sale)
    wait_for_the_jobs(till)
    told = len(till.order(sale).events)
    for _ in range(2):
        assert till.run(reconcile_payments) == ASKED_AGAIN
    till.run(expire_reservations)
    assert till.order(sale).needs_attention is None
    assert len(till.order(sale).events) == told
    assert_asked_once(till, sale)


def test_another_amount_than_the_settled_one_asks_again(till: Till) -> None:
    sale = sell_differing(till)
    attend(till, sale)
    amounts_differ_by(till, 1)
    assert till.settle(sale) is Outcome.DIFFERENT
    assert till.order(sale).needs_attention == "Stripe charged $48.38, the order costs $48.40."


@by_a_cent
def test_it_ends_when_all_of_it_was_paid_back_at_stripe(till: Till, cents: int) -> None:
    stock = stock_of(till.session, SKU)
    sale = sell_differing(till, cents)
    till.act(f"sessions/{sale.page_id}/refund")
    assert (200, "expired") in till.bring(till.events("charge.refunded"))
    order = till.order(sale)
    assert (order.payment_status, order.order_status) == (PaymentStatus.EXPIRED, OrderStatus.CANCELLED)
    assert (order.paid_at, order.refunded_cents) == (None, 0)
    assert stock_of(till.session, SKU) == stock
    assert_ledger_is_right(till.session)
    told = len(order.events)
    till.bring(till.events())
    assert till.settle(sale) is Outcome.UNCHANGED
    assert len(till.order(sale).events) == told
    assert stock_of(till.session, SKU) == stock


def test_it_does_not_end_while_a_part_of_it_is_still_with_the_shop(till: Till) -> None:
    on_hand, _ = stock_of(till.session, SKU)
    sale = sell_differing(till)
    till.act(f"sessions/{sale.page_id}/refund", amount="48.37")
    till.bring(till.events("charge.refunded"))
    assert till.order(sale).payment_status is PaymentStatus.OPEN
    assert stock_of(till.session, SKU) == (on_hand, 3)
    till.act(f"sessions/{sale.page_id}/refund")
    till.bring(till.events("charge.refunded"))
    assert till.order(sale).payment_status is PaymentStatus.EXPIRED
    assert stock_of(till.session, SKU) == (on_hand, 0)


def test_the_job_finds_that_it_was_paid_back(till: Till) -> None:
    sale = sell_differing(till)
    till.lose_events()
    till.act(f"sessions/{sale.page_id}/refund")
    wait_for_the_jobs(till)
    assert till.run(reconcile_payments).is_well
    assert till.order(sale).payment_status is PaymentStatus.EXPIRED
    assert till.run(reconcile_payments) == JobReport("No payment waits for news.")
    assert_asked_once(till, sale)


def test_staff_free_the_stock_of_what_was_never_rightly_paid(till: Till) -> None:
    stock = stock_of(till.session, SKU)
    sale = sell_differing(till)
    arguments = ["attention", "give-up", sale.code, "--reason", "wrong amount", "--by", "Ida"]
    given_up = till.app.test_cli_runner().invoke(args=arguments)
    assert (given_up.exit_code, sale.code in given_up.output) == (0, True)
    order = till.order(sale)
    assert (order.payment_status, order.order_status) == (PaymentStatus.EXPIRED, OrderStatus.CANCELLED)
    assert (order.events[-1].actor, order.events[-1].reason) == ("Ida", "wrong amount")
    assert stock_of(till.session, SKU) == stock
    again = till.app.test_cli_runner().invoke(args=arguments)
    assert (again.exit_code, "The payment is expired, not open." in again.output) == (1, True)
    # The money is still at Stripe: news of it change nothing until it has gone back.
    till.bring(till.events())
    assert till.order(sale).payment_status is PaymentStatus.EXPIRED
    assert {outcome for _, outcome in stored_events(till.session)} <= {"amount-differs", "not-for-the-shop"}
    assert_asked_once(till, sale)
    assert_ledger_is_right(till.session)


def test_it_is_paid_when_the_amount_is_right_after_all(till: Till) -> None:
    on_hand, _ = stock_of(till.session, SKU)
    sale = sell_differing(till)
    amounts_differ_by(till, -1)
    [(event_id, _)] = [row for row in stored_events(till.session) if row[1] == "amount-differs"]
    replayed = till.app.test_cli_runner().invoke(args=["attention", "replay", event_id])
    assert replayed.exit_code == 0
    assert till.order(sale).payment_status is PaymentStatus.PAID
    assert stock_of(till.session, SKU) == (on_hand - 3, 0)
