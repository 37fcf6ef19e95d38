"""Selling and refunding over a server that speaks a part of Stripe's API only."""

from collections.abc import Callable

import pytest

from app.jobs.reconcile_payments import reconcile_payments
from app.jobs.report import JobReport
from app.orders.fulfilling import NotReadyToSend, mark_fulfilled
from app.orders.status import PaymentStatus
from app.payments.models import EventState, RefundStatus
from app.payments.queries import list_parked_events
from app.session import write_transaction
from tests.payments.baskets import SKU, TOTAL_PAID
from tests.payments.books import all_disputes, all_refunds, mails
from tests.payments.lean_stripe import (
    NOT_FOUND,
    fold_payments,
    forget_metadata,
    ignore_filters,
    offer_less,
)
from tests.payments.test_refunds_sent_again import ask_in_vain, assert_made_once, lose_reply, wait_two_minutes
from tests.payments.till import Sale, Till
from tests.stock import assert_ledger_is_right, stock_of
from tests.stripe_books import read_stripe_books

IN_STRIPES_WORDS = b'{"error": {"type": "invalid_request_error", "message": "Unrecognized request URL"}}'
NOTHING_OFFERED = JobReport(
    "Lost events: 1 not offered. Refunds compared: 1 not offered. Disputes compared: 1 not offered."
)
Fewer = Callable[[Till], None]


def offer_least(till: Till) -> None:
    """Name a payment by its id only too, so that no charge counts what went back."""
    offer_less(till)
    fold_payments(till)


LEAN = pytest.mark.parametrize("speak", [offer_less, offer_least])


def assert_refunded(till: Till, sale: Sale, *amounts: int) -> None:
    rows = all_refunds(till.session)
    assert [(row.status, row.amount_cents) for row in rows] == [
        (RefundStatus.SUCCEEDED, amount) for amount in amounts
    ]
    assert sorted(each["amount"] for each in read_stripe_books(till.simulator).refunds) == sorted(amounts)
    assert till.order(sale).refunded_cents == sum(amounts)


@LEAN
def test_payments_settle(till: Till, speak: Fewer) -> None:
    on_hand, _ = stock_of(till.session, SKU)
    speak(till)
    sale = till.pay(till.open())
    assert till.bring(till.events("checkout.session.completed")) == [(200, "paid")]
    order = till.order(sale)
    assert (order.payment_status, order.needs_attention) == (PaymentStatus.PAID, None)
    assert stock_of(till.session, SKU) == (on_hand - 3, 0)
    assert_ledger_is_right(till.session)


@LEAN
def test_a_whole_refund_succeeds(till: Till, speak: Fewer) -> None:
    speak(till)
    sale = till.sell()
    assert till.refund(sale, is_whole=True).status is RefundStatus.SUCCEEDED
    assert_refunded(till, sale, TOTAL_PAID)
    assert till.order(sale).payment_status is PaymentStatus.REFUNDED
    assert mails(till.session, "refund-made", "refund-failed") == ["refund-made"]


@LEAN
def test_two_refunds_add_up(till: Till, speak: Fewer) -> None:
    speak(till)
    sale = till.sell()
    till.refund(sale, amount_cents=500)
    assert till.order(sale).payment_status is PaymentStatus.PART_REFUNDED
    assert_refunded(till, sale, 500)
    till.refund(sale, amount_cents=TOTAL_PAID - 500)
    assert_refunded(till, sale, 500, TOTAL_PAID - 500)
    assert till.order(sale).payment_status is PaymentStatus.REFUNDED


@LEAN
def test_events_about_the_shops_own_refund_change_nothing_more(till: Till, speak: Fewer) -> None:
    speak(till)
    sale = till.sell()
    till.refund(sale, amount_cents=500)
    told = len(till.order(sale).events)
    answers = till.bring(till.events())
    assert {status for status, _ in answers} == {200}
    assert {word for _, word in answers} <= {"unchanged", "not-for-the-shop"}
    assert_refunded(till, sale, 500)
    assert len(till.order(sale).events) == told


@LEAN
def test_a_refund_of_which_nobody_knows_is_sent_again_with_its_key(till: Till, speak: Fewer) -> None:
    sale = till.sell()
    on_hand, _ = stock_of(till.session, SKU)
    ask_in_vain(till, sale, lose_reply)
    speak(till)
    wait_two_minutes(till)
    report = till.run(reconcile_payments)
    assert report.is_well
    assert "Refunds sent again: 1 succeeded." in report.text
    assert_made_once(till, sale, on_hand)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, NOT_FOUND),
        (404, b"<h1>Not Found</h1>"),
        (405, b'{"detail": "Method Not Allowed"}'),
        (501, NOT_FOUND),
    ],
)
def test_the_job_says_what_is_not_offered_and_is_well(till: Till, status: int, body: bytes) -> None:
    till.sell()
    offer_less(till, status, body)
    assert till.run(reconcile_payments) == NOTHING_OFFERED


