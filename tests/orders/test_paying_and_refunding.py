"""Each verb that money moves an order by: timeline, times, stock, and who is told."""

from datetime import UTC, datetime
from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.inventory.queries import find_stock, list_drifts, list_loose_holds
from app.orders.models import Order
from app.orders.services import mark_paid, mark_refunded
from app.orders.status import MONEY_CAME, Axis, InvalidTransition, OrderStatus, PaymentStatus
from app.outbox.models import Message
from app.session import write_transaction
from tests.inventory.stocked import add_stocked_variant
from tests.orders.drafts import A_PART, add_order, move
from tests.orders.rows import Row, told

OPEN, PROCESSING, PAID = PaymentStatus.OPEN, PaymentStatus.PROCESSING, PaymentStatus.PAID
FAILED, EXPIRED = PaymentStatus.FAILED, PaymentStatus.EXPIRED
PART_REFUNDED, REFUNDED = PaymentStatus.PART_REFUNDED, PaymentStatus.REFUNDED
Pair = tuple[PaymentStatus, PaymentStatus]

DEBIT = "the payment takes some days to arrive"
# Two of ten units at $14.00, delivery $5.95, tax $1.02: $34.97.
ALL, PART, NONE = "$34.97 of $34.97 refunded", "$5.00 of $34.97 refunded", "$0.00 of $34.97 refunded"
# What is told, where the order then stands, and what is then on hand and reserved.
MOVES: dict[Pair, tuple[str, str, tuple[int, int]]] = {
    (OPEN, PROCESSING): (DEBIT, "awaiting-payment", (10, 2)),
    (OPEN, PAID): ("paid at Stripe", "placed", (8, 0)),
    (OPEN, FAILED): ("the payment failed", "cancelled", (10, 0)),
    (OPEN, EXPIRED): ("nobody paid in time", "cancelled", (10, 0)),
    (PROCESSING, PAID): ("paid at Stripe", "placed", (8, 0)),
    (PROCESSING, FAILED): ("the payment failed", "cancelled", (10, 0)),
    (FAILED, PAID): ("paid at Stripe", "placed", (8, 0)),
    (EXPIRED, PAID): ("paid at Stripe", "placed", (8, 0)),
    (PAID, PART_REFUNDED): (PART, "placed", (8, 0)),
    (PAID, REFUNDED): (ALL, "cancelled", (8, 0)),
    (PART_REFUNDED, PAID): (NONE, "placed", (8, 0)),
    (PART_REFUNDED, REFUNDED): (ALL, "cancelled", (8, 0)),
    (REFUNDED, PAID): (NONE, "cancelled", (8, 0)),
    (REFUNDED, PART_REFUNDED): (PART, "cancelled", (8, 0)),
}
# Refunding what is refunded already is no move, and nothing leads back to open.
REFUSED = [
    (before, after)
    for before, after in product(PaymentStatus, PaymentStatus)
    if (before, after) not in MOVES and after is not OPEN and not {before, after} <= MONEY_CAME
]
MAILS = {
    (OPEN, PAID): ["order-confirmed"],
    (PROCESSING, PAID): ["order-confirmed"],
    (EXPIRED, PAID): ["order-confirmed"],
    (PROCESSING, FAILED): ["payment-failed"],
    (OPEN, FAILED): [],
    (OPEN, EXPIRED): [],
}


def counts(session: Session, variant_id: int) -> tuple[int, int]:
    item = find_stock(session, [variant_id])[variant_id]
    return item.on_hand, item.reserved


def mails(session: Session) -> list[str]:
    return list(session.scalars(select(Message.kind).order_by(Message.id)))


@pytest.mark.parametrize(("before", "after"), MOVES)
def test_each_verb_tells_every_axis_it_moves_and_moves_the_stock(
    session: Session, before: PaymentStatus, after: PaymentStatus
) -> None:
    reason, order_status, stock = MOVES[before, after]
    variant_id = add_stocked_variant(session, 10)
    order = add_order(session, {variant_id: 2}, before)
    began, earlier, stood = datetime.now(UTC), len(order.events), order.order_status
    with write_transaction(session):
        move(session, order, after)
    session.refresh(order)
    actor = "clock" if after is EXPIRED else "stripe"
    rows: list[Row] = [(Axis.PAYMENT, actor, before, after, reason)]
    if order_status != stood:
        why = "wholly refunded" if after is REFUNDED else reason
        rows.append((Axis.ORDER, actor, stood, order_status, why))
    assert told(order, earlier) == rows
    assert (order.payment_status, order.order_status) == (after, order_status)
    assert began <= order.payment_changed_at <= datetime.now(UTC)
    assert (order.order_changed_at >= began) is (order_status != stood)
    assert counts(session, variant_id) == stock
    assert not list_drifts(session)
    assert not list_loose_holds(session)
    assert order.needs_attention is None


