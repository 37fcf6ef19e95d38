"""How much goes back: all of it, units, an amount, the delivery, and never more than was paid."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.orders.status import OrderStatus, PaymentStatus
from app.payments.models import RefundStatus
from app.payments.refund_limits import RefundRefused
from tests.buyer import payment_status
from tests.payments.baskets import DELIVERY_PAID, LINE_PAID, OTHER_SKU, SKU, TOTAL_PAID
from tests.payments.books import all_refunds, mails, reasons
from tests.payments.till import Sale, Till
from tests.stock import assert_ledger_is_right, stock_of
from tests.stripe_books import read_stripe_books


def line_of(till: Till, sale: Sale, number: int = 0) -> int:
    return till.order(sale).lines[number].id


def refunded_at_stripe(till: Till) -> list[int]:
    """Return the amounts that went back, the oldest first; the charge agrees with their sum."""
    books = read_stripe_books(till.simulator)
    amounts = [refund["amount"] for refund in reversed(books.refunds)]
    assert [charge["amount_refunded"] for charge in books.charges] == [sum(amounts)]
    return amounts


def test_the_whole_money_goes_back_and_an_order_that_was_not_sent_is_cancelled(till: Till) -> None:
    sale = till.sell()
    stock = stock_of(till.session, SKU)
    refund = till.refund(sale, is_whole=True)
    assert (refund.status, refund.amount_cents, refund.delivery_cents) == (
        RefundStatus.SUCCEEDED,
        TOTAL_PAID,
        DELIVERY_PAID,
    )
    assert [(line.quantity, line.restocked, line.amount_cents) for line in refund.lines] == [
        (3, 0, LINE_PAID)
    ]
    order = till.order(sale)
    assert (order.payment_status, order.order_status) == (PaymentStatus.REFUNDED, OrderStatus.CANCELLED)
    assert order.refunded_cents == TOTAL_PAID
    assert reasons(order)[-4:] == [
        "refund of $48.38 requested: came back",
        "refund of $48.38 succeeded",
        "$48.38 of $48.38 refunded",
        "wholly refunded",
    ]
    assert refunded_at_stripe(till) == [TOTAL_PAID]
    assert mails(till.session) == ["order-confirmed", "refund-made"]
    assert stock_of(till.session, SKU) == stock, "goods come back only when somebody says so"
    assert payment_status(till.order_page(sale).text) == "refunded"


PARTS: dict[str, tuple[dict[str, Any], int]] = {
    "one unit": ({"units": 1}, 1400),
    "two units": ({"units": 2}, 2801),
    "all units": ({"units": 3}, LINE_PAID),
    "a unit and the delivery": ({"units": 1, "with_delivery": True}, 1400 + DELIVERY_PAID),
    "the delivery": ({"with_delivery": True}, DELIVERY_PAID),
    "an amount": ({"amount_cents": 1}, 1),
    "all but a cent": ({"amount_cents": TOTAL_PAID - 1}, TOTAL_PAID - 1),
    "an amount for a unit that was worn": ({"units": 1, "amount_cents": 700}, 700),
}


@pytest.mark.parametrize("case", PARTS)
def test_a_part_of_the_money_goes_back_and_the_order_goes_on(till: Till, case: str) -> None:
    plan, amount = PARTS[case]
    sale = till.sell()
    if "units" in plan:
        plan = {**plan, "units": {line_of(till, sale): plan["units"]}}
    refund = till.refund(sale, **plan)
    assert (refund.status, refund.amount_cents) == (RefundStatus.SUCCEEDED, amount)
    order = till.order(sale)
    assert (order.payment_status, order.order_status) == (PaymentStatus.PART_REFUNDED, OrderStatus.PLACED)
    assert order.refunded_cents == amount
    assert refunded_at_stripe(till) == [amount]
    assert payment_status(till.order_page(sale).text) == "part-refunded"


def test_two_equal_refunds_are_two_refunds_with_two_keys(till: Till) -> None:
    sale = till.sell()
    for _ in range(2):
        till.refund(sale, amount_cents=500)
    first, second = all_refunds(till.session)
    assert first.idempotency_key != second.idempotency_key
    assert first.provider_id != second.provider_id
    sent = [each for each in till.recorder.requests if (each.method, each.path) == ("POST", "/v1/refunds")]
    assert [each.headers["Idempotency-Key"] for each in sent] == [
        first.idempotency_key,
        second.idempotency_key,
    ]
    assert refunded_at_stripe(till) == [500, 500]
    assert till.order(sale).refunded_cents == 1000
    assert mails(till.session, "refund-made") == ["refund-made"] * 2


def test_all_units_one_by_one_and_the_delivery_return_exactly_what_was_paid(till: Till) -> None:
    sale = till.sell({SKU: 3, OTHER_SKU: 2})
    order = till.order(sale)
    total, paid = order.total_cents, [line.paid.cents for line in order.lines]
    lines = [line.id for line in order.lines]
    for line in (lines[0], lines[1], lines[0], lines[1], lines[0]):
        till.refund(sale, units={line: 1})
    assert till.order(sale).payment_status is PaymentStatus.PART_REFUNDED
    till.refund(sale, with_delivery=True)
    assert till.order(sale).payment_status is PaymentStatus.REFUNDED
    refunds = all_refunds(till.session)
    for line, cents in zip(lines, paid, strict=True):
        parts = [part for refund in refunds for part in refund.lines if part.order_line_id == line]
        assert sum(part.amount_cents for part in parts) == cents
    assert sum(refunded_at_stripe(till)) == total
    with pytest.raises(RefundRefused, match=r"nothing to refund; \$0.00 is left"):
        till.refund(sale, is_whole=True)


def test_the_rest_goes_back_after_parts(till: Till) -> None:
    sale = till.sell()
    till.refund(sale, units={line_of(till, sale): 2})
    till.refund(sale, amount_cents=1000)
    rest = till.refund(sale, is_whole=True)
    assert rest.amount_cents == TOTAL_PAID - 2801 - 1000
    assert [line.quantity for line in rest.lines] == [1]
    assert refunded_at_stripe(till) == [2801, 1000, rest.amount_cents]


TOO_MUCH: dict[str, tuple[dict[str, Any], str]] = {
    "more than is left": ({"amount_cents": 3338}, r"Only \$33.37 is left"),
    "nothing": ({"amount_cents": 0}, "nothing to refund"),
    "less than nothing": ({"amount_cents": -1}, "nothing to refund"),
    "more units than are left": ({"units": 3}, "only 2 of 3 are left"),
    "less than no units": ({"units": -1}, "only 2 of 3 are left"),
    "no plan at all": ({}, "nothing to refund"),
}


def test_never_more_than_is_left_and_nothing_is_written_of_it(till: Till) -> None:
    sale = till.sell()
    line = line_of(till, sale)
    till.refund(sale, units={line: 1})
    till.refund(sale, amount_cents=101)
    told, asked = len(till.order(sale).events), len(till.recorder.requests)
    for case, (plan, words) in TOO_MUCH.items():
        plan = {**plan, "units": {line: plan["units"]}} if "units" in plan else plan  # noqa: PLW2901
        with pytest.raises(RefundRefused, match=words):
            till.refund(sale, **plan)
        assert len(all_refunds(till.session)) == 2, case
    with pytest.raises(RefundRefused, match="not part of the order"):
        till.refund(sale, units={line + 1: 1})
    assert (len(till.order(sale).events), len(till.recorder.requests)) == (told, asked)


def test_the_delivery_goes_back_once(till: Till) -> None:
    sale = till.sell()
    till.refund(sale, with_delivery=True)
    with pytest.raises(RefundRefused, match="nothing to refund"):
        till.refund(sale, with_delivery=True)
    assert refunded_at_stripe(till) == [DELIVERY_PAID]


def test_units_cost_no_more_than_is_left_after_an_amount(till: Till) -> None:
    sale = till.sell()
    till.refund(sale, amount_cents=4000)
    with pytest.raises(RefundRefused, match=r"Only \$8.38 is left"):
        till.refund(sale, units={line_of(till, sale): 1})


def test_nothing_goes_back_of_what_was_not_paid(till: Till, shop_session: Session) -> None:
    sale = till.open()
    with pytest.raises(RefundRefused, match="No money has come"):
        till.refund(sale, is_whole=True)
    till.act(f"sessions/{sale.page_id}/expire")
    till.settle(sale)
    with pytest.raises(RefundRefused, match="it is expired"):
        till.refund(sale, amount_cents=1)
    assert not all_refunds(shop_session)
    assert_ledger_is_right(shop_session)
