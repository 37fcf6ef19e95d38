"""What the shop's books say of orders, payments, refunds, disputes, events and mails."""

import time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.inventory.models import MovementKind, StockMovement
from app.orders.models import Order
from app.orders.status import PaymentStatus
from app.outbox.models import Message
from app.payments.models import Dispute, PaymentEvent, Refund


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


def all_refunds(session: Session) -> list[Refund]:
    """Return every refund, the oldest first."""
    session.rollback()
    session.expire_all()
    return list(session.scalars(select(Refund).order_by(Refund.id)))


def all_disputes(session: Session) -> list[Dispute]:
    """Return every dispute, the oldest first."""
    session.rollback()
    session.expire_all()
    return list(session.scalars(select(Dispute).order_by(Dispute.id)))


def mails(session: Session, *kinds: str) -> list[str]:
    """Return the kinds of the messages in the outbox, or of those of some kinds."""
    session.rollback()
    found = session.scalars(select(Message.kind).order_by(Message.id))
    return [kind for kind in found if not kinds or kind in kinds]


def reasons(order: Order) -> list[str]:
    """Return what the timeline says, row by row."""
    return [event.reason for event in order.events]
