"""What becomes of a refund: refused, failed at once or days later, pending, canceled."""

from typing import Any

import pytest

from app.orders.status import OrderStatus, PaymentStatus
from app.payments.models import Refund, RefundStatus
from app.payments.refund_limits import RefundRefused
from tests.payments.baskets import SKU, TOTAL_PAID
from tests.payments.books import all_refunds, mails, reasons
from tests.payments.till import Sale, Till
from tests.stock import assert_ledger_is_right, stock_of

UNDONE = (PaymentStatus.PAID, 0)


def part_with_a_unit(till: Till, sale: Sale) -> dict[str, Any]:
    line = till.order(sale).lines[0].id
    return {"units": {line: 1}, "restock": {line: 1}}


def money(till: Till, sale: Sale) -> tuple[PaymentStatus, int]:
    order = till.order(sale)
    return order.payment_status, order.refunded_cents


def only_refund(till: Till) -> Refund:
    [refund] = all_refunds(till.session)
    return refund


def assert_shown_as_failed(till: Till, sale: Sale, words: str) -> None:
    order = till.order(sale)
    assert words in (order.needs_attention or "")
    assert "the money is still with the shop" in (order.needs_attention or "")
    assert any(reason.startswith("needs attention: Refund") for reason in reasons(order))
    assert mails(till.session, "refund-failed", "needs-attention") == ["refund-failed", "needs-attention"]


def test_a_refund_that_stripe_refuses_is_shown_and_nothing_moves(till: Till) -> None:
    sale = till.sell()
    stock = stock_of(till.session, SKU)
    # Stripe knows of a dispute that the shop has not heard of.
    till.act(f"sessions/{sale.page_id}/dispute")
    with pytest.raises(RefundRefused, match="Stripe refused"):
        till.refund(sale, **part_with_a_unit(till, sale))
    refund = only_refund(till)
    assert (refund.status, refund.failure_reason) == (RefundStatus.FAILED, "Stripe refused it")
    assert refund.ended_at is not None
    assert money(till, sale) == UNDONE
    assert stock_of(till.session, SKU) == stock
    assert_shown_as_failed(till, sale, "Stripe refused it")
    assert mails(till.session, "refund-made") == []


def test_a_refund_that_fails_at_once_moves_nothing(till: Till) -> None:
    sale = till.sell()
    stock = stock_of(till.session, SKU)
    till.act("faults", kind="refund-fails")
    till.refund(sale, **part_with_a_unit(till, sale))
    assert only_refund(till).status is RefundStatus.FAILED
    assert money(till, sale) == UNDONE
    assert stock_of(till.session, SKU) == stock
    assert_shown_as_failed(till, sale, "expired_or_canceled_card")
    till.refund(sale, **part_with_a_unit(till, sale))
    assert money(till, sale) == (PaymentStatus.PART_REFUNDED, 1400), "another one may do better"


def test_a_refund_that_fails_later_is_undone_and_the_goods_stay(till: Till) -> None:
    sale = till.sell()
    till.refund(sale, **part_with_a_unit(till, sale))
    stock = stock_of(till.session, SKU)
    till.act(f"refunds/{only_refund(till).provider_id}/fail", reason="lost_or_stolen_card")
    assert {status for status, _ in till.bring(till.events())} == {200}
    refund = only_refund(till)
    assert (refund.status, refund.failure_reason) == (RefundStatus.FAILED, "lost_or_stolen_card")
    assert money(till, sale) == UNDONE
    assert stock_of(till.session, SKU) == stock
    assert_shown_as_failed(till, sale, "stays there (1)")
    assert "$0.00 of $48.38 refunded" in reasons(till.order(sale))
    assert_ledger_is_right(till.session)


def test_a_whole_refund_that_fails_later_leaves_a_cancelled_order_that_is_paid(till: Till) -> None:
    sale = till.sell()
    till.refund(sale, is_whole=True)
    till.act(f"refunds/{only_refund(till).provider_id}/fail")
    till.bring(till.events("refund"))
    assert money(till, sale) == UNDONE
    assert till.order(sale).order_status is OrderStatus.CANCELLED, "a person decides whether it is sent"
    assert_shown_as_failed(till, sale, "expired_or_canceled_card")
    till.refund(sale, is_whole=True)
    assert money(till, sale) == (PaymentStatus.REFUNDED, TOTAL_PAID)


def test_one_of_two_refunds_that_fails_leaves_the_other(till: Till) -> None:
    sale = till.sell()
    for _ in range(2):
        till.refund(sale, amount_cents=500)
    till.act(f"refunds/{all_refunds(till.session)[0].provider_id}/fail")
    till.bring(till.events("refund"))
    assert [refund.status for refund in all_refunds(till.session)] == ["failed", "succeeded"]
    assert money(till, sale) == (PaymentStatus.PART_REFUNDED, 500)


ENDINGS: dict[str, tuple[str, str, RefundStatus, tuple[PaymentStatus, int]]] = {
    "pending, then succeeded": (
        "refund-pending",
        "succeed",
        RefundStatus.SUCCEEDED,
        (PaymentStatus.PART_REFUNDED, 1400),
    ),
    "pending, then failed": ("refund-pending", "fail", RefundStatus.FAILED, UNDONE),
    "the buyer must act, then succeeded": (
        "refund-requires-action",
        "succeed",
        RefundStatus.SUCCEEDED,
        (PaymentStatus.PART_REFUNDED, 1400),
    ),
    "the buyer must act, then canceled": ("refund-requires-action", "cancel", RefundStatus.CANCELED, UNDONE),
}


@pytest.mark.parametrize("case", ENDINGS)
def test_money_on_its_way_counts_as_gone_until_it_comes_back(till: Till, case: str) -> None:
    fault, ending, status, after = ENDINGS[case]
    sale = till.sell()
    till.act("faults", kind=fault)
    assert till.refund(sale, **part_with_a_unit(till, sale)).status is RefundStatus.PENDING
    stock = stock_of(till.session, SKU)
    assert money(till, sale) == (PaymentStatus.PART_REFUNDED, 1400)
    assert only_refund(till).ended_at is None
    till.act(f"refunds/{only_refund(till).provider_id}/{ending}")
    for _ in range(2):
        till.bring(till.events())
    assert only_refund(till).status is status
    assert only_refund(till).ended_at is not None
    assert money(till, sale) == after
    assert stock_of(till.session, SKU) == stock
    assert mails(till.session, "refund-made") == ["refund-made"]
    assert len(mails(till.session, "refund-failed")) == (after == UNDONE)
