"""Reads of payments."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.orders.models import Order
from app.orders.status import PaymentStatus
from app.payments.models import Payment, PaymentEvent


def find_payment(session: Session, session_id: str, order_code: str) -> Payment | None:
    """Return the payment of a provider's page: by the page's id, or by order while no page is noted.

    The second way finds the payment whose page was opened by a process that died before it could note the id.
    """
    is_unnoted = (Order.code == order_code) & Payment.session_id.is_(None)
    query = (
        select(Payment)
        .join(Payment.order)
        .where(or_(Payment.session_id == session_id, is_unnoted))
        .options(contains_eager(Payment.order))
    )
    return session.scalars(query).one_or_none()


def find_payment_for_order(session: Session, order_id: int) -> Payment | None:
    """Return the payment of an order, with the order and its lines."""
    query = (
        select(Payment)
        .where(Payment.order_id == order_id)
        .options(joinedload(Payment.order).selectinload(Order.lines))
    )
    return session.scalars(query).one_or_none()


def list_overdue_payments(session: Session, before: datetime) -> list[Payment]:
    """Return the payments of open orders whose page should have ended before a moment, oldest first."""
    query = (
        select(Payment)
        .join(Payment.order)
        .where(Order.payment_status == PaymentStatus.OPEN, Payment.expires_at < before)
        .options(contains_eager(Payment.order), selectinload(Payment.order, Order.lines))
        .order_by(Payment.id)
    )
    return list(session.scalars(query))


def list_unsettled_pages(session: Session, before: datetime) -> list[str]:
    """Return the pages, opened before a moment, of orders that are still open or processing, oldest first."""
    query = (
        select(Payment.session_id)
        .join(Payment.order)
        .where(Order.payment_status.in_((PaymentStatus.OPEN, PaymentStatus.PROCESSING)))
        .where(Payment.session_id.is_not(None), Payment.opened_at < before)
        .order_by(Payment.id)
    )
    return [session_id for session_id in session.scalars(query) if session_id]


def find_event(session: Session, event_id: str) -> PaymentEvent | None:
    """Return an event that was stored before."""
    return session.scalars(select(PaymentEvent).where(PaymentEvent.event_id == event_id)).one_or_none()
