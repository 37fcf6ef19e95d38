"""Brings refunds to what the provider says of them, those made there too."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from app.inventory.services import Returned, restock
from app.orders.models import Order
from app.orders.timeline import note
from app.payments.models import Payment, Refund, RefundStatus
from app.payments.money_back import RefundState
from app.payments.queries import find_refund_by_id, find_unnoted_refund
from app.payments.refund_messages import tell_buyer, tell_of_failure
from app.payments.refund_status import FORWARD, ON_ITS_WAY, UNDONE, move

ACTOR = "stripe"


def record_refunds(session: Session, payment: Payment, order: Order, states: Iterable[RefundState]) -> None:
    """Bring refunds to what the provider says, those made there too; repeating it changes nothing."""
    accepted = [_record(session, payment, order, state) for state in states]
    _put_back_on_shelf(session, order, [refund for refund in accepted if refund is not None])


def _record(session: Session, payment: Payment, order: Order, state: RefundState) -> Refund | None:
    """Bring one refund up to date; returns it when the provider has just accepted it."""
    refund = _find(session, payment, order, state)
    after = RefundStatus(state.outcome.value)
    was_on_its_way = refund.status in ON_ITS_WAY
    if after not in FORWARD[refund.status]:
        return None
    move(refund, after)
    refund.failure_reason = state.failure_reason if after in UNDONE else None
    note(order, actor=ACTOR, reason=f"refund of {refund.amount} {after}")
    if after in UNDONE:
        tell_of_failure(session, order, refund)
        return None
    if was_on_its_way:
        return None
    tell_buyer(session, order, refund)
    return refund


def _find(session: Session, payment: Payment, order: Order, state: RefundState) -> Refund:
    known = find_refund_by_id(session, payment.id, state.id)
    own = find_unnoted_refund(session, payment.id, state.key)
    if own is None:
        return known or _mirror(session, payment, order, state)
    if known is not None:
        # A server that does not repeat our key told of it before we knew that it was ours.
        session.delete(known)
        session.flush()
        note(order, actor=ACTOR, reason=f"the refund that was found at Stripe is refund {own.id}")
    own.provider_id = state.id
    return own


def _mirror(session: Session, payment: Payment, order: Order, state: RefundState) -> Refund:
    refund = Refund(
        payment_id=payment.id,
        payment=payment,
        idempotency_key=f"provider:{state.id}",
        provider_id=state.id,
        amount_cents=state.amount_cents,
        delivery_cents=0,
        currency=state.currency or payment.currency,
        status=RefundStatus.REQUESTED,
        reason="made at Stripe",
        actor=ACTOR,
        created_at=state.created_at,
        requested_at=state.created_at,
    )
    session.add(refund)
    session.flush()
    note(order, actor=ACTOR, reason=f"refund of {refund.amount} found that was made at Stripe")
    return refund


def _put_back_on_shelf(session: Session, order: Order, refunds: Sequence[Refund]) -> None:
    variants = {line.id: line.variant_id for line in order.lines}
    restock(
        session,
        [
            Returned(
                variants[line.order_line_id],
                line.restocked,
                reason=f"refund {refund.id}: {refund.reason}"[:200],
                actor=refund.actor,
                source=order.code,
                key=f"refund:{refund.id}:{line.order_line_id}:returned",
            )
            for refund in refunds
            for line in refund.lines
            if line.restocked
        ],
    )
