"""Refunds that are made at Stripe, past the shop, are mirrored, whatever was lost and in whatever order."""

import secrets
from dataclasses import replace
from itertools import permutations

from sqlalchemy import select

from app.jobs.reconcile_payments import reconcile_payments
from app.jobs.report import JobReport
from app.orders.status import OrderStatus, PaymentStatus
from app.payments.models import EventState, PaymentEvent, RefundStatus
from app.payments.stripe_gateway import StripeGateway
from tests.buyer import payment_status
from tests.live_shop import SIMULATOR_KEY
from tests.payments.baskets import SKU, TOTAL_PAID
from tests.payments.books import all_refunds, mails, reasons, stored_events
from tests.payments.test_stripe_contract import GOODS, page_request
from tests.payments.till import Sale, Till
from tests.stock import assert_ledger_is_right, stock_of

ALL = {"checkout.session.completed", "charge.refunded", "refund.created"}


def assert_mirrored(till: Till, sale: Sale, cents: int) -> None:
    order = till.order(sale)
    [refund] = [each for each in all_refunds(till.session) if each.payment.order_id == sale.order_id]
    assert (refund.status, refund.amount_cents, refund.actor) == (RefundStatus.SUCCEEDED, cents, "stripe")
    assert refund.reason == "made at Stripe"
    assert refund.lines == []
    assert order.refunded_cents == cents
    whole = cents == TOTAL_PAID
    assert order.payment_status is (PaymentStatus.REFUNDED if whole else PaymentStatus.PART_REFUNDED)
    assert order.order_status is (OrderStatus.CANCELLED if whole else OrderStatus.PLACED)
    found = f"refund of {refund.amount} found that was made at Stripe"
    assert reasons(order).count(found) == 1


def test_a_refund_made_at_stripe_reaches_the_order_the_page_and_the_buyer(till: Till) -> None:
    sale = till.sell()
    stock = stock_of(till.session, SKU)
    till.act(f"sessions/{sale.page_id}/refund", amount="12.50")
    till.bring(till.events())
    assert_mirrored(till, sale, 1250)
    assert payment_status(till.order_page(sale).text) == "part-refunded"
    assert mails(till.session, "refund-made") == ["refund-made"]
    assert stock_of(till.session, SKU) == stock
    till.act(f"sessions/{sale.page_id}/refund")
    till.bring(till.events())
    assert till.order(sale).payment_status is PaymentStatus.REFUNDED
    assert payment_status(till.order_page(sale).text) == "refunded"


def test_events_of_payment_and_refund_come_in_any_order(till: Till) -> None:
    for order_of_events in permutations(range(3)):
        known = {event["id"] for event in till.events()}
        sale = till.pay(till.open({SKU: 1}))
        till.act(f"sessions/{sale.page_id}/refund", amount="5.00")
        events = [each for each in till.events() if each["id"] not in known and each["type"] in ALL]
        assert {event["type"] for event in events} == ALL
        # The shop may hear of the refund before it has heard of the payment.
        answers = till.bring([events[number] for number in order_of_events])
        assert [status for status, _ in answers] == [200] * 3
        assert_mirrored(till, sale, 500)
        assert_ledger_is_right(till.session)


def test_the_refund_alone_tells_of_a_payment_that_the_shop_never_heard_of(till: Till) -> None:
    on_hand, _ = stock_of(till.session, SKU)
    sale = till.pay(till.open())
    till.act(f"sessions/{sale.page_id}/refund")
    assert till.bring(till.events("refund.created")) == [(200, "paid")]
    assert_mirrored(till, sale, TOTAL_PAID)
    assert stock_of(till.session, SKU) == (on_hand - 3, 0), "sold, and a person says what comes back"


def test_the_job_takes_events_that_were_lost(till: Till) -> None:
    sale = till.sell()
    till.act(f"sessions/{sale.page_id}/refund", amount="5.00")
    report = till.run(reconcile_payments)
    assert report == JobReport("Lost events: 2 unchanged, 1 updated.")
    assert_mirrored(till, sale, 500)
    assert till.run(reconcile_payments) == JobReport("No payment waits for news.")


def test_the_job_finds_a_refund_of_which_no_event_is_left(till: Till) -> None:
    sale = till.sell()
    till.lose_events()
    till.act(f"sessions/{sale.page_id}/refund", amount="5.00")
    assert till.run(reconcile_payments) == JobReport("Refunds compared: 1 updated.")
    assert_mirrored(till, sale, 500)
    [refund] = all_refunds(till.session)
    till.act(f"refunds/{refund.provider_id}/fail")
    assert till.run(reconcile_payments) == JobReport("Refunds compared: 1 updated.")
    assert till.order(sale).payment_status is PaymentStatus.PAID
    assert "did not arrive" in (till.order(sale).needs_attention or "")
    assert till.run(reconcile_payments) == JobReport("No payment waits for news.")


def test_a_refund_made_at_stripe_leaves_so_much_less_for_the_shop(till: Till) -> None:
    sale = till.sell()
    till.act(f"sessions/{sale.page_id}/refund", amount="40.00")
    till.bring(till.events("refund"))
    assert till.refund(sale, is_whole=True).amount_cents == TOTAL_PAID - 4000
    assert till.order(sale).refunded_cents == TOTAL_PAID


def test_refunds_of_a_payment_that_is_not_the_shops_change_nothing(till: Till) -> None:
    sale = till.sell()
    told = len(till.order(sale).events)
    request = replace(page_request((GOODS,)), idempotency_key=secrets.token_hex())
    page = StripeGateway(SIMULATOR_KEY, "", till.simulator).open_page(request)
    foreign = till.pay(Sale(0, "", page.id, page.url or ""))
    known = {event["id"] for event in till.events()}
    till.act(f"sessions/{foreign.page_id}/refund", amount="5.00")
    events = [each for each in till.events() if each["id"] not in known]
    assert till.bring(events) == [(200, "unknown-payment")] * 2
    assert [row for row in stored_events(till.session) if row[1] != "unknown-payment"] == []
    states = set(till.session.scalars(select(PaymentEvent.state)))
    assert states == {EventState.PARKED}
    till.lose_events()
    assert till.run(reconcile_payments) == JobReport("Refunds compared: 1 of no payment of ours.")
    assert all_refunds(till.session) == []
    assert len(till.order(sale).events) == told
