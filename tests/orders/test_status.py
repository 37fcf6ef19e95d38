"""Every pair of payment statuses: which moves are allowed, and what each leaves behind."""

from datetime import UTC, datetime
from itertools import product

import pytest
from sqlalchemy.orm import Session

from app.inventory.queries import find_stock, list_drifts
from app.orders.models import Order, OrderEvent
from app.orders.status import InvalidTransition, PaymentStatus, check_move
from app.session import write_transaction
from tests.inventory.stocked import add_stocked_variant
from tests.orders.drafts import add_order, move

OPEN, PROCESSING = PaymentStatus.OPEN, PaymentStatus.PROCESSING
PAID, FAILED, EXPIRED = PaymentStatus.PAID, PaymentStatus.FAILED, PaymentStatus.EXPIRED

# Each allowed move: who says so, why, and what is then on hand and reserved of ten units (two were ordered).
MOVES: dict[tuple[PaymentStatus, PaymentStatus], tuple[str, str, tuple[int, int]]] = {
    (OPEN, PROCESSING): ("stripe", "the payment takes some days to arrive", (10, 2)),
    (OPEN, PAID): ("stripe", "paid at Stripe", (8, 0)),
    (OPEN, FAILED): ("stripe", "the payment failed", (10, 0)),
    (OPEN, EXPIRED): ("clock", "nobody paid in time", (10, 0)),
    (PROCESSING, PAID): ("stripe", "paid at Stripe", (8, 0)),
    (PROCESSING, FAILED): ("stripe", "the payment failed", (10, 0)),
    (FAILED, PAID): ("stripe", "paid at Stripe", (8, 0)),
    (EXPIRED, PAID): ("stripe", "paid at Stripe", (8, 0)),
}
PAIRS = list(product(PaymentStatus, PaymentStatus))
REFUSED = [(before, after) for before, after in PAIRS if (before, after) not in MOVES and after is not OPEN]


def told(event: OrderEvent) -> tuple[str, str, str, str]:
    return event.actor, event.before, event.after, event.reason


def counts(session: Session, variant_id: int) -> tuple[int, int]:
    item = find_stock(session, [variant_id])[variant_id]
    return item.on_hand, item.reserved


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_exactly_the_listed_moves_are_allowed(before: PaymentStatus, after: PaymentStatus) -> None:
    if (before, after) in MOVES:
        check_move(before, after)
    else:
        with pytest.raises(InvalidTransition, match=f"from {before} to {after}"):
            check_move(before, after)


@pytest.mark.parametrize(("before", "after"), MOVES)
def test_an_allowed_move_is_told_on_the_timeline_and_moves_the_stock(
    session: Session, before: PaymentStatus, after: PaymentStatus
) -> None:
    actor, reason, stock = MOVES[before, after]
    variant_id = add_stocked_variant(session, 10)
    order = add_order(session, {variant_id: 2}, before)
    began, earlier = datetime.now(UTC), len(order.events)
    with write_transaction(session):
        move(session, order, after)
    session.refresh(order)
    assert order.payment_status is after
    assert [told(event) for event in order.events[earlier:]] == [(actor, before, after, reason)]
    assert began <= order.events[-1].created_at <= datetime.now(UTC)
    assert counts(session, variant_id) == stock
    assert list_drifts(session) == []
    assert order.needs_attention is None


@pytest.mark.parametrize(("before", "after"), MOVES)
def test_only_a_paid_order_has_the_time_of_its_payment(
    session: Session, before: PaymentStatus, after: PaymentStatus
) -> None:
    order = add_order(session, {add_stocked_variant(session, 10): 2}, before)
    assert order.paid_at is None
    began = datetime.now(UTC)
    with write_transaction(session):
        move(session, order, after)
    session.refresh(order)
    assert (order.paid_at is not None) is (after is PAID)
    if order.paid_at is not None:
        assert began <= order.paid_at <= datetime.now(UTC)


@pytest.mark.parametrize(("before", "after"), REFUSED)
def test_a_refused_move_changes_nothing(
    session: Session, before: PaymentStatus, after: PaymentStatus
) -> None:
    variant_id = add_stocked_variant(session, 10)
    order = add_order(session, {variant_id: 2}, before)
    stock, timeline, paid_at = counts(session, variant_id), len(order.events), order.paid_at
    with pytest.raises(InvalidTransition), write_transaction(session):
        move(session, order, after)
    kept = session.get_one(Order, order.id, populate_existing=True)
    assert kept.payment_status is before
    assert (len(kept.events), kept.paid_at) == (timeline, paid_at)
    assert counts(session, variant_id) == stock
