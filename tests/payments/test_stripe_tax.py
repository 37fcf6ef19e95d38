"""Where Stripe works out the tax: it is part of the order from the payment on, to the cent."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.orders.status import PaymentStatus
from app.payments.models import RefundStatus
from app.payments.outcome import Outcome
from tests.payments.baskets import OTHER_SKU, SKU
from tests.payments.books import mails, stored_events
from tests.payments.stripe_recorder import SentRequest
from tests.payments.taxed_shop import TaxedShop, taxed_shop
from tests.payments.test_late_money import BANK_DEBIT
from tests.stock import assert_ledger_is_right, stock_of
from tests.stripe_books import read_stripe_books

TWO_LINES = {SKU: 3, OTHER_SKU: 1}


@pytest.fixture
def shop(
    shop_settings: dict[str, str], shop_engine: Engine, shop_session: Session, tmp_path: Path
) -> Iterator[TaxedShop]:
    assert shop_engine
    with taxed_shop(shop_settings, shop_session, tmp_path) as shop:
        yield shop


def charge(shop: TaxedShop) -> Any:
    [found] = read_stripe_books(shop.till.simulator).charges
    return found


def assert_adds_up(shop: TaxedShop) -> None:
    """The order, its parts and the payment are what Stripe has charged."""
    order, page = shop.order, read_stripe_books(shop.till.simulator).pages[0]
    assert order.total_cents == shop.payment.amount_cents == page["amount_total"] == charge(shop)["amount"]
    assert order.tax_cents == page["total_details"]["amount_tax"]
    assert sum(line.tax_cents for line in order.lines) + order.delivery_tax_cents == order.tax_cents
    paid = sum(line.paid.cents for line in order.lines) + order.delivery_cents + order.delivery_tax_cents
    assert paid == order.total_cents


@pytest.mark.parametrize("region", ["CA", "NY", "TX", "WA", "OR"])
def test_tax_is_unknown_until_stripe_has_charged_it(shop: TaxedShop, region: str) -> None:
    sale = shop.open(TWO_LINES, region)
    order = shop.order
    without = order.subtotal_cents - order.discount_cents + order.delivery_cents
    assert (order.tax_cents, order.total_cents, order.is_tax_later) == (0, without, True)
    assert shop.payment.amount_cents == without
    shop.till.pay(sale)
    assert shop.till.settle(sale) is Outcome.PAID
    order = shop.order
    assert (order.tax_cents > 0) == (region != "OR")
    assert order.total_cents == without + order.tax_cents
    assert order.needs_attention is None
    assert_adds_up(shop)
    assert_ledger_is_right(shop.till.session)


def test_the_tax_is_that_of_the_state_and_shared_out_by_price(shop: TaxedShop) -> None:
    shop.buy({SKU: 3}, "CA")
    order = shop.order
    # 7.25 % of $42.00 is $3.045, and of $5.95 it is $0.431.
    assert (order.delivery_cents, order.tax_cents, order.total_cents) == (595, 348, 5143)
    assert ([line.tax_cents for line in order.lines], order.delivery_tax_cents) == ([305], 43)
    assert_adds_up(shop)


def test_the_order_page_shows_what_was_charged(shop: TaxedShop) -> None:
    sale = shop.buy({SKU: 3}, "CA")
    page = shop.till.order_page(sale).text
    assert ("$3.48" in page, "$51.43" in page) == (True, True)
    assert mails(shop.till.session, "order-confirmed") == ["order-confirmed"]


def test_news_that_come_again_add_no_tax_again(shop: TaxedShop) -> None:
    sale = shop.buy(TWO_LINES, "WA")
    total = shop.order.total_cents
    assert shop.till.bring(shop.till.events("checkout.session.completed")) == [(200, "unchanged")]
    assert shop.till.settle(sale) is Outcome.UNCHANGED
    assert shop.order.total_cents == total
    assert_adds_up(shop)


def test_a_debit_that_takes_days_is_taxed_when_it_comes(shop: TaxedShop) -> None:
    sale = shop.open(TWO_LINES, "TX")
    requests.post(sale.url, BANK_DEBIT, timeout=20, allow_redirects=False)
    assert shop.till.settle(sale) is Outcome.PROCESSING
    assert shop.till.settle(sale) is Outcome.UNCHANGED
    assert shop.order.payment_status is PaymentStatus.PROCESSING
    shop.till.act(f"sessions/{sale.page_id}/resolve", result="succeed")
    assert shop.till.settle(sale) is Outcome.PAID
    assert shop.order.tax_cents > 0
    assert_adds_up(shop)


def test_money_that_comes_late_is_taxed_too(shop: TaxedShop) -> None:
    on_hand, _ = stock_of(shop.till.session, SKU)
    sale = shop.open({SKU: 2}, "NY")
    shop.till.act(f"sessions/{sale.page_id}/expire")
    assert shop.till.settle(sale) is Outcome.EXPIRED
    shop.till.act(f"sessions/{sale.page_id}/pay-late")
    assert shop.till.settle(sale) is Outcome.PAID
    assert stock_of(shop.till.session, SKU) == (on_hand - 2, 0)
    assert_adds_up(shop)


def test_a_whole_refund_gives_back_exactly_what_was_charged(shop: TaxedShop) -> None:
    sale = shop.buy(TWO_LINES, "CA")
    refund = shop.till.refund(sale, is_whole=True)
    assert (refund.status, refund.amount_cents) == (RefundStatus.SUCCEEDED, charge(shop)["amount"])
    assert charge(shop)["amount_refunded"] == shop.order.refunded_cents == shop.order.total_cents
    assert shop.order.payment_status is PaymentStatus.REFUNDED
    shop.till.bring(shop.till.events())
    assert {outcome for _, outcome in stored_events(shop.till.session)} <= {"unchanged", "not-for-the-shop"}


def test_refunds_unit_by_unit_give_back_the_tax_to_the_cent(shop: TaxedShop) -> None:
    sale = shop.buy(TWO_LINES, "WA")
    for line in shop.order.lines:
        for _ in range(line.quantity):
            shop.till.refund(sale, units={line.id: 1})
    shop.till.refund(sale, with_delivery=True)
    assert shop.order.refunded_cents == shop.order.total_cents == charge(shop)["amount_refunded"]
    assert shop.order.payment_status is PaymentStatus.REFUNDED


def test_a_charge_that_differs_by_more_than_its_tax_asks_a_person(shop: TaxedShop) -> None:
    sale = shop.open(TWO_LINES, "CA")
    pass_on = shop.till.recorder.answer

    def charge_less(request: SentRequest) -> tuple[int, bytes] | None:
        reply = pass_on(request)
        assert reply is not None
        found = json.loads(reply[1])
        found["amount_total"] -= 1
        return reply[0], json.dumps(found).encode()

    shop.till.pay(sale)
    shop.till.recorder.answer = charge_less
    assert shop.till.settle(sale) is Outcome.DIFFERENT
    order = shop.order
    assert (order.payment_status, order.tax_cents) == (PaymentStatus.OPEN, 0)
    assert "Stripe charged" in (order.needs_attention or "")
