"""A refund that waits for a person: money that came when nothing was left to send."""

import pytest

from app.inventory.services import reserve
from app.orders.queries import find_order_for_change
from app.orders.services import mark_expired
from app.orders.status import OrderStatus, PaymentStatus
from app.payments.models import Refund, RefundStatus
from app.payments.outcome import Outcome
from app.payments.refund_limits import RefundRefused
from app.session import write_transaction
from app.web.payments import current_refunds
from tests.payments.baskets import SKU, TOTAL_PAID
from tests.payments.books import all_refunds, reasons
from tests.payments.till import Sale, Till
from tests.stock import stock_of
from tests.stripe_books import read_stripe_books


def money(till: Till, sale: Sale) -> tuple[PaymentStatus, int]:
    order = till.order(sale)
    return order.payment_status, order.refunded_cents


def only_refund(till: Till) -> Refund:
    [refund] = all_refunds(till.session)
    return refund


@pytest.fixture
def prepared(till: Till) -> tuple[Sale, int]:
    """An order that was paid when nothing was left, and the number of its prepared refund."""
    sale = till.open()
    on_hand, _ = stock_of(till.session, SKU)
    with write_transaction(till.session):
        order = find_order_for_change(till.session, sale.order_id)
        mark_expired(till.session, order, actor="test", reason="thought to be closed")
        reserve(till.session, {order.lines[0].variant_id: on_hand}, source="everybody else")
    assert till.settle(till.pay(sale)) is Outcome.NEEDS_ATTENTION
    return sale, only_refund(till).id


def send(till: Till, refund_id: int) -> Refund:
    with till.app.app_context():
        return current_refunds().send(refund_id, actor="staff")


def withdraw(till: Till, refund_id: int) -> None:
    with till.app.app_context():
        current_refunds().withdraw(refund_id, actor="staff")


def test_late_money_without_goods_prepares_a_refund_and_sends_nothing(
    till: Till, prepared: tuple[Sale, int]
) -> None:
    sale, _ = prepared
    refund = only_refund(till)
    assert (refund.status, refund.amount_cents, refund.actor) == (RefundStatus.PREPARED, TOTAL_PAID, "shop")
    assert refund.requested_at is None
    assert read_stripe_books(till.simulator).refunds == []
    assert money(till, sale) == (PaymentStatus.PAID, 0)
    with pytest.raises(RefundRefused, match=r"\$0.00 is left"):
        till.refund(sale, amount_cents=1)


def test_a_prepared_refund_is_sent_once(till: Till, prepared: tuple[Sale, int]) -> None:
    sale, refund_id = prepared
    for _ in range(2):
        assert send(till, refund_id).status is RefundStatus.SUCCEEDED
    assert [each["amount"] for each in read_stripe_books(till.simulator).refunds] == [TOTAL_PAID]
    assert money(till, sale) == (PaymentStatus.REFUNDED, TOTAL_PAID)
    assert till.order(sale).order_status is OrderStatus.CANCELLED
    assert only_refund(till).requested_at is not None
    with pytest.raises(RefundRefused, match="only a prepared one"):
        withdraw(till, refund_id)


def test_a_prepared_refund_that_is_withdrawn_is_never_sent(till: Till, prepared: tuple[Sale, int]) -> None:
    sale, refund_id = prepared
    withdraw(till, refund_id)
    with pytest.raises(RefundRefused, match="was withdrawn"):
        send(till, refund_id)
    with pytest.raises(RefundRefused):
        withdraw(till, refund_id)
    assert read_stripe_books(till.simulator).refunds == []
    assert reasons(till.order(sale))[-1] == "prepared refund of $48.38 withdrawn"
    till.refund(sale, amount_cents=100)
    assert money(till, sale) == (PaymentStatus.PART_REFUNDED, 100), "the money is free for another"


def test_a_refund_that_is_not_there_is_not_sent(till: Till) -> None:
    with pytest.raises(LookupError):
        send(till, 4711)
