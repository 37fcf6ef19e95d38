"""An order that costs nothing is placed at once, without Stripe."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app import clock
from app.inventory.models import MovementKind
from app.jobs.expire_reservations import expire_reservations
from app.orders.models import Order
from app.orders.status import Axis, OrderStatus, PaymentStatus
from app.payments.models import Payment
from app.payments.queries import list_unsettled_pages
from app.payments.refund_limits import RefundRefused
from app.payments.refunds import RefundPlan
from app.pricing.models import Discount
from app.session import get_session
from app.web.payments import current_refunds
from tests.buyer import Buyer, payment_status
from tests.orders.rows import told
from tests.payments.books import mails, only_order
from tests.payments.crowd import all_at_once
from tests.payments.stripe_recorder import StripeRecorder
from tests.stock import assert_ledger_is_right, movements_of, stock_of

SKU = "FR-DRF-30-TEA"
CODE = "TEST-FREE"


@pytest.fixture(autouse=True)
def gift(shop_session: Session) -> Iterator[None]:
    """A code that pays for everything."""
    shop_session.add(
        Discount(code=CODE, name="A gift", currency="USD", parts_per_million=1_000_000, covers_delivery=True)
    )
    shop_session.commit()
    yield
    shop_session.rollback()
    shop_session.execute(delete(Discount).where(Discount.code == CODE))
    shop_session.commit()


def test_it_is_paid_and_confirmed_and_nobody_asks_stripe(
    quiet_buyer: Buyer, recorder: StripeRecorder, shop_session: Session
) -> None:
    on_hand, _ = stock_of(shop_session, SKU)
    quiet_buyer.add(SKU, 2)
    answer = quiet_buyer.checkout(discount_code=CODE)
    assert answer.status_code == 303
    assert payment_status(quiet_buyer.get(answer.headers["Location"]).text) == "paid"
    order = only_order(shop_session)
    assert (order.total_cents, order.order_status, order.payment_status) == (
        0,
        OrderStatus.PLACED,
        PaymentStatus.PAID,
    )
    assert told(order)[1:] == [
        (Axis.PAYMENT, "shopper", "open", "paid", "nothing to pay"),
        (Axis.ORDER, "shopper", "awaiting-payment", "placed", "nothing to pay"),
    ]
    assert stock_of(shop_session, SKU) == (on_hand - 2, 0)
    assert movements_of(shop_session, SKU)[-1] == (MovementKind.CONSUMED, -2, -2)
    assert mails(shop_session) == ["order-confirmed"]
    assert shop_session.scalar(select(func.count()).select_from(Payment)) == 0
    assert recorder.requests == []
    assert "data-sku" not in quiet_buyer.get("/cart").text
    assert_ledger_is_right(shop_session)


def test_clicking_twice_places_one(quiet_shop: str, quiet_buyer: Buyer, shop_session: Session) -> None:
    on_hand, _ = stock_of(shop_session, SKU)
    quiet_buyer.add(SKU)
    windows = [Buyer(quiet_shop) for _ in range(3)]
    for window in windows:
        window.http.cookies.update(quiet_buyer.http.cookies)
    pages = [window.get("/checkout") for window in windows]
    assert {page.status_code for page in pages} == {200}
    answers = all_at_once(windows, lambda window: window.checkout(discount_code=CODE).status_code)
    for window in windows:
        window.close()
    assert answers.count(303) == 1
    assert shop_session.scalar(select(func.count()).select_from(Order)) == 1
    assert stock_of(shop_session, SKU) == (on_hand - 1, 0)


def test_there_is_no_money_to_give_back_and_no_job_asks_about_it(
    quiet_app: Flask, quiet_buyer: Buyer, recorder: StripeRecorder, shop_session: Session
) -> None:
    quiet_buyer.add(SKU)
    quiet_buyer.checkout(discount_code=CODE)
    order = only_order(shop_session)
    with quiet_app.app_context():
        with pytest.raises(RefundRefused, match="Nothing was charged"):
            current_refunds().make(order.id, RefundPlan(actor="staff", reason="came back", is_whole=True))
        assert expire_reservations().text == "No payment page is overdue."
        assert list_unsettled_pages(get_session(), clock.now()) == []
    assert recorder.requests == []
    assert only_order(shop_session).payment_status is PaymentStatus.PAID
