"""Placing an order, money that comes late, and what the database itself refuses."""

import re

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.inventory.queries import find_stock, list_drifts
from app.inventory.services import InsufficientStock, reserve
from app.orders.draft import recipient_of
from app.orders.models import Order
from app.orders.queries import find_order, list_open_orders_for_cart
from app.orders.services import mark_paid, place_order
from app.orders.status import Axis, FulfilmentStatus, OrderStatus, PaymentStatus
from app.session import write_transaction
from tests.inventory.stocked import add_stocked_variant
from tests.orders.drafts import MAYA, add_order, draft
from tests.orders.rows import told

LATE = [PaymentStatus.EXPIRED, PaymentStatus.FAILED]


def test_an_order_keeps_what_was_asked_for_and_holds_its_stock(session: Session) -> None:
    first, second = add_stocked_variant(session, 10), add_stocked_variant(session, 10)
    code = add_order(session, {first: 2, second: 1}).code
    session.expunge_all()
    order = find_order(session, code)
    assert order is not None
    assert order.quantities == {first: 2, second: 1}
    assert (order.subtotal_cents, order.delivery_cents, order.tax_cents, order.total_cents) == (
        4200,
        595,
        102,
        4897,
    )
    assert recipient_of(order) == MAYA
    assert order.order_status is OrderStatus.AWAITING_PAYMENT
    assert order.payment_status is PaymentStatus.OPEN
    assert order.fulfilment_status is FulfilmentStatus.UNFULFILLED
    assert told(order) == [(Axis.PAYMENT, "shopper", "", "open", "order placed, stock held")]
    stamps = {order.order_changed_at, order.payment_changed_at, order.fulfilment_changed_at}
    assert stamps == {order.placed_at}
    assert [item.reserved for item in find_stock(session, [first, second]).values()] == [2, 1]


def test_an_order_that_cannot_be_held_is_not_written(session: Session) -> None:
    plenty, few = add_stocked_variant(session, 10), add_stocked_variant(session, 1)
    with pytest.raises(InsufficientStock), write_transaction(session):
        place_order(session, draft({plenty: 2, few: 2}), actor="shopper")
    assert session.scalar(select(func.count()).select_from(Order)) == 0
    assert find_stock(session, [plenty])[plenty].reserved == 0


def test_codes_hold_no_letters_that_are_mistaken_for_digits(session: Session) -> None:
    variant_id = add_stocked_variant(session, 100)
    codes = {add_order(session, {variant_id: 1}).code for _ in range(30)}
    assert len(codes) == 30
    assert all(re.fullmatch("[2-9A-HJ-NP-Z]{8}", code) for code in codes)


@pytest.mark.parametrize("status", LATE)
def test_late_money_takes_stock_again(session: Session, status: PaymentStatus) -> None:
    variant_id = add_stocked_variant(session, 2)
    order = add_order(session, {variant_id: 2}, status)
    mark_paid(session, order, actor="stripe")
    session.commit()
    assert find_stock(session, [variant_id])[variant_id].on_hand == 0
    assert order.needs_attention is None
    assert list_drifts(session) == []


@pytest.mark.parametrize("status", LATE)
def test_late_money_without_stock_is_kept_and_put_before_a_person(
    session: Session, status: PaymentStatus
) -> None:
    variant_id = add_stocked_variant(session, 2)
    order = add_order(session, {variant_id: 2}, status)
    reserve(session, {variant_id: 1}, source="somebody else")
    mark_paid(session, order, actor="stripe")
    session.commit()
    session.refresh(order)
    assert order.payment_status is PaymentStatus.PAID
    assert order.needs_attention is not None
    assert "not enough left" in order.needs_attention
    assert told(order)[-3:-1] == [
        (Axis.PAYMENT, "stripe", status, "paid", "paid at Stripe"),
        (Axis.ORDER, "stripe", "cancelled", "placed", "paid at Stripe"),
    ]
    assert told(order)[-1][4].startswith("needs attention: ")
    item = find_stock(session, [variant_id])[variant_id]
    assert (item.on_hand, item.reserved) == (2, 1)


def test_only_open_orders_of_the_same_cart_are_listed(session: Session) -> None:
    variant_id = add_stocked_variant(session, 20)
    for status in PaymentStatus:
        add_order(session, {variant_id: 1}, status)
    other = place_order(session, draft({variant_id: 1}, cart_id=2), actor="shopper")
    session.commit()
    assert [order.payment_status for order in list_open_orders_for_cart(session, 1)] == [PaymentStatus.OPEN]
    assert list_open_orders_for_cart(session, 2) == [other]


def test_an_order_is_the_same_only_when_goods_place_and_price_are(session: Session) -> None:
    variant_id = add_stocked_variant(session, 20)
    order = add_order(session, {variant_id: 2})
    assert draft({variant_id: 2}).is_same_as(order)
    assert not draft({variant_id: 1}).is_same_as(order)
    assert not draft({variant_id: 2}, cart_id=2).is_same_as(order)


@pytest.mark.parametrize(
    "change",
    [
        "total_cents = total_cents + 1",
        "total_cents = 0",
        "tax_cents = 0",
        "delivery_cents = delivery_cents - 1",
        "subtotal_cents = subtotal_cents + 100",
        "payment_status = 'paid'",
        "payment_status = 'part-refunded'",
        "payment_status = 'refunded'",
        "paid_at = placed_at",
        "payment_status = 'sold'",
        "order_status = 'forgotten'",
        "fulfilment_status = 'somewhere'",
        "discount_cents = -1, total_cents = total_cents + 1",
        "discount_cents = subtotal_cents + 1, total_cents = total_cents - subtotal_cents - 1",
        "refunded_cents = -1",
        "refunded_cents = total_cents + 1",
    ],
)
def test_the_database_itself_refuses_an_order_that_cannot_be(
    session: Session, engine: Engine, change: str
) -> None:
    add_order(session, {add_stocked_variant(session, 2): 1})
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text(f"UPDATE orders SET {change}"))  # noqa: S608 (words of this file)


def test_the_database_itself_refuses_a_paid_order_without_its_time(session: Session, engine: Engine) -> None:
    add_order(session, {add_stocked_variant(session, 2): 1}, PaymentStatus.PAID)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("UPDATE orders SET paid_at = NULL"))


def test_the_database_itself_refuses_a_line_of_nothing_and_a_code_twice(
    session: Session, engine: Engine
) -> None:
    variant_id = add_stocked_variant(session, 4)
    add_order(session, {variant_id: 1})
    add_order(session, {variant_id: 1})
    for change in ("UPDATE order_lines SET quantity = 0", "UPDATE orders SET code = 'ABCDEFGH'"):
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(text(change))
