"""What the shop's books say of orders, payments and events."""

import time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.inventory.models import MovementKind, StockMovement
from app.orders.models import Order
from app.orders.status import PaymentStatus
from app.payments.models import PaymentEvent


def only_order(session: Session) -> Order:
    """Return the only order, as the database has it now."""
    session.rollback()
    session.expire_all()
    return session.scalars(select(Order)).one()


def stored_events(session: Session) -> list[tuple[str, str]]:
    """Return the inbox: event id and outcome."""
    session.rollback()
    rows = session.execute(select(PaymentEvent.event_id, PaymentEvent.outcome).order_by(PaymentEvent.id))
    return [(row.event_id, row.outcome) for row in rows]


def count_movements(session: Session, kind: MovementKind) -> dict[int, int]:
    """Return how many movements of a kind each variant has, opening stock apart."""
    session.rollback()
    query = (
        select(StockMovement.variant_id, func.count().label("number"))
        .where(StockMovement.kind == kind, StockMovement.source != "seed")
        .group_by(StockMovement.variant_id)
    )
    return {row.variant_id: row.number for row in session.execute(query)}


def wait_for(session: Session, status: PaymentStatus) -> Order:
    """Wait until the only order has a status; fails when it does not."""
    deadline = time.monotonic() + 15
    while (order := only_order(session)).payment_status is not status:
        assert time.monotonic() < deadline, f"still {order.payment_status}"
        time.sleep(0.05)
    return order
