"""Disputes as the provider tells them: an order whose money is asked back is stopped."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.money import Money
from app.orders.attention import mark_disputed, mark_undisputed
from app.orders.models import Order
from app.orders.services import ask_for_attention
from app.orders.timeline import note
from app.payments.models import Dispute, Payment
from app.payments.money_back import DisputeState
from app.payments.queries import list_open_disputes

ACTOR = "stripe"


def record_dispute(session: Session, payment: Payment, order: Order, state: DisputeState) -> None:
    """Bring a dispute and its order to what the provider says; repeating it changes nothing."""
    dispute = session.scalars(select(Dispute).where(Dispute.provider_id == state.id)).one_or_none()
    if dispute is not None and not _has_changed(dispute, state):
        return
    if dispute is None:
        dispute = Dispute(provider_id=state.id, payment_id=payment.id, opened_at=state.opened_at)
        session.add(dispute)
    dispute.amount_cents = state.amount_cents
    dispute.currency = state.currency
    dispute.status = state.status
    dispute.is_open = state.is_open
    dispute.is_lost = state.is_lost
    dispute.reason = state.reason
    dispute.is_refundable = state.is_refundable
    dispute.answer_due_at = state.answer_due_at
    dispute.changed_at = clock.now()
    session.flush()
    note(order, actor=ACTOR, reason=f"dispute of {dispute.amount}: {state.status}")
    _stop_or_free(session, payment, order, state)


def _stop_or_free(session: Session, payment: Payment, order: Order, state: DisputeState) -> None:
    if state.is_open:
        mark_disputed(session, order, actor=ACTOR, reason=_request(state))
        return
    if not list_open_disputes(session, payment.id):
        mark_undisputed(order, actor=ACTOR, reason=f"no dispute is open any more ({state.status})")
    if state.is_lost:
        amount = Money(state.amount_cents, state.currency)
        ask_for_attention(
            session, order, actor=ACTOR, reason=f"A dispute is lost: {amount} went back to the payer."
        )


def _request(state: DisputeState) -> str:
    until = f" Answer at Stripe by {state.answer_due_at:%Y-%m-%d}." if state.answer_due_at else ""
    amount = Money(state.amount_cents, state.currency)
    return f"The payer disputes {amount} ({state.reason}). Send nothing.{until}"


def _has_changed(dispute: Dispute, state: DisputeState) -> bool:
    kept = (dispute.status, dispute.amount_cents, dispute.is_refundable, dispute.answer_due_at)
    return kept != (state.status, state.amount_cents, state.is_refundable, state.answer_due_at)