@pytest.mark.parametrize(("before", "after"), MOVES)
def test_an_order_has_the_time_of_its_payment_when_money_has_come(
    session: Session, before: PaymentStatus, after: PaymentStatus
) -> None:
    order = add_order(session, {add_stocked_variant(session, 10): 2}, before)
    assert (order.paid_at is not None) is (before in MONEY_CAME)
    paid_at, began = order.paid_at, datetime.now(UTC)
    with write_transaction(session):
        move(session, order, after)
    session.refresh(order)
    assert (order.paid_at is not None) is (after in MONEY_CAME)
    if paid_at is not None:
        assert order.paid_at == paid_at, "refunds do not change when it was paid"
    elif order.paid_at is not None:
        assert began <= order.paid_at <= datetime.now(UTC)


@pytest.mark.parametrize(("before", "after"), REFUSED)
def test_a_verb_that_may_not_move_an_order_changes_nothing(
    session: Session, before: PaymentStatus, after: PaymentStatus
) -> None:
    variant_id = add_stocked_variant(session, 10)
    order = add_order(session, {variant_id: 2}, before)
    stock, timeline, written = counts(session, variant_id), len(order.events), mails(session)
    stamps = (order.paid_at, order.order_changed_at, order.payment_changed_at, order.refunded_cents)
    with pytest.raises(InvalidTransition), write_transaction(session):
        move(session, order, after)
    kept = session.get_one(Order, order.id, populate_existing=True)
    assert kept.payment_status is before
    assert stamps == (kept.paid_at, kept.order_changed_at, kept.payment_changed_at, kept.refunded_cents)
    assert (counts(session, variant_id), len(kept.events), mails(session)) == (stock, timeline, written)


@pytest.mark.parametrize("before", sorted(MONEY_CAME))
def test_money_that_has_come_does_not_come_again(session: Session, before: PaymentStatus) -> None:
    order = add_order(session, {add_stocked_variant(session, 10): 2}, before)
    with pytest.raises(InvalidTransition), write_transaction(session):
        mark_paid(session, order, actor="stripe")
    assert session.get_one(Order, order.id, populate_existing=True).payment_status is before


@pytest.mark.parametrize(("before", "after"), MAILS)
def test_the_buyer_is_told_what_matters_and_once(
    session: Session, before: PaymentStatus, after: PaymentStatus
) -> None:
    order = add_order(session, {add_stocked_variant(session, 10): 2}, before)
    with write_transaction(session):
        move(session, order, after)
    assert mails(session) == MAILS[before, after]


def test_another_part_that_goes_back_is_told_without_a_move(session: Session) -> None:
    order = add_order(session, {add_stocked_variant(session, 10): 2}, PART_REFUNDED)
    stamp, earlier = order.payment_changed_at, len(order.events)
    mark_refunded(order, A_PART, actor="stripe")
    assert len(order.events) == earlier, "the same again is no news"
    mark_refunded(order, 2 * A_PART, actor="stripe")
    assert told(order, earlier) == [(Axis.NOTE, "stripe", "", "", "$10.00 of $34.97 refunded")]
    assert (order.payment_status, order.payment_changed_at) == (PART_REFUNDED, stamp)


@pytest.mark.parametrize("sent", ["part-fulfilled", "fulfilled", "delivered"])
def test_a_refunded_order_of_which_something_was_sent_is_not_cancelled(session: Session, sent: str) -> None:
    order = add_order(session, {add_stocked_variant(session, 10): 2}, PAID)
    order.fulfilment_status = type(order.fulfilment_status)(sent)
    mark_refunded(order, order.total_cents, actor="stripe")
    session.commit()
    assert (order.payment_status, order.order_status) == (REFUNDED, OrderStatus.PLACED)
