"""Every pair of statuses on each axis: which moves are allowed, and what each leaves behind."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from itertools import product

import pytest
from sqlalchemy.orm import Session

from app.orders.models import Order
from app.orders.status import (
    MONEY_CAME,
    Axis,
    FulfilmentStatus,
    InvalidTransition,
    OrderStatus,
    PaymentStatus,
    check_move,
)
from app.orders.timeline import move_fulfilment, move_order, move_payment, note
from app.session import write_transaction
from tests.inventory.stocked import add_stocked_variant
from tests.orders.drafts import add_order
from tests.orders.rows import told

LISTED: Mapping[Axis, Mapping[str, str]] = {
    Axis.ORDER: {
        "awaiting-payment": "placed cancelled",
        "placed": "closed cancelled",
        "closed": "",
        "cancelled": "placed",
    },
    Axis.PAYMENT: {
        "open": "processing paid failed expired",
        "processing": "paid failed",
        "failed": "paid",
        "expired": "paid",
        "paid": "part-refunded refunded",
        "part-refunded": "paid refunded",
        "refunded": "paid part-refunded",
    },
    Axis.FULFILMENT: {
        "unfulfilled": "part-fulfilled fulfilled",
        "part-fulfilled": "fulfilled",
        "fulfilled": "delivered",
        "delivered": "",
    },
}
KINDS: Mapping[Axis, type[StrEnum]] = {
    Axis.ORDER: OrderStatus,
    Axis.PAYMENT: PaymentStatus,
    Axis.FULFILMENT: FulfilmentStatus,
}
MOVERS: Mapping[Axis, Callable[..., None]] = {
    Axis.ORDER: move_order,
    Axis.PAYMENT: move_payment,
    Axis.FULFILMENT: move_fulfilment,
}
Pair = tuple[Axis, StrEnum, StrEnum]
PAIRS: list[Pair] = [(axis, *pair) for axis, kind in KINDS.items() for pair in product(kind, kind)]
ALLOWED = [pair for pair in PAIRS if pair[2] in LISTED[pair[0]][pair[1]].split()]
REFUSED = [pair for pair in PAIRS if pair not in ALLOWED]


def order_at(session: Session, axis: Axis, status: StrEnum) -> Order:
    """Write an order that stands somewhere on an axis, however it came there."""
    order = add_order(session, {add_stocked_variant(session, 10): 2})
    setattr(order, f"{axis}_status", status)
    order.paid_at = order.placed_at if order.payment_status in MONEY_CAME else None
    session.commit()
    return order


def stamps(order: Order) -> dict[Axis, datetime]:
    return {axis: getattr(order, f"{axis}_changed_at") for axis in KINDS}


def statuses(order: Order) -> dict[Axis, StrEnum]:
    return {axis: getattr(order, f"{axis}_status") for axis in KINDS}


def test_every_status_is_listed() -> None:
    for axis, kind in KINDS.items():
        assert LISTED[axis].keys() == set(kind)
    assert len(ALLOWED) == 23


@pytest.mark.parametrize(("axis", "before", "after"), PAIRS)
def test_exactly_the_listed_moves_are_allowed(axis: Axis, before: StrEnum, after: StrEnum) -> None:
    if (axis, before, after) in ALLOWED:
        check_move(before, after)
    else:
        with pytest.raises(InvalidTransition, match=f"from {before} to {after}"):
            check_move(before, after)


@pytest.mark.parametrize(("axis", "before", "after"), ALLOWED)
def test_an_allowed_move_stamps_its_axis_alone_and_is_told(
    session: Session, axis: Axis, before: StrEnum, after: StrEnum
) -> None:
    order = order_at(session, axis, before)
    began, earlier, others = datetime.now(UTC), stamps(order), statuses(order)
    # The database ties the time of the payment to its status.
    order.paid_at = began if after in MONEY_CAME or order.payment_status in MONEY_CAME else None
    MOVERS[axis](order, after, actor="somebody", reason="because")
    session.commit()
    session.refresh(order)
    assert statuses(order) == {**others, axis: after}
    assert began <= stamps(order)[axis] <= datetime.now(UTC)
    assert {**stamps(order), axis: earlier[axis]} == earlier
    assert told(order, 1) == [(axis, "somebody", before, after, "because")]
    assert order.events[-1].created_at >= began


@pytest.mark.parametrize(("axis", "before", "after"), REFUSED)
def test_a_refused_move_changes_nothing(
    session: Session, axis: Axis, before: StrEnum, after: StrEnum
) -> None:
    order = order_at(session, axis, before)
    earlier, stood = stamps(order), statuses(order)
    with pytest.raises(InvalidTransition), write_transaction(session):
        MOVERS[axis](order, after, actor="somebody", reason="because")
    kept = session.get_one(Order, order.id, populate_existing=True)
    assert (statuses(kept), stamps(kept)) == (stood, earlier)
    assert len(kept.events) == 1


def test_a_note_moves_no_axis(session: Session) -> None:
    order = add_order(session, {add_stocked_variant(session, 10): 2})
    earlier, stood = stamps(order), statuses(order)
    note(order, actor="staff", reason="The buyer called.")
    session.commit()
    session.refresh(order)
    assert (statuses(order), stamps(order)) == (stood, earlier)
    assert told(order, 1) == [(Axis.NOTE, "staff", "", "", "The buyer called.")]
