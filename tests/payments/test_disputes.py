"""Disputes: the order is stopped and a person asked, whatever was lost and in whatever order it was told."""

from collections.abc import Callable
from itertools import permutations

import pytest

from app.jobs.reconcile_payments import reconcile_payments
from app.jobs.report import JobReport
from app.orders.attention import settle_attention
from app.orders.fulfilling import NotReadyToSend, mark_fulfilled
from app.orders.status import FulfilmentStatus, PaymentStatus
from app.payments.models import Dispute
from app.payments.refund_limits import RefundRefused
from app.session import write_transaction
from tests.payments.baskets import SKU, TOTAL_PAID
from tests.payments.books import all_disputes, all_refunds, mails, reasons
from tests.payments.till import Sale, Till


@pytest.fixture
def dispute(till: Till) -> Callable[..., tuple[Sale, str]]:
    """Let a payer dispute a new sale; returns it, and Stripe's number of the dispute."""

    def dispute(**form: str) -> tuple[Sale, str]:
        sale = till.sell({SKU: 3})
        till.act(f"sessions/{sale.page_id}/dispute", **form)
        return sale, str(till.events("charge.dispute.created")[-1]["data"]["object"]["id"])

    return dispute


def only_dispute(till: Till) -> Dispute:
    [dispute] = all_disputes(till.session)
    return dispute


def send(till: Till, sale: Sale) -> None:
    with write_transaction(till.session):
        mark_fulfilled(till.order(sale), actor="staff", reason="parcel 1")


def attend(till: Till, sale: Sale) -> None:
    with write_transaction(till.session):
        settle_attention(till.order(sale), actor="staff", reason="looked at")


def test_a_disputed_order_is_stopped_and_put_before_a_person(
    till: Till, dispute: Callable[..., tuple[Sale, str]]
) -> None:
    sale, number = dispute(amount="12.50", reason="product_not_received")
    assert (200, "updated") in till.bring(till.events("charge.dispute"))
    found = only_dispute(till)
    assert (found.provider_id, found.amount_cents, found.status) == (number, 1250, "needs_response")
    assert (found.is_open, found.is_refundable) == (True, False)
    assert found.answer_due_at is not None
    order = till.order(sale)
    assert order.is_disputed
    due = f"{found.answer_due_at:%Y-%m-%d}"
    words = f"The payer disputes $12.50 (product_not_received). Send nothing. Answer at Stripe by {due}."
    assert order.needs_attention == words
    assert order.payment_status is PaymentStatus.PAID
    assert reasons(order)[-3:] == [
        "dispute of $12.50: needs_response",
        "disputed",
        f"needs attention: {words}",
    ]
    assert mails(till.session, "needs-attention") == ["needs-attention"]
    attend(till, sale)
    with pytest.raises(NotReadyToSend, match="disputed"):
        send(till, sale)


def test_nothing_is_refunded_while_the_payment_is_disputed(
    till: Till, dispute: Callable[..., tuple[Sale, str]]
) -> None:
    sale, _ = dispute()
    till.bring(till.events("charge.dispute"))
    asked = len(till.recorder.requests)
    with pytest.raises(RefundRefused, match="disputed"):
        till.refund(sale, amount_cents=100)
    assert all_refunds(till.session) == []
    assert len(till.recorder.requests) == asked


# The steps at Stripe; then the dispute's word, whether the order is still disputed, what a person must know.
COURSES: dict[str, tuple[str, str, bool, str]] = {
    "under review": ("review", "under_review", True, "Send nothing"),
    "won": ("review win", "won", False, "Send nothing"),
    "won at once": ("win", "won", False, "Send nothing"),
    "lost": ("review lose", "lost", False, "A dispute is lost: $48.38 went back to the payer."),
    "inquiry": ("", "warning_needs_response", True, "Send nothing"),
    "inquiry closed": ("review win", "warning_closed", False, "Send nothing"),
    "inquiry that became a dispute": ("escalate", "needs_response", True, "Send nothing"),
}


