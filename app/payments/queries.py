"""Reads of payments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.orders.models import Order
from app.orders.status import PaymentStatus
from app.payments.models import (
    Dispute,
    EventState,
    Payment,
    PaymentEvent,
    Refund,
    RefundStatus,
)


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
    # A page can name another order than the one it was opened for: its id says more.
    return min(session.scalars(query), key=lambda payment: payment.session_id is None, default=None)


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


@dataclass(frozen=True)
class Standing:
    """Where the news of a payment stand before the provider is asked again."""

    revision: int = 0
    has_refunds: bool = False


def find_standing(session: Session, session_id: str) -> Standing:
    """Return the standing of the payment of a page; that of a new one when the page is not noted."""
    has_refunds = exists().where(Refund.payment_id == Payment.id)
    found = session.execute(select(Payment.revision, has_refunds).where(Payment.session_id == session_id))
    row = found.one_or_none()
    return Standing(row[0], row[1]) if row else Standing()


def find_page_id(session: Session, *, payment_intent_id: str | None, charge_id: str | None) -> str | None:
    """Return the page of a payment by one of the provider's other ids."""
    return session.scalars(select(Payment.session_id).where(_is_of(payment_intent_id, charge_id))).first()


def find_order_id(session: Session, *, payment_intent_id: str | None, charge_id: str | None) -> int | None:
    """Return the order of a payment by one of the provider's other ids."""
    return session.scalars(select(Payment.order_id).where(_is_of(payment_intent_id, charge_id))).first()


def _is_of(payment_intent_id: str | None, charge_id: str | None) -> ColumnElement[bool]:
    by_intent = Payment.payment_intent_id == payment_intent_id if payment_intent_id else false()
    by_charge = Payment.charge_id == charge_id if charge_id else false()
    return or_(by_intent, by_charge)


def list_refunds(session: Session, payment_id: int) -> list[Refund]:
    """Return the refunds of a payment with their lines, oldest first, as the database has them now."""
    query = (
        select(Refund)
        .where(Refund.payment_id == payment_id)
        .options(selectinload(Refund.lines))
        .order_by(Refund.id)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def sum_refunded(session: Session, payment_id: int) -> int:
    """Return what the refunds of a payment that are under way or done come to, in minor units."""
    on_its_way = (RefundStatus.PENDING, RefundStatus.SUCCEEDED)
    query = select(func.coalesce(func.sum(Refund.amount_cents), 0)).where(
        Refund.payment_id == payment_id, Refund.status.in_(on_its_way)
    )
    return session.scalars(query).one()


def find_refund(session: Session, refund_id: int) -> Refund | None:
    """Return a refund with its lines, its payment and its order."""
    query = (
        select(Refund)
        .where(Refund.id == refund_id)
        .options(selectinload(Refund.lines), joinedload(Refund.payment).joinedload(Payment.order))
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def find_refund_by_id(session: Session, payment_id: int, provider_id: str) -> Refund | None:
    """Return a refund of a payment by the provider's id."""
    return _one_refund(session, payment_id, Refund.provider_id == provider_id)


def find_unnoted_refund(session: Session, payment_id: int, key: str | None) -> Refund | None:
    """Return a refund of a payment by our key, while the provider's id is not noted."""
    return _one_refund(session, payment_id, (Refund.idempotency_key == key) & Refund.provider_id.is_(None))


def _one_refund(session: Session, payment_id: int, which: ColumnElement[bool]) -> Refund | None:
    query = (
        select(Refund)
        .where(Refund.payment_id == payment_id, which)
        .options(selectinload(Refund.lines))
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def list_requested_refunds(session: Session, before: datetime) -> list[int]:
    """Return the ids of refunds of which, since a moment, nobody knows whether the provider has heard."""
    query = (
        select(Refund.id)
        .where(Refund.status == RefundStatus.REQUESTED, Refund.requested_at < before)
        .order_by(Refund.id)
    )
    return list(session.scalars(query))


def list_refund_words(session: Session, provider_ids: Iterable[str]) -> dict[str, RefundStatus]:
    """Return what the shop knows of the provider's refunds, by their ids."""
    query = select(Refund.provider_id, Refund.status).where(Refund.provider_id.in_(list(provider_ids)))
    return {provider_id: status for provider_id, status in session.execute(query) if provider_id}


def list_dispute_words(session: Session, provider_ids: Iterable[str]) -> dict[str, str]:
    """Return what the shop knows of the provider's disputes, by their ids."""
    query = select(Dispute.provider_id, Dispute.status).where(Dispute.provider_id.in_(list(provider_ids)))
    return dict(session.execute(query).all())


def list_open_disputes(session: Session, payment_id: int) -> list[Dispute]:
    """Return the disputes of a payment that are not decided."""
    query = select(Dispute).where(Dispute.payment_id == payment_id, Dispute.is_open.is_(True))
    return list(session.scalars(query))


def list_lost_disputes(session: Session, payment_id: int) -> list[Dispute]:
    """Return the disputes of a payment whose money went back to the payer."""
    query = select(Dispute).where(Dispute.payment_id == payment_id, Dispute.is_lost.is_(True))
    return list(session.scalars(query))


def list_parked_events(session: Session) -> list[PaymentEvent]:
    """Return the events that wait for a person, oldest first."""
    query = select(PaymentEvent).where(PaymentEvent.state == EventState.PARKED).order_by(PaymentEvent.id)
    return list(session.scalars(query))


def list_known_events(session: Session, event_ids: Iterable[str]) -> set[str]:
    """Return which of some events are in the inbox already."""
    query = select(PaymentEvent.event_id).where(PaymentEvent.event_id.in_(list(event_ids)))
    return set(session.scalars(query))
