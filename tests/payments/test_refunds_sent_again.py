"""A refund that nobody knows of: written before the call, sent again with its key, and never made twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from app import clock
from app.jobs.reconcile_payments import reconcile_payments
from app.jobs.report import JobReport
from app.orders.status import PaymentStatus
from app.payments.gateway import GatewayUnavailable
from app.payments.models import Refund, RefundStatus
from app.payments.refund_limits import RefundRefused
from tests.payments.baskets import SKU
from tests.payments.books import all_refunds, mails, reasons
from tests.payments.stripe_recorder import SentRequest
from tests.payments.till import Sale, Till
from tests.stock import assert_ledger_is_right, stock_of
from tests.stripe_books import read_stripe_books

SENT_AGAIN = "Refunds sent again: 1 succeeded."
Answer = tuple[int, bytes] | None


def steer(till: Till, spoil: Callable[[SentRequest, Callable[[], Answer]], Answer]) -> Callable[[], None]:
    """Let a test answer refund requests in Stripe's place; returns how to end it."""
    pass_on = till.recorder.answer

    def answer(request: SentRequest) -> Answer:
        if (request.method, request.path) == ("POST", "/v1/refunds"):
            return spoil(request, lambda: pass_on(request))
        return pass_on(request)

    def heal() -> None:
        till.recorder.answer = pass_on

    till.recorder.answer = answer
    return heal


def unreachable(_: SentRequest, __: Callable[[], Answer]) -> Answer:
    return 503, b"busy"


def lose_reply(_: SentRequest, act: Callable[[], Answer]) -> Answer:
    act()
    return None


def ask_in_vain(till: Till, sale: Sale, spoil: Callable[..., Answer]) -> Refund:
    """Refund $5.00 with a unit for the shelf, so that nobody knows of it; Stripe is well afterwards."""
    line = till.order(sale).lines[0].id
    till.lose_events()
    heal = steer(till, spoil)
    with pytest.raises(GatewayUnavailable):
        till.refund(sale, amount_cents=500, restock={line: 1})
    heal()
    [refund] = all_refunds(till.session)
    return refund


def keys_sent(till: Till) -> list[str]:
    sent = [each for each in till.recorder.requests if (each.method, each.path) == ("POST", "/v1/refunds")]
    return [each.headers["Idempotency-Key"] for each in sent]


def wait_two_minutes(till: Till) -> None:
    till.session.execute(update(Refund).values(requested_at=clock.now() - timedelta(minutes=3)))
    till.session.commit()


def assert_made_once(till: Till, sale: Sale, on_hand: int) -> None:
    [refund] = all_refunds(till.session)
    [at_stripe] = read_stripe_books(till.simulator).refunds
    assert (refund.status, refund.provider_id) == (RefundStatus.SUCCEEDED, at_stripe["id"])
    assert till.order(sale).payment_status is PaymentStatus.PART_REFUNDED
    assert till.order(sale).refunded_cents == 500
    assert stock_of(till.session, SKU) == (on_hand + 1, 0)
    assert mails(till.session, "refund-made") == ["refund-made"]
    assert_ledger_is_right(till.session)


@pytest.mark.parametrize("spoil", [unreachable, lose_reply])
def test_a_refund_of_which_nobody_knows_is_written_and_changes_nothing_yet(
    till: Till, spoil: Callable[..., Answer]
) -> None:
    sale = till.sell()
    stock = stock_of(till.session, SKU)
    refund = ask_in_vain(till, sale, spoil)
    assert (refund.status, refund.amount_cents) == (RefundStatus.REQUESTED, 500)
    assert refund.idempotency_key in keys_sent(till)
    assert till.order(sale).payment_status is PaymentStatus.PAID
    assert reasons(till.order(sale))[-1] == "refund of $5.00 requested: came back"
    assert stock_of(till.session, SKU) == stock
    assert mails(till.session, "refund-made", "refund-failed") == []
    with pytest.raises(RefundRefused, match=r"Only \$43.38 is left"):
        till.refund(sale, amount_cents=4339)


@pytest.mark.parametrize("spoil", [unreachable, lose_reply])
def test_the_job_sends_it_again_with_the_same_key(till: Till, spoil: Callable[..., Answer]) -> None:
    sale = till.sell()
    on_hand, _ = stock_of(till.session, SKU)
    refund = ask_in_vain(till, sale, spoil)
    # A lost reply left the refund at Stripe, where the comparison of the same job finds it at once.
    if spoil is unreachable:
        assert till.run(reconcile_payments) == JobReport("No payment waits for news."), "it may be under way"
    wait_two_minutes(till)
    assert till.run(reconcile_payments) == JobReport(SENT_AGAIN)
    assert set(keys_sent(till)) == {refund.idempotency_key}
    assert_made_once(till, sale, on_hand)
    assert till.run(reconcile_payments) == JobReport("No payment waits for news.")


def test_a_key_that_stripe_has_forgotten_makes_no_second_refund(till: Till) -> None:
    sale = till.sell()
    on_hand, _ = stock_of(till.session, SKU)
    ask_in_vain(till, sale, lose_reply)
    till.act("clock", hours="25")
    wait_two_minutes(till)
    sent = len(keys_sent(till))
    assert till.run(reconcile_payments) == JobReport(SENT_AGAIN)
    assert len(keys_sent(till)) == sent, "it is found in Stripe's list, not asked for again"
    assert_made_once(till, sale, on_hand)


def test_the_webhook_brings_home_what_the_lost_reply_did_not(till: Till) -> None:
    sale = till.sell()
    on_hand, _ = stock_of(till.session, SKU)
    ask_in_vain(till, sale, lose_reply)
    assert (200, "updated") in till.bring(till.events("refund"))
    assert_made_once(till, sale, on_hand)


def test_stripe_that_stays_down_leaves_it_for_the_next_run(till: Till) -> None:
    sale = till.sell()
    on_hand, _ = stock_of(till.session, SKU)
    ask_in_vain(till, sale, unreachable)
    wait_two_minutes(till)
    heal = steer(till, unreachable)
    assert till.run(reconcile_payments) == JobReport("Refunds sent again: 1 not reached.", is_well=False)
    assert all_refunds(till.session)[0].status is RefundStatus.REQUESTED
    heal()
    assert till.run(reconcile_payments).is_well
    assert_made_once(till, sale, on_hand)


def test_two_that_nobody_knows_of_are_both_made(till: Till) -> None:
    sale = till.sell()
    till.lose_events()
    heal = steer(till, unreachable)
    for _ in range(2):
        with pytest.raises(GatewayUnavailable):
            till.refund(sale, amount_cents=500)
    heal()
    wait_two_minutes(till)
    assert till.run(reconcile_payments) == JobReport("Refunds sent again: 2 succeeded.")
    assert [each["amount"] for each in read_stripe_books(till.simulator).refunds] == [500, 500]
    assert till.order(sale).refunded_cents == 1000