@pytest.mark.parametrize("case", COURSES)
def test_the_order_follows_its_dispute(
    till: Till, dispute: Callable[..., tuple[Sale, str]], case: str
) -> None:
    steps, status, is_disputed, words = COURSES[case]
    sale, number = dispute(**({"inquiry": "1"} if "inquiry" in case else {}))
    till.bring(till.events("charge.dispute"))
    for step in steps.split():
        till.act(f"disputes/{number}/{step}")
        till.bring(till.events("charge.dispute"))
    found = only_dispute(till)
    assert (found.status, found.is_open) == (status, is_disputed)
    order = till.order(sale)
    assert order.is_disputed is is_disputed
    assert words in (order.needs_attention or "")
    assert order.payment_status is PaymentStatus.PAID
    attend(till, sale)
    if is_disputed:
        with pytest.raises(NotReadyToSend):
            send(till, sale)
    else:
        send(till, sale)
        assert till.order(sale).fulfilment_status is FulfilmentStatus.FULFILLED


def test_an_inquiry_can_be_answered_by_a_refund_and_a_dispute_cannot(
    till: Till, dispute: Callable[..., tuple[Sale, str]]
) -> None:
    sale, number = dispute(inquiry="1")
    till.bring(till.events("charge.dispute"))
    assert only_dispute(till).is_refundable
    till.refund(sale, amount_cents=100)
    assert till.order(sale).refunded_cents == 100
    till.act(f"disputes/{number}/escalate")
    till.bring(till.events("charge.dispute"))
    with pytest.raises(RefundRefused, match="disputed"):
        till.refund(sale, amount_cents=100)


def test_money_can_go_back_after_a_dispute_is_won(
    till: Till, dispute: Callable[..., tuple[Sale, str]]
) -> None:
    sale, number = dispute(inquiry="1")
    till.act(f"disputes/{number}/win")
    till.bring(till.events("charge.dispute"))
    till.refund(sale, is_whole=True)
    assert till.order(sale).refunded_cents == TOTAL_PAID


def test_no_money_goes_back_after_a_dispute_is_lost(
    till: Till, dispute: Callable[..., tuple[Sale, str]]
) -> None:
    sale, number = dispute()
    till.act(f"disputes/{number}/lose")
    till.bring(till.events("charge.dispute"))
    with pytest.raises(RefundRefused):
        till.refund(sale, is_whole=True)
    assert till.order(sale).refunded_cents == 0


def test_the_order_of_events_does_not_matter(till: Till) -> None:
    for order_of_events in permutations(range(3)):
        known = {event["id"] for event in till.events()}
        sale = till.pay(till.open({SKU: 1}))
        till.act(f"sessions/{sale.page_id}/dispute", inquiry="1")
        number = till.events("charge.dispute.created")[-1]["data"]["object"]["id"]
        till.act(f"disputes/{number}/review")
        till.act(f"disputes/{number}/win")
        events = [each for each in till.events("charge.dispute") if each["id"] not in known]
        answers = till.bring([events[place] for place in order_of_events])
        assert [status for status, _ in answers] == [200] * 3
        order = till.order(sale)
        assert (order.payment_status, order.is_disputed) == (PaymentStatus.PAID, False)
        assert all_disputes(till.session)[-1].status == "warning_closed"


def test_the_job_mirrors_disputes_of_which_no_event_is_left(
    till: Till, dispute: Callable[..., tuple[Sale, str]]
) -> None:
    sale, number = dispute()
    till.lose_events()
    assert till.run(reconcile_payments) == JobReport("Disputes compared: 1 updated.")
    assert till.order(sale).is_disputed
    till.act(f"disputes/{number}/win")
    assert till.run(reconcile_payments) == JobReport("Disputes compared: 1 updated.")
    assert not till.order(sale).is_disputed
    assert till.run(reconcile_payments) == JobReport("No payment waits for news.")


def test_the_same_dispute_told_often_is_one_and_asks_once(
    till: Till, dispute: Callable[..., tuple[Sale, str]]
) -> None:
    sale, _ = dispute()
    events = till.events("charge.dispute")
    till.bring([*events, *events])
    told = len(till.order(sale).events)
    till.bring([{**event, "id": f"{event['id']}again"} for event in events])
    assert only_dispute(till).status == "needs_response"
    assert len(till.order(sale).events) == told
    assert mails(till.session, "needs-attention") == ["needs-attention"]
