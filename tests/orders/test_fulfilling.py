"""What leaves the house, and how an order ends: each verb and its guards."""

from collections.abc import Callable
from itertools import product

import pytest
from sqlalchemy.orm import Session

from app.orders.fulfilling import (
    NotReadyToSend,
    cancel_order,
    close_order,
    mark_delivered,
    mark_fulfilled,
    mark_part_fulfilled,
)
from app.orders.models import Order
from app.orders.status import Axis, FulfilmentStatus, InvalidTransition, OrderStatus, PaymentStatus
from app.session import write_transaction
from tests.inventory.stocked import add_stocked_variant
from tests.orders.drafts import add_order, add_order_sent
from tests.orders.rows import told

UNFULFILLED, PART_FULFILLED = FulfilmentStatus.UNFULFILLED, FulfilmentStatus.PART_FULFILLED
FULFILLED, DELIVERED = FulfilmentStatus.FULFILLED, FulfilmentStatus.DELIVERED
Verb = Callable[..., None]
VERBS: dict[FulfilmentStatus, Verb] = {
    PART_FULFILLED: mark_part_fulfilled,
    FULFILLED: mark_fulfilled,
    DELIVERED: mark_delivered,
}
MOVES = [
    (UNFULFILLED, PART_FULFILLED),
    (UNFULFILLED, FULFILLED),
    (PART_FULFILLED, FULFILLED),
    (FULFILLED, DELIVERED),
]
REFUSED = [pair for pair in product(FulfilmentStatus, VERBS) if pair not in MOVES]
NOT_PAID = [
    status for status in PaymentStatus if status not in (PaymentStatus.PAID, PaymentStatus.PART_REFUNDED)
]


def sent(session: Session, status: FulfilmentStatus) -> Order:
    return add_order_sent(session, {add_stocked_variant(session, 9): 2}, status)


def act(session: Session, order: Order, verb: Verb) -> None:
    with write_transaction(session):
        verb(order, actor="staff", reason="by hand")
    session.refresh(order)


def assert_refused(session: Session, order: Order, verb: Verb, error: type[Exception], words: str) -> None:
    stood = (order.order_status, order.fulfilment_status, order.order_changed_at, len(order.events))
    with pytest.raises(error, match=words), write_transaction(session):
        verb(order, actor="staff", reason="by hand")
    kept = session.get_one(Order, order.id, populate_existing=True)
    assert stood == (kept.order_status, kept.fulfilment_status, kept.order_changed_at, len(kept.events))


@pytest.mark.parametrize(("before", "after"), MOVES)
def test_what_leaves_the_house_is_told_and_stamped(
    session: Session, before: FulfilmentStatus, after: FulfilmentStatus
) -> None:
    order = sent(session, before)
    earlier, stamp = len(order.events), order.fulfilment_changed_at
    act(session, order, VERBS[after])
    assert order.fulfilment_status is after
    assert order.fulfilment_changed_at > stamp
    assert told(order, earlier) == [(Axis.FULFILMENT, "staff", before, after, "by hand")]


@pytest.mark.parametrize(("before", "after"), REFUSED)
def test_nothing_leaves_twice_or_before_its_turn(
    session: Session, before: FulfilmentStatus, after: FulfilmentStatus
) -> None:
    assert_refused(
        session, sent(session, before), VERBS[after], InvalidTransition, f"from {before} to {after}"
    )


@pytest.mark.parametrize("verb", [mark_part_fulfilled, mark_fulfilled])
@pytest.mark.parametrize("status", NOT_PAID)
def test_nothing_leaves_for_which_nobody_pays(session: Session, status: PaymentStatus, verb: Verb) -> None:
    order = add_order(session, {add_stocked_variant(session, 9): 2}, status)
    assert_refused(session, order, verb, NotReadyToSend, f"is {order.order_status}")


def test_a_refunded_order_that_is_placed_sends_nothing_more(session: Session) -> None:
    order = add_order(session, {add_stocked_variant(session, 9): 2}, PaymentStatus.REFUNDED)
    order.order_status = OrderStatus.PLACED
    session.commit()
    assert_refused(session, order, mark_fulfilled, NotReadyToSend, "the payment is refunded")


@pytest.mark.parametrize("verb", [mark_part_fulfilled, mark_fulfilled])
def test_nothing_leaves_while_the_payment_is_disputed(session: Session, verb: Verb) -> None:
    order = sent(session, UNFULFILLED)
    order.is_disputed = True
    session.commit()
    assert_refused(session, order, verb, NotReadyToSend, "disputed")


@pytest.mark.parametrize("verb", [mark_part_fulfilled, mark_fulfilled])
def test_nothing_leaves_before_a_person_has_looked(session: Session, verb: Verb) -> None:
    order = sent(session, UNFULFILLED)
    order.needs_attention = "The amount differs."
    session.commit()
    assert_refused(session, order, verb, NotReadyToSend, "a person must look")


def test_an_order_of_which_a_part_was_refunded_is_sent(session: Session) -> None:
    order = add_order(session, {add_stocked_variant(session, 9): 2}, PaymentStatus.PART_REFUNDED)
    act(session, order, mark_fulfilled)
    assert order.fulfilment_status is FULFILLED


@pytest.mark.parametrize("status", [FULFILLED, DELIVERED])
def test_an_order_is_closed_when_everything_has_left(session: Session, status: FulfilmentStatus) -> None:
    order = sent(session, status)
    earlier, stamp = len(order.events), order.order_changed_at
    act(session, order, close_order)
    assert (order.order_status, order.fulfilment_status) == (OrderStatus.CLOSED, status)
    assert order.order_changed_at > stamp
    assert told(order, earlier) == [(Axis.ORDER, "staff", "placed", "closed", "by hand")]
    assert_refused(session, order, close_order, InvalidTransition, "from closed")


@pytest.mark.parametrize("status", [UNFULFILLED, PART_FULFILLED])
def test_an_order_is_not_closed_while_something_is_to_be_sent(
    session: Session, status: FulfilmentStatus
) -> None:
    assert_refused(session, sent(session, status), close_order, InvalidTransition, "everything has left")


def test_a_placed_order_is_cancelled_by_a_person_and_keeps_its_money(session: Session) -> None:
    order = sent(session, UNFULFILLED)
    earlier, stamp = len(order.events), order.order_changed_at
    act(session, order, cancel_order)
    assert (order.order_status, order.payment_status) == (OrderStatus.CANCELLED, PaymentStatus.PAID)
    assert order.order_changed_at > stamp
    assert told(order, earlier) == [(Axis.ORDER, "staff", "placed", "cancelled", "by hand")]
    assert_refused(session, order, mark_fulfilled, NotReadyToSend, "is cancelled")


@pytest.mark.parametrize("status", [PART_FULFILLED, FULFILLED, DELIVERED])
def test_an_order_is_not_cancelled_after_something_has_left(
    session: Session, status: FulfilmentStatus
) -> None:
    assert_refused(
        session, sent(session, status), cancel_order, InvalidTransition, "not cancelled but refunded"
    )


@pytest.mark.parametrize(
    "status", [PaymentStatus.OPEN, PaymentStatus.PROCESSING, PaymentStatus.EXPIRED, PaymentStatus.REFUNDED]
)
def test_only_a_placed_order_is_cancelled_by_a_person(session: Session, status: PaymentStatus) -> None:
    order = add_order(session, {add_stocked_variant(session, 9): 2}, status)
    assert_refused(session, order, cancel_order, InvalidTransition, "only a placed order")