def test_the_job_is_well_where_what_is_missing_is_told_in_stripes_words(till: Till) -> None:
    offer_less(till, body=IN_STRIPES_WORDS)
    assert till.run(reconcile_payments) == NOTHING_OFFERED


def test_a_dispute_that_cannot_be_asked_about_stops_the_order(till: Till) -> None:
    offer_less(till)
    sale = till.sell()
    till.act(f"sessions/{sale.page_id}/dispute")
    events = till.events("charge.dispute.created")
    assert till.bring(events) == [(200, "unknown-payment")]
    order = till.order(sale)
    number = events[0]["data"]["object"]["id"]
    assert f"dispute {number}" in (order.needs_attention or "")
    with pytest.raises(NotReadyToSend), write_transaction(till.session):
        mark_fulfilled(till.order(sale), actor="staff", reason="parcel 1")
    till.session.rollback()
    [parked] = list_parked_events(till.session)
    assert (parked.event_id, parked.state) == (events[0]["id"], EventState.PARKED)
    assert all_disputes(till.session) == []
    assert mails(till.session, "needs-attention") == ["needs-attention"]
    till.bring(till.events("charge.dispute"))
    assert mails(till.session, "needs-attention") == ["needs-attention"], "the second event asks nobody again"


def test_lists_that_ignore_their_filter_mirror_nothing_foreign(till: Till) -> None:
    ignore_filters(till)
    first, second = till.sell({SKU: 1}), till.sell({SKU: 1})
    till.act(f"sessions/{first.page_id}/refund", amount="5.00")
    till.refund(second, amount_cents=300)
    till.bring(till.events())
    found = sorted((row.payment.order_id, row.amount_cents) for row in all_refunds(till.session))
    assert found == [(first.order_id, 500), (second.order_id, 300)]
    assert (till.order(first).refunded_cents, till.order(second).refunded_cents) == (500, 300)


def test_a_page_of_somebody_else_is_not_taken_for_the_one_that_was_asked_for(till: Till) -> None:
    sale = till.pay(till.open({SKU: 1}))
    other = till.pay(till.open({SKU: 1}))
    ignore_filters(till)
    till.act(f"sessions/{sale.page_id}/refund", amount="5.00")
    [(status, _)] = till.bring(till.events("refund.created"))
    assert status == 200
    assert till.order(other).payment_status is PaymentStatus.OPEN
    till.bring(till.events("checkout.session.completed"))
    assert till.order(sale).payment_status is PaymentStatus.PART_REFUNDED
    assert till.order(other).payment_status is PaymentStatus.PAID


@pytest.fixture
def found_first(till: Till) -> tuple[Sale, int]:
    """A refund whose answer was lost, and of which a server tells that does not repeat our key."""
    forget_metadata(till)
    sale = till.sell()
    on_hand, _ = stock_of(till.session, SKU)
    ask_in_vain(till, sale, lose_reply)
    assert till.bring(till.events("charge.refunded")) == [(200, "updated")]
    wait_two_minutes(till)
    return sale, on_hand


def test_a_refund_that_was_found_first_is_still_one_refund(till: Till, found_first: tuple[Sale, int]) -> None:
    sale, on_hand = found_first
    report = till.run(reconcile_payments)
    assert (report.is_well, "Refunds sent again: 1 succeeded." in report.text) == (True, True)
    assert_refunded(till, sale, 500)
    [refund] = all_refunds(till.session)
    assert (refund.actor, refund.idempotency_key) == ("staff", f"order-{sale.code}-refund-{refund.id}")
    assert stock_of(till.session, SKU) == (on_hand + 1, 0), "restocked once"
    till.bring(till.events())
    assert till.run(reconcile_payments) == JobReport("No payment waits for news.")
    assert_refunded(till, sale, 500)
    assert stock_of(till.session, SKU) == (on_hand + 1, 0)
    assert_ledger_is_right(till.session)


def test_a_refund_that_was_found_first_is_told_to_the_buyer_once(
    till: Till, found_first: tuple[Sale, int]
) -> None:
    assert found_first
    till.run(reconcile_payments)
    assert mails(till.session, "refund-made") == ["refund-made"]


def test_a_refund_after_one_that_was_found_first_is_told_to_the_buyer_too(
    till: Till, found_first: tuple[Sale, int]
) -> None:
    sale, _ = found_first
    till.run(reconcile_payments)
    before = len(mails(till.session, "refund-made"))
    assert till.refund(sale, amount_cents=100).status is RefundStatus.SUCCEEDED
    assert len(mails(till.session, "refund-made")) == before + 1
    assert till.order(sale).refunded_cents == 600
